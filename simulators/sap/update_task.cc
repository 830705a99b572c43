#include "simulators/sap/update_task.h"

namespace mlc::simulators::sap {
namespace {

void store_rows(Books& books, const std::string& key, const PendingRows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const auto& [field, value] : rows[i].row) {
      books.insert("zsim_update_data", {{"VBKEY", key},
                                        {"ROWNO", std::to_string(i)},
                                        {"TABNAME", rows[i].table},
                                        {"FIELD", field},
                                        {"VALUE", value}});
    }
  }
}

PendingRows load_rows(Books& books, const std::string& key) {
  PendingRows rows;
  std::string current;
  for (const auto& cell :
       books.query("SELECT * FROM zsim_update_data WHERE VBKEY = ? ORDER BY ROWNO", {key})) {
    if (rows.empty() || at(cell, "ROWNO") != current) rows.push_back({at(cell, "TABNAME"), {}});
    current = at(cell, "ROWNO");
    rows.back().row[at(cell, "FIELD")] = at(cell, "VALUE");
  }
  return rows;
}

void remove(Books& books, const std::string& key) {
  books.execute("DELETE FROM VBHDR WHERE VBKEY = ?", {key});
  books.execute("DELETE FROM zsim_update WHERE VBKEY = ?", {key});
  books.execute("DELETE FROM zsim_update_data WHERE VBKEY = ?", {key});
}

bool run_one(Books& books, const std::string& key) {
  {
    Books::Transaction transaction(books);
    if (apply_rows(books, load_rows(books, key))) {
      remove(books, key);
      transaction.commit();
      return true;
    }
  }
  Books::Transaction transaction(books);
  books.execute("UPDATE VBHDR SET VBSTATE = ? WHERE VBKEY = ?", {kUpdateStopped, key});
  books.execute("UPDATE zsim_update SET DUE = '' WHERE VBKEY = ?", {key});
  transaction.commit();
  return false;
}

}  // namespace

bool update_now(Books& books, const PendingRows& rows) {
  Books::Transaction transaction(books);
  if (!apply_rows(books, rows)) return false;
  transaction.commit();
  return true;
}

void keep_update(const Context& context, const PendingRows& rows, const char* state,
                 std::optional<Instant> due) {
  Books& books = context.books;
  Books::Transaction transaction(books);
  const auto number = std::to_string(books.next("VBKEY"));
  const std::string key = std::string(32 - number.size(), '0') + number;
  const auto stamp = format_instant(context.now);
  const auto time = stamp.substr(11, 2) + stamp.substr(14, 2) + stamp.substr(17, 2);
  books.insert("VBHDR", {{"VBKEY", key},
                         {"VBMANDT", context.client},
                         {"VBUSR", context.user},
                         {"VBTCODE", ""},
                         {"VBDATE", format_dats(utc_date(context.now)) + time},
                         {"VBSTATE", state},
                         {"VBREPORT", "SAPLACC9"}});
  books.insert("zsim_update", {{"VBKEY", key}, {"DUE", due ? format_instant(*due) : ""}});
  store_rows(books, key, rows);
  transaction.commit();
}

int run_updates(Books& books, std::optional<Instant> now) {
  const auto due = now ? books.query(
                             "SELECT VBKEY FROM zsim_update WHERE DUE <> '' AND DUE <= ? "
                             "ORDER BY DUE, VBKEY",
                             {format_instant(*now)})
                       : books.query("SELECT VBKEY FROM zsim_update ORDER BY VBKEY");
  int done = 0;
  for (const auto& row : due) done += run_one(books, at(row, "VBKEY")) ? 1 : 0;
  return done;
}

std::optional<Instant> next_update(Books& books) {
  const auto rows = books.query("SELECT min(DUE) AS DUE FROM zsim_update WHERE DUE <> ''");
  return rows.empty() ? std::nullopt : parse_instant(at(rows[0], "DUE"));
}

void delete_updates(Books& books) {
  Books::Transaction transaction(books);
  for (const auto& row : books.query("SELECT VBKEY FROM zsim_update")) {
    remove(books, at(row, "VBKEY"));
  }
  transaction.commit();
}

}  // namespace mlc::simulators::sap
