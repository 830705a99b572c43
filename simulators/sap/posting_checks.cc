// Header, master data, tax and account assignment checks of a document.
#include <algorithm>
#include <set>

#include "simulators/sap/posting.h"

namespace mlc::simulators::sap {
namespace {

class Checker {
 public:
  Checker(const Context& context, Document& document, std::vector<Message>& messages)
      : context_(context), document_(document), messages_(messages) {}

  void check_header() {
    auto& header = document_.header;
    for (const char* field : {"BUKRS", "BLART", "BLDAT", "BUDAT", "GLVOR", "USNAM"}) {
      if (header[field].empty()) refuse(kHeaderMissing, {std::string("field ") + field});
    }
    if (!header["GLVOR"].empty() && header["GLVOR"] != "RFBU") {
      refuse(kHeaderMissing, {"with business transaction " + header["GLVOR"]});
    }
    const auto company = find("T001", {{"BUKRS", header["BUKRS"]}});
    if (!company) return refuse(kCompanyCodeUnknown, {header["BUKRS"]});
    document_.company = *company;
    header["HWAER"] = at(*company, "WAERS");
    check_type();
    check_object_key();
    if (!header["BUDAT"].empty()) check_posting_date();
  }

  void check_lines() {
    if (document_.lines.size() > 999) {
      refuse(kTooManyItems, {std::to_string(document_.lines.size())});
    }
    for (auto& line : document_.lines) check_line(line);
    check_tax_statement();
    if (context_.books.exists("zsim_splitting", {{"BUKRS", at(document_.header, "BUKRS")}})) {
      for (const auto& line : document_.lines) {
        if (at(line.item, "PRCTR").empty()) {
          refuse(kBalancingField, {"Profit Center", line.itemno}, &line, "PROFIT_CTR");
        }
      }
    }
    check_duplicate_invoice();
  }

  void check_periods() {
    if (document_.period.year.empty()) return;
    std::set<std::string> types{"+"};
    for (const auto& line : document_.lines) types.insert(at(line.item, "KOART"));
    for (const auto& koart : types) {
      const auto& variant = at(document_.company, "OPVAR");
      if (period_open(context_.books, context_.client, variant, koart, document_.period)) continue;
      refuse(kPeriodClosed, {document_.period.period, document_.period.year});
      break;
    }
    for (const auto& line : document_.lines) {
      const auto& kokrs = at(line.item, "KOKRS");
      const Row key{
          {"KOKRS", kokrs}, {"GJAHR", document_.period.year}, {"PERIO", document_.period.period}};
      if (kokrs.empty() || !context_.books.exists("zsim_co_lock", key)) continue;
      refuse(kCoLocked, {document_.period.period, document_.period.year, kokrs});
      break;
    }
  }

 private:
  void refuse(const MessageKind& kind, std::vector<std::string> variables,
              const Line* line = nullptr, std::string field = "") {
    messages_.push_back({kind, std::move(variables),
                         line != nullptr ? line->parameter : "DOCUMENTHEADER",
                         line != nullptr ? line->row : 0, std::move(field)});
  }

  std::optional<Row> find(const char* table, Row key) {
    key["MANDT"] = context_.client;
    return context_.books.find(table, key);
  }

  // The row of a time-dependent master that is valid on the posting date.
  std::optional<Row> find_valid(const char* table, const Row& key) {
    std::string sql = std::string("SELECT * FROM \"") + table +
                      "\" WHERE MANDT = ? AND DATAB <= ? AND DATBI >= ?";
    const auto& day = at(document_.header, "BUDAT");
    std::vector<std::string> values{context_.client, day, day};
    for (const auto& [field, value] : key) {
      sql += " AND \"" + field + "\" = ?";
      values.push_back(value);
    }
    auto rows = context_.books.query(sql, values);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
  }

  void check_type() {
    const auto& blart = at(document_.header, "BLART");
    if (blart.empty()) return;
    const auto type = find("T003", {{"BLART", blart}});
    if (!type) return refuse(kDocumentTypeUnknown, {blart}, nullptr, "DOC_TYPE");
    std::set<std::string> refused;
    for (const auto& line : document_.lines) {
      const auto& koart = at(line.item, "KOART");
      if (at(*type, "KOARS").find(koart) == std::string::npos && refused.insert(koart).second) {
        refuse(kAccountTypeNotAllowed, {koart, blart}, &line);
      }
    }
  }

