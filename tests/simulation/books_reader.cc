#include "tests/simulation/books_reader.h"

#include <sqlite3.h>
#include <stdexcept>

namespace mlc::simulation {
namespace {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

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

}  // namespace

void BooksReader::CloseDatabase::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

BooksReader::BooksReader(const std::filesystem::path& books) {
  sqlite3* raw = nullptr;
  const auto file = books / "books.sqlite";
  const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  database_.reset(raw);
  if (code != SQLITE_OK) throw std::runtime_error("cannot open " + file.string());
  sqlite3_busy_timeout(raw, 5000);
}

std::int64_t BooksReader::version() const {
  const auto statement = prepare(database_.get(), "PRAGMA data_version");
  if (sqlite3_step(statement.get()) != SQLITE_ROW) {
    throw std::runtime_error(sqlite3_errmsg(database_.get()));
  }
  return sqlite3_column_int64(statement.get(), 0);
}

std::vector<Head> BooksReader::heads() const {
  const auto statement = prepare(
      database_.get(),
      "SELECT BUKRS, BELNR, GJAHR, XBLNR, BSTAT, STBLG, XREVERSAL FROM BKPF ORDER BY 1, 3, 2");
  std::vector<Head> out;
  while (sqlite3_step(statement.get()) == SQLITE_ROW) {
    auto* row = statement.get();
    out.push_back({{text(row, 0), text(row, 1), text(row, 2)},
                   text(row, 3),
                   text(row, 4),
                   text(row, 5),
                   text(row, 6)});
  }
  return out;
}

Sums BooksReader::sums(const BookedKey& key, const std::string& receivable) const {
  const auto statement =
      prepare(database_.get(),
              "SELECT SHKZG, WRBTR, HKONT FROM BSEG WHERE BUKRS = ? AND BELNR = ? AND GJAHR = ?");
  const std::string* keys[] = {&key.bukrs, &key.belnr, &key.gjahr};
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

std::string settlement_of(const std::string& reference) {
  const auto hyphen = reference.find('-');
  if (hyphen == std::string::npos || reference.size() != hyphen + 4) return {};
  return reference.substr(0, hyphen);
}

}  // namespace mlc::simulation
