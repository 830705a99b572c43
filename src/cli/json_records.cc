#include "cli/json_records.h"

#include <nlohmann/json.hpp>

namespace mlc::cli {

Json document_json(const operations::DocumentRow& row) {
  return {{"key", row.key},
          {"company_code", row.company_code},
          {"number", text_or_null(row.number)},
          {"reversed_by", text_or_null(row.reversed_by)},
          {"outcome", row.outcome},
          {"receivable", text_or_null(row.receivable)},
          {"currency", row.currency},
          {"lines", row.items},
          {"confirmed_at", instant_or_null(row.confirmed_at)}};
}

Json settlement_json(const operations::SettlementRow& row) {
  return {{"name", row.name},
          {"settlement_id", text_or_null(row.settlement_id)},
          {"work", row.work.str()},
          {"connection", row.connection.str()},
          {"source", row.source},
          {"file", text_or_null(row.file)},
          {"state", row.state},
          {"words", row.words},
          {"start", instant_or_null(row.start)},
          {"end", instant_or_null(row.end)},
          {"deposit_date", instant_or_null(row.deposit)},
          {"total", text_or_null(row.amount)},
          {"currency", text_or_null(row.currency)},
          {"rows", row.rows},
          {"revision", std::string(1, row.revision)},
          {"documents", list_json(row.documents, document_json)},
          {"error", error_or_null(row.error)},
          {"due", instant_or_null(row.due)},
          {"next", row.next}};
}

Json class_json(const operations::ClassView& view) {
  const auto& of = view.row_class;
  return {{"number", view.number},
          {"type", of.transaction_type},
          {"amount_type", of.amount_type},
          {"description", of.amount_description},
          {"marketplace", of.marketplace},
          {"fulfillment", of.fulfillment},
          {"sku", of.sku},
          {"material_group", of.material_group},
          {"rows", view.rows},
          {"amount", view.amount},
          {"destination", operations::to_word(view.destination)},
          {"rule", text_or_null(view.rule)},
          {"why", text_or_null(view.why)},
          {"rule_today", view.rule_today == operations::RuleToday::kUnknown
                             ? Json(nullptr)
                             : Json(operations::to_word(view.rule_today))},
          {"rules_version", view.rules_version},
          {"document", text_or_null(view.document)},
          {"line", view.item == 0 ? Json(nullptr) : Json(view.item)}};
}

Json line_json(const ledger::DocumentLine& line) {
  return {{"line", line.item},
          {"account", line.account},
          {"amount", line.amount.decimal()},
          {"nature", ledger::to_word(line.nature)},
          {"cost_center", text_or_null(line.cost_center)},
          {"profit_center", text_or_null(line.profit_center)},
          {"internal_order", text_or_null(line.internal_order)},
          {"segment", text_or_null(line.segment)},
          {"functional_area", text_or_null(line.functional_area)},
          {"profitability", text_or_null(line.profitability)},
          {"tax_code", text_or_null(line.tax_code)},
          {"payment_block", text_or_null(line.payment_block)},
          {"assignment", text_or_null(line.assignment)},
          {"text", text_or_null(line.text)}};
}

}  // namespace mlc::cli
