// Settlements, their classes and manifests.
#include "base/expect.h"
#include "store/errors.h"
#include "store/record_text.h"
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using ledger::ClassTotal;
using ports::SettlementRecord;

// The comments are positions in a row, for read_settlement.
#define MLC_SETTLEMENT_COLUMNS                                                              \
  /* 0 */                                                                                   \
  "tenant, work, connection, selling_account, source, report_id,"                  /* 6 */  \
  " report_document_id, file_name, found_at, object, object_size, object_frames,"  /* 12 */ \
  " received_object, content_type, request_id,"                                    /* 15 */ \
  " settlement_id, period_start, period_end, deposit_at, total, currency,"         /* 21 */ \
  " holds_id, row_count, layout, charset, unknown_columns, lineage, rules_digest," /* 28 */ \
  " company_code, revision, manifest_hash, posted, netted, excluded, adoption,"    /* 35 */ \
  " approved_hash, approved_by, approved_at"

constexpr Sql kPut{
    "put settlement",
    "INSERT INTO settlement (" MLC_SETTLEMENT_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (tenant, work) DO UPDATE SET connection = excluded.connection,"
    " selling_account = excluded.selling_account, source = excluded.source,"
    " report_id = excluded.report_id, report_document_id = excluded.report_document_id,"
    " file_name = excluded.file_name, found_at = excluded.found_at, object = excluded.object,"
    " object_size = excluded.object_size, object_frames = excluded.object_frames,"
    " received_object = excluded.received_object, content_type = excluded.content_type,"
    " request_id = excluded.request_id, settlement_id = excluded.settlement_id,"
    " period_start = excluded.period_start, period_end = excluded.period_end,"
    " deposit_at = excluded.deposit_at, total = excluded.total, currency = excluded.currency,"
    " holds_id = excluded.holds_id, row_count = excluded.row_count, layout = excluded.layout,"
    " charset = excluded.charset, unknown_columns = excluded.unknown_columns,"
    " lineage = excluded.lineage, rules_digest = excluded.rules_digest,"
    " company_code = excluded.company_code, revision = excluded.revision,"
    " manifest_hash = excluded.manifest_hash, posted = excluded.posted,"
    " netted = excluded.netted, excluded = excluded.excluded, adoption = excluded.adoption,"
    " approved_hash = excluded.approved_hash, approved_by = excluded.approved_by,"
    " approved_at = excluded.approved_at"};
constexpr Sql kFind{"read settlement", "SELECT " MLC_SETTLEMENT_COLUMNS
                                       " FROM settlement WHERE tenant = ? AND work = ?"};
constexpr Sql kHolder{"find settlement", "SELECT " MLC_SETTLEMENT_COLUMNS
                                         " FROM settlement WHERE tenant = ? AND selling_account = ?"
                                         " AND settlement_id = ? AND holds_id = 1"};
constexpr Sql kList{"list settlements",
                    "SELECT " MLC_SETTLEMENT_COLUMNS
                    " FROM settlement WHERE tenant = ? ORDER BY found_at, work"};

constexpr Sql kDropClasses{"drop classes", "DELETE FROM class_total WHERE tenant = ? AND work = ?"};
constexpr Sql kAddClass{
    "add class",
    "INSERT INTO class_total (tenant, work, class_number, transaction_type, amount_type,"
    " amount_description, marketplace, fulfillment, sku, sign, rules_version, row_count, sum,"
    " currency, material_group) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Sql kClasses{
    "read classes",
    "SELECT transaction_type, amount_type, amount_description, marketplace, fulfillment, sku,"
    " sign, rules_version, row_count, sum, currency, material_group FROM class_total"
    " WHERE tenant = ? AND work = ? ORDER BY class_number"};

constexpr Sql kPutManifest{"put manifest",
                           "INSERT INTO manifest (tenant, work, revision, content)"
                           " VALUES (?, ?, ?, ?) ON CONFLICT (tenant, work, revision)"
                           " DO UPDATE SET content = excluded.content"};
constexpr Sql kManifest{"read manifest",
                        "SELECT content FROM manifest"
                        " WHERE tenant = ? AND work = ? AND revision = ?"};

constexpr Sql kForgetDocuments{"forget documents",
                               "DELETE FROM document"
                               " WHERE tenant = ? AND work = ? AND revision = ?"};

