// Reads the BAPI's tables into a document.
#include <algorithm>
#include <map>
#include <set>

#include "simulators/sap/posting.h"

namespace mlc::simulators::sap {
namespace {

using abap::Structure;
using abap::text_of;

struct FieldMap {
  const char* from;
  const char* to;
};

constexpr FieldMap kLedgerFields[] = {
    {"GL_ACCOUNT", "HKONT"},    {"ITEM_TEXT", "SGTXT"}, {"REF_KEY_1", "XREF1"},
    {"REF_KEY_2", "XREF2"},     {"REF_KEY_3", "XREF3"}, {"BUS_AREA", "GSBER"},
    {"ALLOC_NMBR", "ZUONR"},    {"TAX_CODE", "MWSKZ"},  {"COSTCENTER", "KOSTL"},
    {"PROFIT_CTR", "PRCTR"},    {"ORDERID", "AUFNR"},   {"SEGMENT", "SEGMENT"},
    {"FUNC_AREA_LONG", "FKBER"}};
constexpr FieldMap kVendorFields[] = {
    {"VENDOR_NO", "LIFNR"},  {"ITEM_TEXT", "SGTXT"},  {"REF_KEY_1", "XREF1"},
    {"REF_KEY_2", "XREF2"},  {"REF_KEY_3", "XREF3"},  {"BUS_AREA", "GSBER"},
    {"ALLOC_NMBR", "ZUONR"}, {"PMNT_BLOCK", "ZLSPR"}, {"PYMT_METH", "ZLSCH"},
    {"BLINE_DATE", "ZFBDT"}, {"PROFIT_CTR", "PRCTR"}, {"TAX_CODE", "MWSKZ"}};
constexpr FieldMap kCustomerFields[] = {
    {"CUSTOMER", "KUNNR"},   {"ITEM_TEXT", "SGTXT"},  {"REF_KEY_1", "XREF1"},
    {"REF_KEY_2", "XREF2"},  {"REF_KEY_3", "XREF3"},  {"BUS_AREA", "GSBER"},
    {"ALLOC_NMBR", "ZUONR"}, {"PMNT_BLOCK", "ZLSPR"}, {"PYMT_METH", "ZLSCH"},
    {"BLINE_DATE", "ZFBDT"}, {"PROFIT_CTR", "PRCTR"}, {"TAX_CODE", "MWSKZ"}};
constexpr FieldMap kTaxFields[] = {
    {"GL_ACCOUNT", "HKONT"}, {"TAX_CODE", "MWSKZ"}, {"ACCT_KEY", "KTOSL"}};

class Reader {
 public:
  Reader(const Context& context, const Structure& arguments, bool amounts_optional)
      : context_(context), arguments_(arguments), amounts_optional_(amounts_optional) {}

  Checked read() {
    read_header();
    read_table("ACCOUNTGL", "S", kLedgerFields);
    read_table("ACCOUNTPAYABLE", "K", kVendorFields);
    read_table("ACCOUNTRECEIVABLE", "D", kCustomerFields);
    read_table("ACCOUNTTAX", "S", kTaxFields);
    if (lines().empty()) refuse(kItemsMissing, {});
    read_criteria();
    read_amounts();
    std::stable_sort(lines().begin(), lines().end(),
                     [](const Line& a, const Line& b) { return a.itemno < b.itemno; });
    return std::move(checked_);
  }

 private:
  std::vector<Line>& lines() { return checked_.document.lines; }

  void refuse(const MessageKind& kind, std::vector<std::string> variables,
              std::string parameter = "", int row = 0, std::string field = "") {
    checked_.messages.push_back(
        {kind, std::move(variables), std::move(parameter), row, std::move(field)});
  }

