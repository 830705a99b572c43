// Audit entries, named facts of a tenant and learned rate buckets.
#include "store/audit_log.h"
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

using database::Sql;

constexpr Sql kFact{"read fact", "SELECT value FROM tenant_fact WHERE tenant = ? AND name = ?"};
constexpr Sql kPutFact{"put fact",
                       "INSERT INTO tenant_fact (tenant, name, value) VALUES (?, ?, ?)"
                       " ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value"};
constexpr Sql kBucket{"read rate bucket", "SELECT value FROM rate_bucket WHERE bucket_key = ?"};
constexpr Sql kPutBucket{"put rate bucket",
                         "INSERT INTO rate_bucket (bucket_key, value) VALUES (?, ?)"
                         " ON CONFLICT (bucket_key) DO UPDATE SET value = excluded.value"};

}  // namespace

Status SqlTransaction::append_audit(const TenantId& tenant, const ports::AuditEntry& entry) {
  if (auto added = store::append_audit(session_.transaction(), tenant, entry); !added) {
    return failure(store_error(std::move(added).error()));
  }
  return {};
}

Result<std::optional<std::string>> SqlTransaction::fact(const TenantId& tenant,
                                                        const std::string& name) {
  MLC_TRY(const auto row, session_.query_one(kFact, {tenant, name}));
  if (!row) return std::optional<std::string>{};
  return std::optional<std::string>(row->text(0));
}

Status SqlTransaction::put_fact(const TenantId& tenant, const std::string& name,
                                const std::string& value) {
  return session_.run(kPutFact, {tenant, name, value});
}

Result<std::optional<std::string>> SqlTransaction::bucket(const std::string& key) {
  MLC_TRY(const auto row, session_.query_one(kBucket, {key}));
  if (!row) return std::optional<std::string>{};
  return std::optional<std::string>(row->text(0));
}

Status SqlTransaction::put_bucket(const ports::BucketRecord& bucket) {
  return session_.run(kPutBucket, {bucket.key, bucket.value});
}

}  // namespace mlc::store
