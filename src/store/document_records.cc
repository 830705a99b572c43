// Documents of a manifest and the positive control of a company code.
#include "store/errors.h"
#include "store/record_text.h"
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using ledger::DocumentNumber;
using ports::DocumentRecord;

#define MLC_DOCUMENT_COLUMNS                                                                \
  "d.tenant, d.work, d.document_key, d.part, d.revision, d.company_code, d.receivable,"     \
  " d.currency, d.items, d.outcome, d.number_company_code, d.number, d.number_fiscal_year," \
  " d.reversal_company_code, d.reversal, d.reversal_fiscal_year, d.confirmed_at"

constexpr Sql kPut{
    "put document",
    "INSERT INTO document (tenant, work, document_key, part, revision, company_code, receivable,"
    " currency, items, outcome, number_company_code, number, number_fiscal_year,"
    " reversal_company_code, reversal, reversal_fiscal_year, confirmed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (tenant, work, document_key) DO UPDATE SET part = excluded.part,"
    " revision = excluded.revision, company_code = excluded.company_code,"
    " receivable = excluded.receivable, currency = excluded.currency, items = excluded.items,"
    " outcome = excluded.outcome, number_company_code = excluded.number_company_code,"
    " number = excluded.number, number_fiscal_year = excluded.number_fiscal_year,"
    " reversal_company_code = excluded.reversal_company_code, reversal = excluded.reversal,"
    " reversal_fiscal_year = excluded.reversal_fiscal_year,"
    " confirmed_at = excluded.confirmed_at"};
constexpr Sql kDrop{"drop documents",
                    "DELETE FROM document WHERE tenant = ? AND work = ? AND revision = ?"};
constexpr Sql kPosted{"find posted document",
                      "SELECT " MLC_DOCUMENT_COLUMNS
                      " FROM document d WHERE d.tenant = ? AND d.work = ? AND d.revision = ?"
                      " AND d.number IS NOT NULL ORDER BY d.part LIMIT 1"};
constexpr Sql kOfWork{"read documents", "SELECT " MLC_DOCUMENT_COLUMNS
                                        " FROM document d WHERE d.tenant = ? AND d.work = ?"
                                        " ORDER BY d.revision, d.part"};
// Two files of one settlement plan the same keys: what is in SAP comes first, then the file that
// stands for the settlement.
constexpr Sql kByKey{"find document by key",
                     "SELECT " MLC_DOCUMENT_COLUMNS
                     " FROM document d LEFT JOIN settlement s"
                     " ON s.tenant = d.tenant AND s.work = d.work"
                     " WHERE d.tenant = ? AND d.document_key = ?"
                     " ORDER BY CASE WHEN d.number IS NULL THEN 1 ELSE 0 END,"
                     " COALESCE(s.holds_id, 0) DESC, d.work LIMIT 1"};
constexpr Sql kByNumber{"find document by number",
                        "SELECT " MLC_DOCUMENT_COLUMNS
                        " FROM document d WHERE d.tenant = ? AND d.number = ?"
                        " AND d.number_company_code = ? AND d.number_fiscal_year = ?"
                        " ORDER BY d.work, d.document_key LIMIT 1"};
constexpr Sql kPutControl{
    "put positive control",
    "INSERT INTO positive_control (tenant, system_id, client, logical_system, company_code,"
    " number_company_code, number, number_fiscal_year, reference, confirmed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (tenant, system_id, client, logical_system, company_code) DO UPDATE SET"
    " number_company_code = excluded.number_company_code, number = excluded.number,"
    " number_fiscal_year = excluded.number_fiscal_year, reference = excluded.reference,"
    " confirmed_at = excluded.confirmed_at"
    " WHERE excluded.confirmed_at >= positive_control.confirmed_at"};
constexpr Sql kControl{"read positive control",
                       "SELECT number_company_code, number, number_fiscal_year, reference"
                       " FROM positive_control WHERE tenant = ? AND system_id = ? AND client = ?"
                       " AND logical_system = ? AND company_code = ?"};

