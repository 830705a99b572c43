// What can go wrong in bookkeeping. Ids are stable for ever.
#pragma once

#include "base/error.h"

namespace mlc::ledger {

// Money and keys.
inline constexpr ErrorKind kUnknownCurrency{
    "ledger.unknown_currency", "'{found}' is not an active ISO 4217 currency; expected {expected}.",
    "Check the currency of the file or of the configuration.", ExitCode::kBadInput};
inline constexpr ErrorKind kBadAmount{
    "ledger.bad_amount", "'{found}' is not an amount; expected {expected}.",
    "Check the amount in the file; nothing of the file was used.", ExitCode::kBadInput};
inline constexpr ErrorKind kAmountTooPrecise{
    "ledger.amount_too_precise",
    "'{found}' has more decimals than {currency}: expected {expected}.",
    "Check the amount in the file and the currency; nothing was rounded.", ExitCode::kBadInput};
inline constexpr ErrorKind kAmountOverflow{
    "ledger.amount_overflow", "The amount {found} is too large; expected {expected}.",
    "Check the amounts of the file: no real settlement is that large.", ExitCode::kBadInput};
inline constexpr ErrorKind kMixedCurrencies{
    "ledger.mixed_currencies", "Amounts in {found} and {expected} cannot be added.",
    "A settlement has one currency: check the file.", ExitCode::kBadInput};
inline constexpr ErrorKind kSettlementIdNotNumeric{
    "ledger.settlement_id_not_numeric",
    "The settlement-id '{found}' cannot become a document key; expected {expected}.",
    "Check the file. If Amazon really sends such ids, the key's form must be extended first.",
    ExitCode::kRefused};
inline constexpr ErrorKind kTooManyParts{
    "ledger.too_many_parts", "Part {found} cannot be named; expected {expected}.",
    "Make the rule set coarser, so that the settlement needs fewer documents.", ExitCode::kRefused};
inline constexpr ErrorKind kTooManyRevisions{
    "ledger.too_many_revisions",
    "Document {document} is already at revision {found}, the last one.",
    "Post the rest by hand under another reference.", ExitCode::kRefused};

// Manifests.
inline constexpr ErrorKind kBadManifest{
    "ledger.bad_manifest", "The manifest, {line}: found {found}, expected {expected}.",
    "The manifest was changed or cut: take it from the store again.", ExitCode::kTampered};
inline constexpr ErrorKind kUnbalancedDocument{
    "ledger.unbalanced_document", "Document {document} adds up to {found}; expected {expected}.",
    "Report this: a derived document always balances.", ExitCode::kInternal};
inline constexpr ErrorKind kTooManyItems{
    "ledger.too_many_items", "Document {document} has {found} lines; expected {expected}.",
    "Lower item_limit, or make the rule set coarser.", ExitCode::kRefused};
inline constexpr ErrorKind kFieldTooLong{
    "ledger.field_too_long", "{field} of {place} is '{found}'; expected {expected}.",
    "Shorten the value in the rule set or in the configuration.", ExitCode::kBadInput};

// Rule sets.
inline constexpr ErrorKind kDuplicateRule{
    "ledger.duplicate_rule", "Two rules have the id '{id}': {place} and {other_place}.",
    "Give one of them another id.", ExitCode::kBadInput};
inline constexpr ErrorKind kAmbiguousRules{
    "ledger.ambiguous_rules",
    "Rules '{id}' ({place}) and '{other_id}' ({other_place}) have the same rank and both match "
    "{found}; expected one winner.",
    "Make one of them more specific, or remove it.", ExitCode::kBadInput};
inline constexpr ErrorKind kRuleVersionsOverlap{
    "ledger.rule_versions_overlap",
    "Versions '{version}' and '{other_version}' of rule set '{name}': {found}; expected "
    "{expected}.",
    "Give each version its own name and its own valid_from.", ExitCode::kBadInput};
inline constexpr ErrorKind kRuleWithoutAccount{
    "ledger.rule_without_account", "Rule '{id}' ({place}) names no account; expected {expected}.",
    "Add `account`, or exclude the rows.", ExitCode::kBadInput};
inline constexpr ErrorKind kBadRule{"ledger.bad_rule",
                                    "Rule '{id}' ({place}): found {found}, expected {expected}.",
                                    "Correct the rule.", ExitCode::kBadInput};

inline constexpr ErrorKind kBadMaterialGroups{
    "ledger.bad_material_groups", "{file}:{line}: found {found}, expected {expected}.",
    "Correct the line; nothing of the file was used.", ExitCode::kBadInput};

inline constexpr ErrorKind kRuleNotOfModel{
    "ledger.rule_not_of_model",
    "Rule '{id}' ({place}) does not fit posting model {model}: found {found}, expected {expected}.",
    "Correct the rule, or `posting_model` of the connection.", ExitCode::kBadInput};

inline constexpr ErrorKind kBadRuleBook{
    "ledger.bad_rule_book", "The kept rules {digest}, {line}: found {found}, expected {expected}.",
    "The rules were changed after they were used: compare with a backup, and see `audit verify`.",
    ExitCode::kTampered};

// Derivation.
inline constexpr ErrorKind kNeedsRules{
    "ledger.needs_rules", "{count} kinds of rows have no rule, first {found}; expected {expected}.",
    "Add a rule for each, or name a suspense_account in the rule set; nothing was posted.",
    ExitCode::kAttention};
inline constexpr ErrorKind kSumDiffers{
    "ledger.sum_differs", "The rows add up to {found}; expected the settlement's total {expected}.",
    "Download the report again; a file that does not add up is never posted.", ExitCode::kBadInput};
inline constexpr ErrorKind kNotNetted{
    "ledger.not_netted", "The rows of account {account} add up to {found}; expected {expected}.",
    "Look at the rows of this account; post them with a rule if they really do not net.",
    ExitCode::kRefused};
inline constexpr ErrorKind kOrdersNotNetted{
    "ledger.orders_not_netted",
    "{count} orders do not come to zero on the account where they should: {orders}.",
    "Look at the rows of these orders; where the seller owes such tax itself, post it with a rule "
    "of "
    "its own instead of netting it.",
    ExitCode::kRefused};
inline constexpr ErrorKind kNotExcludedToZero{
    "ledger.not_excluded_to_zero",
    "The rows that rule '{id}' excludes add up to {found}; expected {expected}.",
    "Post these rows with a rule: only rows that cancel out may be left out.", ExitCode::kRefused};
inline constexpr ErrorKind kUnitTooLarge{
    "ledger.unit_too_large", "The settlement needs {found} documents; expected {expected}.",
    "Make the rule set coarser (fewer texts, assignments and cost objects), or raise item_limit or "
    "document_limit of the connection; then `retry`.",
    ExitCode::kRefused};
inline constexpr ErrorKind kCurrencyDecimals{
    "ledger.currency_decimals",
    "{place}: SAP keeps {currency} with {decimals} decimals and cannot hold {found}; expected "
    "{expected}.",
    "Ask who maintains currencies in SAP (table TCURX); nothing was rounded.", ExitCode::kRefused};
inline constexpr ErrorKind kUnknownCostCenter{
    "ledger.unknown_cost_center",
    "Rule '{id}' takes the cost centre from the marketplace, but '{found}' has none; expected "
    "{expected}.",
    "Add the marketplace to cost_centers of rule set version {version}.", ExitCode::kBadInput};
inline constexpr ErrorKind kBadSettings{
    "ledger.bad_settings", "{field} is {found}; expected {expected}.",
    "Correct the posting settings of the connection.", ExitCode::kBadInput};

}  // namespace mlc::ledger