  void read_header() {
    const auto& from = abap::structure_of(arguments_, "DOCUMENTHEADER");
    auto& to = checked_.document.header;
    to["MANDT"] = context_.client;
    to["BUKRS"] = text_of(from, "COMP_CODE");
    to["BLART"] = text_of(from, "DOC_TYPE");
    to["BLDAT"] = text_of(from, "DOC_DATE");
    to["BUDAT"] = text_of(from, "PSTNG_DATE");
    to["WWERT"] = text_of(from, "TRANS_DATE");
    to["XBLNR"] = text_of(from, "REF_DOC_NO");
    to["BKTXT"] = text_of(from, "HEADER_TXT");
    to["GLVOR"] = text_of(from, "BUS_ACT");
    to["USNAM"] = text_of(from, "USERNAME");
    to["GJAHR"] = text_of(from, "FISC_YEAR");
    to["MONAT"] = text_of(from, "FIS_PERIOD");
    to["AWTYP"] = text_of(from, "OBJ_TYPE");
    to["AWKEY"] = text_of(from, "OBJ_KEY");
    to["AWSYS"] = text_of(from, "OBJ_SYS");
    const auto& status = text_of(from, "DOC_STATUS");
    if (!status.empty() && status != "2" && status != "3" && status != "4") {
      refuse(kBadStatus, {status}, "DOCUMENTHEADER", 0, "DOC_STATUS");
    }
    checked_.document.parked = status == "2" || status == "3";
  }

  template <std::size_t N>
  void read_table(const char* parameter, const char* koart, const FieldMap (&fields)[N]) {
    int row = 0;
    for (const auto& from : abap::table_of(arguments_, parameter)) {
      Line line;
      line.parameter = parameter;
      line.row = ++row;
      line.itemno = text_of(from, "ITEMNO_ACC");
      line.tax = std::string_view(parameter) == "ACCOUNTTAX";
      line.condition = text_of(from, "COND_KEY");
      for (const auto& field : fields) line.item[field.to] = text_of(from, field.from);
      if (line.item["FKBER"].empty()) line.item["FKBER"] = text_of(from, "FUNC_AREA");
      line.item["KOART"] = koart;
      if (line.tax) line.item["BUZID"] = "T";
      const auto& company = text_of(from, "COMP_CODE");
      if (!company.empty() && company != at(checked_.document.header, "BUKRS")) {
        refuse(kOtherCompanyCode, {company, line.itemno}, parameter, row, "COMP_CODE");
      }
      if (!itemnos_.insert(line.itemno).second || line.itemno.empty()) {
        refuse(kItemTwice, {line.itemno}, parameter, row, "ITEMNO_ACC");
      }
      lines().push_back(std::move(line));
    }
  }

  void read_criteria() {
    for (const auto& row : abap::table_of(arguments_, "CRITERIA")) {
      for (auto& line : lines()) {
        if (line.itemno == text_of(row, "ITEMNO_ACC")) line.profitability = true;
      }
    }
  }

  static std::string currency_of(const Structure& row) {
    const auto& currency = text_of(row, "CURRENCY");
    return currency.empty() ? text_of(row, "CURRENCY_ISO") : currency;
  }

  void read_amounts() {
    const auto& rows = abap::table_of(arguments_, "CURRENCYAMOUNT");
    if (rows.empty()) {
      if (!amounts_optional_) refuse(kCurrencyMissing, {});
      return;
    }
    settle_currencies(rows);
    int number = 0;
    for (const auto& row : rows) read_amount(row, ++number);
    for (const auto& line : lines()) {
      if (!line.has_amount) {
        refuse(kItemWithoutCurrency, {line.itemno, "00"}, line.parameter, line.row);
      } else if (!line.local && local_given_) {
        refuse(kItemWithoutCurrency, {line.itemno, "10"}, line.parameter, line.row);
      }
    }
  }

  void settle_currencies(const abap::Table& rows) {
    auto& document = checked_.document;
    const auto company = context_.books.find(
        "T001", {{"MANDT", context_.client}, {"BUKRS", at(document.header, "BUKRS")}});
    if (company) document.company = *company;
    for (const auto& row : rows) {
      const bool document_currency = type_of(row) == "00";
      if (document_currency && document.header["WAERS"].empty()) {
        document.header["WAERS"] = currency_of(row);
      }
      if (type_of(row) == "10") local_given_ = true;
    }
    const auto& waers = document.header["WAERS"];
    if (!context_.books.exists("TCURC", {{"MANDT", context_.client}, {"WAERS", waers}})) {
      refuse(kCurrencyUnknown, {waers}, "CURRENCYAMOUNT", 1, "CURRENCY");
    }
    document.decimals = currency_decimals(context_.books, waers);
    document.local_decimals = currency_decimals(context_.books, at(document.company, "WAERS"));
  }

