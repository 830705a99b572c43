// discovery: finds settlement reports at Amazon, one page per step.
#include "base/digest.h"
#include "flow/errors.h"
#include "flow/settlement_steps.h"
#include "flow/step_table.h"

namespace mlc::flow {
namespace {

constexpr std::string_view kPolling = "polling";
constexpr auto kLookBack = std::chrono::hours(24 * 89);  // amazon.md 5.4: 90 days less a margin

WorkId work_id_of(const Connection& connection, const std::string& subject) {
  return WorkId(to_hex(sha256(connection.tenant.str() + "|" + subject)).substr(0, 16));
}

Status add_report(ports::StoreTransaction& transaction, const Connection& connection,
                  const ports::ReportListing& report, Instant now) {
  ports::WorkRecord work;
  work.tenant = connection.tenant;
  work.kind = "settlement";
  work.subject = connection.id.str() + "/" + report.report_document_id;
  work.id = work_id_of(connection, work.subject);
  work.state = word(ledger::SettlementState::kFound);
  work.due_at = now;
  MLC_TRY(const bool added, transaction.add_work(work));
  if (!added) return {};
  ports::SettlementRecord settlement;
  settlement.tenant = connection.tenant;
  settlement.work = work.id;
  settlement.connection = connection.id;
  settlement.selling_account = connection.selling_account;
  settlement.source = "amazon";
  settlement.report_id = report.report_id;
  settlement.report_document_id = report.report_document_id;
  settlement.found_at = now;
  MLC_TRY_STATUS(transaction.put_settlement(settlement));
  return transaction.append_audit(
      connection.tenant,
      {now, "daemon", "found", "settlement " + work.subject, {{"report", report.report_id}}});
}

Writes add_reports(const Connection& connection, std::vector<ports::ReportListing> reports,
                   Instant now) {
  return [&connection, reports = std::move(reports),
          now](ports::StoreTransaction& transaction) -> Status {
    for (const auto& report : reports) {
      if (report.processing_status != "DONE" || report.report_document_id.empty()) continue;
      MLC_TRY_STATUS(add_report(transaction, connection, report, now));
    }
    return {};
  };
}

Result<Decision> poll_step(StepInput& input) {
  MLC_TRY(const auto* connection,
          find_connection(input.world, input.work.tenant, ConnectionId(input.work.subject)));
  if (connection->source == nullptr) return wait_for_person(std::string(kPolling));
  auto page = connection->source->list_settlement_reports(input.now - kLookBack, input.work.memory);
  if (!page) {
    Decision decision = try_later(input.work, input.now, std::move(page).error());
    decision.memory = "";  // a page token may have died with the error: the window starts again
    return decision;
  }
  Decision decision =
      page->next_token.empty()
          ? wait_until(std::string(kPolling), input.now + connection->settings.poll_every)
          : go_on(std::string(kPolling), input.now);
  decision.memory = page->next_token;
  decision.writes = add_reports(connection->settings, std::move(page->reports), input.now);
  return decision;
}

Result<Decision> poll_now(StepInput& input) {
  Decision decision = go_on(std::string(kPolling), input.now);
  decision.memory = "";
  return decision;
}

}  // namespace

const KindTable& discovery_table() {
  static const KindTable table{"discovery",
                               kPolling,
                               {{kPolling,
                                 "looks for new settlement reports at Amazon",
                                 Waits::kStep,
                                 &poll_step,
                                 Effect::kRepeatable,
                                 "",
                                 {kPolling},
                                 {{"retry", &poll_now, {kPolling}}}}}};
  return table;
}

}  // namespace mlc::flow
