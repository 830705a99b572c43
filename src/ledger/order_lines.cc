#include "ledger/order_lines.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/checked_arithmetic.h"
#include "ledger/errors.h"
#include "ledger/line_order.h"
#include "ledger/rule_text.h"
#include "ledger/sap_fields.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr std::uint32_t kNoGroup = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kOrderDigits = 17;
constexpr std::uint64_t kNamed = std::uint64_t{1} << 63U;
// Sums that come to zero make no line.
constexpr std::size_t kSlack = 2;

// Posting attributes (a group) and an order: digits as a number, anything else by its name's place.
struct Key {
  std::uint64_t order = 0;
  std::uint32_t group = 0;
  friend bool operator==(const Key&, const Key&) = default;
};

struct HashKey {
  std::size_t operator()(const Key& key) const {
    std::uint64_t mixed = (key.order ^ key.group) * 0x9E3779B97F4A7C15ULL;
    mixed ^= mixed >> 32U;
    return static_cast<std::size_t>(mixed);
  }
};

std::optional<std::uint64_t> packed(std::string_view order) {
  if (order.size() != kOrderDigits || !is_digits(order)) return std::nullopt;
  std::uint64_t out = 0;
  for (const char digit : order) out = out * 10 + static_cast<std::uint64_t>(digit - '0');
  return out;
}

std::string unpacked(std::uint64_t order) {
  const std::string digits = std::to_string(order);
  return std::string(kOrderDigits - digits.size(), '0') + digits;
}

}  // namespace

struct OrderLines::State {
  const RuleBook& rules;
  SettlementId settlement;
  std::size_t most_sums;
  int document_limit;
  std::optional<Currency> currency{};
  std::vector<std::optional<std::uint32_t>> group_of{};  // by class; kNoGroup: not by order
  std::vector<DocumentLine> groups{};                    // assignment with {order_id} in it
  std::map<DocumentLine, std::uint32_t, ByAttributes> group_numbers{};
  std::vector<std::string> names{};  // orders that are no 17 digits
  std::unordered_map<std::string, std::uint64_t> name_places{};
  std::unordered_map<Key, std::int64_t, HashKey> sums{};

  Result<std::uint32_t> find_group(ClassNumber number, const RowClass& row_class);
  std::uint64_t order_of(const std::string& order);
  [[nodiscard]] std::string name_of(std::uint64_t order) const {
    return (order & kNamed) != 0 ? names[order & ~kNamed] : unpacked(order);
  }
};

Result<std::uint32_t> OrderLines::State::find_group(ClassNumber number, const RowClass& row_class) {
  if (number >= group_of.size()) group_of.resize(number + 1);
  if (group_of[number]) return *group_of[number];
  const ClassTotal total{row_class, 0, Money::zero(*currency)};
  const Resolved resolved = resolve(total, rules);
  if (!is_by_order(resolved)) {
    group_of[number] = kNoGroup;
    return kNoGroup;
  }
  MLC_TRY(DocumentLine line, line_of(resolved, settlement));
  const auto next = static_cast<std::uint32_t>(groups.size());
  const auto [place, is_new] = group_numbers.emplace(line, next);
  if (is_new) groups.push_back(std::move(line));
  group_of[number] = place->second;
  return place->second;
}

std::uint64_t OrderLines::State::order_of(const std::string& order) {
  if (const auto number = packed(order)) return *number;
  const auto [place, is_new] = name_places.try_emplace(order, names.size() | kNamed);
  if (is_new) names.push_back(order);
  return place->second;
}

std::string order_text(std::string_view order_id) {
  std::string out = collapsed(order_id);
  std::erase_if(out, [](char c) { return c == '-' || c == ' '; });
  return out;
}

bool is_by_order(const Resolved& resolved) {
  return resolved.rule != nullptr && looks_at_order(*resolved.rule);
}

OrderLines::OrderLines(const RuleBook& rules, SettlementId settlement, int item_limit,
                       int document_limit)
    : state_(std::make_unique<State>(State{
          rules, std::move(settlement),
          kSlack * static_cast<std::size_t>(item_limit) * static_cast<std::size_t>(document_limit),
          document_limit})) {}
OrderLines::~OrderLines() = default;

Status OrderLines::add(ClassNumber number, const RowClass& row_class, std::string_view order_id,
                       const Money& amount) {
  State& state = *state_;
  if (!state.currency) state.currency = amount.currency();
  MLC_TRY(const auto group, state.find_group(number, row_class));
  if (group == kNoGroup) return {};
  std::string order = order_text(order_id);
  if (order.empty()) order = state.settlement.str();
  const Key key{state.order_of(order), group};
  const auto place = state.sums.try_emplace(key, 0).first;
  const auto sum = checked_subtract(place->second, amount.minor());
  if (!sum) {
    return failure(Money::from_minor(place->second, *state.currency).minus(amount).error());
  }
  place->second = *sum;
  if (state.sums.size() <= state.most_sums) return {};
  return failure(kUnitTooLarge, {{"found", "more than " + std::to_string(state.document_limit)},
                                 {"expected", "at most " + std::to_string(state.document_limit)}});
}

Result<std::vector<DocumentLine>> OrderLines::lines() const {
  const State& state = *state_;
  std::vector<DocumentLine> out;
  for (const auto& [key, sum] : state.sums) {
    if (sum == 0) continue;
    DocumentLine line = state.groups[key.group];
    line.amount = Money::from_minor(sum, *state.currency);
    line.assignment = with_order(line.assignment, state.name_of(key.order));
    MLC_TRY_STATUS(check_length("ZUONR", "order", line.assignment, kAssignmentLength));
    out.push_back(std::move(line));
  }
  std::ranges::sort(out, ByAttributes());
  return out;
}

}  // namespace mlc::ledger
