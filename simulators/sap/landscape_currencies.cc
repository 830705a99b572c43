// Currencies and exchange rates of the sample landscape.
#include "simulators/sap/landscape_parts.h"

namespace mlc::simulators::sap {

namespace {

struct RateRow {
  const char* from;
  const char* to;
  const char* day;     // valid from
  const char* scaled;  // five decimals; negative is an indirect quotation
  const char* type = "M";
  const char* factors[2] = {"1", "1"};
};
constexpr RateRow kRates[] = {
    {"CAD", "USD", "20250101", "72000"},
    {"CAD", "USD", "20261101", "73125"},
    {"CAD", "USD", "20250101", "70000", "AVG"},
    {"MXN", "USD", "20250101", "5000"},
    {"EUR", "USD", "20250101", "108500"},
    {"GBP", "USD", "20250101", "126000"},
    {"GBP", "EUR", "20250101", "115327"},
    {"USD", "EUR", "20250101", "-108500"},  // 1 EUR = 1.08500 USD
    {"JPY", "USD", "20250101", "66700", "M", {"0", "0"}},
    {"JPY", "EUR", "20250101", "61000", "M", {"100", "1"}},
    {"KWD", "USD", "20250101", "325000"},
    {"SEK", "EUR", "20250101", "8800"},
    {"PLN", "EUR", "20250101", "23400"},
    {"BRL", "USD", "20250101", "17800"},
    {"AUD", "USD", "20250101", "65400"},
    {"SGD", "USD", "20250101", "74500"},
    {"TRY", "EUR", "20250101", "2350"},
    {"AED", "EUR", "20250101", "25100"},
    {"INR", "EUR", "20250101", "1040"},
};

std::string inverted(const char* day) { return std::to_string(99999999 - std::stoi(day)); }

void add_rate(Tables& tables, const RateRow& rate) {
  tables["TCURR"].push_back({{"KURST", rate.type},
                             {"FCURR", rate.from},
                             {"TCURR", rate.to},
                             {"GDATU", inverted(rate.day)},
                             {"UKURS", rate.scaled},
                             {"FFACT", rate.factors[0]},
                             {"TFACT", rate.factors[1]}});
}

}  // namespace

void add_currencies(Tables& tables) {
  for (const char* currency : {"USD", "EUR", "GBP", "CAD", "MXN", "JPY", "KWD", "SEK", "PLN", "BRL",
                               "TRY", "AUD", "SGD", "AED", "SAR", "EGP", "INR", "CHF"}) {
    tables["TCURC"].push_back({{"WAERS", currency}, {"ISOCD", currency}});
  }
  tables["TCURX"] = {{{"CURRKEY", "JPY"}, {"CURRDEC", "0"}},
                     {{"CURRKEY", "KWD"}, {"CURRDEC", "3"}}};
  // Rate type AVG belongs to document type ZR. Neither type inverts rates or has a base currency.
  tables["TCURV"] = {{{"KURST", "M"}}, {{"KURST", "AVG"}}};
  for (const auto& rate : kRates) add_rate(tables, rate);
  // Factors as customizing keeps them; TCURR's own stay empty for yen into dollars.
  for (const char* to : {"USD", "EUR"}) {
    tables["TCURF"].push_back({{"KURST", "M"},
                               {"FCURR", "JPY"},
                               {"TCURR", to},
                               {"GDATU", inverted("20250101")},
                               {"FFACT", "100"},
                               {"TFACT", "1"}});
  }
}

}  // namespace mlc::simulators::sap
