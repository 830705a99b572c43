#include "simulators/sap/hands.h"

#include <sstream>

#include "simulators/sap/posting.h"
#include "simulators/sap/update_task.h"

namespace mlc::simulators::sap {
namespace {

constexpr const char* kPerson = "ACCOUNTANT";

std::vector<std::string> key_values(const std::string& client, const BookKey& key) {
  return {client, key.bukrs, key.belnr, key.gjahr};
}

constexpr const char* kByKey = " WHERE MANDT = ? AND BUKRS = ? AND BELNR = ? AND GJAHR = ?";

std::string words(const BookKey& key) { return key.bukrs + " " + key.belnr + " " + key.gjahr; }

Row key_row(const std::string& client, const BookKey& key) {
  return {{"MANDT", client}, {"BUKRS", key.bukrs}, {"BELNR", key.belnr}, {"GJAHR", key.gjahr}};
}

std::string logical_system(Books& books, const std::string& client) {
  const auto row = books.find("T000", {{"MANDT", client}});
  return row ? at(*row, "LOGSYS") : "";
}

}  // namespace

void Hands::note(const std::string& what, const std::string& detail) {
  books_.execute("INSERT INTO zsim_event (AT, WHAT, DETAIL) VALUES (?, ?, ?)",
                 {format_instant(now_), what, detail});
}

std::optional<BookKey> Hands::find_by_reference(const std::string& bukrs,
                                                const std::string& xblnr) {
  const auto rows = books_.query(
      "SELECT * FROM BKPF WHERE MANDT = ? AND BUKRS = ? AND XBLNR = ? AND XREVERSAL <> '2' "
      "ORDER BY rowid DESC LIMIT 1",
      {client_, bukrs, xblnr});
  if (rows.empty()) return std::nullopt;
  return BookKey{bukrs, at(rows[0], "BELNR"), at(rows[0], "GJAHR")};
}

std::vector<Message> Hands::park(const BookKey& key) {
  const auto header = books_.find("BKPF", key_row(client_, key));
  if (!header) return {{kOriginalNotFound, {words(key)}, "", 0, ""}};
  if (!at(*header, "BSTAT").empty()) {
    return {{kNotPosted, {key.bukrs, key.belnr, key.gjahr}, "", 0, ""}};
  }
  Books::Transaction transaction(books_);
  const auto values = key_values(client_, key);
  books_.execute(std::string("UPDATE BKPF SET BSTAT = 'V', PPNAM = USNAM") + kByKey, values);
  books_.execute(std::string("INSERT INTO VBSEGS SELECT * FROM BSEG") + kByKey, values);
  books_.execute(std::string("DELETE FROM BSEG") + kByKey, values);
  books_.execute(std::string("DELETE FROM BSET") + kByKey, values);
  note("park", words(key));
  transaction.commit();
  return {};
}

std::vector<Message> Hands::post_parked(const BookKey& key, const ApproverChanges& changes) {
  const auto header = books_.find("BKPF", key_row(client_, key));
  if (!header || at(*header, "BSTAT") != "V") {
    return {{kOriginalNotFound, {words(key)}, "", 0, ""}};
  }
  Books::Transaction transaction(books_);
  const auto values = key_values(client_, key);
  if (!changes.hkont_from.empty()) {
    auto with = values;
    with.insert(with.begin(), changes.hkont_to);
    with.push_back(changes.hkont_from);
    books_.execute(std::string("UPDATE VBSEGS SET HKONT = ?") + kByKey + " AND HKONT = ?", with);
  }
  if (!changes.budat.empty()) {
    const auto company = books_.find("T001", {{"MANDT", client_}, {"BUKRS", key.bukrs}});
    const auto period =
        fiscal_period(books_, client_, company ? at(*company, "PERIV") : "K4", changes.budat);
    auto with = values;
    with.insert(with.begin(), {changes.budat, period ? period->period.substr(1) : "00"});
    books_.execute(std::string("UPDATE BKPF SET BUDAT = ?, MONAT = ?") + kByKey, with);
  }
  auto with = values;
  with.insert(with.begin(), kPerson);
  books_.execute(std::string("UPDATE BKPF SET BSTAT = '', USNAM = ?") + kByKey, with);
  books_.execute(std::string("INSERT INTO BSEG SELECT * FROM VBSEGS") + kByKey, values);
  books_.execute(
      std::string("INSERT INTO BSET (MANDT, BUKRS, BELNR, GJAHR, BUZEI, MWSKZ, HKONT, SHKZG, "
                  "HWBAS, FWBAS, HWSTE, FWSTE, KTOSL) SELECT MANDT, BUKRS, BELNR, GJAHR, BUZEI, "
                  "MWSKZ, HKONT, SHKZG, HWBAS, FWBAS, DMBTR, WRBTR, KTOSL FROM VBSEGS") +
          kByKey + " AND BUZID = 'T'",
      values);
  books_.execute(std::string("DELETE FROM VBSEGS") + kByKey, values);
  note("post_parked", words(key));
  transaction.commit();
  return {};
}

std::vector<Message> Hands::delete_parked(const BookKey& key) {
  const auto header = books_.find("BKPF", key_row(client_, key));
  if (!header || at(*header, "BSTAT") != "V") {
    return {{kOriginalNotFound, {words(key)}, "", 0, ""}};
  }
  Books::Transaction transaction(books_);
  const auto values = key_values(client_, key);
  books_.execute(std::string("UPDATE BKPF SET BSTAT = 'Z'") + kByKey, values);
  books_.execute(std::string("DELETE FROM VBSEGS") + kByKey, values);
  note("delete_parked", words(key));
  transaction.commit();
  return {};
}

std::vector<Message> Hands::reverse(const BookKey& key, const std::string& budat,
                                    BookKey* reversal) {
  const Context context{books_, client_, kPerson, logical_system(books_, client_), now_};
  auto [document, messages] = reversal_of(context, key, budat, "01");
  if (any_error(messages)) return messages;
  Books::Transaction transaction(books_);
  if (auto refused = draw_number(context, document); !refused.empty()) return refused;
  document.header["TCODE"] = "FB08";
  if (!apply_rows(books_, to_rows(context, document))) {
    return {{kAlreadyReversed, {key.bukrs, key.belnr, key.gjahr, ""}, "", 0, ""}};
  }
  note("reverse", words(key));
  transaction.commit();
  if (reversal != nullptr) {
    *reversal = {key.bukrs, at(document.header, "BELNR"), at(document.header, "GJAHR")};
  }
  return {};
}

std::vector<Message> Hands::key_by_hand(const HandKeyed& keyed, BookKey* key) {
  const Context context{books_, client_, kPerson, logical_system(books_, client_), now_};
  Document document;
  document.header = {{"MANDT", client_},     {"BUKRS", keyed.bukrs}, {"BLART", keyed.blart},
                     {"BLDAT", keyed.budat}, {"BUDAT", keyed.budat}, {"XBLNR", keyed.xblnr},
                     {"BKTXT", keyed.bktxt}, {"GLVOR", "RFBU"},      {"USNAM", kPerson},
                     {"WAERS", keyed.waers}, {"TCODE", "FB01"}};
  for (const bool debit : {true, false}) {
    Line line;
    line.item = {{"KOART", "S"}, {"HKONT", debit ? keyed.debit : keyed.credit}};
    line.item["ZUONR"] = keyed.zuonr;
    line.itemno = debit ? "0000000001" : "0000000002";
    line.amount = debit ? keyed.amount : -keyed.amount;
    line.has_amount = true;
    document.lines.push_back(std::move(line));
  }
  std::vector<Message> messages;
  check_header(context, document, messages);
  if (document.company.empty()) return messages;
  if (document.header["WAERS"].empty()) document.header["WAERS"] = at(document.company, "WAERS");
  document.decimals = currency_decimals(books_, document.header["WAERS"]);
  document.local_decimals = currency_decimals(books_, at(document.company, "WAERS"));
  check_lines(context, document, messages);
  fill_local_amounts(context, document, messages);
  if (any_error(messages)) return messages;
  Books::Transaction transaction(books_);
  if (auto refused = draw_number(context, document); !refused.empty()) return refused;
  if (!apply_rows(books_, to_rows(context, document))) return messages;
  note("key_by_hand", keyed.xblnr);
  transaction.commit();
  if (key != nullptr) {
    *key = {keyed.bukrs, at(document.header, "BELNR"), at(document.header, "GJAHR")};
  }
  return messages;
}

void Hands::clear(const BookKey& key, const std::string& hkont, const std::string& augbl) {
  Books::Transaction transaction(books_);
  books_.execute(
      std::string("UPDATE BSEG SET AUGBL = ?, AUGDT = ?") + kByKey + " AND HKONT = ?",
      {augbl, format_dats(utc_date(now_)), client_, key.bukrs, key.belnr, key.gjahr, hkont});
  note("clear", words(key) + " " + hkont);
  transaction.commit();
}

int Hands::repeat_stopped_updates() {
  const int done = run_updates(books_, std::nullopt);
  note("repeat_stopped_updates", std::to_string(done));
  return done;
}

void Hands::delete_stopped_updates() {
  delete_updates(books_);
  note("delete_stopped_updates", "");
}

std::string Hands::list() {
  std::ostringstream out;
  out << "BUKRS BELNR      GJAHR BLART BUDAT    XBLNR            BSTAT STBLG      WAERS DEBIT\n";
  for (const auto& row : books_.query(
           "SELECT BKPF.*, (SELECT sum(WRBTR) FROM BSEG WHERE BSEG.MANDT = BKPF.MANDT AND "
           "BSEG.BUKRS = BKPF.BUKRS AND BSEG.BELNR = BKPF.BELNR AND BSEG.GJAHR = BKPF.GJAHR AND "
           "SHKZG = 'S') AS DEBIT FROM BKPF WHERE MANDT = ? ORDER BY BUKRS, GJAHR, BELNR",
           {client_})) {
    const auto cell = [&row](const char* field, std::size_t width) {
      std::string text = at(row, field);
      if (text.size() < width) text.append(width - text.size(), ' ');
      return text + " ";
    };
    out << cell("BUKRS", 5) << cell("BELNR", 10) << cell("GJAHR", 5) << cell("BLART", 5)
        << cell("BUDAT", 8) << cell("XBLNR", 16) << cell("BSTAT", 5) << cell("STBLG", 10)
        << cell("WAERS", 5)
        << to_external(number_at(row, "DEBIT"), currency_decimals(books_, at(row, "WAERS")))
        << "\n";
  }
  return out.str();
}

}  // namespace mlc::simulators::sap
