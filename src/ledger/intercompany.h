// Money that Amazon moved between two selling accounts of one owner ("Cross-Account Debt
// Adjustment"): each company code posts its side on an intercompany account, and both sides come to
// zero. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "ledger/money.h"

namespace mlc::ledger {

// A posted line of nature kIntercompany.
struct IntercompanyLine {
  std::string company_code;
  std::string document;  // key
  std::uint32_t item = 0;
  std::string settlement;
  Money amount;
  Date posting_date{};
  friend bool operator==(const IntercompanyLine&, const IntercompanyLine&) = default;
};

// Places in the list that `match_sides` was given.
struct IntercompanySides {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // debit first
  std::vector<std::size_t> open;                           // without another side
};

// A line's other side has the same amount with the other sign, in the same currency and in another
// company code; of several, the one posted nearest in time. Earlier lines choose first, so that the
// result does not depend on the order of the list.
[[nodiscard]] IntercompanySides match_sides(const std::vector<IntercompanyLine>& lines);

}  // namespace mlc::ledger
