#include "ledger/classify.h"

#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/expect.h"
#include "ledger/text.h"

namespace mlc::ledger {

// Rows are looked up by their attributes as they stand in the file; only a spelling that was not
// seen before is brought into the form that classes are told apart by.
struct Classifier::State {
  const RuleBook& rules;
  bool looks_at_sku;
  std::vector<ClassTotal> totals{};
  std::map<RowClass, ClassNumber> numbers{};
  std::unordered_map<std::string, ClassNumber> spellings{};
  std::string spelling{};

  void spell(const RowAttributes& row, Sign sign, const RuleSet* version);
  ClassNumber number_of(const RowAttributes& row, const Money& amount, const RuleSet* version);
};

namespace {

void add_part(std::string& out, std::string_view part) {
  const auto size = static_cast<std::uint32_t>(part.size());
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out += part;
}

}  // namespace

void Classifier::State::spell(const RowAttributes& row, Sign sign, const RuleSet* version) {
  spelling.clear();
  for (const auto part : {row.transaction_type, row.amount_type, row.amount_description,
                          row.marketplace, row.fulfillment}) {
    add_part(spelling, part);
  }
  add_part(spelling, looks_at_sku ? row.sku : std::string_view());
  add_part(spelling, version == nullptr ? std::string_view() : version->version);
  spelling += static_cast<char>('0' + static_cast<int>(sign));
}

ClassNumber Classifier::State::number_of(const RowAttributes& row, const Money& amount,
                                         const RuleSet* version) {
  const Sign sign = sign_of(amount);
  spell(row, sign, version);
  const auto seen = spellings.find(spelling);
  if (seen != spellings.end()) return seen->second;
  RowClass row_class{.transaction_type = collapsed(row.transaction_type),
                     .amount_type = collapsed(row.amount_type),
                     .amount_description = collapsed(row.amount_description),
                     .marketplace = collapsed(row.marketplace),
                     .fulfillment = collapsed(row.fulfillment),
                     .sku = looks_at_sku ? collapsed(row.sku) : std::string(),
                     .sign = sign,
                     .rules_version = version == nullptr ? std::string() : version->version};
  MLC_EXPECT(totals.size() < std::numeric_limits<ClassNumber>::max());
  const auto next = static_cast<ClassNumber>(totals.size());
  const auto [place, is_new] = numbers.emplace(row_class, next);
  if (is_new) totals.push_back({std::move(row_class), 0, Money::zero(amount.currency())});
  spellings.emplace(spelling, place->second);
  return place->second;
}

Classifier::Classifier(const RuleBook& rules)
    : state_(std::make_unique<State>(State{rules, rules.looks_at_sku()})) {}
Classifier::~Classifier() = default;

Result<ClassNumber> Classifier::add(const RowAttributes& row, const Money& amount) {
  if (!state_->totals.empty()) {
    // Also a class that is seen for the first time has the currency of those before it.
    MLC_TRY_STATUS(
        Money::zero(state_->totals.front().sum.currency()).plus(amount).map([](const Money&) {}));
  }
  const auto number = state_->number_of(row, amount, state_->rules.governing(row.posted_local));
  ClassTotal& total = state_->totals[number];
  MLC_TRY(total.sum, total.sum.plus(amount));
  ++total.rows;
  return number;
}

const std::vector<ClassTotal>& Classifier::totals() const { return state_->totals; }

}  // namespace mlc::ledger
