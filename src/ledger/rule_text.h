// Texts of rules with {names} of class attributes. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/strong_id.h"
#include "ledger/rules.h"
#include "ledger/settlement.h"

namespace mlc::ledger {

// The first {name} of a text that is none of {settlement_id}, {marketplace}, {transaction_type},
// {amount_type}, {amount_description}, {fulfillment}; or a brace without its partner.
[[nodiscard]] std::optional<std::string> unknown_name(std::string_view text);
// The order-id of a row, in an assignment only: no attribute of a class.
inline constexpr std::string_view kOrderName = "{order_id}";
[[nodiscard]] std::string with_order(std::string_view text, std::string_view order);
// The order that `filled` has where `text` has its name; nothing when they do not fit, or `text`
// does not hold the name.
[[nodiscard]] std::optional<std::string> order_in(std::string_view text, std::string_view filled);
// Whether a rule posts to a line per order.
[[nodiscard]] bool looks_at_order(const Rule& rule);
// Fills the names in. {order_id} stays, other unknown ones become nothing; RuleBook::make refuses
// them before.
[[nodiscard]] std::string filled(std::string_view text, const SettlementId& settlement,
                                 const RowClass& row_class);

}  // namespace mlc::ledger