void append_number(database::Values& values, const std::optional<DocumentNumber>& number) {
  if (!number) {
    values.insert(values.end(), 3, nullptr);
    return;
  }
  values.insert(values.end(), {number->company_code, number->number, number->fiscal_year});
}

std::optional<DocumentNumber> read_number(const Row& row, std::size_t first) {
  const auto company_code = row.optional_text(first);
  if (!company_code) return std::nullopt;
  return DocumentNumber{*company_code, row.text(first + 1), row.text(first + 2)};
}

Result<DocumentRecord> read_document(const Row& row) {
  DocumentRecord document;
  document.tenant = TenantId(row.text(0));
  document.work = WorkId(row.text(1));
  document.key = row.text(2);
  document.part = row.text(3);
  MLC_TRY(document.revision, read_letter(row.text(4), "document.revision"));
  document.company_code = row.text(5);
  document.receivable = row.text(6);
  document.currency = row.text(7);
  document.items = static_cast<std::uint32_t>(row.integer(8));
  document.outcome = row.text(9);
  document.number = read_number(row, 10);
  document.reversed_by = read_number(row, 13);
  document.confirmed_at = row.optional_instant(16);
  return document;
}

}  // namespace

Status SqlTransaction::put_document(const DocumentRecord& document) {
  database::Values values{document.tenant,
                          document.work,
                          document.key,
                          document.part,
                          std::string(1, document.revision),
                          document.company_code,
                          document.receivable,
                          document.currency,
                          document.items,
                          document.outcome};
  append_number(values, document.number);
  append_number(values, document.reversed_by);
  values.emplace_back(document.confirmed_at);
  return session_.run(kPut, values);
}

Result<std::optional<std::string>> SqlTransaction::posted_document(const TenantId& tenant,
                                                                   const WorkId& work,
                                                                   char revision) {
  MLC_TRY(const auto found,
          read_one<DocumentRecord>(session_, kPosted, {tenant, work, std::string(1, revision)},
                                   read_document));
  if (!found) return std::optional<std::string>{};
  return std::optional<std::string>(found->number->text());
}

Status SqlTransaction::drop_documents(const TenantId& tenant, const WorkId& work, char revision) {
  MLC_TRY(const auto posted, posted_document(tenant, work, revision));
  if (posted) {
    return failure(
        kDocumentPosted,
        {{"revision", std::string(1, revision)}, {"work", work.str()}, {"document", *posted}});
  }
  return session_.run(kDrop, {tenant, work, std::string(1, revision)});
}

Result<std::vector<DocumentRecord>> SqlTransaction::documents(const TenantId& tenant,
                                                              const WorkId& work) {
  return read_all<DocumentRecord>(session_, kOfWork, {tenant, work}, read_document);
}

Result<std::optional<DocumentRecord>> SqlTransaction::document_by_key(const TenantId& tenant,
                                                                      const std::string& key) {
  return read_one<DocumentRecord>(session_, kByKey, {tenant, key}, read_document);
}

Result<std::optional<DocumentRecord>> SqlTransaction::document_by_number(
    const TenantId& tenant, const DocumentNumber& number) {
  return read_one<DocumentRecord>(session_, kByNumber,
                                  {tenant, number.number, number.company_code, number.fiscal_year},
                                  read_document);
}

Result<std::optional<ports::PositiveControl>> SqlTransaction::newest_confirmed(
    const TenantId& tenant, const ports::SystemIdentity& identity,
    const std::string& company_code) {
  MLC_TRY(const auto row, session_.query_one(kControl, {tenant, identity.system_id, identity.client,
                                                        identity.logical_system, company_code}));
  if (!row) return std::optional<ports::PositiveControl>{};
  return std::optional<ports::PositiveControl>(
      {{row->text(0), row->text(1), row->text(2)}, row->text(3)});
}

Status SqlTransaction::put_control(const TenantId& tenant, const ports::SystemIdentity& identity,
                                   const std::string& company_code,
                                   const ports::PositiveControl& control, Instant at) {
  return session_.run(kPutControl,
                      {tenant, identity.system_id, identity.client, identity.logical_system,
                       company_code, control.number.company_code, control.number.number,
                       control.number.fiscal_year, control.reference, at});
}

}  // namespace mlc::store
