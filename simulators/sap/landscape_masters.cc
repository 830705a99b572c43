// Accounts, cost objects, tax codes and partners of the sample landscape.
#include "simulators/sap/landscape_parts.h"

namespace mlc::simulators::sap {
namespace {

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
    {"0000140200", "Receivable Amazon orders", true, "", "", ""},
    {"0000154000", "Input tax on Amazon fees", true, "", "", ""},
    {"0000158000", "Withheld tax receivable", true, "", "", ""},
    {"0000160000", "Trade payables", true, "", "", "K"},
    {"0000168000", "Loan Amazon Lending", true, "", "", ""},
    {"0000169000", "Debt to Amazon", true, "", "", ""},
    {"0000169500", "Intercompany Amazon", true, "", "", ""},
    {"0000175000", "Output tax", true, "", "", ""},
    {"0000154100", "Input tax", true, "", "", ""},
    {"0000199999", "Suspense", true, "", "", ""},
    {"0000217500", "Facilitator tax clearing", true, "", "", ""},
    {"0000217600", "VAT clearing Amazon", true, "", "", ""},
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
    {"0000476450", "Import duties", false, "01", "*", ""},
    {"0000476500", "Removal fees", false, "01", "*", ""},
    {"0000476600", "Marketing", false, "01", "*", ""},
    {"0000476700", "Advertising", false, "01", "*", ""},
    {"0000476800", "Subscription", false, "01", "*", ""},
    {"0000476900", "Other fees", false, "01", "*", ""},
    {"0000476950", "Tax and digital service fees", false, "01", "*", ""},
    {"0000477000", "Extended producer responsibility", false, "01", "*", ""},
    {"0000480100", "Reimbursement income", false, "", "*", ""},
    {"0000480200", "Claims", false, "", "*", ""},
    {"0000480300", "Liquidation", false, "", "*", ""},
    {"0000480310", "Liquidation fees", false, "01", "*", ""},
    {"0000499997", "Fees that need a tax code", false, "01", "-", ""},
    {"0000499998", "Blocked account", false, "", "*", "X"},
};

// The accounts of rules/de-sample.toml, beside those above: company code 2000 only.
constexpr Account kGermanAccounts[] = {
    {"0000112600", "Einbehalt Amazon", true, "", "", ""},
    {"0000113510", "Geldtransit Amazon", true, "", "", ""},
    {"0000113610", "Nachnahme Verrechnung", true, "", "", ""},
    {"0000140110", "Forderung Amazon", true, "", "", ""},
    {"0000154200", "Vorsteuer Amazon", true, "", "", ""},
    {"0000158100", "Einbehaltene Steuern", true, "", "", ""},
    {"0000168100", "Darlehen Amazon Lending", true, "", "", ""},
    {"0000169100", "Verbindlichkeit Amazon", true, "", "", ""},
    {"0000175100", "Umsatzsteuer Amazon Verrechnung", true, "", "", ""},
    {"0000199990", "Klaerungskonto", true, "", "", ""},
    {"0000252000", "Erstattungen Amazon", false, "", "*", ""},
    {"0000252100", "Forderungsverluste Amazon", false, "", "*", ""},
    {"0000252200", "Restposten", false, "", "*", ""},
    {"0000478100", "Verkaufsprovision Amazon", false, "01", "*", ""},
    {"0000478200", "Versand durch Amazon", false, "01", "*", ""},
    {"0000478300", "Lagerung Amazon", false, "01", "*", ""},
    {"0000478400", "Einlagerung Amazon", false, "01", "*", ""},
    {"0000478450", "Einfuhrabgaben", false, "01", "*", ""},
    {"0000478500", "Entnahme und Entsorgung", false, "01", "*", ""},
    {"0000478600", "Coupons, Deals, Vine", false, "01", "*", ""},
    {"0000478700", "Werbung Amazon", false, "01", "*", ""},
    {"0000478800", "Abonnement Amazon", false, "01", "*", ""},
    {"0000478900", "Sonstige Kosten Amazon", false, "01", "*", ""},
    {"0000478950", "Steuer- und Digitaldienste", false, "01", "*", ""},
    {"0000478960", "Kosten Restposten", false, "01", "*", ""},
    {"0000479100", "Ausgangsfracht Amazon", false, "01", "*", ""},
    {"0000479200", "Herstellerverantwortung", false, "01", "*", ""},
    {"0000800000", "Umsatz Amazon", false, "", "*", ""},
    {"0000800100", "Versandentgelte Amazon", false, "", "*", ""},
    {"0000800200", "Geschenkverpackung Amazon", false, "", "*", ""},
    {"0000800900", "Sonstige Ertraege Amazon", false, "", "*", ""},
    {"0000808000", "Retouren Amazon", false, "", "*", ""},
    {"0000809000", "Rabatte Amazon", false, "", "*", ""},
    {"0000809100", "Treuepunkte Amazon", false, "", "*", ""},
};

void add_to_chart(Tables& tables, const char* chart, const char* language, const Account& one) {
  tables["SKA1"].push_back({{"KTOPL", chart},
                            {"SAKNR", one.number},
                            {"XBILK", one.balance_sheet ? "X" : ""},
                            {"GVTYP", one.balance_sheet ? "" : "X"},
                            {"KTOKS", one.balance_sheet ? "BALA" : "PL"}});
  tables["SKAT"].push_back({{"SPRAS", language},
                            {"KTOPL", chart},
                            {"SAKNR", one.number},
                            {"TXT20", std::string(one.name).substr(0, 20)},
                            {"TXT50", one.name}});
}

void add_to_company(Tables& tables, const Company& company, const Account& one) {
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
  if (one.element[0] == '\0') return;
  tables["CSKB"].push_back({{"KOKRS", company.bukrs},
                            {"KSTAR", one.number},
                            {"DATBI", kForever},
                            {"DATAB", "20200101"},
                            {"KATYP", one.element}});
}

void add_accounts(Tables& tables) {
  for (const char* chart : {"CAUS", "CADE"}) {
    for (const auto& one : kAccounts) add_to_chart(tables, chart, "E", one);
  }
  for (const auto& one : kGermanAccounts) add_to_chart(tables, "CADE", "D", one);
  for (const auto& company : kCompanies) {
    for (const auto& one : kAccounts) add_to_company(tables, company, one);
    if (std::string(company.ktopl) != "CADE") continue;
    for (const auto& one : kGermanAccounts) add_to_company(tables, company, one);
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
    {"1000", "0000001110", "Amazon JP", "20200101", kForever, ""},
    {"1000", "0000001120", "Amazon AU", "20200101", kForever, ""},
    {"1000", "0000001130", "Amazon SG", "20200101", kForever, ""},
    {"2000", "0000002000", "Amazon DE", "20200101", kForever, ""},
    {"2000", "0000002010", "Amazon FR", "20200101", kForever, ""},
    {"2000", "0000002020", "Amazon IT", "20200101", kForever, ""},
    {"2000", "0000002030", "Amazon ES", "20200101", kForever, ""},
    {"2000", "0000002040", "Amazon NL", "20200101", kForever, ""},
    {"2000", "0000002050", "Amazon BE", "20200101", kForever, ""},
    {"2000", "0000002060", "Amazon SE", "20200101", kForever, ""},
    {"2000", "0000002070", "Amazon PL", "20200101", kForever, ""},
    {"2000", "0000002080", "Amazon IE", "20200101", kForever, ""},
    {"2000", "0000002100", "Amazon UK", "20200101", kForever, ""},
    {"2000", "0000002110", "Amazon TR", "20200101", kForever, ""},
    {"2000", "0000002120", "Amazon AE", "20200101", kForever, ""},
    {"2000", "0000002130", "Amazon SA", "20200101", kForever, ""},
    {"2000", "0000002140", "Amazon EG", "20200101", kForever, ""},
    {"2000", "0000002150", "Amazon ZA", "20200101", kForever, ""},
    {"2000", "0000002160", "Amazon IN", "20200101", kForever, ""},
    {"2000", "0000002900", "Amazon account EU", "20200101", kForever, ""},
    {"2000", "0000002910", "Other channels EU", "20200101", kForever, ""},
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

}  // namespace

void add_masters(Tables& tables) {
  add_accounts(tables);
  add_controlling(tables);
  add_tax(tables);
  add_partners(tables);
}

}  // namespace mlc::simulators::sap
