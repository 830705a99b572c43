#include "flow/outlook.h"

#include "flow/errors.h"
#include "flow/step_table.h"

namespace mlc::flow {
namespace {

constexpr std::string_view kWatching = "watching";
constexpr auto kEvery = std::chrono::hours(24);

std::string year_text(const ports::DayRange& range) {
  return range.fiscal_year ? std::to_string(*range.fiscal_year) : "unknown";
}

// The later day is told only where it belongs to another fiscal year: that is when it is news.
const ports::DayRange* first_problem(const std::vector<ports::DayRange>& days) {
  const ports::DayRange* known = nullptr;
  for (const ports::DayRange& day : days) {
    const bool same_year = known != nullptr && known->fiscal_year == day.fiscal_year;
    known = &day;
    if (same_year) continue;
    if (day.state != ports::RangeState::kFound) return &day;
  }
  return nullptr;
}

const ErrorKind& kind_of(ports::RangeState state) {
  switch (state) {
    case ports::RangeState::kMissing: return kNumberRangeMissing;
    case ports::RangeState::kUsedUp: return kNumberRangeUsedUp;
    case ports::RangeState::kFound:
    case ports::RangeState::kUnknown: break;
  }
  return kNumberRangeUnknown;
}

std::optional<Error> notice(const Connection& connection, const ports::NumberRangeAnswer& answer) {
  const ports::DayRange* problem = first_problem(answer.days);
  if (problem == nullptr) return std::nullopt;
  return Error(kind_of(problem->state), {{"document_type", connection.document_type},
                                         {"interval", answer.interval},
                                         {"company_code", connection.company_code},
                                         {"year", year_text(*problem)},
                                         {"day", format_date(problem->day)}});
}

Result<Decision> watch_step(StepInput& input) {
  MLC_TRY(const auto* connection,
          find_connection(input.world, input.work.tenant, ConnectionId(input.work.subject)));
  if (connection->masters == nullptr) return wait_for_person(std::string(kWatching));
  const Connection& settings = connection->settings;
  const Date today = settings.home_zone.local_date(input.now);
  const Date later(std::chrono::sys_days(today) + kOutlook);
  auto answer = connection->masters->number_ranges(
      {settings.company_code, settings.document_type, {today, later}});
  if (!answer) return try_later(input.work, input.now, std::move(answer).error());
  if (answer->identity != settings.sap) {
    const auto& found = answer->identity;
    return try_later(input.work, input.now,
                     Error(kOutlookOtherSystem, {{"found", found.system_id + "/" + found.client}}));
  }
  return wait_until(std::string(kWatching), input.now + kEvery, notice(settings, *answer));
}

Result<Decision> watch_now(StepInput& input) { return go_on(std::string(kWatching), input.now); }

}  // namespace

ports::WorkRecord outlook_work(const Connection& connection, Instant now) {
  ports::WorkRecord work;
  work.tenant = connection.tenant;
  work.kind = std::string(outlook_table().kind);
  work.subject = connection.id.str();
  work.id = WorkId("outlook-" + work.subject);
  work.state = std::string(outlook_table().first);
  work.due_at = now;
  return work;
}

bool is_notice(std::string_view error_id) {
  return error_id == kNumberRangeMissing.id || error_id == kNumberRangeUsedUp.id ||
         error_id == kNumberRangeUnknown.id || error_id == kOpeningDiffers.id ||
         error_id == kOpeningUnproved.id;
}

const KindTable& outlook_table() {
  static const KindTable table{"outlook",
                               kWatching,
                               {{kWatching,
                                 "asks SAP daily whether the coming month can be posted",
                                 Waits::kStep,
                                 &watch_step,
                                 Effect::kRepeatable,
                                 "",
                                 {kWatching},
                                 {{"retry", &watch_now, {kWatching}}}}}};
  return table;
}

}  // namespace mlc::flow
