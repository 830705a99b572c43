// A settlement as bookkeeping sees it: a header and classes of rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/strong_id.h"
#include "base/time.h"
#include "ledger/money.h"

namespace mlc::ledger {

// The summary row of a settlement report.
struct SettlementHeader {
  SettlementId id;
  Instant start;
  Instant end;
  Instant deposit;
  Money total;  // its currency is the file's only currency
};

enum class Sign { kNegative, kZero, kPositive };
[[nodiscard]] Sign sign_of(const Money& amount);
// Of minor units of whatever currency.
[[nodiscard]] inline Sign sign_of_minor(std::int64_t minor) {
  return static_cast<Sign>(1 + static_cast<int>(minor > 0) - static_cast<int>(minor < 0));
}

// All attributes that rules may look at, as the file spells them (decoded to UTF-8, trimmed,
// inner white space collapsed). Rules compare them case-folded. `sku` stays empty unless a rule of
// the rule book looks at SKUs, so that classes stay few; likewise `material_group`.
struct RowClass {
  std::string transaction_type;
  std::string amount_type;
  std::string amount_description;
  std::string marketplace;
  std::string fulfillment;
  std::string sku;
  Sign sign = Sign::kZero;
  std::string rules_version;  // the version of the rule set that governs the row's posted date
  std::string material_group = {};  // of the SKU; empty unless a rule looks at material groups
  friend auto operator<=>(const RowClass&, const RowClass&) = default;
};

// Index into the settlement's class list; the lineage file holds one per row.
using ClassNumber = std::uint32_t;

struct ClassTotal {
  RowClass row_class;
  std::uint64_t rows = 0;
  Money sum;
};

}  // namespace mlc::ledger
