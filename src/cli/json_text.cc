#include "cli/json_text.h"

#include <nlohmann/json.hpp>

#include "cli/json_records.h"

namespace mlc::cli {
namespace {

Json message_json(const ports::BapiMessage& message) {
  return {{"type", std::string(1, message.type)},
          {"class", message.id},
          {"number", message.number},
          {"text", message.text},
          {"parameter", message.parameter},
          {"row", message.row},
          {"field", message.field}};
}

Json unit_json(const std::optional<operations::UnitView>& unit) {
  if (!unit) return nullptr;
  const auto journal = list_json(unit->journal, [](const ports::JournalEntry& entry) {
    return Json{{"at", format_instant(entry.at)},
                {"step", ports::to_word(entry.step)},
                {"detail", entry.detail}};
  });
  const auto look_ups = list_json(unit->look_ups, [](const ports::LookUpRecord& look_up) {
    return Json{{"at", format_instant(look_up.at)},
                {"same_system", look_up.same_identity},
                {"control_found", look_up.control == ports::ControlFinding::kFound},
                {"update_records", look_up.update_records},
                {"finding", look_up.finding}};
  });
  return {{"unit", unit->intent.unit.str()},
          {"at", format_instant(unit->intent.at)},
          {"system", unit->intent.identity.system_id},
          {"client", unit->intent.identity.client},
          {"journal", journal},
          {"look_ups", look_ups}};
}

Json total_json(const operations::CurrencyTotal& one) {
  Json out{{"currency", one.currency},    {"settlements", one.settlements},
           {"deposits", one.deposits},    {"posted", one.posted},
           {"waiting", one.waiting},      {"reversed", one.reversed},
           {"difference", one.difference}};
  out["not_counted"] = list_json(one.excluded, [](const operations::ExcludedTotal& excluded) {
    return Json{{"state", excluded.state},
                {"settlements", excluded.settlements},
                {"amount", excluded.amount}};
  });
  return out;
}

Json account_json(const operations::AccountTotal& total) {
  return {{"account", total.account},
          {"cost_center", text_or_null(total.cost_center)},
          {"amount", total.amount},
          {"lines", total.lines}};
}

Json check_json(const std::optional<operations::CheckVerdict>& check) {
  if (!check) return nullptr;
  const auto differences = list_json(check->differences, [](const ledger::Difference& one) {
    return Json{{"hard", one.hard},
                {"document", one.document},
                {"field", one.field},
                {"wanted", one.wanted},
                {"found", one.found}};
  });
  return {{"outcome", check->outcome},
          {"messages", list_json(check->messages, message_json)},
          {"differences", differences},
          {"error", error_or_null(check->error)}};
}

Json ledger_document_json(const ledger::LedgerDocument& document) {
  return {{"key", document.key.text()},
          {"company_code", document.company_code},
          {"document_type", document.document_type},
          {"posting_date", format_date(document.posting_date)},
          {"document_date", format_date(document.document_date)},
          {"currency", document.currency.code()},
          {"header_text", document.header_text},
          {"lines", list_json(document.lines, line_json)}};
}

Json history_json(const ports::AuditEntry& entry) {
  return {{"at", format_instant(entry.at)},
          {"actor", entry.actor},
          {"action", entry.action},
          {"facts", facts_json(entry.facts)}};
}

Json reversal_json(const std::optional<ports::WorkRecord>& reversal) {
  if (!reversal) return nullptr;
  return {{"name", reversal->id.str()},
          {"state", reversal->state},
          {"words", operations::words_of(*reversal)},
          {"next", operations::possible_commands({*reversal, {}})}};
}

}  // namespace

std::string json_of(const Error& error) { return dump({{"error", error_json(error)}}); }

std::string json_of(const std::vector<operations::SettlementRow>& rows,
                    const std::vector<operations::CurrencyTotal>& totals) {
  return dump({{"settlements", list_json(rows, settlement_json)},
               {"totals", list_json(totals, total_json)}});
}

std::string json_of(const operations::SettlementView& view) {
  Json out = settlement_json(view.row);
  out["documents"] = list_json(view.documents, document_json);
  const auto& record = view.record;
  out["evidence"] = {{"object", record.object ? Json(record.object->id.str()) : Json(nullptr)},
                     {"size", record.object ? Json(record.object->size) : Json(nullptr)},
                     {"received_object", text_or_null(record.received_object)},
                     {"lineage", text_or_null(record.lineage.str())},
                     {"content_type", text_or_null(record.content_type)},
                     {"report_id", text_or_null(record.report_id)},
                     {"report_document_id", text_or_null(record.report_document_id)},
                     {"request_id", text_or_null(record.request_id)},
                     {"charset", text_or_null(record.charset)},
                     {"layout", text_or_null(record.layout)},
                     {"unknown_columns", record.unknown_columns}};
  out["manifest"] = text_or_null(record.manifest_hash);
  out["posted"] = text_or_null(record.posted);
  out["netted"] = text_or_null(record.netted);
  out["excluded"] = text_or_null(record.excluded);
  out["rules_version"] = text_or_null(view.rules_version);
  out["rules_digest"] = text_or_null(record.rules_digest);
  out["adopted"] = text_or_null(std::string(ledger::to_word(record.adoption)));
  out["approved_by"] = text_or_null(record.approved_by);
  out["approved_at"] = instant_or_null(record.approved_at);
  out["attempts"] = view.work.attempts;
  out["classes"] = list_json(view.classes, class_json);
  out["last_unit"] = unit_json(view.last_unit);
  out["reversals"] = list_json(view.reversals, [](const ports::WorkRecord& work) {
    return Json{
        {"work", work.id.str()}, {"state", work.state}, {"error", error_or_null(work.error)}};
  });
  out["other_files"] = view.rivals;
  out["missing"] = list_json(view.missing, error_json);
  out["history"] = list_json(view.history, history_json);
  return dump(out);
}

std::string json_of(const operations::Preview& preview) {
  Json out;
  out["settlement"] = settlement_json(preview.settlement);
  out["manifest"] = preview.manifest.content_hash;
  out["revision"] = std::string(1, preview.manifest.revision);
  out["rules_version"] = preview.manifest.rules_version;
  out["posted"] = preview.posted;
  out["netted"] = preview.netted;
  out["excluded"] = preview.excluded;
  out["documents"] = list_json(preview.manifest.documents, ledger_document_json);
  out["accounts"] = list_json(preview.accounts, account_json);
  out["standing"] = list_json(preview.standing, document_json);
  out["check"] = check_json(preview.check);
  return dump(out);
}

std::string json_of(const std::vector<operations::ExceptionRow>& rows) {
  return dump(list_json(rows, [](const operations::ExceptionRow& row) {
    return Json{{"cause", row.cause},
                {"kind", row.kind},
                {"what", row.what},
                {"amount", text_or_null(row.amount)},
                {"currency", text_or_null(row.currency)},
                {"rows", row.rows},
                {"settlements", row.settlements},
                {"error", text_or_null(row.error_id)},
                {"cure", text_or_null(row.cure)},
                {"goes_on_by_itself", row.goes_on_by_itself},
                {"due", instant_or_null(row.due)},
                {"rule", text_or_null(row.rule)},
                {"nearest_rule", text_or_null(row.nearest_rule)},
                {"shared", text_or_null(row.shared)},
                {"next", row.next}};
  }));
}

std::string json_of(const std::vector<operations::StreamView>& views) {
  const auto row = [](const operations::StreamRow& one) {
    return Json{{"settlement_id", one.settlement_id},
                {"connection", one.connection},
                {"state", one.state},
                {"start", format_instant(one.start)},
                {"end", format_instant(one.end)},
                {"released", one.released},
                {"held", one.held},
                {"continuity", std::string(ledger::to_word(one.continuity))},
                {"before", text_or_null(one.before)},
                {"before_ended", instant_or_null(one.before_ended)},
                {"before_held", text_or_null(one.before_held)},
                {"perhaps_before", one.perhaps_before}};
  };
  return dump(list_json(views, [&row](const operations::StreamView& view) {
    return Json{{"selling_account", view.selling_account},
                {"currency", view.currency},
                {"marketplaces", view.marketplaces},
                {"settlements", list_json(view.rows, row)}};
  }));
}

std::string json_of(const operations::AuditVerification& verification) {
  Json out;
  out["agrees"] = verification.agrees();
  out["entries"] = verification.report.head.size;
  out["pending"] = verification.report.pending;
  out["epoch"] = verification.report.head.epoch;
  out["root"] = to_hex(verification.report.head.root);
  out["checkpoints"] = verification.report.checkpoints;
  out["restores"] = list_json(verification.report.epochs,
                              [](const auto& numbered) { return history_json(numbered.entry); });
  out["superseded_checkpoints"] = list_json(verification.report.superseded, [](const auto& one) {
    return Json{{"checkpoint", one.where},
                {"restored_at", format_instant(one.restored_at)},
                {"restored_by", one.restored_by}};
  });
  out["differences"] = list_json(verification.differences, error_json);
  return dump(out);
}

std::string json_of(const operations::Summary& summary) {
  const auto currency = [](const operations::CurrencySummary& one) {
    Json out = total_json(one.total);
    out["documents"] = one.documents;
    out["lines"] = one.lines;
    out["receivable"] = one.receivable;
    out["difference"] = one.difference;
    out["accounts"] = list_json(one.accounts, account_json);
    out["read_from"] = instant_or_null(one.read_from);
    out["read_until"] = instant_or_null(one.read_until);
    return out;
  };
  return dump({{"settlements", summary.settlements},
               {"posted", summary.posted},
               {"reversed", summary.reversed},
               {"before_cutover", summary.before_cutover},
               {"waiting", summary.waiting},
               {"stream_breaks", summary.stream_breaks},
               {"currencies", list_json(summary.currencies, currency)}});
}

std::string json_of(const store::BackupReport& report, const std::string& target) {
  return dump({{"backup", target}, {"files", report.files}, {"epoch", report.epoch}});
}

std::string json_of(const store::RestoreReport& report) {
  return dump({{"epoch", report.epoch}, {"replaced", text_or_null(report.replaced.string())}});
}

std::string json_of(const VerbAnswer& answer) {
  return dump(
      {{"verb", answer.verb},
       {"name", answer.name},
       {"state_before", answer.state_before},
       {"state", answer.state},
       {"words", answer.words},
       {"carried_out", answer.carried_out},
       {"error", error_or_null(answer.error)},
       {"refusal", error_or_null(answer.refusal)},
       {"reversal", reversal_json(answer.reversal)},
       {"settlement", answer.settlement ? settlement_json(*answer.settlement) : Json(nullptr)}});
}

std::string json_of(const std::vector<ImportAnswer>& answers) {
  return dump(list_json(answers, [](const ImportAnswer& answer) {
    if (answer.error) return Json{{"file", answer.file}, {"error", error_json(*answer.error)}};
    return Json{
        {"file", answer.file},
        {"work", answer.imported.work.str()},
        {"object", answer.imported.object.str()},
        {"size", answer.imported.size},
        {"known", answer.imported.known},
        {"settlement", answer.settlement ? settlement_json(*answer.settlement) : Json(nullptr)}};
  }));
}

std::string with_warnings(const std::string& json, const std::vector<Error>& errors) {
  if (errors.empty()) return json;
  Json out = Json::parse(json);
  if (!out.is_object()) return json;
  out["warnings"] = list_json(errors, error_json);
  return dump(out);
}

std::string json_of(const std::vector<Fact>& facts) { return dump(facts_json(facts)); }

}  // namespace mlc::cli
