// The JSON of `rules` (docs/formats/json.md): amounts are decimal texts.
#include <nlohmann/json.hpp>

#include "cli/json_parts.h"
#include "cli/rules_answers.h"
#include "ledger/words.h"

namespace mlc::cli {
namespace {

Json source_json(const LookedAt& source) {
  return {{"name", source.name},
          {"settlement_id", text_or_null(source.settlement_id)},
          {"currency", text_or_null(source.currency)},
          {"error", error_or_null(source.error)}};
}

Json class_json(const ledger::RowClass& row, std::uint64_t rows, const ledger::Money& amount) {
  return {{"type", row.transaction_type},
          {"amount_type", row.amount_type},
          {"description", row.amount_description},
          {"marketplace", row.marketplace},
          {"fulfillment", row.fulfillment},
          {"sku", row.sku},
          {"rows", rows},
          {"amount", amount.decimal()}};
}

Json values_json(const std::vector<ledger::ValueChange>& values) {
  return list_json(values, [](const ledger::ValueChange& one) {
    return Json{{"name", one.name}, {"from", one.from}, {"to", one.to}};
  });
}

Json shares_json(const ledger::Coverage& coverage) {
  return {{"rows", coverage.rows},
          {"mapped_rows", coverage.mapped_rows},
          {"amount", coverage.size.decimal()},
          {"mapped_amount", coverage.mapped_size.decimal()}};
}

Json covered_json(const ledger::CoveredClass& one) {
  Json out = class_json(one.row_class, one.rows, one.sum);
  out["mapping"] = to_word(one.mapping);
  out["rule"] = text_or_null(one.rule);
  out["rules_version"] = text_or_null(one.row_class.rules_version);
  out["category"] = text_or_null(one.category);
  out["account"] = text_or_null(one.account);
  return out;
}

Json change_json(const ledger::RuleChange& one) {
  return {{"change", to_word(one.kind)},
          {"rule", one.id},
          {"other_rule", text_or_null(one.other_id)},
          {"match", one.match},
          {"other_match", text_or_null(one.other_match)},
          {"rank", to_word(one.rank)},
          {"values", values_json(one.values)},
          {"place", one.place}};
}

Json version_json(const ledger::VersionDifference& one) {
  return {{"version", text_or_null(one.version)},
          {"other_version", text_or_null(one.other_version)},
          {"same", one.same},
          {"head", values_json(one.head)},
          {"rules", list_json(one.rules, change_json)}};
}

Json moved_json(const ledger::MovedClass& one) {
  Json out = class_json(one.row_class, one.rows, one.sum);
  out["rule"] = text_or_null(one.rule);
  out["other_rule"] = text_or_null(one.other_rule);
  out["values"] = values_json(one.values);
  return out;
}

Json place_json(const ledger::PlaceAmounts& one) {
  return {{"treatment", to_word(one.place.kind)},
          {"kind", to_word(one.place.line_kind)},
          {"account", text_or_null(one.place.account)},
          {"cost_center", text_or_null(one.place.cost_center)},
          {"period", one.period},
          {"first", one.first.decimal()},
          {"second", one.second.decimal()},
          {"difference", one.difference.decimal()}};
}

Json sum_json(const std::vector<ledger::PlaceAmounts>& places) {
  if (places.empty()) return nullptr;
  ledger::Money sum = ledger::Money::zero(places.front().difference.currency());
  for (const auto& one : places) {
    const auto more = sum.plus(one.difference);
    if (!more) return nullptr;
    sum = *more;
  }
  return sum.decimal();
}

}  // namespace

std::string json_of(const CheckAnswer& answer) {
  Json files = Json::array();
  Json problems = Json::array();
  for (const auto& check : answer.checks) {
    for (const auto& one : check.files) {
      files.push_back({{"file", one.file},
                       {"name", text_or_null(one.name)},
                       {"version", text_or_null(one.version)},
                       {"valid_from", one.valid_from ? Json(format_date(*one.valid_from)) : Json()},
                       {"rules", one.rules}});
    }
    for (const Error& one : check.problems) problems.push_back(error_json(one));
  }
  Json sap = nullptr;
  if (answer.targets) {
    const auto& asked = *answer.targets;
    for (const Error& one : asked.problems) problems.push_back(error_json(one));
    sap = {{"connection", asked.connection}, {"system_id", asked.sap.system_id},
           {"client", asked.sap.client},     {"day", format_date(asked.day)},
           {"accounts", asked.accounts},     {"cost_centers", asked.cost_centers}};
  }
  return dump({{"files", files}, {"sap", sap}, {"problems", problems}});
}

std::string json_of(const CoverageAnswer& answer) {
  Json sources = list_json(answer.sources, [](const CoverageAnswer::One& one) {
    Json out = source_json(one.source);
    if (!one.coverage) return out;
    out.update(shares_json(*one.coverage));
    out["classes"] = list_json(one.coverage->classes, covered_json);
    return out;
  });
  Json totals = Json::array();
  for (const auto& [currency, total] : answer.totals) {
    Json one{{"currency", currency}};
    one.update(shares_json(total));
    totals.push_back(std::move(one));
  }
  return dump({{"sources", std::move(sources)}, {"totals", std::move(totals)}});
}

std::string json_of(const DiffAnswer& answer) {
  Json sources = list_json(answer.sources, [](const DiffAnswer::One& one) {
    Json out = source_json(one.source);
    out["moved"] = list_json(one.moved, moved_json);
    return out;
  });
  return dump(
      {{"versions", list_json(answer.versions, version_json)}, {"sources", std::move(sources)}});
}

std::string json_of(const ReplayAnswer& answer) {
  Json sources = list_json(answer.sources, [](const ReplayAnswer::One& one) {
    Json out = source_json(one.source);
    out["moved_rows"] = one.moved_rows;
    out["first_held"] = error_or_null(one.first_held);
    out["second_held"] = error_or_null(one.second_held);
    return out;
  });
  Json currencies = Json::array();
  for (const auto& [currency, places] : answer.places) {
    currencies.push_back({{"currency", currency},
                          {"difference", sum_json(places)},
                          {"places", list_json(places, place_json)}});
  }
  return dump({{"sources", std::move(sources)}, {"currencies", std::move(currencies)}});
}

}  // namespace mlc::cli
