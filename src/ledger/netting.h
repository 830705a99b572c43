// Within what rows that net to zero must come to zero. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/class_line.h"

namespace mlc::ledger {

// Of a class whose rule nets to zero: the account, and the text of `nets_within` with the class's
// attributes filled in; {order_id} stays in it.
struct Netting {
  std::string account;
  std::string within;
  [[nodiscard]] bool per_order() const;
};
[[nodiscard]] std::optional<Netting> netting_of(const Resolved& resolved,
                                                const SettlementId& settlement);

// What is proved of the class's sum: without the order.
[[nodiscard]] std::string class_group(const Netting& netting);

// Rows of one order that do not come to zero.
struct UnnettedOrder {
  std::string account;
  std::string within;  // with the order in it
  std::int64_t minor = 0;
  friend bool operator==(const UnnettedOrder&, const UnnettedOrder&) = default;
};

}  // namespace mlc::ledger
