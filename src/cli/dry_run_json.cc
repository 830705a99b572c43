// The JSON of `import --dry-run` (docs/formats/json.md): amounts are decimal texts.
#include <nlohmann/json.hpp>

#include "cli/dry_run.h"
#include "cli/json_parts.h"

namespace mlc::cli {
namespace {

namespace report = amazon::settlement_report;

Json amount(const std::optional<ledger::Money>& value) {
  return value ? Json(value->decimal()) : Json(nullptr);
}

Json group(const report::SummaryGroup& one) {
  return {{"type", one.transaction_type},
          {"amount_type", one.amount_type},
          {"description", one.amount_description},
          {"marketplace", one.marketplace},
          {"rows", one.rows},
          {"amount", one.amount.decimal()},
          {"category", text_or_null(one.category)}};
}

Json error(const Error& one) {
  Json facts = Json::object();
  for (const Fact& fact : one.facts()) facts[fact.name] = fact.value;
  return {{"id", one.id()}, {"text", one.text()}, {"cure", one.cure()}, {"facts", facts}};
}

Json object(const report::SettlementSummary& summary) {
  Json out;
  out["file"] = summary.file;
  out["layout"] = text_or_null(summary.layout);
  out["settlement_id"] = text_or_null(summary.settlement_id);
  out["currency"] = text_or_null(summary.currency);
  out["charset"] = text_or_null(summary.charset);
  out["decimal_mark"] = text_or_null(summary.decimal_mark);
  out["date_pattern"] = text_or_null(summary.date_pattern);
  out["rows"] = summary.rows;
  out["total"] = amount(summary.total);
  out["sum"] = amount(summary.sum);
  out["difference"] = amount(summary.difference);
  out["ties"] = summary.ties;
  out["quarantined_rows"] = summary.quarantined_rows.value_or(0);
  out["quarantined_amount"] = amount(summary.quarantined_amount);
  out["rows_without_date"] = summary.rows_without_date;
  out["unknown_columns"] = summary.unknown_columns;
  out["groups"] = Json::array();
  for (const auto& one : summary.groups) out["groups"].push_back(group(one));
  out["errors"] = Json::array();
  for (const Error& one : summary.errors) out["errors"].push_back(error(one));
  return out;
}

}  // namespace

std::string dry_run_json(const std::vector<report::SettlementSummary>& summaries) {
  Json out = Json::array();
  for (const auto& summary : summaries) out.push_back(object(summary));
  // Bytes of a file that are no UTF-8 are replaced: the answer is JSON whatever the file holds.
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace mlc::cli
