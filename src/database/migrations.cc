#include "database/migrations.h"

#include <algorithm>
#include <string>

#include "base/digest.h"
#include "base/expect.h"
#include "database/errors.h"

namespace mlc::database {
namespace {

constexpr Sql kCreate{"create migration table",
                      "CREATE TABLE IF NOT EXISTS migration ("
                      " version INTEGER NOT NULL PRIMARY KEY,"
                      " name TEXT NOT NULL,"
                      " digest TEXT NOT NULL,"
                      " applied_at TEXT NOT NULL) STRICT"};
constexpr Sql kApplied{"read migrations",
                       "SELECT version, name, digest FROM migration ORDER BY version"};
constexpr Sql kRecord{"record migration",
                      "INSERT INTO migration (version, name, digest, applied_at)"
                      " VALUES (?, ?, ?, ?)"};

std::string described(std::int64_t version, std::string_view name) {
  return std::to_string(version) + " (" + std::string(name) + ")";
}

Status check_applied(const Database& database, const std::vector<Row>& applied,
                     std::span<const Migration> steps) {
  const std::string file = database.name();
  if (!applied.empty() && applied.back().integer(0) > static_cast<std::int64_t>(steps.size())) {
    return failure(kNewerVersion, {{"file", file},
                                   {"found", std::to_string(applied.back().integer(0))},
                                   {"found_name", applied.back().text(1)},
                                   {"expected", std::to_string(steps.size())}});
  }
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const Row& row = applied[i];
    if (row.integer(0) == steps[i].version && row.text(2) == to_hex(sha256(steps[i].sql))) continue;
    return failure(kOtherSchema, {{"file", file},
                                  {"found", described(row.integer(0), row.text(1))},
                                  {"expected", described(steps[i].version, steps[i].name)}});
  }
  return {};
}

Status apply(Transaction& transaction, const Migration& step, Instant now) {
  const std::string name = "migration " + described(step.version, step.name);
  MLC_TRY_STATUS(transaction.script({name, step.sql}));
  MLC_TRY_STATUS(transaction.execute(
      kRecord, {step.version, step.name, to_hex(sha256(step.sql)), format_instant(now)}));
  return {};
}

}  // namespace

Status migrate(Database& database, std::span<const Migration> steps, Instant now) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    MLC_EXPECT(steps[i].version == static_cast<int>(i) + 1);
  }
  MLC_TRY(auto transaction, database.begin());
  MLC_TRY_STATUS(transaction.script(kCreate));
  MLC_TRY(const auto applied, transaction.query(kApplied));
  MLC_TRY_STATUS(check_applied(database, applied, steps));
  for (const Migration& step : steps.subspan(applied.size())) {
    MLC_TRY_STATUS(apply(transaction, step, now));
  }
  return transaction.commit();
}

Status check_migrated(Database& database, std::span<const Migration> steps) {
  MLC_TRY(auto transaction, database.read());
  MLC_TRY(const auto applied, transaction.query(kApplied));
  MLC_TRY_STATUS(check_applied(database, applied, steps));
  if (applied.size() == steps.size()) return {};
  return failure(kOlderVersion, {{"file", database.name()},
                                 {"found", std::to_string(applied.size())},
                                 {"expected", std::to_string(steps.size())}});
}

}  // namespace mlc::database
