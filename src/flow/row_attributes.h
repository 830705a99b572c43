// A row as the classifier sees it. Here alone, so that every reading puts a row into the same
// class.
#pragma once

#include "ledger/classify.h"
#include "ports/settlement_reader.h"

namespace mlc::flow {

// `posted` is the row's day in the stream's home zone. Views of the row's texts: valid as long as
// these. Inline, because it runs once per row of files with millions of them.
[[nodiscard]] inline ledger::RowAttributes attributes_of(const ports::SettlementRow& row,
                                                         Date posted) {
  return {row.transaction_type,
          row.amount_type,
          row.amount_description,
          row.marketplace,
          row.fulfillment,
          row.sku,
          posted,
          row.spelling};
}

}  // namespace mlc::flow
