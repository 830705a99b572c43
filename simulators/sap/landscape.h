// Master data and customizing of a simulated system.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulators/sap/books_file.h"

namespace mlc::simulators::sap {

// Rows per table (names of the dictionary and the zsim_ tables).
struct Landscape {
  std::map<std::string, std::vector<Row>> tables;
};

// Client 100 of system MLS: company codes 1000 (US, USD, calendar year), 2000 (DE, EUR, calendar
// year) and 3000 (US, USD, 4-4-5 year ending in September); open periods and number ranges of 2025
// to 2035; user CONNECTOR with password "initial1", user READER likewise. Client 200 has the same
// customizing and no company code. docs/formats/sap-simulator-books.md lists the accounts.
[[nodiscard]] Landscape sample_landscape();

// A document that is there from the beginning, so that a connector can be told what it must find.
struct OpeningDocument {
  const char* belnr = "9000000001";
  const char* gjahr = "2026";
  const char* xblnr = "OPENING";
};
inline constexpr OpeningDocument kOpeningDocument{};
// Adds it to company codes 1000 and 2000 of client 100: 1.00 USD and 1.00 EUR from cash in transit
// to the bank.
void add_opening_document(Landscape& landscape);

// Writes a landscape into books that hold none yet; returns whether it did.
bool load_landscape(Books& books, const Landscape& landscape);

}  // namespace mlc::simulators::sap
