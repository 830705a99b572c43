#include "store/migrations.h"

#include <array>

#include "store/audit_schema.h"
#include "store/epoch.h"
#include "store/sql_session.h"

namespace mlc::store {
namespace {

constexpr std::string_view kWorkAndSettlements = R"sql(
CREATE TABLE epoch (
  epoch INTEGER NOT NULL PRIMARY KEY,
  began_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE hub_key (
  name TEXT NOT NULL PRIMARY KEY,
  public_key TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE work (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  due_at TEXT NOT NULL,
  ready_at TEXT NOT NULL,
  owner TEXT NOT NULL,
  lease_until TEXT NOT NULL,
  fence_epoch INTEGER NOT NULL,
  fence_counter INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT,
  refusal TEXT,
  request TEXT,
  request_at TEXT,
  request_number INTEGER NOT NULL,
  request_seen INTEGER NOT NULL,
  memory TEXT NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, kind, subject)
) STRICT;
CREATE INDEX work_ready ON work (ready_at, tenant, id);

CREATE TABLE settlement (
  tenant TEXT NOT NULL,
  work TEXT NOT NULL,
  connection TEXT NOT NULL,
  selling_account TEXT NOT NULL,
  source TEXT NOT NULL,
  report_id TEXT NOT NULL,
  report_document_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  found_at TEXT NOT NULL,
  object TEXT,
  object_size INTEGER,
  object_frames INTEGER,
  received_object TEXT NOT NULL,
  content_type TEXT NOT NULL,
  request_id TEXT NOT NULL,
  settlement_id TEXT,
  period_start TEXT,
  period_end TEXT,
  deposit_at TEXT,
  total TEXT,
  currency TEXT,
  holds_id INTEGER NOT NULL CHECK (holds_id IN (0, 1)),
  row_count INTEGER NOT NULL,
  layout TEXT NOT NULL,
  charset TEXT NOT NULL,
  unknown_columns TEXT NOT NULL,
  lineage TEXT NOT NULL,
  rules_digest TEXT NOT NULL,
  company_code TEXT NOT NULL,
  revision TEXT NOT NULL,
  manifest_hash TEXT NOT NULL,
  posted TEXT NOT NULL,
  netted TEXT NOT NULL,
  excluded TEXT NOT NULL,
  adopted INTEGER NOT NULL CHECK (adopted IN (0, 1)),
  approved_hash TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  approved_at TEXT,
  PRIMARY KEY (tenant, work),
  CHECK (holds_id = 0 OR settlement_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX settlement_held ON settlement (tenant, selling_account, settlement_id)
  WHERE holds_id = 1;

CREATE TABLE class_total (
  tenant TEXT NOT NULL,
  work TEXT NOT NULL,
  class_number INTEGER NOT NULL,
  transaction_type TEXT NOT NULL,
  amount_type TEXT NOT NULL,
  amount_description TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  fulfillment TEXT NOT NULL,
  sku TEXT NOT NULL,
  sign TEXT NOT NULL,
  rules_version TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  sum TEXT NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (tenant, work, class_number)
) STRICT;

CREATE TABLE manifest (
  tenant TEXT NOT NULL,
  work TEXT NOT NULL,
  revision TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (tenant, work, revision)
) STRICT;
)sql"
                                                 R"sql(
CREATE TABLE document (
  tenant TEXT NOT NULL,
  work TEXT NOT NULL,
  document_key TEXT NOT NULL,
  part TEXT NOT NULL,
  revision TEXT NOT NULL,
  company_code TEXT NOT NULL,
  receivable TEXT NOT NULL,
  currency TEXT NOT NULL,
  items INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  number_company_code TEXT,
  number TEXT,
  number_fiscal_year TEXT,
  reversal_company_code TEXT,
  reversal TEXT,
  reversal_fiscal_year TEXT,
  confirmed_at TEXT,
  PRIMARY KEY (tenant, work, document_key)
) STRICT;
CREATE INDEX document_by_key ON document (tenant, document_key);
CREATE INDEX document_by_number
  ON document (tenant, number, number_company_code, number_fiscal_year);

CREATE TABLE positive_control (
  tenant TEXT NOT NULL,
  system_id TEXT NOT NULL,
  client TEXT NOT NULL,
  logical_system TEXT NOT NULL,
  company_code TEXT NOT NULL,
  number_company_code TEXT NOT NULL,
  number TEXT NOT NULL,
  number_fiscal_year TEXT NOT NULL,
  reference TEXT NOT NULL,
  confirmed_at TEXT NOT NULL,
  PRIMARY KEY (tenant, system_id, client, logical_system, company_code)
) STRICT;

CREATE TABLE intent (
  tenant TEXT NOT NULL,
  work TEXT NOT NULL,
  intent_number INTEGER NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  system_id TEXT NOT NULL,
  client TEXT NOT NULL,
  logical_system TEXT NOT NULL,
  company_code TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (tenant, work, intent_number)
) STRICT;

CREATE TABLE unit_journal (
  tenant TEXT NOT NULL,
  unit TEXT NOT NULL,
  entry_number INTEGER NOT NULL,
  step TEXT NOT NULL,
  at TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (tenant, unit, entry_number)
) STRICT;

CREATE TABLE look_up (
  tenant TEXT NOT NULL,
  unit TEXT NOT NULL,
  look_up_number INTEGER NOT NULL,
  work TEXT NOT NULL,
  at TEXT NOT NULL,
  same_identity INTEGER NOT NULL CHECK (same_identity IN (0, 1)),
  control TEXT NOT NULL,
  update_records INTEGER NOT NULL CHECK (update_records IN (0, 1)),
  finding TEXT NOT NULL,
  PRIMARY KEY (tenant, unit, look_up_number)
) STRICT;

CREATE TABLE posting_holder (
  system_id TEXT NOT NULL,
  client TEXT NOT NULL,
  logical_system TEXT NOT NULL,
  company_code TEXT NOT NULL,
  owner TEXT NOT NULL,
  lease_until TEXT NOT NULL,
  fence_epoch INTEGER NOT NULL,
  fence_counter INTEGER NOT NULL,
  PRIMARY KEY (system_id, client, logical_system, company_code)
) STRICT;

CREATE TABLE posting_stop (
  tenant TEXT NOT NULL,
  system_id TEXT NOT NULL,
  client TEXT NOT NULL,
  logical_system TEXT NOT NULL,
  company_code TEXT NOT NULL,
  error TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (tenant, system_id, client, logical_system, company_code)
) STRICT;

CREATE TABLE tenant_fact (
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (tenant, name)
) STRICT;

CREATE TABLE rate_bucket (
  bucket_key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
)sql";

constexpr std::string_view kRuleBooks = R"sql(
CREATE TABLE rule_book (
  tenant TEXT NOT NULL,
  connection TEXT NOT NULL,
  digest TEXT NOT NULL,
  content TEXT NOT NULL,
  first_used_at TEXT NOT NULL,
  PRIMARY KEY (tenant, connection, digest)
) STRICT;

ALTER TABLE settlement ADD COLUMN adoption TEXT NOT NULL DEFAULT '';
UPDATE settlement SET adoption = 'person' WHERE adopted = 1;
ALTER TABLE settlement DROP COLUMN adopted;
)sql";

constexpr std::string_view kConnections = R"sql(
CREATE TABLE connection_pause (
  tenant TEXT NOT NULL,
  connection TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (tenant, connection)
) STRICT;

CREATE TABLE connection_poll (
  tenant TEXT NOT NULL,
  connection TEXT NOT NULL,
  began_at TEXT NOT NULL,
  ended_at TEXT,
  reports INTEGER NOT NULL,
  fresh INTEGER NOT NULL,
  newest TEXT,
  PRIMARY KEY (tenant, connection)
) STRICT;

ALTER TABLE work ADD COLUMN lane TEXT NOT NULL DEFAULT '';
UPDATE work SET lane = subject WHERE kind = 'discovery';
UPDATE work SET lane = COALESCE((SELECT connection FROM settlement
  WHERE settlement.tenant = work.tenant AND settlement.work = work.id), '')
  WHERE kind = 'settlement';
CREATE INDEX work_in_lane ON work (tenant, lane, ready_at, id);

CREATE TABLE work_lane (
  tenant TEXT NOT NULL,
  lane TEXT NOT NULL,
  turn INTEGER NOT NULL,
  PRIMARY KEY (tenant, lane)
) STRICT;
CREATE INDEX work_lane_turn ON work_lane (turn, tenant, lane);
INSERT INTO work_lane (tenant, lane, turn) SELECT DISTINCT tenant, lane, 0 FROM work;
)sql";

constexpr std::string_view kMaterialGroups = R"sql(
ALTER TABLE class_total ADD COLUMN material_group TEXT NOT NULL DEFAULT '';
)sql";

// A seller whose lanes were not told apart yet is each lane.
constexpr std::string_view kSellers = R"sql(
ALTER TABLE work_lane ADD COLUMN seller TEXT NOT NULL DEFAULT '';
ALTER TABLE work_lane ADD COLUMN seller_turn INTEGER NOT NULL DEFAULT 0;
UPDATE work_lane SET seller = lane, seller_turn = turn;
DROP INDEX work_lane_turn;
CREATE INDEX work_lane_turn ON work_lane (seller_turn, turn, tenant, lane);
CREATE INDEX work_lane_seller ON work_lane (tenant, seller);
)sql";

constexpr std::array kMigrations{
    database::Migration{1, "work, settlements and postings", kWorkAndSettlements},
    database::Migration{2, "audit log", kAuditSchema},
    database::Migration{3, "rule books and adoptions", kRuleBooks},
    database::Migration{4, "pauses, polls and turns of connections", kConnections},
    database::Migration{5, "material groups", kMaterialGroups},
    database::Migration{6, "turns of sellers", kSellers},
};

}  // namespace

std::span<const database::Migration> migrations() { return kMigrations; }

Status prepare(database::Database& database, Instant now) {
  if (auto migrated = database::migrate(database, migrations(), now); !migrated) {
    return failure(store_error(std::move(migrated).error()));
  }
  auto transaction = database.begin();
  if (!transaction) return failure(store_error(std::move(transaction).error()));
  SqlSession session(std::move(*transaction));
  MLC_TRY_STATUS(begin_first_epoch(session, now));
  return session.commit();
}

}  // namespace mlc::store
