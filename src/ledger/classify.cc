#include "ledger/classify.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/checked_arithmetic.h"
#include "base/expect.h"
#include "ledger/text.h"

namespace mlc::ledger {

namespace {

struct Tally {
  std::uint64_t rows = 0;
  std::int64_t minor = 0;
};

constexpr ClassNumber kUnknown = std::numeric_limits<ClassNumber>::max();
constexpr std::size_t kSigns = 3;
// Bounds what `known` takes; readers number fewer spellings.
constexpr std::uint32_t kMostSpellings = 64 * 1024;

}  // namespace

// Rows are looked up by their attributes as they stand in the file; only a spelling that was not
// seen before is brought into the form that classes are told apart by.
struct Classifier::State {
  const RuleBook& rules;
  bool looks_at_sku;
  bool looks_at_group;
  std::optional<Currency> currency{};
  std::vector<RowClass> classes{};
  std::vector<Tally> tallies{};  // apart from the texts, so that many of them lie close together
  std::map<RowClass, ClassNumber> numbers{};
  std::unordered_map<std::string, ClassNumber> spellings{};
  std::string spelling{};
  // By the row's spelling and the sign of its amount, for one version of the rules.
  struct Known {
    const RuleSet* version = nullptr;
    ClassNumber number = kUnknown;
  };
  std::vector<Known> known{};
  Date governed{};  // the day that `governing` was last asked for
  const RuleSet* governing_set = nullptr;

  const RuleSet* governing(Date posted) {
    if (posted != governed) {
      governing_set = rules.governing(posted);
      governed = posted;
    }
    return governing_set;
  }
  void spell(const RowAttributes& row, Sign sign, const RuleSet* version);
  ClassNumber number_of(const RowAttributes& row, Sign sign, const RuleSet* version);
  ClassNumber find_or_make(const RowAttributes& row, Sign sign, const RuleSet* version);
  ClassNumber number_of_spelled(const SpelledRow& row, const RuleSet* version);
  [[nodiscard]] bool count(ClassNumber number, std::int64_t minor) {
    Tally& tally = tallies.data()[number];
    const auto sum = checked_add(tally.minor, minor);
    if (!sum) return false;
    tally.minor = *sum;
    ++tally.rows;
    return true;
  }
  [[nodiscard]] tl::unexpected<Error> refuse(ClassNumber number, const Money& amount) const {
    return failure(Money::from_minor(tallies[number].minor, *currency).plus(amount).error());
  }
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
  add_part(spelling, looks_at_sku || looks_at_group ? row.sku : std::string_view());
  add_part(spelling, version == nullptr ? std::string_view() : version->version);
  spelling += static_cast<char>('0' + static_cast<int>(sign));
}

ClassNumber Classifier::State::number_of(const RowAttributes& row, Sign sign,
                                         const RuleSet* version) {
  if (looks_at_sku || looks_at_group || row.spelling >= kMostSpellings)
    return find_or_make(row, sign, version);
  const std::size_t at = row.spelling * kSigns + static_cast<std::size_t>(sign);
  // Whole spellings, so that all signs of one can be looked at.
  const std::size_t needed = (row.spelling + std::size_t{1}) * kSigns;
  if (needed > known.size()) known.resize(std::max(needed, known.size() * 2));
  Known& one = known[at];
  if (one.number == kUnknown || one.version != version) {
    one = {version, find_or_make(row, sign, version)};
  }
  return one.number;
}

ClassNumber Classifier::State::find_or_make(const RowAttributes& row, Sign sign,
                                            const RuleSet* version) {
  spell(row, sign, version);
  const auto seen = spellings.find(spelling);
  if (seen != spellings.end()) return seen->second;
  RowClass row_class{
      .transaction_type = collapsed(row.transaction_type),
      .amount_type = collapsed(row.amount_type),
      .amount_description = collapsed(row.amount_description),
      .marketplace = collapsed(row.marketplace),
      .fulfillment = collapsed(row.fulfillment),
      .sku = looks_at_sku ? collapsed(row.sku) : std::string(),
      .sign = sign,
      .rules_version = version == nullptr ? std::string() : version->version,
      .material_group = looks_at_group ? rules.material_group_of(row.sku) : std::string()};
  MLC_EXPECT(classes.size() < kUnknown);
  const auto next = static_cast<ClassNumber>(classes.size());
  const auto [place, is_new] = numbers.emplace(row_class, next);
  if (is_new) {
    classes.push_back(std::move(row_class));
    tallies.emplace_back();
  }
  spellings.emplace(spelling, place->second);
  return place->second;
}

// The texts are those of any class of the spelling: brought into their form already, they stay so.
ClassNumber Classifier::State::number_of_spelled(const SpelledRow& row, const RuleSet* version) {
  const auto seen = std::span(known).subspan(row.spelling * kSigns, kSigns);
  const auto one = std::ranges::find_if(seen, [](const Known& k) { return k.number != kUnknown; });
  MLC_EXPECT(one != seen.end());
  const RowClass texts = classes[one->number];
  return number_of({texts.transaction_type, texts.amount_type, texts.amount_description,
                    texts.marketplace, texts.fulfillment, "", row.posted_local, row.spelling},
                   sign_of_minor(row.minor), version);
}

Classifier::Classifier(const RuleBook& rules)
    : state_(std::make_unique<State>(
          State{rules, rules.looks_at_sku(), rules.looks_at_material_group()})) {}
Classifier::~Classifier() = default;

Result<ClassNumber> Classifier::add(const RowAttributes& row, const Money& amount) {
  State& state = *state_;
  if (!state.currency) state.currency = amount.currency();
  const Sign sign = sign_of(amount);
  if (amount.currency() != *state.currency) {
    return failure(Money::zero(*state.currency).plus(amount).error());
  }
  const auto number = state.number_of(row, sign, state.governing(row.posted_local));
  if (!state.count(number, amount.minor())) return state.refuse(number, amount);
  return number;
}

bool looks_at_spellings_only(const RuleBook& rules) {
  return !rules.looks_at_sku() && !rules.looks_at_material_group();
}

Status Classifier::add_spelled(std::span<const SpelledRow> rows, std::span<ClassNumber> numbers) {
  State& state = *state_;
  MLC_EXPECT(rows.size() == numbers.size() && !state.looks_at_sku && !state.looks_at_group);
  ClassNumber* out = numbers.data();
  for (const SpelledRow& row : rows) {
    const RuleSet* version = state.governing(row.posted_local);
    const std::size_t at =
        row.spelling * kSigns + static_cast<std::size_t>(sign_of_minor(row.minor));
    const State::Known* one = at < state.known.size() ? state.known.data() + at : nullptr;
    const bool is_known = one != nullptr && one->version == version && one->number != kUnknown;
    const ClassNumber number = is_known ? one->number : state.number_of_spelled(row, version);
    if (!state.count(number, row.minor)) {
      return state.refuse(number, Money::from_minor(row.minor, *state.currency));
    }
    *out++ = number;
  }
  return {};
}

const RowClass& Classifier::row_class(ClassNumber number) const {
  MLC_EXPECT(number < state_->classes.size());
  return state_->classes[number];
}

std::vector<ClassTotal> Classifier::totals() const {
  std::vector<ClassTotal> out;
  out.reserve(state_->classes.size());
  for (std::size_t i = 0; i < state_->classes.size(); ++i) {
    const Tally& tally = state_->tallies[i];
    out.push_back(
        {state_->classes[i], tally.rows, Money::from_minor(tally.minor, *state_->currency)});
  }
  return out;
}

}  // namespace mlc::ledger
