// Work: claiming, saving under revision and fence, requests of operators.
#include <algorithm>

#include "store/errors.h"
#include "store/record_text.h"
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using ports::WorkRecord;

#define MLC_WORK_COLUMNS                                                                 \
  "tenant, id, kind, subject, state, revision, due_at, owner, lease_until, fence_epoch," \
  " fence_counter, attempts, error, refusal, request, memory, lane"

constexpr Sql kAdd{"add work",
                   "INSERT INTO work (" MLC_WORK_COLUMNS
                   ", ready_at, request_at, request_number, request_seen)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
                   " ON CONFLICT (tenant, kind, subject) DO NOTHING"};
// A driver of many writers needs FOR UPDATE SKIP LOCKED here; SQLite's transaction holds the only
// write lock already.
constexpr Sql kLane{"find the lane whose turn it is",
                    "SELECT l.tenant, l.lane, l.seller,"
                    " (SELECT MAX(seller_turn) + 1 FROM work_lane) FROM work_lane l WHERE EXISTS"
                    " (SELECT 1 FROM work w WHERE w.tenant = l.tenant AND w.lane = l.lane"
                    " AND w.ready_at < ? AND (w.ready_at <= ? OR w.request IS NOT NULL)"
                    " AND (w.owner = '' OR w.lease_until <= ?))"
                    " ORDER BY l.seller_turn, l.turn, l.tenant, l.lane LIMIT 1"};
constexpr Sql kDue{"find due work",
                   "SELECT id FROM work WHERE tenant = ? AND lane = ?"
                   " AND ready_at < ? AND (ready_at <= ? OR request IS NOT NULL)"
                   " AND (owner = '' OR lease_until <= ?)"
                   " ORDER BY ready_at, id LIMIT 1"};
// Every lane of the seller has had its seller's turn, and one of them its own.
constexpr Sql kServed{"note whose turn it was",
                      "UPDATE work_lane SET seller_turn = ?,"
                      " turn = CASE WHEN lane = ? THEN ? ELSE turn END"
                      " WHERE tenant = ? AND seller = ?"};
constexpr Sql kAddLane{"add lane",
                       "INSERT INTO work_lane (tenant, lane, turn, seller, seller_turn)"
                       " VALUES (?, ?, 0, ?, 0) ON CONFLICT (tenant, lane) DO NOTHING"};
constexpr Sql kPutLane{"put lane",
                       "INSERT INTO work_lane (tenant, lane, turn, seller, seller_turn)"
                       " VALUES (?, ?, 0, ?, 0)"
                       " ON CONFLICT (tenant, lane) DO UPDATE SET seller = excluded.seller"};
constexpr Sql kClaim{"claim work",
                     "UPDATE work SET owner = ?, lease_until = ?, fence_epoch = ?,"
                     " fence_counter = fence_counter + 1, request_seen = request_number"
                     " WHERE tenant = ? AND id = ?"};
constexpr Sql kFind{"read work",
                    "SELECT " MLC_WORK_COLUMNS " FROM work WHERE tenant = ? AND id = ?"};
constexpr Sql kList{"list work", "SELECT " MLC_WORK_COLUMNS
                                 " FROM work WHERE tenant = ? AND kind = ? ORDER BY subject"};
// The worker answers the request it saw when it claimed; a newer one stays.
constexpr Sql kSave{
    "save work",
    "UPDATE work SET state = ?, revision = revision + 1, due_at = ?, owner = ?, lease_until = ?,"
    " attempts = ?, error = ?, refusal = ?, memory = ?,"
    " request = CASE WHEN request_number = request_seen THEN ? ELSE request END,"
    " request_at = CASE WHEN request_number = request_seen THEN ? ELSE request_at END,"
    " ready_at = CASE WHEN request_number = request_seen THEN ?"
    " WHEN request_at < ? THEN request_at ELSE ? END"
    " WHERE tenant = ? AND id = ? AND revision = ? AND fence_epoch = ? AND fence_counter = ?"};
constexpr Sql kFree{"free leases", "UPDATE work SET owner = '' WHERE owner = ?"};
constexpr Sql kRequest{"request work",
                       "UPDATE work SET request = ?, request_at = ?,"
                       " request_number = request_number + 1,"
                       " ready_at = CASE WHEN due_at < ? THEN due_at ELSE ? END"
                       " WHERE tenant = ? AND id = ?"};
constexpr Sql kNextDue{"next due work",
                       "SELECT MIN(CASE WHEN owner <> '' AND lease_until > ready_at"
                       " THEN lease_until ELSE ready_at END) FROM work WHERE ready_at < ?"};

Result<WorkRecord> read_work(const Row& row) {
  WorkRecord work;
  work.tenant = TenantId(row.text(0));
  work.id = WorkId(row.text(1));
  work.kind = row.text(2);
  work.subject = row.text(3);
  work.state = row.text(4);
  work.revision = static_cast<std::uint64_t>(row.integer(5));
  work.due_at = row.instant(6);
  work.owner = row.text(7);
  work.lease_until = row.instant(8);
  work.fence = {static_cast<std::uint64_t>(row.integer(9)),
                static_cast<std::uint64_t>(row.integer(10))};
  work.attempts = static_cast<std::uint32_t>(row.integer(11));
  if (const auto text = row.optional_text(12)) {
    MLC_TRY(work.error, read_stored_error(*text, "work.error"));
  }
  if (const auto text = row.optional_text(13)) {
    MLC_TRY(work.refusal, read_stored_error(*text, "work.refusal"));
  }
  if (const auto text = row.optional_text(14)) {
    MLC_TRY(work.request, read_request(*text, "work.request"));
  }
  work.memory = row.text(15);
  work.lane = row.text(16);
  return work;
}

