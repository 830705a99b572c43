// What Basis and the closing accountant do: periods, locks, authorisations, backups.
#include <utility>

#include "simulators/sap/function_library.h"
#include "simulators/sap/hands.h"

namespace mlc::simulators::sap {
namespace {

// The period before one, as year and period of a year of twelve.
std::pair<std::string, std::string> before(const std::string& year, const std::string& period) {
  if (period == "001") return {std::to_string(std::stoi(year) - 1), "016"};
  const auto number = std::to_string(1000 + std::stoi(period) - 1);
  return {year, number.substr(1)};
}

std::pair<std::string, std::string> after(const std::string& year, const std::string& period) {
  if (std::stoi(period) >= 12) return {std::to_string(std::stoi(year) + 1), "001"};
  const auto number = std::to_string(1000 + std::stoi(period) + 1);
  return {year, number.substr(1)};
}

}  // namespace

void Hands::close_period(const std::string& bukrs, const std::string& koart,
                         const std::string& gjahr, const std::string& period) {
  const auto company = books_.find("T001", {{"MANDT", client_}, {"BUKRS", bukrs}});
  const auto variant = company ? at(*company, "OPVAR") : bukrs;
  const auto [before_year, before_period] = before(gjahr, period);
  const auto [after_year, after_period] = after(gjahr, period);
  Books::Transaction transaction(books_);
  // The first interval ends before the period, the second begins after it.
  books_.execute(
      "UPDATE T001B SET FRYE2 = ?, FRPE2 = ?, TOYE2 = TOYE1, TOPE2 = TOPE1, TOYE1 = ?, TOPE1 = ? "
      "WHERE MANDT = ? AND BUKRS = ? AND MKOAR = ? AND FRYE1 || FRPE1 <= ? AND TOYE1 || TOPE1 >= ?",
      {after_year, after_period, before_year, before_period, client_, variant, koart,
       gjahr + period, gjahr + period});
  note("close_period", bukrs + " " + koart + " " + gjahr + " " + period);
  transaction.commit();
}

void Hands::open_period(const std::string& bukrs, const std::string& koart,
                        const std::string& from_year, const std::string& from_period,
                        const std::string& to_year, const std::string& to_period) {
  const auto company = books_.find("T001", {{"MANDT", client_}, {"BUKRS", bukrs}});
  const auto variant = company ? at(*company, "OPVAR") : bukrs;
  Books::Transaction transaction(books_);
  books_.execute("DELETE FROM T001B WHERE MANDT = ? AND BUKRS = ? AND MKOAR = ?",
                 {client_, variant, koart});
  books_.insert("T001B", {{"MANDT", client_},
                          {"BUKRS", variant},
                          {"MKOAR", koart},
                          {"FRYE1", from_year},
                          {"FRPE1", from_period},
                          {"TOYE1", to_year},
                          {"TOPE1", to_period}});
  note("open_period",
       bukrs + " " + koart + " " + from_year + from_period + " " + to_year + to_period);
  transaction.commit();
}

void Hands::lock_co(const std::string& kokrs, const std::string& gjahr, const std::string& period) {
  Books::Transaction transaction(books_);
  books_.execute("INSERT OR IGNORE INTO zsim_co_lock VALUES (?, ?, ?)", {kokrs, gjahr, period});
  note("lock_co", kokrs + " " + gjahr + " " + period);
  transaction.commit();
}

void Hands::unlock_co(const std::string& kokrs, const std::string& gjahr,
                      const std::string& period) {
  Books::Transaction transaction(books_);
  books_.execute("DELETE FROM zsim_co_lock WHERE KOKRS = ? AND GJAHR = ? AND PERIO = ?",
                 {kokrs, gjahr, period});
  note("unlock_co", kokrs + " " + gjahr + " " + period);
  transaction.commit();
}

bool Hands::end_number_range(const std::string& bukrs, const std::string& interval,
                             const std::string& year) {
  Books::Transaction transaction(books_);
  const int gone = books_.execute(
      "DELETE FROM NRIV WHERE CLIENT = ? AND OBJECT = 'RF_BELEG' AND SUBOBJECT = ? AND "
      "NRRANGENR = ? AND TOYEAR > ?",
      {client_, bukrs, interval, year});
  note("end_number_range", bukrs + " " + interval + " " + year);
  transaction.commit();
  return gone > 0;
}

bool Hands::add_number_range(const std::string& bukrs, const std::string& interval,
                             const std::string& year) {
  Books::Transaction transaction(books_);
  auto ranges = books_.query(
      "SELECT * FROM NRIV WHERE CLIENT = ? AND OBJECT = 'RF_BELEG' AND SUBOBJECT = ? AND "
      "NRRANGENR = ? ORDER BY TOYEAR DESC LIMIT 1",
      {client_, bukrs, interval});
  if (ranges.empty() || at(ranges.front(), "TOYEAR") >= year) return false;
  Row range = std::move(ranges.front());
  range["TOYEAR"] = year;
  range["NRLEVEL"] = "0";
  books_.insert("NRIV", range);
  note("add_number_range", bukrs + " " + interval + " " + year);
  transaction.commit();
  return true;
}

void Hands::revoke_read(const std::string& user, const std::string& table,
                        const std::string& effect) {
  Books::Transaction transaction(books_);
  books_.execute("INSERT OR REPLACE INTO zsim_authority VALUES (?, ?, ?)", {user, table, effect});
  note("revoke_read", user + " " + table + " " + effect);
  transaction.commit();
}

void Hands::grant_read(const std::string& user, const std::string& table) {
  Books::Transaction transaction(books_);
  books_.execute("DELETE FROM zsim_authority WHERE BNAME = ? AND TABNAME = ?", {user, table});
  note("grant_read", user + " " + table);
  transaction.commit();
}

void Hands::set_rate(const RatePair& pair, const std::string& day, std::int64_t rate) {
  const auto inverted = std::to_string(99999999 - std::stoi(day));
  const auto scaled = std::to_string(rate);
  Books::Transaction transaction(books_);
  books_.execute(
      "DELETE FROM TCURR WHERE MANDT = ? AND KURST = ? AND FCURR = ? AND TCURR = ? AND GDATU = ?",
      {client_, pair.kurst, pair.from, pair.to, inverted});
  books_.insert("TCURR", {{"MANDT", client_},
                          {"KURST", pair.kurst},
                          {"FCURR", pair.from},
                          {"TCURR", pair.to},
                          {"GDATU", inverted},
                          {"UKURS", scaled}});
  note("set_rate", pair.kurst + " " + pair.from + " " + pair.to + " " + day + " " + scaled);
  transaction.commit();
}

void Hands::set_splitting(const std::string& bukrs, bool active) {
  Books::Transaction transaction(books_);
  books_.execute("DELETE FROM zsim_splitting WHERE BUKRS = ?", {bukrs});
  if (active) books_.insert("zsim_splitting", {{"BUKRS", bukrs}});
  note("set_splitting", bukrs + (active ? " on" : " off"));
  transaction.commit();
}

void Hands::set_default_object(const std::string& bukrs, const std::string& kstar, bool active) {
  Books::Transaction transaction(books_);
  books_.execute("DELETE FROM zsim_default_object WHERE BUKRS = ? AND KSTAR = ?", {bukrs, kstar});
  if (active) books_.insert("zsim_default_object", {{"BUKRS", bukrs}, {"KSTAR", kstar}});
  note("set_default_object", bukrs + " " + kstar + (active ? " on" : " off"));
  transaction.commit();
}

bool Hands::install_function(const std::string& name, const std::string& contract) {
  if (find_contract(contract) == nullptr) return false;
  Books::Transaction transaction(books_);
  books_.execute("INSERT OR REPLACE INTO zsim_site_function VALUES (?, ?)", {name, contract});
  note("install_function", name + " " + contract);
  transaction.commit();
  return true;
}

void Hands::remove_function(const std::string& name) {
  Books::Transaction transaction(books_);
  books_.execute("DELETE FROM zsim_site_function WHERE FUNCNAME = ?", {name});
  note("remove_function", name);
  transaction.commit();
}

void Hands::delete_key(const std::string& bukrs, const std::string& xblnr) {
  Books::Transaction transaction(books_);
  books_.execute("DELETE FROM ZMLC_KEYS WHERE MANDT = ? AND BUKRS = ? AND XBLNR = ?",
                 {client_, bukrs, xblnr});
  note("delete_key", bukrs + " " + xblnr);
  transaction.commit();
}

void Hands::snapshot(const std::string& name) {
  books_.snapshot(name);
  note("snapshot", name);
}

bool Hands::restore(const std::string& name) {
  if (!books_.restore(name)) return false;
  note("restore", name);
  return true;
}

}  // namespace mlc::simulators::sap