std::optional<std::string> text_of(const std::optional<ledger::SettlementHeader>& header,
                                   std::string (*part)(const ledger::SettlementHeader&)) {
  if (!header) return std::nullopt;
  return part(*header);
}

void append_header(database::Values& values,
                   const std::optional<ledger::SettlementHeader>& header) {
  using Header = ledger::SettlementHeader;
  values.emplace_back(text_of(header, [](const Header& h) { return h.id.str(); }));
  values.emplace_back(text_of(header, [](const Header& h) { return format_instant(h.start); }));
  values.emplace_back(text_of(header, [](const Header& h) { return format_instant(h.end); }));
  values.emplace_back(text_of(header, [](const Header& h) { return format_instant(h.deposit); }));
  values.emplace_back(text_of(header, [](const Header& h) { return h.total.decimal(); }));
  values.emplace_back(
      text_of(header, [](const Header& h) { return std::string(h.total.currency().code()); }));
}

void append_object(database::Values& values, const std::optional<ports::StoredObject>& object) {
  if (!object) {
    values.insert(values.end(), 3, nullptr);
    return;
  }
  values.insert(values.end(), {object->id, object->size, object->frames});
}

database::Values values_of(const SettlementRecord& s) {
  database::Values values{s.tenant,  s.work,      s.connection,         s.selling_account,
                          s.source,  s.report_id, s.report_document_id, s.file_name,
                          s.found_at};
  append_object(values, s.object);
  values.insert(values.end(), {s.received_object, s.content_type, s.request_id});
  append_header(values, s.header);
  values.insert(values.end(),
                {s.holds_id, s.rows, s.layout, s.charset, write_texts(s.unknown_columns), s.lineage,
                 s.rules_digest, s.company_code, std::string(1, s.revision), s.manifest_hash,
                 s.posted, s.netted, s.excluded, ledger::to_word(s.adoption), s.approved_hash,
                 s.approved_by, s.approved_at});
  return values;
}

void read_origin(const Row& row, SettlementRecord& s) {
  s.tenant = TenantId(row.text(0));
  s.work = WorkId(row.text(1));
  s.connection = ConnectionId(row.text(2));
  s.selling_account = row.text(3);
  s.source = row.text(4);
  s.report_id = row.text(5);
  s.report_document_id = row.text(6);
  s.file_name = row.text(7);
  s.found_at = row.instant(8);
  if (const auto object = row.optional_text(9)) {
    s.object = ports::StoredObject{ObjectId(*object), static_cast<std::uint64_t>(row.integer(10)),
                                   static_cast<std::uint32_t>(row.integer(11))};
  }
  s.received_object = row.text(12);
  s.content_type = row.text(13);
  s.request_id = row.text(14);
}

Status read_proof(const Row& row, SettlementRecord& s) {
  if (const auto id = row.optional_text(15)) {
    MLC_TRY(const auto total, read_money(row.text(19), row.text(20), "settlement.total"));
    s.header = ledger::SettlementHeader{SettlementId(*id), row.instant(16), row.instant(17),
                                        row.instant(18), total};
  }
  s.holds_id = row.flag(21);
  s.rows = static_cast<std::uint64_t>(row.integer(22));
  s.layout = row.text(23);
  s.charset = row.text(24);
  MLC_TRY(s.unknown_columns, read_texts(row.text(25), "settlement.unknown_columns"));
  s.lineage = ObjectId(row.text(26));
  s.rules_digest = row.text(27);
  return {};
}

Status read_plan(const Row& row, SettlementRecord& s) {
  s.company_code = row.text(28);
  MLC_TRY(s.revision, read_letter(row.text(29), "settlement.revision"));
  s.manifest_hash = row.text(30);
  s.posted = row.text(31);
  s.netted = row.text(32);
  s.excluded = row.text(33);
  MLC_TRY(s.adoption, read_adoption(row.text(34), "settlement.adoption"));
  s.approved_hash = row.text(35);
  s.approved_by = row.text(36);
  s.approved_at = row.optional_instant(37);
  return {};
}

Result<SettlementRecord> read_settlement(const Row& row) {
  SettlementRecord settlement;
  read_origin(row, settlement);
  MLC_TRY_STATUS(read_proof(row, settlement));
  MLC_TRY_STATUS(read_plan(row, settlement));
  return settlement;
}