  void check_object_key() {
    auto& header = document_.header;
    const bool none = header["AWTYP"].empty() && header["AWKEY"].empty() && header["AWSYS"].empty();
    const bool all =
        !header["AWTYP"].empty() && !header["AWKEY"].empty() && !header["AWSYS"].empty();
    if (none) {
      header["AWTYP"] = "BKPFF";
      header["AWSYS"] = context_.logical_system;
      return;
    }
    const bool known =
        all && header["AWTYP"] != "BKPFF" && find("TTYP", {{"AWTYP", header["AWTYP"]}});
    if (!known) refuse(kBadObjectKey, {header["AWTYP"], header["AWKEY"], header["AWSYS"]});
  }

  void check_posting_date() {
    auto& header = document_.header;
    const auto period = fiscal_period(context_.books, context_.client,
                                      at(document_.company, "PERIV"), header["BUDAT"]);
    const std::string given_year = header["GJAHR"] == "0000" ? "" : header["GJAHR"];
    const std::string given_period = header["MONAT"] == "00" ? "" : header["MONAT"];
    if (!period || (!given_year.empty() && given_year != period->year)) {
      return refuse(kBadPeriod, {given_period, given_year, header["BUDAT"]});
    }
    document_.period = *period;
    if (!given_period.empty() && "0" + given_period != period->period) {
      const bool special = given_period > "12" && given_period <= "16" && period->period == "012";
      if (!special) return refuse(kBadPeriod, {given_period, given_year, header["BUDAT"]});
      document_.period.period = "0" + given_period;
    }
    header["GJAHR"] = period->year;
    header["MONAT"] = document_.period.period.substr(1);
    if (header["WWERT"].empty()) header["WWERT"] = header["BUDAT"];
  }

  void check_line(Line& line) {
    const auto& koart = at(line.item, "KOART");
    if (koart == "K") return check_partner(line, "LIFNR", "LFA1", "LFB1", kVendorUnknown);
    if (koart == "D") return check_partner(line, "KUNNR", "KNA1", "KNB1", kCustomerUnknown);
    if (line.tax && !settle_tax_account(line)) return;
    check_tax_code(line);
    const auto chart = check_account(line);
    if (chart && !line.tax) check_account_assignment(line, *chart);
    check_profit_centre(line);
  }

  void check_partner(Line& line, const char* field, const char* general, const char* company,
                     const MessageKind& unknown) {
    const auto& number = at(line.item, field);
    const auto& bukrs = at(document_.header, "BUKRS");
    const auto central = find(general, {{field, number}});
    const auto local = find(company, {{field, number}, {"BUKRS", bukrs}});
    if (!central || !local) return refuse(unknown, {number, bukrs}, &line, field);
    if (at(*central, "SPERR") == "X" || at(*local, "SPERR") == "X" ||
        at(*central, "LOEVM") == "X" || at(*local, "LOEVM") == "X") {
      refuse(kPartnerBlocked, {number}, &line, field);
    }
    line.item["HKONT"] = at(*local, "AKONT");
    if (line.item["ZFBDT"].empty()) line.item["ZFBDT"] = at(document_.header, "BLDAT");
    check_profit_centre(line);
  }

  // The chart-of-accounts row when the account can be posted to.
  std::optional<Row> check_account(Line& line) {
    const auto& hkont = at(line.item, "HKONT");
    const auto& bukrs = at(document_.header, "BUKRS");
    const auto chart = find("SKA1", {{"KTOPL", at(document_.company, "KTOPL")}, {"SAKNR", hkont}});
    if (!chart) {
      refuse(kAccountUnknown, {hkont, at(document_.company, "KTOPL")}, &line, "GL_ACCOUNT");
      return std::nullopt;
    }
    const auto local = find("SKB1", {{"BUKRS", bukrs}, {"SAKNR", hkont}});
    if (!local) {
      refuse(kAccountNotInCompanyCode, {hkont, bukrs}, &line, "GL_ACCOUNT");
      return std::nullopt;
    }
    if (at(*chart, "XSPEB") == "X" || at(*local, "XSPEB") == "X") {
      refuse(kAccountBlocked, {hkont, bukrs}, &line, "GL_ACCOUNT");
    }
    if (!at(*local, "MITKZ").empty()) {
      refuse(kReconciliationAccount, {hkont, bukrs}, &line, "GL_ACCOUNT");
    }
    if (at(*local, "XINTB") == "X") refuse(kAutomaticOnly, {hkont, bukrs}, &line, "GL_ACCOUNT");
    const auto& waers = at(document_.header, "WAERS");
    const auto& only = at(*local, "WAERS");
    if (!waers.empty() && only != waers && only != at(document_.company, "WAERS")) {
      refuse(kAccountCurrency, {hkont, only, waers}, &line, "GL_ACCOUNT");
    }
    fill_assignment(line, at(*local, "ZUAWA"));
    if (!line.tax) check_tax_category(line, *local);
    return chart;
  }

