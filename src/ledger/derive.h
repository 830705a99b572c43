// From classes of rows to balanced documents. Pure and deterministic: same input, same bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/manifest.h"
#include "ledger/rules.h"
#include "ledger/settlement.h"

namespace mlc::ledger {

struct PostingSettings {
  std::string company_code;              // BUKRS
  std::string document_type;             // BLART
  std::string receivable_account;        // open-item account on which every document balances
  std::string receivable_profit_center;  // may be empty
  std::string marketplace_label;         // first word of BKTXT, e.g. "US"
  Date posting_date;
  Date document_date;
  int sap_decimals = 2;     // TCURX of the document currency
  int item_limit = 900;     // lines of one document, the balancing line included
  int document_limit = 20;  // documents of one unit of work
};

struct DerivationInput {
  SettlementHeader header;
  std::vector<ClassTotal> classes;
  PostingSettings settings;
  char revision = 'A';
  std::vector<DocumentLine> order_lines{};  // of classes that go by order (ledger/order_lines.h)
  int first_part = 1;  // later than 1: other documents of the settlement stand before these
};

// Where a class went. `document` and `item` are empty/0 when its line is zero (netted) or excluded.
struct ClassDestination {
  ClassNumber number = 0;
  std::string rule;      // rule id, or "suspense"
  std::string document;  // key text; kByOrder: the lines whose assignment is the row's order
  std::uint32_t item = 0;
  Treatment treatment = Treatment::kPost;
  std::string account;  // also for netted classes
};

struct Derivation {
  Manifest manifest;
  std::vector<ClassDestination> destinations;  // one per class, in class order
  // P1: posted + netted + excluded = the settlement's total, per currency, to the cent.
  Money posted;
  Money netted;
  Money excluded;
};

// Classes without a rule (rules with a suspense account leave none).
[[nodiscard]] std::vector<ClassNumber> unmapped(const std::vector<ClassTotal>& classes,
                                                const RuleBook& rules);

// Errors: ledger.needs_rules (a class without rule), ledger.sum_differs (classes do not add up to
// the total), ledger.not_netted, ledger.not_excluded_to_zero, ledger.unit_too_large,
// ledger.too_many_parts, ledger.currency_decimals (the amount does not fit SAP's decimals),
// ledger.settlement_id_not_numeric, ledger.field_too_long, ledger.unknown_cost_center.
[[nodiscard]] Result<Derivation> derive(const DerivationInput& input, const RuleBook& rules);

// The same lines under the next letter, for a repost after reversal; posting date as given.
[[nodiscard]] Result<Manifest> next_revision(const Manifest& manifest, Date posting_date);

}  // namespace mlc::ledger
