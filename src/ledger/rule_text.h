// Texts of rules with {names} of class attributes. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/strong_id.h"
#include "ledger/settlement.h"

namespace mlc::ledger {

// The first {name} of a text that is none of {settlement_id}, {marketplace}, {transaction_type},
// {amount_type}, {amount_description}, {fulfillment}; or a brace without its partner.
[[nodiscard]] std::optional<std::string> unknown_name(std::string_view text);
// Fills the names in. Unknown ones become nothing; RuleBook::make refuses them before.
[[nodiscard]] std::string filled(std::string_view text, const SettlementId& settlement,
                                 const RowClass& row_class);

}  // namespace mlc::ledger