// From when on the work may be claimed.
Instant ready_at(const WorkRecord& work) {
  return work.request ? std::min(work.due_at, work.request->at) : work.due_at;
}

std::optional<std::string> error_text(const std::optional<ports::StoredError>& error) {
  if (!error) return std::nullopt;
  return write_stored_error(*error);
}

std::optional<std::string> request_text(const WorkRecord& work) {
  if (!work.request) return std::nullopt;
  return write_request(*work.request);
}

std::optional<Instant> request_at(const WorkRecord& work) {
  if (!work.request) return std::nullopt;
  return work.request->at;
}

tl::unexpected<Error> work_not_found(const TenantId& tenant, const WorkId& id) {
  return failure(kWorkNotFound, {{"work", id.str()}, {"tenant", tenant.str()}});
}

}  // namespace

Result<bool> SqlTransaction::add_work(const WorkRecord& work) {
  MLC_TRY_STATUS(session_.run(kAddLane, {work.tenant, work.lane, work.lane}));
  MLC_TRY(const auto added, session_.execute(kAdd, {work.tenant,
                                                    work.id,
                                                    work.kind,
                                                    work.subject,
                                                    work.state,
                                                    work.revision,
                                                    work.due_at,
                                                    work.owner,
                                                    work.lease_until,
                                                    work.fence.epoch,
                                                    work.fence.counter,
                                                    work.attempts,
                                                    error_text(work.error),
                                                    error_text(work.refusal),
                                                    request_text(work),
                                                    work.memory,
                                                    work.lane,
                                                    ready_at(work),
                                                    request_at(work),
                                                    work.request ? 1 : 0}));
  return added == 1;
}

Status SqlTransaction::put_lane(const TenantId& tenant, const std::string& lane,
                                const std::string& seller) {
  return session_.run(kPutLane, {tenant, lane, seller});
}

Result<std::optional<WorkRecord>> SqlTransaction::claim_due_work(Instant now,
                                                                 const std::string& owner,
                                                                 Instant lease_until) {
  MLC_TRY(const auto turn, session_.query_one(kLane, {ports::kNever, now, now}));
  if (!turn) return std::optional<WorkRecord>{};
  const TenantId tenant(turn->text(0));
  const std::string lane = turn->text(1);
  MLC_TRY(const auto due, session_.query_one(kDue, {tenant, lane, ports::kNever, now, now}));
  if (!due) return std::optional<WorkRecord>{};
  const WorkId id(due->text(0));
  MLC_TRY_STATUS(session_.run(kClaim, {owner, lease_until, epoch_, tenant, id}));
  const std::int64_t next = turn->integer(3);
  MLC_TRY_STATUS(session_.run(kServed, {next, lane, next, tenant, turn->text(2)}));
  MLC_TRY(auto claimed, work(tenant, id));
  return std::optional<WorkRecord>(std::move(claimed));
}

Result<WorkRecord> SqlTransaction::work(const TenantId& tenant, const WorkId& id) {
  MLC_TRY(auto found, read_one<WorkRecord>(session_, kFind, {tenant, id}, read_work));
  if (!found) return work_not_found(tenant, id);
  return std::move(*found);
}

Result<std::vector<WorkRecord>> SqlTransaction::list_work(const TenantId& tenant,
                                                          const std::string& kind) {
  return read_all<WorkRecord>(session_, kList, {tenant, kind}, read_work);
}

Status SqlTransaction::save_work(const WorkRecord& work) {
  MLC_TRY(const auto saved,
          session_.execute(kSave, {work.state, work.due_at, work.owner, work.lease_until,
                                   work.attempts, error_text(work.error), error_text(work.refusal),
                                   work.memory, request_text(work), request_at(work),
                                   ready_at(work), work.due_at, work.due_at, work.tenant, work.id,
                                   work.revision, work.fence.epoch, work.fence.counter}));
  if (saved == 1) return {};
  return why_not_saved(work);
}

Status SqlTransaction::why_not_saved(const WorkRecord& record) {
  MLC_TRY(const auto found, work(record.tenant, record.id));
  return failure(kLeaseLost, {{"work", record.id.str()},
                              {"revision", std::to_string(record.revision)},
                              {"fence", fence_text(record.fence)},
                              {"found_revision", std::to_string(found.revision)},
                              {"found_fence", fence_text(found.fence)}});
}

Status SqlTransaction::free_leases(const std::string& owner) {
  return session_.run(kFree, {owner});
}

Status SqlTransaction::request_work(const TenantId& tenant, const WorkId& id,
                                    const ports::Request& request) {
  MLC_TRY(const auto changed, session_.execute(kRequest, {write_request(request), request.at,
                                                          request.at, request.at, tenant, id}));
  if (changed == 0) return work_not_found(tenant, id);
  return {};
}

Result<std::optional<Instant>> SqlTransaction::next_due() {
  MLC_TRY(const auto row, session_.query_one(kNextDue, {ports::kNever}));
  if (!row) return std::optional<Instant>{};
  return row->optional_instant(0);
}

}  // namespace mlc::store
