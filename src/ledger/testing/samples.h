// Short ways to write rules, rows and settlements in tests.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/classify.h"
#include "ledger/derive.h"
#include "ledger/rules.h"

namespace mlc::ledger::testing {

inline Money usd(std::int64_t cents) {
  return Money::from_minor(cents, Currency::from_code("USD").value());
}
inline Money usd(std::string_view text) { return Money::parse(text, usd(0).currency()).value(); }

inline Date day(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

// "Text", "Text*", or "-" for absent.
inline Pattern pattern(std::string_view text) {
  if (text == "-") return {};
  if (text.ends_with('*')) {
    return {Pattern::Kind::kPrefix, std::string(text.substr(0, text.size() - 1))};
  }
  return {Pattern::Kind::kExact, std::string(text)};
}

// A posting rule on transaction type, amount type and amount description.
inline Rule rule(std::string id, std::string_view transaction_type, std::string_view amount_type,
                 std::string_view description, std::string account, Nature nature = Nature::kOther,
                 Treatment treatment = Treatment::kPost) {
  Rule out;
  out.id = std::move(id);
  out.place = "test:" + out.id;
  out.match.transaction_type = pattern(transaction_type);
  out.match.amount_type = pattern(amount_type);
  out.match.amount_description = pattern(description);
  out.result.account = std::move(account);
  out.result.nature = nature;
  out.result.treatment = treatment;
  return out;
}

inline RuleSet rule_set(std::vector<Rule> rules, std::string version = "2026-1",
                        Date valid_from = day(2026, 1, 1)) {
  return {.name = "test",
          .version = std::move(version),
          .valid_from = valid_from,
          .suspense_account = {},
          .cost_centers = {},
          .rules = std::move(rules)};
}

// One row of a settlement as a bookkeeper writes it.
struct Row {
  const char* transaction_type;
  const char* amount_type;
  const char* description;
  const char* amount;
  const char* marketplace = "amazon.com";
};

inline std::vector<ClassTotal> classes(const RuleBook& book, const std::vector<Row>& rows,
                                       Date posted = day(2026, 10, 20)) {
  Classifier classifier(book);
  for (const auto& row : rows) {
    RowAttributes attributes{row.transaction_type,
                             row.amount_type,
                             row.description,
                             row.marketplace,
                             "AFN",
                             "SKU-1",
                             posted};
    if (!classifier.add(attributes, usd(row.amount))) std::abort();
  }
  return classifier.totals();
}

inline PostingSettings settings() {
  return {.company_code = "1000",
          .document_type = "ZA",
          .receivable_account = "140000",
          .receivable_profit_center = "4711",
          .marketplace_label = "US",
          .posting_date = day(2026, 10, 31),
          .document_date = day(2026, 10, 31)};
}

// A settlement whose total is what its classes add up to.
inline DerivationInput input(std::vector<ClassTotal> totals) {
  Money total = usd(0);
  for (const auto& row_class : totals) total = total.plus(row_class.sum).value();
  return {.header = {.id = SettlementId("20612345671"),
                     .start = {},
                     .end = {},
                     .deposit = {},
                     .total = total},
          .classes = std::move(totals),
          .settings = settings()};
}

}  // namespace mlc::ledger::testing