  // ZUONR left blank follows the account's sort key; 002 waits for the number.
  void fill_assignment(Line& line, const std::string& sort_key) {
    auto& zuonr = line.item["ZUONR"];
    if (!zuonr.empty()) return;
    if (sort_key == "001") zuonr = at(document_.header, "BUDAT");
    if (sort_key == "003") zuonr = at(document_.header, "BLDAT");
    if (sort_key == "009") zuonr = at(document_.header, "XBLNR");
  }

  std::string procedure() {
    const auto country = find("T005", {{"LAND1", at(document_.company, "LAND1")}});
    return country ? at(*country, "KALSM") : "";
  }

  void check_tax_code(const Line& line) {
    const auto& code = at(line.item, "MWSKZ");
    if (code.empty() && !line.tax) return;
    if (find("T007A", {{"KALSM", procedure()}, {"MWSKZ", code}})) return;
    refuse(kTaxCodeUnknown, {code, procedure()}, &line, "TAX_CODE");
  }

  void check_tax_category(const Line& line, const Row& local) {
    const auto& code = at(line.item, "MWSKZ");
    const auto& category = at(local, "MWSKZ");
    const auto& hkont = at(line.item, "HKONT");
    if (code.empty()) {
      if (!category.empty() && at(local, "XMWNO") != "X") {
        refuse(kTaxRequired, {hkont}, &line, "TAX_CODE");
      }
      return;
    }
    const auto tax = find("T007A", {{"KALSM", procedure()}, {"MWSKZ", code}});
    if (!tax) return;
    const bool input = at(*tax, "MWART") == "V";
    const bool fits = category == "*" || category == code || category == (input ? "-" : "+");
    if (!fits) refuse(kTaxNotAllowed, {code, hkont}, &line, "TAX_CODE");
  }

  bool settle_tax_account(Line& line) {
    if (!at(line.item, "HKONT").empty()) return true;
    const auto& key = at(line.item, "KTOSL");
    const auto accounts =
        find("T030K", {{"KTOPL", at(document_.company, "KTOPL")}, {"KTOSL", key}});
    if (!accounts) {
      refuse(kNoTaxAccount, {key, at(line.item, "MWSKZ")}, &line, "ACCT_KEY");
      return false;
    }
    line.item["HKONT"] = at(*accounts, "KONTS");
    return true;
  }

  // Every base line's code needs a tax line, and every tax line needs base lines and a base that
  // is not smaller than the tax.
  void check_tax_statement() {
    std::set<std::string> base_codes;
    std::set<std::string> tax_codes;
    for (const auto& line : document_.lines) {
      const auto& code = at(line.item, "MWSKZ");
      if (!code.empty()) (line.tax ? tax_codes : base_codes).insert(code);
    }
    for (const auto& code : base_codes) {
      if (tax_codes.count(code) == 0) refuse(kTaxItemMissing, {code});
    }
    for (const auto& line : document_.lines) {
      if (!line.tax || !line.has_amount) continue;
      const auto& code = at(line.item, "MWSKZ");
      const auto tax = line.amount < 0 ? -line.amount : line.amount;
      const auto base = line.base < 0 ? -line.base : line.base;
      if (base_codes.count(code) == 0 || tax > base) {
        refuse(kTaxExceedsBase, {code}, &line, "AMT_BASE");
      }
    }
  }

  std::string controlling_area() {
    const auto assigned = find("TKA02", {{"BUKRS", at(document_.header, "BUKRS")}});
    return assigned ? at(*assigned, "KOKRS") : "";
  }

