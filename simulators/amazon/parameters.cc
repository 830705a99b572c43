#include "simulators/amazon/parameters.h"

#include <algorithm>

namespace mlc::simulators::amazon {

std::optional<std::string> value_of(const net::Parameters& parameters, std::string_view name) {
  const auto found =
      std::ranges::find_if(parameters, [name](const auto& field) { return field.first == name; });
  return found == parameters.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    out.push_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return out;
}

std::optional<std::string> fault_of(const net::Parameters& parameters,
                                    std::span<const std::string_view> known) {
  for (const auto& [name, value] : parameters) {
    if (std::ranges::find(known, name) == known.end()) return "unknown parameter " + name;
    if (value.empty()) return name + " is empty";
    const auto same = [&name = name](const auto& field) { return field.first == name; };
    if (std::ranges::count_if(parameters, same) > 1) return name + " is given twice";
  }
  return std::nullopt;
}

}  // namespace mlc::simulators::amazon
