#include "ledger/rule_replay.h"

#include <algorithm>

#include "ledger/class_line.h"
#include "ledger/sap_fields.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

// A class's destination under one book, with all that is written on its line.
struct Destination {
  Place place;
  std::string rule;
  std::vector<std::pair<std::string_view, std::string>> attributes{};
};

Place::Kind kind_of(const Resolved& resolved) {
  if (resolved.is_unmapped()) return Place::Kind::kMissing;
  if (resolved.rule == nullptr) return Place::Kind::kPosted;
  switch (resolved.rule->result.treatment) {
    case Treatment::kPost: return Place::Kind::kPosted;
    case Treatment::kNetToZero: return Place::Kind::kNetted;
    case Treatment::kExclude: return Place::Kind::kExcluded;
  }
  return Place::Kind::kPosted;
}

void describe(const DocumentLine& line, Destination& out) {
  out.attributes.insert(out.attributes.end(), {{"kind", std::string(to_word(line.kind))},
                                               {"nature", std::string(to_word(line.nature))},
                                               {"account", line.account},
                                               {"cost_center", line.cost_center},
                                               {"profit_center", line.profit_center},
                                               {"internal_order", line.internal_order},
                                               {"segment", line.segment},
                                               {"functional_area", line.functional_area},
                                               {"profitability", line.profitability},
                                               {"tax_code", line.tax_code},
                                               {"payment_block", line.payment_block},
                                               {"assignment", line.assignment},
                                               {"text", line.text}});
}

Destination destination_of(const ClassTotal& total, const RuleBook& rules,
                           const SettlementId& settlement) {
  const Resolved resolved = resolve(total, rules);
  Destination out;
  out.place.kind = kind_of(resolved);
  out.place.account = account_of(resolved);
  if (resolved.rule != nullptr) {
    out.rule = resolved.rule->id;
    out.place.line_kind = resolved.rule->result.kind;
  } else if (!resolved.is_unmapped()) {
    out.rule = kSuspenseRule;
  }
  out.attributes.emplace_back("destination", to_word(out.place.kind));
  if (out.place.kind == Place::Kind::kExcluded) out.place.account = out.rule;
  if (out.place.kind != Place::Kind::kPosted) {
    out.attributes.emplace_back("account", out.place.account);
    return out;
  }
  if (const auto line = line_of(resolved, settlement)) {
    out.place.cost_center = line->cost_center;
    describe(*line, out);
  } else {
    // What is wrong is named where the settlement is said to be held.
    out.place.cost_center = "?";
    out.attributes.emplace_back("account", out.place.account);
    out.attributes.emplace_back("cost_center", "?");
  }
  return out;
}

std::string value_of(const Destination& destination, std::string_view name) {
  const auto found = std::ranges::find(
      destination.attributes, name,
      [](const std::pair<std::string_view, std::string>& one) { return one.first; });
  return found == destination.attributes.end() ? std::string() : found->second;
}

std::vector<ValueChange> changes(const Destination& a, const Destination& b) {
  std::vector<ValueChange> out;
  for (const auto* name : {"destination", "kind", "nature", "account", "cost_center",
                           "profit_center", "internal_order", "segment", "functional_area",
                           "profitability", "tax_code", "payment_block", "assignment", "text"}) {
    std::string from = value_of(a, name);
    std::string to = value_of(b, name);
    if (from != to) out.push_back({name, std::move(from), std::move(to)});
  }
  return out;
}

Status add_to(std::vector<PlaceAmounts>& places, const PlaceAmounts& more) {
  const auto same = std::ranges::find_if(places, [&more](const PlaceAmounts& one) {
    return one.place == more.place && one.period == more.period;
  });
  if (same == places.end()) {
    places.push_back(more);
    return {};
  }
  MLC_TRY(same->first, same->first.plus(more.first));
  MLC_TRY(same->second, same->second.plus(more.second));
  MLC_TRY(same->difference, same->difference.plus(more.difference));
  return {};
}

void sort(std::vector<PlaceAmounts>& places) {
  std::ranges::stable_sort(places, [](const PlaceAmounts& a, const PlaceAmounts& b) {
    return std::tie(a.place, a.period) < std::tie(b.place, b.period);
  });
}

