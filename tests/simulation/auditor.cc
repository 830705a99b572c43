#include "tests/simulation/auditor.h"

#include <algorithm>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>

namespace mlc::simulation {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

Database open_books(const std::filesystem::path& books) {
  sqlite3* raw = nullptr;
  const auto file = books / "books.sqlite";
  const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) throw std::runtime_error("cannot open " + file.string());
  sqlite3_busy_timeout(raw, 5000);
  return database;
}

Statement prepare(sqlite3* database, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(database, sql, -1, &raw, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database));
  }
  return Statement(raw);
}

std::string text(sqlite3_stmt* row, int column) {
  const auto* value = sqlite3_column_text(row, column);
  return value == nullptr ? "" : reinterpret_cast<const char*>(value);
}

struct Head {
  std::string company_code;
  std::string number;
  std::string year;
  std::string reference;
  std::string status;
  std::string reversal;
  std::string is_reversal;
};

std::vector<Head> read_heads(sqlite3* database) {
  const auto statement = prepare(
      database,
      "SELECT BUKRS, BELNR, GJAHR, XBLNR, BSTAT, STBLG, XREVERSAL FROM BKPF ORDER BY 1, 3, 2");
  std::vector<Head> out;
  while (sqlite3_step(statement.get()) == SQLITE_ROW) {
    auto* row = statement.get();
    out.push_back({text(row, 0), text(row, 1), text(row, 2), text(row, 3), text(row, 4),
                   text(row, 5), text(row, 6)});
  }
  return out;
}

struct Sums {
  std::int64_t all = 0;
  std::int64_t receivable = 0;
};

Sums read_sums(sqlite3* database, const Head& head, const std::string& receivable) {
  const auto statement = prepare(
      database, "SELECT SHKZG, WRBTR, HKONT FROM BSEG WHERE BUKRS = ? AND BELNR = ? AND GJAHR = ?");
  const std::string* keys[] = {&head.company_code, &head.number, &head.year};
  for (int i = 0; i < 3; ++i) {
    sqlite3_bind_text(statement.get(), i + 1, keys[i]->c_str(), -1, SQLITE_TRANSIENT);
  }
  Sums sums;
  while (sqlite3_step(statement.get()) == SQLITE_ROW) {
    const std::int64_t amount = sqlite3_column_int64(statement.get(), 1);
    const std::int64_t signed_amount = text(statement.get(), 0) == "S" ? amount : -amount;
    sums.all += signed_amount;
    if (text(statement.get(), 2) == receivable) sums.receivable += signed_amount;
  }
  return sums;
}

// The settlement-id in a reference of the form id-PPR.
std::string settlement_of(const std::string& reference) {
  const auto hyphen = reference.find('-');
  if (hyphen == std::string::npos || reference.size() != hyphen + 4) return {};
  return reference.substr(0, hyphen);
}

}  // namespace

bool AuditedSettlement::posted_once() const {
  return !parts.empty() && !unbalanced &&
         std::ranges::all_of(parts, [](const auto& part) { return part.second.live == 1; });
}

bool AuditedSettlement::absent() const {
  return std::ranges::all_of(
      parts, [](const auto& part) { return part.second.live == 0 && part.second.parked == 0; });
}

bool AuditedSettlement::doubled() const {
  return std::ranges::any_of(parts, [](const auto& part) { return part.second.live > 1; });
}

Audit audit_books(const std::filesystem::path& books, const Settled& settled,
                  const std::string& receivable_account) {
  const Database database = open_books(books);
  Audit audit;
  for (const auto& [id, amount] : settled) audit.settlements[id];
  std::set<std::string> originals;
  for (const Head& head : read_heads(database.get())) {
    const std::string id = settlement_of(head.reference);
    if (!audit.settlements.contains(id)) {
      audit.strangers.push_back(head.reference);
      continue;
    }
    AuditedSettlement& settlement = audit.settlements[id];
    if (head.is_reversal != "2" && head.status != "Z" && !originals.insert(head.reference).second) {
      settlement.posted_twice.insert(head.reference);
    }
    AuditedPart& part = settlement.parts[head.reference.substr(id.size() + 1, 2)];
    if (head.status == "V" || head.status == "W") {
      ++part.parked;
      settlement.parked_keys.push_back({head.company_code, head.number, head.year});
    } else if (head.status.empty() || head.status == " ") {
      if (!head.reversal.empty()) {
        ++part.reversed;
        continue;
      }
      ++part.live;
      settlement.live_keys.push_back({head.company_code, head.number, head.year});
      const Sums sums = read_sums(database.get(), head, receivable_account);
      settlement.receivable += sums.receivable;
      if (sums.all != 0) settlement.unbalanced = true;
    }
  }
  return audit;
}

}  // namespace mlc::simulation
