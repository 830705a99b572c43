#include "tests/scenarios/books_view.h"

#include <cstdint>
#include <map>
#include <set>

#include "base/expect.h"
#include "base/time.h"
#include "ledger/money.h"

namespace mlc::scenarios {
namespace {

using simulators::sap::at;
using simulators::sap::Books;
using simulators::sap::number_at;
using simulators::sap::Row;

constexpr const char* kDocuments =
    "SELECT * FROM BKPF WHERE MANDT = '100' AND XBLNR <> 'OPENING' ORDER BY rowid";
constexpr const char* kLines =
    "SELECT BSEG.*, BKPF.XBLNR AS XBLNR, BKPF.WAERS AS WAERS, BKPF.HWAER AS HWAER FROM BSEG JOIN "
    "BKPF USING (MANDT, BUKRS, BELNR, GJAHR) WHERE MANDT = '100' AND BKPF.XBLNR <> 'OPENING' AND "
    "BKPF.BSTAT = ''";

std::string date_text(const std::string& dats) {
  const auto date = parse_dats(dats);
  return date ? format_date(*date) : "";
}

std::string status_of(const Row& header) {
  const std::string& status = at(header, "BSTAT");
  if (status == "Z") return "deleted";
  if (!status.empty()) return "parked";
  if (at(header, "XREVERSAL") == "2") return "reversal";
  return at(header, "STBLG").empty() ? "posted" : "reversed";
}

std::int64_t with_sign(const Row& line, const char* field) {
  const std::int64_t amount = number_at(line, field);
  return at(line, "SHKZG") == "S" ? amount : -amount;
}

std::string decimal(std::int64_t minor, const std::string& currency) {
  const auto known = ledger::Currency::from_code(currency);
  MLC_EXPECT(known.has_value());
  return ledger::Money::from_minor(minor, *known).decimal();
}

// SAP's tables hold every currency as if it had two decimals.
std::string stored(std::int64_t hundredths) { return decimal(hundredths, "USD"); }

Columns columns_of(const Row& line) {
  const std::string& kind = at(line, "KOART");
  Columns out{{"reference", at(line, "XBLNR")},     {"cost centre", at(line, "KOSTL")},
              {"profit centre", at(line, "PRCTR")}, {"tax code", at(line, "MWSKZ")},
              {"payment block", at(line, "ZLSPR")}, {"assignment", at(line, "ZUONR")},
              {"text", at(line, "SGTXT")}};
  out["kind"] = kind == "K" ? "vendor" : kind == "D" ? "customer" : "G/L";
  out["account"] = at(line, kind == "K" ? "LIFNR" : kind == "D" ? "KUNNR" : "HKONT");
  out["amount"] = decimal(with_sign(line, "WRBTR"), at(line, "WAERS"));
  out["local amount"] = decimal(with_sign(line, "DMBTR"), at(line, "HWAER"));
  out["stored amount"] = stored(with_sign(line, "WRBTR"));
  return out;
}

// Settlement and part of a reference of our form, without the revision's letter.
std::string part_of(const std::string& reference) {
  const auto hyphen = reference.find('-');
  if (hyphen == std::string::npos || reference.size() != hyphen + 4) return {};
  return reference.substr(0, hyphen + 3);
}

}  // namespace

std::vector<Columns> documents_of(Books& books) {
  std::vector<Columns> out;
  for (const auto& row : books.query(kDocuments)) {
    out.push_back({{"reference", at(row, "XBLNR")},
                   {"status", status_of(row)},
                   {"type", at(row, "BLART")},
                   {"posting date", date_text(at(row, "BUDAT"))},
                   {"document date", date_text(at(row, "BLDAT"))},
                   {"period", at(row, "MONAT") + "/" + at(row, "GJAHR")},
                   {"user", at(row, "USNAM")},
                   {"header text", at(row, "BKTXT")},
                   {"currency", at(row, "WAERS")}});
  }
  return out;
}

std::vector<Columns> posted_lines_of(Books& books) {
  std::vector<Columns> out;
  const std::string live =
      " AND BKPF.STBLG = '' AND BKPF.XREVERSAL = '' ORDER BY BKPF.rowid, BSEG.BUZEI";
  for (const auto& row : books.query(kLines + live)) out.push_back(columns_of(row));
  return out;
}

std::string balance_of(Books& books, const std::string& account) {
  std::int64_t sum = 0;
  std::string currency = "USD";
  for (const auto& row : books.query(kLines)) {
    if (at(row, "HKONT") != account) continue;
    sum += with_sign(row, "WRBTR");
    currency = at(row, "WAERS");
  }
  return decimal(sum, currency);
}

std::string complaint_about(Books& books) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> sums;
  for (const auto& row : books.query(kLines)) {
    auto& [document, local] = sums[at(row, "XBLNR") + " (" + at(row, "BELNR") + ")"];
    document += with_sign(row, "WRBTR");
    local += with_sign(row, "DMBTR");
  }
  for (const auto& [name, sum] : sums) {
    if (sum.first != 0 || sum.second != 0) return "document " + name + " does not add up to zero";
  }
  return {};
}

std::string double_in(Books& books) {
  std::set<std::string> parts;
  for (const auto& document : documents_of(books)) {
    const std::string part = part_of(document.at("reference"));
    if (part.empty() || document.at("status") != "posted") continue;
    if (!parts.insert(part).second) return "two live documents for part " + part;
  }
  return {};
}

std::vector<Columns> open_items_of(Books& books, const std::string& account) {
  std::map<std::string, std::int64_t> sums;
  std::string currency = "USD";
  for (const auto& line : books.query(kLines)) {
    if (at(line, "HKONT") != account) continue;
    sums[at(line, "ZUONR")] += with_sign(line, "WRBTR");
    currency = at(line, "WAERS");
  }
  std::vector<Columns> out;
  for (const auto& [assignment, sum] : sums) {
    if (sum == 0) continue;
    out.push_back({{"assignment", assignment}, {"amount", decimal(sum, currency)}});
  }
  return out;
}

}  // namespace mlc::scenarios