// Amazon's plus is a credit, as in `derive`.
Status place_amounts(const Destination& from, const Destination& to, const Money& sum,
                     const std::string& period, std::vector<PlaceAmounts>& places) {
  const Money zero = Money::zero(sum.currency());
  MLC_TRY(const Money debit, zero.minus(sum));
  MLC_TRY_STATUS(add_to(places, {from.place, period, debit, zero, sum}));
  return add_to(places, {to.place, period, zero, debit, debit});
}

// Settings that hold nothing back themselves: only the rows and the rules can.
std::optional<Error> held(const std::vector<ClassTotal>& classes, const SettlementHeader& header,
                          Date posting_date, const RuleBook& rules) {
  DerivationInput input{.header = header,
                        .classes = classes,
                        .settings = {.company_code = "1000",
                                     .document_type = "SA",
                                     .receivable_account = "1",
                                     .receivable_profit_center = "",
                                     .marketplace_label = "",
                                     .posting_date = posting_date,
                                     .document_date = posting_date}};
  input.settings.sap_decimals = header.total.currency().decimals();
  const auto derived = derive(input, rules);
  if (derived) return std::nullopt;
  return derived.error();
}

RowClass shown_class(const RowClass& first, const RowClass& second) {
  return first.sku.empty() ? second : first;
}

std::string month_of(Date date) { return format_date(date).substr(0, 7); }

}  // namespace

std::string_view to_word(Place::Kind kind) {
  switch (kind) {
    case Place::Kind::kPosted: return "post";
    case Place::Kind::kNetted: return "net-to-zero";
    case Place::Kind::kExcluded: return "exclude";
    case Place::Kind::kMissing: return "no rule";
  }
  return "no rule";
}

TwofoldClassifier::TwofoldClassifier(const RuleBook& first, const RuleBook& second)
    : first_(first), second_(second) {}

Status TwofoldClassifier::add(const RowAttributes& row, const Money& amount) {
  MLC_TRY(const ClassNumber first, first_.add(row, amount));
  MLC_TRY(const ClassNumber second, second_.add(row, amount));
  const auto [place, is_new] = numbers_.emplace(std::pair(first, second), classes_.size());
  if (is_new) classes_.push_back({first, second, 0, Money::zero(amount.currency())});
  TwofoldClass& one = classes_[place->second];
  MLC_TRY(one.sum, one.sum.plus(amount));
  ++one.rows;
  return {};
}

Result<Replay> replay(const TwofoldClassifier& rows, const SettlementHeader& header,
                      Date posting_date, const RuleBook& first, const RuleBook& second) {
  Replay out;
  const std::string period = month_of(posting_date);
  const auto first_totals = rows.first();
  const auto second_totals = rows.second();
  for (const auto& one : rows.classes()) {
    const ClassTotal& a = first_totals.at(one.first);
    const ClassTotal& b = second_totals.at(one.second);
    const Destination from = destination_of(a, first, header.id);
    const Destination to = destination_of(b, second, header.id);
    MLC_TRY_STATUS(place_amounts(from, to, one.sum, period, out.places));
    auto values = changes(from, to);
    if (values.empty()) continue;
    out.moved.push_back({shown_class(a.row_class, b.row_class), one.rows, one.sum, from.rule,
                         to.rule, std::move(values)});
  }
  sort(out.places);
  std::ranges::stable_sort(out.moved, [](const MovedClass& a, const MovedClass& b) {
    const auto size = [](const MovedClass& one) {
      const auto minor = one.sum.minor();
      return minor < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(minor)
                       : static_cast<std::uint64_t>(minor);
    };
    return size(a) > size(b);
  });
  out.first_held = held(first_totals, header, posting_date, first);
  out.second_held = held(second_totals, header, posting_date, second);
  return out;
}

Status add_places(std::vector<PlaceAmounts>& to, const std::vector<PlaceAmounts>& more) {
  for (const auto& one : more) MLC_TRY_STATUS(add_to(to, one));
  sort(to);
  return {};
}

}  // namespace mlc::ledger
