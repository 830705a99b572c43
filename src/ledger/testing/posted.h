// What SAP holds after it posted a document exactly as wanted.
#pragma once

#include <utility>

#include "ledger/posted_document.h"

namespace mlc::ledger::testing {

// Local amounts are those of the document currency; no tax lines, no rates, nothing reversed.
inline PostedDocument posted_as(const LedgerDocument& document, DocumentNumber number) {
  PostedDocument out{.number = std::move(number),
                     .document_type = document.document_type,
                     .reference = document.key.text(),
                     .header_text = document.header_text,
                     .status = ' ',
                     .posting_date = document.posting_date,
                     .document_date = document.document_date,
                     .currency = document.currency,
                     .user = "RFCUSER",
                     .reversed_by = {},
                     .reverses = {},
                     .lines = {},
                     .tax_lines = std::vector<PostedTaxLine>{},
                     .translation = {}};
  for (const auto& line : document.lines) {
    out.lines.push_back({line.item, account_type_of(line.kind), line.account, line.amount,
                         line.amount, line.cost_center, line.profit_center, line.tax_code,
                         line.assignment, line.text});
  }
  return out;
}

}  // namespace mlc::ledger::testing
