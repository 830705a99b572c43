#include "flow/calendar.h"

namespace mlc::flow {

const runtime::TimeZone& calendar_zone(const Connection& connection) {
  return connection.schedule_zone ? *connection.schedule_zone : connection.home_zone;
}

Instant next_poll(const Connection& connection, Instant now) {
  if (!connection.schedule) return now + connection.poll_every;
  return connection.schedule->next_after(now, calendar_zone(connection));
}

std::optional<Instant> quiet_until(const Connection& connection, Instant now) {
  if (connection.quiet_hours.empty()) return std::nullopt;
  return connection.quiet_hours.quiet_until(now, calendar_zone(connection));
}

}  // namespace mlc::flow
