#include "simulators/amazon/report_shelf.h"

#include <algorithm>
#include <tuple>

#include "base/digest.h"
#include "simulators/amazon/gzip.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::chrono::hours kMadeAfterEnd{3};

// Like Amazon's: opaque, with characters that must be escaped in an address.
std::string document_id(const std::string& report_id) {
  return "amzn1.spdoc.1.4." + to_hex(sha256("document " + report_id)).substr(0, 32) + "." +
         report_id + "/x+y=";
}

bool makes_another(const FaultOrder& order) {
  return order.kind == "reissue" || order.kind == "repeat" || order.kind == "cancelled" ||
         order.kind == "fatal";
}

}  // namespace

SettlementSeries series_of_account(std::uint64_t seed, std::size_t number,
                                   const SimulatedAccount& account, Date anchor,
                                   std::uint32_t rows) {
  return {seed + number * 7'919, anchor, rows, account.market};
}

ReportShelf::ReportShelf(ShelfSettings settings, const std::vector<SimulatedAccount>& accounts,
                         FaultPlan& plan)
    : settings_(settings), accounts_(accounts), plan_(plan), shelved_(accounts.size(), 0) {}

std::vector<const ShelvedReport*> ReportShelf::created(const std::string& selling_partner_id,
                                                       Instant since, Instant until, Instant now) {
  fill(now);
  std::vector<const ShelvedReport*> out;
  for (const auto& [id, report] : reports_) {
    if (report.selling_partner_id == selling_partner_id && report.created >= since &&
        report.created <= until && report.visible <= now) {
      out.push_back(&report);
    }
  }
  std::ranges::sort(out, [](const ShelvedReport* a, const ShelvedReport* b) {
    return std::tie(a->created, a->report_id) > std::tie(b->created, b->report_id);
  });
  return out;
}

const ShelvedReport* ReportShelf::by_report_id(const std::string& id, Instant now) {
  fill(now);
  const auto found = reports_.find(id);
  return found == reports_.end() || found->second.visible > now ? nullptr : &found->second;
}

const ShelvedReport* ReportShelf::by_document_id(const std::string& id, Instant now) {
  fill(now);
  for (const auto& [report_id, report] : reports_) {
    if (report.document_id == id && report.visible <= now && report.done <= now) return &report;
  }
  return nullptr;
}

std::string ReportShelf::document(const ShelvedReport& report, bool inflated) {
  std::string text = settlement_text(report.series, report.index, report.revision);
  return report.gzip && !inflated ? gzip(text) : text;
}

void ReportShelf::fill(Instant now) {
  for (std::size_t number = 0; number < accounts_.size(); ++number) {
    std::uint32_t& next = shelved_[number];
    while (next < settings_.settlements) {
      const Instant first_end =
          Instant(std::chrono::sys_days(settings_.anchor)) + std::chrono::days(14 * (next + 1));
      if (first_end > now) break;
      shelve(accounts_[number], number, next++);
    }
  }
}

void ReportShelf::shelve(const SimulatedAccount& account, std::size_t number, std::uint32_t index) {
  ShelvedReport report;
  report.series =
      series_of_account(settings_.seed, number, account, settings_.anchor, settings_.rows);
  const SettlementFacts facts = settlement_facts(report.series, index);
  const std::uint64_t first = 50'000'000'000ULL + number * 1'000'000 + index * 100;
  report.report_id = std::to_string(first);
  report.selling_partner_id = account.selling_partner_id;
  report.marketplace_ids = account.marketplace_ids;
  report.created = facts.end + kMadeAfterEnd;
  report.visible = report.created;
  report.done = report.created;
  report.data_start = facts.start;
  report.data_end = facts.end;
  report.index = index;
  report.gzip = index % 2 == 0;
  const auto orders = plan_.visit("settlement:" + std::to_string(index + 1));
  std::uint32_t copies = 0;
  for (const FaultOrder& order : orders) {
    const std::chrono::hours hours(order.number("hours", 24));
    if (order.kind == "late") report.visible += hours;
    if (order.kind == "in_progress") report.done += hours;
    if (!makes_another(order)) continue;
    ShelvedReport again = report;
    again.report_id = std::to_string(first + ++copies);
    again.created = again.visible = again.done = facts.end + kMadeAfterEnd + hours;
    if (order.kind == "reissue") again.revision = copies;
    if (order.kind == "cancelled") again.final_state = "CANCELLED";
    if (order.kind == "fatal") again.final_state = "FATAL";
    add(std::move(again));
  }
  add(std::move(report));
}

void ReportShelf::add(ShelvedReport report) {
  if (report.final_state == "DONE") report.document_id = document_id(report.report_id);
  const std::string id = report.report_id;
  reports_.emplace(id, std::move(report));
}

}  // namespace mlc::simulators::amazon
