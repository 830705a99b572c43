// Who may post into a company code, and where nobody may.
#include "store/record_text.h"
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using ports::HolderRecord;
using ports::StopRecord;
using ports::SystemIdentity;

constexpr Sql kHolder{"read holder",
                      "SELECT system_id, client, logical_system, company_code, owner,"
                      " lease_until, fence_epoch, fence_counter FROM posting_holder"
                      " WHERE system_id = ? AND client = ? AND logical_system = ?"
                      " AND company_code = ?"};
constexpr Sql kPutHolder{
    "put holder",
    "INSERT INTO posting_holder (system_id, client, logical_system, company_code, owner,"
    " lease_until, fence_epoch, fence_counter) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (system_id, client, logical_system, company_code) DO UPDATE SET"
    " owner = excluded.owner, lease_until = excluded.lease_until,"
    " fence_epoch = excluded.fence_epoch, fence_counter = excluded.fence_counter"};
constexpr Sql kRelease{"release holders",
                       "UPDATE posting_holder SET lease_until = ?"
                       " WHERE owner = ? AND lease_until > ?"};
constexpr Sql kPutStop{
    "put stop",
    "INSERT INTO posting_stop (tenant, system_id, client, logical_system, company_code, error, at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (tenant, system_id, client, logical_system, company_code) DO UPDATE SET"
    " error = excluded.error, at = excluded.at"};
constexpr Sql kLiftStop{"lift stop",
                        "DELETE FROM posting_stop WHERE tenant = ? AND system_id = ?"
                        " AND client = ? AND logical_system = ? AND company_code = ?"};
constexpr Sql kStops{"read stops",
                     "SELECT tenant, system_id, client, logical_system, company_code, error, at"
                     " FROM posting_stop WHERE tenant = ?"
                     " ORDER BY system_id, client, logical_system, company_code"};

Result<HolderRecord> read_holder(const Row& row) {
  return HolderRecord{
      {row.text(0), row.text(1), row.text(2)},
      row.text(3),
      row.text(4),
      row.instant(5),
      {static_cast<std::uint64_t>(row.integer(6)), static_cast<std::uint64_t>(row.integer(7))}};
}

Result<StopRecord> read_stop(const Row& row) {
  MLC_TRY(auto error, read_stored_error(row.text(5), "posting_stop.error"));
  return StopRecord{TenantId(row.text(0)),
                    {row.text(1), row.text(2), row.text(3)},
                    row.text(4),
                    std::move(error),
                    row.instant(6)};
}

// The fence of whoever gets the company code now. It stays only while the same owner prolongs a
// lease that never ended: after any gap everything sent under the old fence must be refused.
ports::Fence next_fence(const std::optional<HolderRecord>& before, const HolderRecord& wanted,
                        std::uint64_t epoch, Instant now) {
  if (!before) return {epoch, 1};
  const bool unbroken =
      before->owner == wanted.owner && before->lease_until > now && before->fence.epoch == epoch;
  return unbroken ? before->fence : ports::Fence{epoch, before->fence.counter + 1};
}

}  // namespace

Result<HolderRecord> SqlTransaction::acquire_holder(const HolderRecord& wanted, Instant now,
                                                    Duration grace) {
  MLC_TRY(const auto before, holder(wanted.identity, wanted.company_code));
  if (before && before->owner != wanted.owner && before->lease_until + grace > now) {
    return *before;
  }
  HolderRecord taken = wanted;
  taken.fence = next_fence(before, wanted, epoch_, now);
  MLC_TRY_STATUS(
      session_.run(kPutHolder, {taken.identity.system_id, taken.identity.client,
                                taken.identity.logical_system, taken.company_code, taken.owner,
                                taken.lease_until, taken.fence.epoch, taken.fence.counter}));
  return taken;
}

Status SqlTransaction::release_holders(const std::string& owner, Instant now) {
  return session_.run(kRelease, {now, owner, now});
}

Result<std::optional<HolderRecord>> SqlTransaction::holder(const SystemIdentity& identity,
                                                           const std::string& company_code) {
  return read_one<HolderRecord>(
      session_, kHolder,
      {identity.system_id, identity.client, identity.logical_system, company_code}, read_holder);
}

Status SqlTransaction::put_stop(const StopRecord& stop) {
  return session_.run(kPutStop, {stop.tenant, stop.identity.system_id, stop.identity.client,
                                 stop.identity.logical_system, stop.company_code,
                                 write_stored_error(stop.error), stop.at});
}

Status SqlTransaction::lift_stop(const TenantId& tenant, const SystemIdentity& identity,
                                 const std::string& company_code) {
  return session_.run(kLiftStop, {tenant, identity.system_id, identity.client,
                                  identity.logical_system, company_code});
}

Result<std::vector<StopRecord>> SqlTransaction::stops(const TenantId& tenant) {
  return read_all<StopRecord>(session_, kStops, {tenant}, read_stop);
}

}  // namespace mlc::store