  static std::string type_of(const Structure& row) {
    const auto& type = text_of(row, "CURR_TYPE");
    return type.empty() ? "00" : type;
  }

  void read_amount(const Structure& row, int number) {
    auto& document = checked_.document;
    const auto& itemno = text_of(row, "ITEMNO_ACC");
    const auto type = type_of(row);
    if (!amounts_.emplace(itemno, type).second) {
      return refuse(kAmountTwice, {itemno, type}, "CURRENCYAMOUNT", number, "ITEMNO_ACC");
    }
    const auto line = std::find_if(lines().begin(), lines().end(),
                                   [&](const Line& one) { return one.itemno == itemno; });
    if (line == lines().end()) {
      return refuse(kAmountWithoutItem, {itemno}, "CURRENCYAMOUNT", number, "ITEMNO_ACC");
    }
    const bool local = type == "10";
    const auto& expected = local ? at(document.company, "WAERS") : document.header["WAERS"];
    const auto currency = currency_of(row);
    if (currency != expected) {
      return refuse(kCurrencyMixed, {itemno, currency, expected}, "CURRENCYAMOUNT", number,
                    "CURRENCY");
    }
    const int decimals = local ? document.local_decimals : document.decimals;
    const auto amount = to_minor(text_of(row, "AMT_DOCCUR"), decimals);
    const auto base = to_minor(text_of(row, "AMT_BASE"), decimals);
    if (!amount || !base) {
      const auto& text = text_of(row, amount ? "AMT_BASE" : "AMT_DOCCUR");
      return refuse(kBadAmount, {text, itemno, currency}, "CURRENCYAMOUNT", number, "AMT_DOCCUR");
    }
    if (local) {
      line->local = *amount;
      line->local_base = *base;
    } else {
      line->amount = *amount;
      line->base = *base;
      line->has_amount = true;
    }
  }

  const Context& context_;
  const Structure& arguments_;
  bool amounts_optional_;
  bool local_given_ = false;
  std::set<std::string> itemnos_;
  std::set<std::pair<std::string, std::string>> amounts_;
  Checked checked_;
};

void check_balances(const Document& document, std::vector<Message>& messages) {
  std::int64_t sum = 0;
  std::int64_t local = 0;
  bool local_given = false;
  for (const auto& line : document.lines) {
    sum += line.amount;
    local += line.local.value_or(0);
    local_given = local_given || line.local.has_value();
    if (line.amount == 0 && line.has_amount && !(line.tax && line.base != 0)) {
      messages.push_back({kZeroAmount, {line.itemno}, line.parameter, line.row, "AMT_DOCCUR"});
    }
  }
  if (sum != 0) {
    messages.push_back(
        {kBalance, {"00", to_external(sum, document.decimals)}, "CURRENCYAMOUNT", 0, ""});
  }
  if (local_given && local != 0) {
    messages.push_back(
        {kBalance, {"10", to_external(local, document.local_decimals)}, "CURRENCYAMOUNT", 0, ""});
  }
}

}  // namespace

Checked check_document(const Context& context, const abap::Structure& arguments,
                       bool amounts_optional) {
  auto checked = Reader(context, arguments, amounts_optional).read();
  auto& [document, messages] = checked;
  const bool amounts = !abap::table_of(arguments, "CURRENCYAMOUNT").empty();
  check_header(context, document, messages);
  if (document.company.empty()) return checked;
  check_lines(context, document, messages);
  if (amounts) check_balances(document, messages);
  if (amounts && !any_error(messages)) fill_local_amounts(context, document, messages);
  return checked;
}

}  // namespace mlc::simulators::sap