Result<ClassTotal> read_class(const Row& row) {
  MLC_TRY(const auto sign, read_sign(row.text(6), "class_total.sign"));
  MLC_TRY(const auto sum, read_money(row.text(9), row.text(10), "class_total.sum"));
  return ClassTotal{{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                     sign, row.text(7), row.text(11)},
                    static_cast<std::uint64_t>(row.integer(8)),
                    sum};
}

}  // namespace

Status SqlTransaction::put_settlement(const SettlementRecord& settlement) {
  MLC_EXPECT(!settlement.holds_id || settlement.header.has_value());
  if (settlement.holds_id) {
    // Asked first, because a failed statement would end a transaction on other databases.
    MLC_TRY(const auto holder, settlement_holder(settlement.tenant, settlement.selling_account,
                                                 settlement.header->id));
    if (holder && holder->work != settlement.work) {
      return failure(kSettlementIdHeld, {{"holder", holder->work.str()},
                                         {"work", settlement.work.str()},
                                         {"settlement", settlement.header->id.str()},
                                         {"selling_account", settlement.selling_account}});
    }
  }
  return session_.run(kPut, values_of(settlement));
}

Result<SettlementRecord> SqlTransaction::settlement(const TenantId& tenant, const WorkId& work) {
  MLC_TRY(auto found, read_one<SettlementRecord>(session_, kFind, {tenant, work}, read_settlement));
  if (!found) {
    return failure(kSettlementNotFound, {{"work", work.str()}, {"tenant", tenant.str()}});
  }
  return std::move(*found);
}

Result<std::optional<SettlementRecord>> SqlTransaction::settlement_holder(
    const TenantId& tenant, const std::string& selling_account, const SettlementId& id) {
  return read_one<SettlementRecord>(session_, kHolder, {tenant, selling_account, id},
                                    read_settlement);
}

Result<std::vector<SettlementRecord>> SqlTransaction::list_settlements(const TenantId& tenant) {
  return read_all<SettlementRecord>(session_, kList, {tenant}, read_settlement);
}

Status SqlTransaction::put_classes(const TenantId& tenant, const WorkId& work,
                                   const std::vector<ClassTotal>& classes) {
  MLC_TRY_STATUS(session_.run(kDropClasses, {tenant, work}));
  std::int64_t number = 0;
  for (const ClassTotal& total : classes) {
    const auto& c = total.row_class;
    MLC_TRY_STATUS(session_.run(
        kAddClass,
        {tenant, work, number++, c.transaction_type, c.amount_type, c.amount_description,
         c.marketplace, c.fulfillment, c.sku, sign_word(c.sign), c.rules_version, total.rows,
         total.sum.decimal(), total.sum.currency().code(), c.material_group}));
  }
  return {};
}

Result<std::vector<ClassTotal>> SqlTransaction::classes(const TenantId& tenant,
                                                        const WorkId& work) {
  return read_all<ClassTotal>(session_, kClasses, {tenant, work}, read_class);
}

Status SqlTransaction::put_manifest(const TenantId& tenant, const WorkId& work, char revision,
                                    const std::string& text) {
  MLC_TRY(const auto before, manifest(tenant, work, revision));
  if (before == text) return {};
  if (before) {
    MLC_TRY(const auto posted, posted_document(tenant, work, revision));
    if (posted) {
      return failure(
          kManifestPosted,
          {{"revision", std::string(1, revision)}, {"work", work.str()}, {"document", *posted}});
    }
  }
  return session_.run(kPutManifest, {tenant, work, std::string(1, revision), text});
}

Status SqlTransaction::replace_manifest(const TenantId& tenant, const WorkId& work, char revision,
                                        const std::string& text) {
  const std::string letter(1, revision);
  MLC_TRY_STATUS(session_.run(kForgetDocuments, {tenant, work, letter}));
  return session_.run(kPutManifest, {tenant, work, letter, text});
}

Result<std::optional<std::string>> SqlTransaction::manifest(const TenantId& tenant,
                                                            const WorkId& work, char revision) {
  MLC_TRY(const auto row, session_.query_one(kManifest, {tenant, work, std::string(1, revision)}));
  if (!row) return std::optional<std::string>{};
  return std::optional<std::string>(row->text(0));
}

}  // namespace mlc::store
