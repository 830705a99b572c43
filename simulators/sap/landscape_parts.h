// The chapters of the sample landscape. Only landscape.cc and the chapters include this.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "simulators/sap/books_file.h"

namespace mlc::simulators::sap {

using Tables = std::map<std::string, std::vector<Row>>;

struct Company {
  const char* bukrs;
  const char* name;
  const char* land;
  const char* waers;
  const char* ktopl;
  const char* periv;
};
inline constexpr std::array kCompanies{
    Company{"1000", "Sample Trading Inc.", "US", "USD", "CAUS", "K4"},
    Company{"2000", "Sample Handel GmbH", "DE", "EUR", "CADE", "K4"},
    Company{"3000", "Sample Retail Inc.", "US", "USD", "CAUS", "U4"}};

// Periods are open, and number ranges exist, for these fiscal years.
inline constexpr int kFirstYear = 2025;
inline constexpr int kLastYear = 2035;

inline constexpr const char* kForever = "99991231";

// Clients, users, company codes, periods, document types and number ranges.
void add_organisation(Tables& tables);
// Charts of accounts, cost elements, cost and profit centres, tax codes, vendors and customers.
void add_masters(Tables& tables);
// Currencies, their decimals, and exchange rates.
void add_currencies(Tables& tables);

}  // namespace mlc::simulators::sap
