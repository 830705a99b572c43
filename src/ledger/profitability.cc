#include "ledger/profitability.h"

#include <algorithm>

#include "ledger/text.h"

namespace mlc::ledger {
namespace {

bool is_field_name(std::string_view name) {
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/";
  return !name.empty() && name.size() <= kCharacteristicNameLength &&
         name.find_first_not_of(kAllowed) == std::string_view::npos;
}

}  // namespace

std::string write_characteristics(const Characteristics& characteristics) {
  std::string out;
  for (const auto& [name, value] : characteristics) {
    std::string text = value;
    std::ranges::replace(text, ';', ',');
    std::ranges::replace(text, '=', '-');
    out += (out.empty() ? "" : ";") + name + "=" + text;
  }
  return out;
}

Characteristics read_characteristics(std::string_view text) {
  Characteristics out;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    const auto one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = one.find('=');
    if (equals == std::string_view::npos) continue;
    out.emplace(one.substr(0, equals), one.substr(equals + 1));
  }
  return out;
}

std::string problem_of_characteristics(std::string_view text) {
  for (const auto& [name, value] : read_characteristics(text)) {
    if (!is_field_name(name)) return "characteristic '" + name + "'";
    if (value.empty()) return "characteristic " + name + " without a value";
    const bool fixed = value.find('{') == std::string::npos;
    if (fixed && length_of(value) > kCharacteristicValueLength) {
      return "characteristic " + name + " with '" + value + "'";
    }
  }
  return {};
}

}  // namespace mlc::ledger
