#include "simulators/sap/landscape.h"

#include <chrono>
#include <initializer_list>

#include "base/time.h"
#include "simulators/sap/dictionary.h"

namespace mlc::simulators::sap {
namespace {

constexpr const char* kForever = "99991231";

struct Account {
  const char* number;
  const char* name;
  bool balance_sheet;
  const char* element;  // KATYP, empty when CO does not know the account
  const char* tax;      // SKB1-MWSKZ: blank none, * all, - input, + output
  const char* block;    // MITKZ K or D, XINTB A, XSPEB X
};

constexpr Account kAccounts[] = {
    {"0000112500", "Amazon reserve", true, "", "", ""},
    {"0000113100", "Bank account", true, "", "", ""},
    {"0000113500", "Cash in transit Amazon", true, "", "", ""},
    {"0000113600", "COD clearing", true, "", "", ""},
    {"0000140000", "Trade receivables", true, "", "", "D"},
    {"0000140100", "Receivable Amazon", true, "", "", ""},
    {"0000154000", "Input tax on Amazon fees", true, "", "", ""},
    {"0000158000", "Withheld tax receivable", true, "", "", ""},
    {"0000160000", "Trade payables", true, "", "", "K"},
    {"0000168000", "Loan Amazon Lending", true, "", "", ""},
    {"0000169000", "Debt to Amazon", true, "", "", ""},
    {"0000175000", "Output tax", true, "", "", ""},
    {"0000154100", "Input tax", true, "", "", ""},
    {"0000199999", "Suspense", true, "", "", ""},
    {"0000217500", "Facilitator tax clearing", true, "", "", ""},
    {"0000283000", "Realised exchange difference", false, "", "", ""},
    {"0000300000", "Inventory", true, "", "", "A"},
    {"0000400000", "Revenue Amazon", false, "", "*", ""},
    {"0000400100", "Shipping revenue", false, "", "*", ""},
    {"0000400200", "Gift wrap revenue", false, "", "*", ""},
    {"0000400300", "Revenue in CO", false, "11", "*", ""},
    {"0000400900", "Other revenue", false, "", "*", ""},
    {"0000410000", "Returns", false, "", "*", ""},
    {"0000420000", "Promotions", false, "", "*", ""},
    {"0000421000", "Points", false, "", "*", ""},
    {"0000473000", "Freight", false, "01", "*", ""},
    {"0000476100", "Referral fees", false, "01", "*", ""},
    {"0000476200", "FBA fees", false, "01", "*", ""},
    {"0000476300", "Storage fees", false, "01", "*", ""},
    {"0000476400", "Inbound fees", false, "01", "*", ""},
    {"0000476500", "Removal fees", false, "01", "*", ""},
    {"0000476600", "Marketing", false, "01", "*", ""},
    {"0000476700", "Advertising", false, "01", "*", ""},
    {"0000476800", "Subscription", false, "01", "*", ""},
    {"0000476900", "Other fees", false, "01", "*", ""},
    {"0000477000", "Extended producer responsibility", false, "01", "*", ""},
    {"0000480100", "Reimbursement income", false, "", "*", ""},
    {"0000480200", "Claims", false, "", "*", ""},
    {"0000480300", "Liquidation", false, "", "*", ""},
    {"0000499997", "Fees that need a tax code", false, "01", "-", ""},
    {"0000499998", "Blocked account", false, "", "*", "X"},
};

struct Company {
  const char* bukrs;
  const char* name;
  const char* land;
  const char* waers;
  const char* ktopl;
  const char* periv;
};
constexpr Company kCompanies[] = {{"1000", "Sample Trading Inc.", "US", "USD", "CAUS", "K4"},
                                  {"2000", "Sample Handel GmbH", "DE", "EUR", "CADE", "K4"},
                                  {"3000", "Sample Retail Inc.", "US", "USD", "CAUS", "U4"}};

using Tables = std::map<std::string, std::vector<Row>>;

void add_clients(Tables& tables) {
  tables["T000"] = {{{"MANDT", "100"},
                     {"MTEXT", "Sample landscape"},
                     {"MWAER", "USD"},
                     {"CCCATEGORY", "T"},
                     {"LOGSYS", "MLSCLNT100"}},
                    {{"MANDT", "200"},
                     {"MTEXT", "Empty client"},
                     {"MWAER", "USD"},
                     {"CCCATEGORY", "T"},
                     {"LOGSYS", "MLSCLNT200"}}};
  for (const char* client : {"100", "200"}) {
    for (const char* user : {"CONNECTOR", "READER"}) {
      tables["zsim_user"].push_back(
          {{"MANDT", client}, {"BNAME", user}, {"PASSWORD", "initial1"}, {"LOCKED", ""}});
    }
  }
}

void add_companies(Tables& tables) {
  for (const auto& one : kCompanies) {
    tables["T001"].push_back({{"BUKRS", one.bukrs},
                              {"BUTXT", one.name},
                              {"LAND1", one.land},
                              {"WAERS", one.waers},
                              {"SPRAS", "E"},
                              {"KTOPL", one.ktopl},
                              {"PERIV", one.periv},
                              {"OPVAR", one.bukrs}});
    tables["TKA02"].push_back({{"BUKRS", one.bukrs}, {"KOKRS", one.bukrs}});
    for (const char* type : {"+", "S", "D", "K"}) {
      tables["T001B"].push_back({{"BUKRS", one.bukrs},
                                 {"MKOAR", type},
                                 {"FRYE1", "2025"},
                                 {"FRPE1", "001"},
                                 {"TOYE1", "2027"},
                                 {"TOPE1", "012"}});
    }
  }
  tables["T005"] = {{{"LAND1", "US"}, {"KALSM", "TAXUS"}, {"WAERS", "USD"}},
                    {{"LAND1", "DE"}, {"KALSM", "TAXD"}, {"WAERS", "EUR"}}};
  tables["T009"] = {{{"PERIV", "K4"}, {"XKALE", "X"}, {"ANZBP", "12"}, {"ANZSP", "04"}},
                    {{"PERIV", "U4"}, {"XJABH", "X"}, {"ANZBP", "12"}, {"ANZSP", "04"}}};
}

// Quarters of 4, 4 and 5 weeks; fiscal year Y ends on the last Sunday of September of Y.
void add_weeks_year(Tables& tables) {
  using std::chrono::days;
  using std::chrono::sys_days;
  constexpr int kWeeks[] = {4, 4, 5};
  for (int year = 2025; year <= 2028; ++year) {
    const auto last_sunday = [](int of) {
      return sys_days(std::chrono::year(of) / std::chrono::September /
                      std::chrono::Sunday[std::chrono::last]);
    };
    auto end = last_sunday(year - 1);
    for (int period = 1; period <= 12; ++period) {
      end += days(7 * kWeeks[(period - 1) % 3]);
      if (period == 12) end = last_sunday(year);
      const auto dats = format_dats(Date(end));
      const int shift = year - std::stoi(dats.substr(0, 4));
      const auto number = std::to_string(1000 + period).substr(1);
      tables["T009B"].push_back({{"PERIV", "U4"},
                                 {"BDATJ", dats.substr(0, 4)},
                                 {"BUMON", dats.substr(4, 2)},
                                 {"BUTAG", dats.substr(6, 2)},
                                 {"POPER", number},
                                 {"RELJR", shift == 0 ? "0" : "+1"}});
    }
  }
}

void add_accounts(Tables& tables) {
  for (const char* chart : {"CAUS", "CADE"}) {
    for (const auto& one : kAccounts) {
      const std::string block = one.block;
      tables["SKA1"].push_back({{"KTOPL", chart},
                                {"SAKNR", one.number},
                                {"XBILK", one.balance_sheet ? "X" : ""},
                                {"GVTYP", one.balance_sheet ? "" : "X"},
                                {"KTOKS", one.balance_sheet ? "BALA" : "PL"}});
      tables["SKAT"].push_back({{"SPRAS", "E"},
                                {"KTOPL", chart},
                                {"SAKNR", one.number},
                                {"TXT20", std::string(one.name).substr(0, 20)},
                                {"TXT50", one.name}});
    }
  }
  for (const auto& company : kCompanies) {
    for (const auto& one : kAccounts) {
      const std::string block = one.block;
      tables["SKB1"].push_back({{"BUKRS", company.bukrs},
                                {"SAKNR", one.number},
                                {"WAERS", company.waers},
                                {"MITKZ", block == "K" || block == "D" ? block : ""},
                                {"XINTB", block == "A" ? "X" : ""},
                                {"XSPEB", block == "X" ? "X" : ""},
                                {"XOPVW", one.balance_sheet ? "X" : ""},
                                {"XKRES", "X"},
                                {"FSTAG", "G001"},
                                {"MWSKZ", one.tax},
                                {"XMWNO", std::string(one.tax) == "-" ? "" : "X"},
                                {"ZUAWA", "001"}});
      if (one.element[0] != '\0') {
        tables["CSKB"].push_back({{"KOKRS", company.bukrs},
                                  {"KSTAR", one.number},
                                  {"DATBI", kForever},
                                  {"DATAB", "20200101"},
                                  {"KATYP", one.element}});
      }
    }
  }
}

struct CostCentre {
  const char* kokrs;
  const char* kostl;
  const char* name;
  const char* from;
  const char* to;
  const char* lock;
};
constexpr CostCentre kCostCentres[] = {
    {"1000", "0000001000", "Amazon US", "20200101", kForever, ""},
    {"1000", "0000001010", "Amazon CA", "20200101", kForever, ""},
    {"1000", "0000001020", "Amazon MX", "20200101", kForever, ""},
    {"1000", "0000001030", "Amazon BR", "20200101", kForever, ""},
    {"1000", "0000001050", "Amazon account US", "20200101", kForever, ""},
    {"1000", "0000001060", "Other channels US", "20200101", kForever, ""},
    {"1000", "0000001080", "Locked", "20200101", kForever, "X"},
    {"1000", "0000001090", "Expired", "20200101", "20251231", ""},
    {"2000", "0000002000", "Amazon DE", "20200101", kForever, ""},
    {"3000", "0000003000", "Amazon retail", "20200101", kForever, ""},
};

void add_controlling(Tables& tables) {
  for (const auto& one : kCostCentres) {
    const std::string profit = std::string("00000P") + one.kokrs;
    tables["CSKS"].push_back({{"KOKRS", one.kokrs},
                              {"KOSTL", one.kostl},
                              {"DATBI", one.to},
                              {"DATAB", one.from},
                              {"BKZKP", one.lock},
                              {"BUKRS", one.kokrs},
                              {"KOSAR", "V"},
                              {"PRCTR", profit}});
    tables["CSKT"].push_back({{"SPRAS", "E"},
                              {"KOKRS", one.kokrs},
                              {"KOSTL", one.kostl},
                              {"DATBI", one.to},
                              {"KTEXT", one.name},
                              {"LTEXT", one.name}});
  }
  for (const auto& company : kCompanies) {
    tables["CEPC"].push_back({{"PRCTR", std::string("00000P") + company.bukrs},
                              {"DATBI", kForever},
                              {"KOKRS", company.bukrs},
                              {"DATAB", "20200101"},
                              {"SEGMENT", "AMAZON"}});
  }
}

void add_document_types(Tables& tables) {
  const std::initializer_list<Row> types{
      {{"BLART", "SA"}, {"NUMKR", "01"}, {"KOARS", "DKS"}, {"STBLA", "AB"}, {"KURST", ""}},
      {{"BLART", "ZA"}, {"NUMKR", "20"}, {"KOARS", "DKS"}, {"STBLA", "AB"}, {"KURST", ""}},
      {{"BLART", "KR"}, {"NUMKR", "19"}, {"KOARS", "KS"}, {"STBLA", "AB"}, {"KURST", ""}},
      {{"BLART", "AB"}, {"NUMKR", "01"}, {"KOARS", "DKS"}, {"STBLA", "AB"}, {"KURST", ""}},
      {{"BLART", "ZN"}, {"NUMKR", "77"}, {"KOARS", "S"}, {"STBLA", "AB"}, {"KURST", ""}}};
  tables["T003"] = types;
  struct Range {
    const char* number;
    const char* first;
    const char* last;
  };
  constexpr Range kRanges[] = {{"01", "0100000000", "0199999999"},
                               {"19", "1900000000", "1999999999"},
                               {"20", "2000000000", "2099999999"}};
  for (const auto& company : kCompanies) {
    for (const char* year : {"2025", "2026"}) {
      for (const auto& range : kRanges) {
        tables["NRIV"].push_back({{"CLIENT", "100"},
                                  {"OBJECT", "RF_BELEG"},
                                  {"SUBOBJECT", company.bukrs},
                                  {"NRRANGENR", range.number},
                                  {"TOYEAR", year},
                                  {"FROMNUMBER", range.first},
                                  {"TONUMBER", range.last}});
      }
    }
  }
  for (const char* reason : {"01", "02", "03"}) tables["T041C"].push_back({{"STGRD", reason}});
  tables["TTYP"] = {{{"AWTYP", "BKPFF"}, {"REFTEXT", "Accounting document, direct"}},
                    {{"AWTYP", "ZAMZN"}, {"REFTEXT", "Amazon settlement"}}};
}

void add_tax(Tables& tables) {
  const auto code = [&tables](const char* procedure, const char* name, const char* kind) {
    tables["T007A"].push_back({{"KALSM", procedure}, {"MWSKZ", name}, {"MWART", kind}});
  };
  code("TAXUS", "I0", "V");
  code("TAXUS", "O0", "A");
  code("TAXUS", "I1", "V");
  code("TAXUS", "O1", "A");
  code("TAXD", "A0", "A");
  code("TAXD", "A1", "A");
  code("TAXD", "V0", "V");
  code("TAXD", "V1", "V");
  code("TAXD", "RC", "V");
  for (const char* chart : {"CAUS", "CADE"}) {
    for (const char* key : {"MWS", "ESA", "VST", "ESE", "MW1", "VS1"}) {
      const bool input = key[0] == 'V' || std::string(key) == "ESE";
      const char* account = input ? "0000154100" : "0000175000";
      tables["T030K"].push_back(
          {{"KTOPL", chart}, {"KTOSL", key}, {"KONTS", account}, {"KONTH", account}});
    }
  }
}

void add_partners(Tables& tables) {
  const auto vendor = [&tables](const char* number, const char* name, const char* company,
                                const char* block) {
    tables["LFA1"].push_back(
        {{"LIFNR", number}, {"LAND1", "US"}, {"NAME1", name}, {"KTOKK", "LIEF"}});
    tables["LFB1"].push_back({{"LIFNR", number},
                              {"BUKRS", company},
                              {"AKONT", "0000160000"},
                              {"ZTERM", "0001"},
                              {"REPRF", "X"},
                              {"SPERR", block}});
  };
  vendor("0000300100", "Amazon.com Services LLC", "1000", "");
  vendor("0000300200", "Amazon EU S.a r.l.", "2000", "");
  vendor("0000300900", "Blocked Supplies Ltd.", "1000", "X");
  tables["LFA1"].push_back(
      {{"LIFNR", "0000300950"}, {"LAND1", "US"}, {"NAME1", "Central block"}, {"SPERR", "X"}});
  tables["LFB1"].push_back({{"LIFNR", "0000300950"}, {"BUKRS", "1000"}, {"AKONT", "0000160000"}});
  tables["KNA1"].push_back(
      {{"KUNNR", "0000200100"}, {"LAND1", "US"}, {"NAME1", "Amazon customer"}});
  tables["KNB1"].push_back({{"KUNNR", "0000200100"}, {"BUKRS", "1000"}, {"AKONT", "0000140000"}});
}

void add_currencies(Tables& tables) {
  for (const char* currency : {"USD", "EUR", "GBP", "CAD", "MXN", "JPY", "KWD", "SEK", "PLN", "BRL",
                               "TRY", "AUD", "SGD", "AED", "SAR", "EGP", "INR", "CHF"}) {
    tables["TCURC"].push_back({{"WAERS", currency}, {"ISOCD", currency}});
  }
  tables["TCURX"] = {{{"CURRKEY", "JPY"}, {"CURRDEC", "0"}},
                     {{"CURRKEY", "KWD"}, {"CURRDEC", "3"}}};
  const auto rate = [&tables](const char* from, const char* to, const char* day, const char* scaled,
                              const char* from_factor = "1", const char* to_factor = "1") {
    const auto inverted = std::to_string(99999999 - std::stoi(day));
    tables["TCURR"].push_back({{"KURST", "M"},
                               {"FCURR", from},
                               {"TCURR", to},
                               {"GDATU", inverted},
                               {"UKURS", scaled},
                               {"FFACT", from_factor},
                               {"TFACT", to_factor}});
  };
  rate("CAD", "USD", "20250101", "72000");
  rate("CAD", "USD", "20261101", "73125");
  rate("MXN", "USD", "20250101", "5000");
  rate("EUR", "USD", "20250101", "108500");
  rate("GBP", "USD", "20250101", "126000");
  rate("GBP", "EUR", "20250101", "115327");
  rate("USD", "EUR", "20250101", "-108500");  // indirect quotation: 1 EUR = 1.08500 USD
  rate("JPY", "USD", "20250101", "66700", "100", "1");
  rate("JPY", "EUR", "20250101", "61000", "100", "1");
  rate("KWD", "USD", "20250101", "325000");
  rate("SEK", "EUR", "20250101", "8800");
  rate("PLN", "EUR", "20250101", "23400");
}

}  // namespace

void add_opening_document(Landscape& landscape) {
  const Row key{
      {"BUKRS", "1000"}, {"BELNR", kOpeningDocument.belnr}, {"GJAHR", kOpeningDocument.gjahr}};
  Row header = key;
  header.insert({{"BLART", "SA"},
                 {"BLDAT", "20260101"},
                 {"BUDAT", "20260101"},
                 {"MONAT", "01"},
                 {"CPUDT", "20260101"},
                 {"USNAM", "BASIS"},
                 {"TCODE", "FB01"},
                 {"XBLNR", kOpeningDocument.xblnr},
                 {"BKTXT", "Opening entry"},
                 {"WAERS", "USD"},
                 {"HWAER", "USD"},
                 {"AWTYP", "BKPFF"},
                 {"AWKEY", std::string(kOpeningDocument.belnr) + "1000" + kOpeningDocument.gjahr},
                 {"AWSYS", "MLSCLNT100"}});
  landscape.tables["BKPF"].push_back(header);
  for (const bool debit : {true, false}) {
    Row item = key;
    item.insert({{"BUZEI", debit ? "001" : "002"},
                 {"BSCHL", debit ? "40" : "50"},
                 {"KOART", "S"},
                 {"SHKZG", debit ? "S" : "H"},
                 {"HKONT", debit ? "0000113100" : "0000113500"},
                 {"WRBTR", "100"},
                 {"DMBTR", "100"}});
    landscape.tables["BSEG"].push_back(item);
  }
}

Landscape sample_landscape() {
  Landscape landscape;
  add_clients(landscape.tables);
  add_companies(landscape.tables);
  add_weeks_year(landscape.tables);
  add_accounts(landscape.tables);
  add_controlling(landscape.tables);
  add_document_types(landscape.tables);
  add_tax(landscape.tables);
  add_partners(landscape.tables);
  add_currencies(landscape.tables);
  return landscape;
}

bool load_landscape(Books& books, const Landscape& landscape) {
  Books::Transaction transaction(books);
  if (!books.query("SELECT MANDT FROM T000").empty()) return false;
  for (const auto& [name, rows] : landscape.tables) {
    const auto* table = find_table(name);
    const bool by_client = table != nullptr && table->client_field() == "MANDT";
    for (Row row : rows) {
      if (by_client) row.try_emplace("MANDT", "100");
      books.insert(name, row);
    }
  }
  transaction.commit();
  return true;
}

}  // namespace mlc::simulators::sap
