#include "simulators/amazon/report_shelf.h"

#include <algorithm>
#include <tuple>

#include "base/digest.h"
#include "simulators/amazon/faults.h"
#include "simulators/amazon/gzip.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::chrono::hours kMadeAfterEnd{3};
constexpr std::chrono::seconds kInvoicedLater{37};
constexpr std::string_view kNewFee = "Pallet Exchange Fee";

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

SettlementSeries series_of_stream(const ShelfSettings& settings, StreamPlace place,
                                  const SimulatedAccount& account) {
  const SimulatedStream& stream = account.streams.at(place.stream);
  SettlementSeries out;
  out.seed = settings.seed + place.account * 7'919 + place.stream * 104'729;
  out.anchor = settings.anchor;
  out.rows = stream.invoiced ? settings.rows / 4 : settings.rows;
  out.market = stream.market;
  out.everything = settings.everything;
  if (stream.invoiced) out.shift = kInvoicedLater;
  return out;
}

ReportShelf::ReportShelf(ShelfSettings settings, const std::vector<SimulatedAccount>& accounts,
                         FaultPlan& plan)
    : settings_(settings), accounts_(accounts), plan_(plan) {
  for (const SimulatedAccount& account : accounts) {
    shelved_.emplace_back(account.streams.size(), 0);
  }
}

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
  const auto found = by_document_.find(id);
  if (found == by_document_.end()) return nullptr;
  const ShelvedReport& report = *found->second;
  return report.visible <= now && report.done <= now ? &report : nullptr;
}

std::string ReportShelf::document(const ShelvedReport& report, bool inflated) {
  std::string text = settlement_text(report.series, report.index, report.revision);
  return report.gzip && !inflated ? gzip(text) : text;
}

void ReportShelf::fill(Instant now) {
  for (std::size_t account = 0; account < accounts_.size(); ++account) {
    for (std::size_t stream = 0; stream < shelved_[account].size(); ++stream) {
      fill({account, stream}, now);
    }
  }
}

void ReportShelf::fill(StreamPlace place, Instant now) {
  std::uint32_t& next = shelved_[place.account][place.stream];
  while (next < settings_.settlements) {
    const Instant end =
        Instant(std::chrono::sys_days(settings_.anchor)) + std::chrono::days(14 * (next + 1));
    if (end > now) break;
    shelve(place, next++);
  }
}

void ReportShelf::shelve(StreamPlace place, std::uint32_t index) {
  const SimulatedAccount& account = accounts_[place.account];
  ShelvedReport report;
  report.series = series_of_stream(settings_, place, account);
  const SettlementFacts facts = settlement_facts(report.series, index);
  report.report_id = std::to_string(50'000'000'000ULL + place.account * 100'000'000 +
                                    place.stream * 1'000'000 + index * 100);
  report.selling_partner_id = account.selling_partner_id;
  report.marketplace_ids = account.marketplace_ids;
  report.created = facts.end + kMadeAfterEnd;
  report.visible = report.created;
  report.done = report.created;
  report.data_start = facts.start;
  report.data_end = facts.end;
  report.index = index;
  report.gzip = index % 2 == 0;
  const std::string nth = std::to_string(index + 1);
  auto orders = plan_.visit("settlement:" + nth);
  const auto named = plan_.visit("settlement:" + account.streams[place.stream].name() + ":" + nth);
  orders.insert(orders.end(), named.begin(), named.end());
  obey(orders, std::move(report));
}

void ReportShelf::obey(const std::vector<FaultOrder>& orders, ShelvedReport report) {
  if (const FaultOrder* order = order_of(orders, "new_fee")) {
    report.series.new_fee = order->parameter("name", kNewFee);
  }
  std::uint32_t copies = 0;
  for (const FaultOrder& order : orders) {
    const std::chrono::hours hours(order.number("hours", 24));
    if (order.kind == "late") report.visible += hours;
    if (order.kind == "in_progress") report.done += hours;
    if (!makes_another(order)) continue;
    ShelvedReport again = report;
    again.report_id = std::to_string(std::stoull(report.report_id) + ++copies);
    again.created = again.visible = again.done = report.created + hours;
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
  const auto added = reports_.emplace(id, std::move(report));
  const ShelvedReport& kept = added.first->second;
  if (!kept.document_id.empty()) by_document_.emplace(kept.document_id, &kept);
}

}  // namespace mlc::simulators::amazon
