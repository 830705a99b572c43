// discovery: finds settlement reports at Amazon, one page per step.
#include "flow/discovery.h"

#include <algorithm>

#include "base/digest.h"
#include "flow/calendar.h"
#include "flow/errors.h"
#include "flow/hold.h"
#include "flow/settlement_steps.h"
#include "flow/step_table.h"

namespace mlc::flow {
namespace {

constexpr std::string_view kPolling = "polling";
// Amazon will refuse until a person has changed something; it is asked again all the same, because
// that may happen at Amazon.
constexpr std::string_view kRefused = "refused";

WorkId work_id_of(const Connection& connection, const std::string& subject) {
  return WorkId(to_hex(sha256(connection.tenant.str() + "|" + subject)).substr(0, 16));
}

// Whether the report was not known before.
Result<bool> add_report(ports::StoreTransaction& transaction, const Connection& connection,
                        const ports::ReportListing& report, Instant now) {
  ports::WorkRecord work;
  work.tenant = connection.tenant;
  work.kind = "settlement";
  work.subject = connection.id.str() + "/" + report.report_document_id;
  work.lane = connection.id.str();
  work.id = work_id_of(connection, work.subject);
  work.state = word(ledger::SettlementState::kFound);
  work.due_at = now;
  MLC_TRY(const bool added, transaction.add_work(work));
  if (!added) return false;
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
  MLC_TRY_STATUS(transaction.append_audit(
      connection.tenant,
      {now, "daemon", "found", "settlement " + work.subject, {{"report", report.report_id}}}));
  return true;
}

// What Amazon has answered so far: of the first page anew, of the others with the pages before.
Result<ports::PollRecord> poll_so_far(ports::StoreTransaction& transaction,
                                      const Connection& connection, bool first, Instant now) {
  MLC_TRY(const auto before, transaction.poll(connection.tenant, connection.id));
  if (!first && before) return *before;
  return ports::PollRecord{connection.tenant, connection.id, now, {}, 0, 0, {}};
}

Writes add_reports(const Connection& connection, ports::ReportPage page, bool first, Instant now) {
  return [&connection, page = std::move(page), first,
          now](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY(auto poll, poll_so_far(transaction, connection, first, now));
    for (const auto& report : page.reports) {
      if (report.processing_status != "DONE" || report.report_document_id.empty()) continue;
      MLC_TRY(const bool added, add_report(transaction, connection, report, now));
      poll.reports += 1;
      poll.fresh += added ? 1 : 0;
      poll.newest = std::max(poll.newest.value_or(report.created), report.created);
    }
    if (page.next_token.empty()) poll.ended_at = now;
    return transaction.put_poll(poll);
  };
}

// The call was not made. It killed no page token, and to start again would cost the calls that were
// saved up for the next page; and what Amazon refused before is as refused as it was.
Decision put_off(const StepInput& input, Error error) {
  Decision decision = try_later(input.work, input.now, std::move(error));
  if (input.work.state == kRefused) decision.refusal = std::exchange(decision.error, std::nullopt);
  return decision;
}

Result<Decision> poll_step(StepInput& input) {
  MLC_TRY(const auto* connection,
          find_connection(input.world, input.work.tenant, ConnectionId(input.work.subject)));
  if (connection->source == nullptr) return wait_for_person(std::string(kPolling));
  MLC_TRY(auto held, hold_paused(input, connection->settings, kPolling));
  if (held) {
    held->memory = "";  // a page token would be too old afterwards
    return std::move(*held);
  }
  auto page =
      connection->source->list_settlement_reports(input.now - kReportLookBack, input.work.memory);
  if (!page) {
    const bool for_a_person = page.error().again() == Again::kNo;
    if (is_put_off(page.error())) return put_off(input, std::move(page).error());
    Decision decision = try_later_in(std::string(for_a_person ? kRefused : kPolling), input.work,
                                     input.now, std::move(page).error());
    decision.memory = "";  // a page token may have died with the error: the window starts again
    return decision;
  }
  Decision decision =
      page->next_token.empty()
          ? wait_until(std::string(kPolling), next_poll(connection->settings, input.now))
          : go_on(std::string(kPolling), input.now);
  // A listing that begins again and again at its first page has not succeeded yet.
  if (!page->next_token.empty()) decision.attempts = Attempts::kKeep;
  decision.memory = page->next_token;
  decision.writes =
      add_reports(connection->settings, std::move(*page), input.work.memory.empty(), input.now);
  return decision;
}

// At once, so that a call put off leaves what was known before.
Result<Decision> poll_now(StepInput& input) {
  input.work.memory.clear();
  return poll_step(input);
}

}  // namespace

ports::WorkRecord discovery_work(const Connection& connection, Instant now) {
  ports::WorkRecord work;
  work.tenant = connection.tenant;
  work.kind = std::string(discovery_table().kind);
  work.subject = connection.id.str();
  work.lane = work.subject;
  work.id = WorkId("discovery-" + work.subject);
  work.state = std::string(discovery_table().first);
  work.due_at = now;
  return work;
}

const KindTable& discovery_table() {
  static const KindTable table{"discovery",
                               kPolling,
                               {{kPolling,
                                 "looks for new settlement reports at Amazon",
                                 Waits::kStep,
                                 &poll_step,
                                 Effect::kRepeatable,
                                 "",
                                 {kPolling, kRefused},
                                 {{"retry", &poll_now, {kPolling, kRefused}}}},
                                {kRefused,
                                 "was refused by Amazon; a person must see to it, and Amazon is "
                                 "asked again now and then",
                                 Waits::kStep,
                                 &poll_step,
                                 Effect::kRepeatable,
                                 "",
                                 {kPolling, kRefused},
                                 {{"retry", &poll_now, {kPolling, kRefused}}}}}};
  return table;
}

}  // namespace mlc::flow
