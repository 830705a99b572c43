// Posting attributes of a line: all but its item and amount. Lines that agree in them are one line.
// Pure; thread-safe.
#pragma once

#include <tuple>

#include "ledger/manifest.h"

namespace mlc::ledger {

// The order is that of a journal: sales first, receivable last.
struct ByAttributes {
  static auto key(const DocumentLine& line) {
    return std::tie(line.nature, line.kind, line.account, line.tax_code, line.cost_center,
                    line.profit_center, line.internal_order, line.segment, line.functional_area,
                    line.profitability, line.payment_block, line.assignment, line.text);
  }
  bool operator()(const DocumentLine& a, const DocumentLine& b) const { return key(a) < key(b); }
};

[[nodiscard]] inline bool same_attributes(const DocumentLine& a, const DocumentLine& b) {
  return ByAttributes::key(a) == ByAttributes::key(b);
}

}  // namespace mlc::ledger
