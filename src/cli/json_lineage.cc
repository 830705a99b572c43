// explain, trace.
#include <nlohmann/json.hpp>

#include "cli/json_records.h"
#include "cli/json_text.h"

namespace mlc::cli {
namespace {

Json row_json(const operations::EvidenceRow& row) {
  return {{"row", row.line}, {"offset", row.offset}, {"size", row.size}, {"text", row.text}};
}

Json explained_json(const operations::ExplainedLine& line) {
  Json out = line_json(line.line);
  out["balancing"] = line.balancing;
  out["rows"] = line.rows;
  out["classes"] = list_json(line.classes, class_json);
  return out;
}

Json reverses_json(const std::optional<operations::ReversalOf>& reversal) {
  if (!reversal) return nullptr;
  return {{"number", reversal->number},
          {"original", reversal->original},
          {"reversal", text_or_null(reversal->work)},
          {"reason", text_or_null(reversal->reason)},
          {"asked_by", text_or_null(reversal->asked_by)},
          {"asked_at", instant_or_null(reversal->asked_at)}};
}

}  // namespace

std::string json_of(const operations::Explanation& explanation) {
  Json out;
  out["document"] = document_json(explanation.document);
  out["settlement"] = settlement_json(explanation.settlement);
  out["revision"] = std::string(1, explanation.revision);
  out["rules_version"] = explanation.rules_version;
  out["rules_digest"] = text_or_null(explanation.rules_digest);
  out["adopted"] = text_or_null(std::string(ledger::to_word(explanation.adoption)));
  out["object"] = explanation.object;
  out["lines"] = list_json(explanation.lines, explained_json);
  out["continues"] = list_json(explanation.continues, [](const operations::ContinuedLine& line) {
    return Json{{"document", line.document}, {"number", text_or_null(line.number)},
                {"line", line.item},         {"amount", line.amount},
                {"work", line.work},         {"object", text_or_null(line.object)}};
  });
  out["other_side"] = Json(nullptr);
  if (explanation.other_side) {
    const auto& side = *explanation.other_side;
    out["other_side"] = {{"company_code", side.company_code},
                         {"document", side.document},
                         {"line", side.item},
                         {"settlement", side.settlement},
                         {"amount", side.amount.decimal()}};
  }
  out["reverses"] = reverses_json(explanation.reversal);
  out["header_row"] = text_or_null(explanation.header_row);
  out["rows"] = list_json(explanation.rows, row_json);
  out["rows_left"] = explanation.rows_left;
  return dump(out);
}

std::string json_of(const operations::Trace& trace) {
  Json out;
  out["settlement"] = settlement_json(trace.settlement);
  out["object"] = trace.object;
  out["adopted"] = text_or_null(std::string(ledger::to_word(trace.adoption)));
  out["row"] = row_json(trace.row);
  out["header_row"] = trace.header_row;
  out["class"] = trace.row_class ? class_json(*trace.row_class) : Json(nullptr);
  out["document"] = trace.document ? document_json(*trace.document) : Json(nullptr);
  out["line"] = trace.line ? line_json(*trace.line) : Json(nullptr);
  return dump(out);
}

}  // namespace mlc::cli
