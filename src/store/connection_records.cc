// What is known of a connection besides its work: a pause, and what Amazon answered last.
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using ports::PauseRecord;
using ports::PollRecord;

constexpr Sql kPutPause{"put pause",
                        "INSERT INTO connection_pause (tenant, connection, actor, reason, at)"
                        " VALUES (?, ?, ?, ?, ?)"
                        " ON CONFLICT (tenant, connection) DO UPDATE SET actor = excluded.actor,"
                        " reason = excluded.reason, at = excluded.at"};
constexpr Sql kLiftPause{"lift pause",
                         "DELETE FROM connection_pause WHERE tenant = ? AND connection = ?"};
constexpr Sql kPause{"read pause",
                     "SELECT tenant, connection, actor, reason, at FROM connection_pause"
                     " WHERE tenant = ? AND connection = ?"};
constexpr Sql kPutPoll{
    "put poll",
    "INSERT INTO connection_poll (tenant, connection, began_at, ended_at, reports, fresh, newest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (tenant, connection) DO UPDATE SET began_at = excluded.began_at,"
    " ended_at = excluded.ended_at, reports = excluded.reports, fresh = excluded.fresh,"
    " newest = excluded.newest"};
constexpr Sql kPoll{"read poll",
                    "SELECT tenant, connection, began_at, ended_at, reports, fresh, newest"
                    " FROM connection_poll WHERE tenant = ? AND connection = ?"};

Result<PauseRecord> read_pause(const Row& row) {
  return PauseRecord{TenantId(row.text(0)), ConnectionId(row.text(1)), row.text(2), row.text(3),
                     row.instant(4)};
}

Result<PollRecord> read_poll(const Row& row) {
  return PollRecord{TenantId(row.text(0)),
                    ConnectionId(row.text(1)),
                    row.instant(2),
                    row.optional_instant(3),
                    static_cast<std::uint64_t>(row.integer(4)),
                    static_cast<std::uint64_t>(row.integer(5)),
                    row.optional_instant(6)};
}

}  // namespace

Status SqlTransaction::put_pause(const PauseRecord& pause) {
  return session_.run(kPutPause,
                      {pause.tenant, pause.connection, pause.actor, pause.reason, pause.at});
}

Status SqlTransaction::lift_pause(const TenantId& tenant, const ConnectionId& connection) {
  return session_.run(kLiftPause, {tenant, connection});
}

Result<std::optional<PauseRecord>> SqlTransaction::pause(const TenantId& tenant,
                                                         const ConnectionId& connection) {
  return read_one<PauseRecord>(session_, kPause, {tenant, connection}, read_pause);
}

Status SqlTransaction::put_poll(const PollRecord& poll) {
  return session_.run(kPutPoll, {poll.tenant, poll.connection, poll.began_at, poll.ended_at,
                                 poll.reports, poll.fresh, poll.newest});
}

Result<std::optional<PollRecord>> SqlTransaction::poll(const TenantId& tenant,
                                                       const ConnectionId& connection) {
  return read_one<PollRecord>(session_, kPoll, {tenant, connection}, read_poll);
}

}  // namespace mlc::store
