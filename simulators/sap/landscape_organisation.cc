// Clients, company codes, fiscal years and number ranges of the sample landscape.
#include <chrono>
#include <initializer_list>

#include "base/time.h"
#include "simulators/sap/landscape_parts.h"

namespace mlc::simulators::sap {
namespace {

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
                                 {"FRYE1", std::to_string(kFirstYear)},
                                 {"FRPE1", "001"},
                                 {"TOYE1", std::to_string(kLastYear)},
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
  for (int year = kFirstYear; year <= kLastYear + 1; ++year) {
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

void add_document_types(Tables& tables) {
  const std::initializer_list<Row> types{
      {{"BLART", "SA"}, {"NUMKR", "01"}, {"KOARS", "DKS"}, {"STBLA", "AB"}, {"KURST", ""}},
      {{"BLART", "ZA"}, {"NUMKR", "20"}, {"KOARS", "DKS"}, {"STBLA", "AB"}, {"KURST", ""}},
      {{"BLART", "ZR"}, {"NUMKR", "20"}, {"KOARS", "DKS"}, {"STBLA", "AB"}, {"KURST", "AVG"}},
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
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      for (const auto& range : kRanges) {
        tables["NRIV"].push_back({{"CLIENT", "100"},
                                  {"OBJECT", "RF_BELEG"},
                                  {"SUBOBJECT", company.bukrs},
                                  {"NRRANGENR", range.number},
                                  {"TOYEAR", std::to_string(year)},
                                  {"FROMNUMBER", range.first},
                                  {"TONUMBER", range.last}});
      }
    }
  }
  for (const char* reason : {"01", "02", "03"}) tables["T041C"].push_back({{"STGRD", reason}});
  tables["TTYP"] = {{{"AWTYP", "BKPFF"}, {"REFTEXT", "Accounting document, direct"}},
                    {{"AWTYP", "ZAMZN"}, {"REFTEXT", "Amazon settlement"}}};
}

}  // namespace

void add_organisation(Tables& tables) {
  add_clients(tables);
  add_companies(tables);
  add_weeks_year(tables);
  add_document_types(tables);
}

}  // namespace mlc::simulators::sap
