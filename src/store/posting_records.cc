// Guarded units: intents, how far each came, and the reads made about it. All three only grow.
#include "store/record_text.h"
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using ports::IntentRecord;
using ports::JournalEntry;
using ports::LookUpRecord;

constexpr Sql kPutIntent{
    "put intent",
    "INSERT INTO intent (tenant, work, intent_number, unit, kind, system_id, client,"
    " logical_system, company_code, content_hash, at)"
    " SELECT ?, ?, COALESCE(MAX(intent_number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?"
    " FROM intent WHERE tenant = ? AND work = ?"};
constexpr Sql kLatestIntent{
    "read latest intent",
    "SELECT tenant, unit, work, kind, system_id, client, logical_system, company_code,"
    " content_hash, at FROM intent WHERE tenant = ? AND work = ?"
    " ORDER BY intent_number DESC LIMIT 1"};
constexpr Sql kAddJournal{"add journal entry",
                          "INSERT INTO unit_journal (tenant, unit, entry_number, step, at, detail)"
                          " SELECT ?, ?, COALESCE(MAX(entry_number), 0) + 1, ?, ?, ?"
                          " FROM unit_journal WHERE tenant = ? AND unit = ?"};
constexpr Sql kJournal{"read journal",
                       "SELECT unit, step, at, detail FROM unit_journal"
                       " WHERE tenant = ? AND unit = ? ORDER BY entry_number"};
constexpr Sql kAddLookUp{
    "add look-up",
    "INSERT INTO look_up (tenant, unit, look_up_number, work, at, same_identity, control,"
    " update_records, finding)"
    " SELECT ?, ?, COALESCE(MAX(look_up_number), 0) + 1, ?, ?, ?, ?, ?, ?"
    " FROM look_up WHERE tenant = ? AND unit = ?"};
constexpr Sql kLookUps{"read look-ups",
                       "SELECT tenant, work, unit, at, same_identity, control, update_records,"
                       " finding FROM look_up WHERE tenant = ? AND unit = ?"
                       " ORDER BY look_up_number"};

Result<IntentRecord> read_intent(const Row& row) {
  return IntentRecord{TenantId(row.text(0)),
                      UnitId(row.text(1)),
                      WorkId(row.text(2)),
                      row.text(3),
                      {row.text(4), row.text(5), row.text(6)},
                      row.text(7),
                      row.text(8),
                      row.instant(9)};
}

Result<JournalEntry> read_journal(const Row& row) {
  MLC_TRY(const auto step, read_step(row.text(1), "unit_journal.step"));
  return JournalEntry{UnitId(row.text(0)), step, row.instant(2), row.text(3)};
}

Result<LookUpRecord> read_look_up(const Row& row) {
  MLC_TRY(const auto control, read_control(row.text(5), "look_up.control"));
  return LookUpRecord{TenantId(row.text(0)), WorkId(row.text(1)), UnitId(row.text(2)),
                      row.instant(3),        row.flag(4),         control,
                      row.flag(6),           row.text(7)};
}

}  // namespace

Status SqlTransaction::put_intent(const IntentRecord& intent) {
  return session_.run(
      kPutIntent, {intent.tenant, intent.work, intent.unit, intent.kind, intent.identity.system_id,
                   intent.identity.client, intent.identity.logical_system, intent.company_code,
                   intent.content_hash, intent.at, intent.tenant, intent.work});
}

Result<std::optional<IntentRecord>> SqlTransaction::latest_intent(const TenantId& tenant,
                                                                  const WorkId& work) {
  return read_one<IntentRecord>(session_, kLatestIntent, {tenant, work}, read_intent);
}

Status SqlTransaction::add_journal(const TenantId& tenant, const JournalEntry& entry) {
  return session_.run(kAddJournal, {tenant, entry.unit, ports::to_word(entry.step), entry.at,
                                    entry.detail, tenant, entry.unit});
}

Result<std::vector<JournalEntry>> SqlTransaction::journal(const TenantId& tenant,
                                                          const UnitId& unit) {
  return read_all<JournalEntry>(session_, kJournal, {tenant, unit}, read_journal);
}

Status SqlTransaction::add_look_up(const LookUpRecord& look_up) {
  return session_.run(
      kAddLookUp, {look_up.tenant, look_up.unit, look_up.work, look_up.at, look_up.same_identity,
                   control_word(look_up.control), look_up.update_records, look_up.finding,
                   look_up.tenant, look_up.unit});
}

Result<std::vector<LookUpRecord>> SqlTransaction::look_ups(const TenantId& tenant,
                                                           const UnitId& unit) {
  return read_all<LookUpRecord>(session_, kLookUps, {tenant, unit}, read_look_up);
}

}  // namespace mlc::store
