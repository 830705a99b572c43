#include "simulators/sap/landscape.h"

#include "simulators/sap/dictionary.h"
#include "simulators/sap/landscape_parts.h"

namespace mlc::simulators::sap {

namespace {

void add_opening_document(Landscape& landscape, const std::string& bukrs, const char* currency) {
  const Row key{
      {"BUKRS", bukrs}, {"BELNR", kOpeningDocument.belnr}, {"GJAHR", kOpeningDocument.gjahr}};
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
                 {"WAERS", currency},
                 {"HWAER", currency},
                 {"AWTYP", "BKPFF"},
                 {"AWKEY", std::string(kOpeningDocument.belnr) + bukrs + kOpeningDocument.gjahr},
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

}  // namespace

void add_opening_document(Landscape& landscape) {
  add_opening_document(landscape, "1000", "USD");
  add_opening_document(landscape, "2000", "EUR");
}

Landscape sample_landscape() {
  Landscape landscape;
  add_organisation(landscape.tables);
  add_masters(landscape.tables);
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