  void check_account_assignment(Line& line, const Row& chart) {
    const auto& hkont = at(line.item, "HKONT");
    const bool has_centre = !at(line.item, "KOSTL").empty();
    const bool has_order = !at(line.item, "AUFNR").empty();
    if (at(chart, "XBILK") == "X") {
      if (!has_centre && !has_order) return;
      refuse(kCostObjectDropped, {hkont}, &line, "COSTCENTER");
      line.item["KOSTL"].clear();
      line.item["AUFNR"].clear();
      return;
    }
    const auto kokrs = controlling_area();
    const auto element = find_valid("CSKB", {{"KOKRS", kokrs}, {"KSTAR", hkont}});
    if (has_centre && !check_cost_centre(line, kokrs)) return;
    if (!element) return;
    line.item["KOKRS"] = kokrs;
    // On revenue elements a cost centre is only statistical: it is no real object.
    const bool revenue = at(*element, "KATYP") == "11" || at(*element, "KATYP") == "12";
    const bool derived = context_.books.exists(
        "zsim_default_object", {{"BUKRS", at(document_.header, "BUKRS")}, {"KSTAR", hkont}});
    const bool real = has_order || line.profitability || derived || (has_centre && !revenue);
    if (!real) refuse(kNeedsCostObject, {hkont}, &line, "COSTCENTER");
  }

  bool check_cost_centre(Line& line, const std::string& kokrs) {
    const auto& kostl = at(line.item, "KOSTL");
    const auto& day = at(document_.header, "BUDAT");
    const auto centre = find_valid("CSKS", {{"KOKRS", kokrs}, {"KOSTL", kostl}});
    if (!centre) {
      const auto elsewhere = find_valid("CSKS", {{"KOSTL", kostl}});
      if (elsewhere) {
        refuse(kForeignCostObject, {kostl, at(*elsewhere, "BUKRS"), at(document_.header, "BUKRS")},
               &line, "COSTCENTER");
      } else {
        refuse(kCostCentreUnknown, {kokrs, kostl, day}, &line, "COSTCENTER");
      }
      return false;
    }
    if (at(*centre, "BKZKP") == "X") {
      refuse(kCostCentreLocked, {kokrs, kostl, day}, &line, "COSTCENTER");
    }
    if (line.item["PRCTR"].empty()) line.item["PRCTR"] = at(*centre, "PRCTR");
    return true;
  }

  void check_profit_centre(Line& line) {
    const auto& prctr = at(line.item, "PRCTR");
    if (prctr.empty()) return;
    const auto kokrs = controlling_area();
    const auto centre = find_valid("CEPC", {{"KOKRS", kokrs}, {"PRCTR", prctr}});
    if (!centre) {
      return refuse(kProfitCentreUnknown, {kokrs, prctr, at(document_.header, "BUDAT")}, &line,
                    "PROFIT_CTR");
    }
    if (line.item["SEGMENT"].empty()) line.item["SEGMENT"] = at(*centre, "SEGMENT");
  }

  // FI looks for duplicates of vendor invoices only.
  void check_duplicate_invoice() {
    const auto& header = document_.header;
    if (at(header, "XBLNR").empty()) return;
    for (const auto& line : document_.lines) {
      if (at(line.item, "KOART") != "K" || line.amount >= 0) continue;
      const auto vendor =
          find("LFB1", {{"LIFNR", at(line.item, "LIFNR")}, {"BUKRS", at(header, "BUKRS")}});
      if (!vendor || at(*vendor, "REPRF") != "X") continue;
      const auto twins = context_.books.query(
          "SELECT BKPF.BELNR, BKPF.BUKRS, BKPF.GJAHR FROM BKPF JOIN BSEG USING (MANDT, BUKRS, "
          "BELNR, GJAHR) WHERE MANDT = ? AND BUKRS = ? AND XBLNR = ? AND BLDAT = ? AND WAERS = ? "
          "AND STBLG = '' AND LIFNR = ? AND SHKZG = 'H' AND WRBTR = ?",
          {context_.client, at(header, "BUKRS"), at(header, "XBLNR"), at(header, "BLDAT"),
           at(header, "WAERS"), at(line.item, "LIFNR"), std::to_string(-line.amount)});
      if (twins.empty()) continue;
      refuse(kDuplicateInvoice,
             {at(twins[0], "BUKRS"), at(twins[0], "BELNR"), at(twins[0], "GJAHR")}, &line);
    }
  }

  const Context& context_;
  Document& document_;
  std::vector<Message>& messages_;
};

}  // namespace

void check_header(const Context& context, Document& document, std::vector<Message>& messages) {
  Checker(context, document, messages).check_header();
}

void check_lines(const Context& context, Document& document, std::vector<Message>& messages) {
  Checker checker(context, document, messages);
  checker.check_lines();
  checker.check_periods();
}

void check_periods(const Context& context, const Document& document,
                   std::vector<Message>& messages) {
  Document copy = document;
  Checker(context, copy, messages).check_periods();
}

}  // namespace mlc::simulators::sap
