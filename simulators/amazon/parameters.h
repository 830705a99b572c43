// Query parameters, read as strictly as Amazon's models allow.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/url.h"

namespace mlc::simulators::amazon {

[[nodiscard]] std::optional<std::string> value_of(const net::Parameters& parameters,
                                                  std::string_view name);
// "a,b" as Amazon's lists are written: {"a", "b"}.
[[nodiscard]] std::vector<std::string> list_of(const std::string& text);
// Why these parameters are refused whatever they mean: unknown, twice, or empty. Nothing if not.
[[nodiscard]] std::optional<std::string> fault_of(const net::Parameters& parameters,
                                                  std::span<const std::string_view> known);

}  // namespace mlc::simulators::amazon
