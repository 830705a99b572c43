// Currencies and exchange rates of the sample landscape.
#include "simulators/sap/landscape_parts.h"

namespace mlc::simulators::sap {

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

}  // namespace mlc::simulators::sap
