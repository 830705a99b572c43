#include "ledger/difference_text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace mlc::ledger {
namespace {

struct Field {
  std::string_view name;   // SAP's
  std::string_view words;  // before what it belongs to
  std::string_view of;     // before an account, a tax code
};
constexpr std::string_view kOnAccount = " on account ";
constexpr std::string_view kOfTaxCode = " of tax code ";
constexpr std::array<Field, 19> kFields{Field{"BUKRS", "company code", ""},
                                        {"WAERS", "currency", ""},
                                        {"XBLNR", "reference", ""},
                                        {"BLART", "document type", ""},
                                        {"BUDAT", "posting date", ""},
                                        {"BLDAT", "document date", ""},
                                        {"BKTXT", "header text", ""},
                                        {"WRBTR", "amount", kOnAccount},
                                        {"DMBTR", "amount in local currency", kOnAccount},
                                        {"KOSTL", "cost centre", kOnAccount},
                                        {"PRCTR", "profit centre", kOnAccount},
                                        {"ZUONR", "assignment", kOnAccount},
                                        {"SGTXT", "line text", kOnAccount},
                                        {"KURSF", "exchange rate", ""},
                                        {"UKURS", "rate of the rate table", ""},
                                        {"FWBAS", "tax base", kOfTaxCode},
                                        {"FWSTE", "tax", kOfTaxCode},
                                        {"HWSTE", "tax in local currency", kOfTaxCode},
                                        {"BSET", "line of the tax table", kOfTaxCode}};

std::string or_nothing(const std::string& text) { return text.empty() ? "nothing" : text; }

}  // namespace

std::string to_text(const Difference& difference) {
  const std::string& field = difference.field;
  const std::string name = field.substr(0, field.find(' '));
  const auto at = std::ranges::find(kFields, std::string_view(name), &Field::name);
  const bool known = at != kFields.end();
  std::string out(known ? at->words : std::string_view(field));
  if (known && name.size() < field.size()) {
    out += at->of;
    out += field.substr(name.size() + 1);
  }
  out += " is " + or_nothing(difference.found) + ", planned " + or_nothing(difference.wanted);
  return known ? out + " (" + name + ")" : out;
}

std::string hard_differences_text(const std::vector<Difference>& differences) {
  std::string out;
  for (const auto& difference : differences) {
    if (!difference.hard) continue;
    out += (out.empty() ? "" : "; ") + to_text(difference);
  }
  return out;
}

}  // namespace mlc::ledger
