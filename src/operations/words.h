// Small words that several answers need.
#pragma once

#include <cstdint>
#include <string>

namespace mlc::operations {

// "1 row", "2 rows". Pure.
[[nodiscard]] inline std::string counted(std::uint64_t count, const std::string& thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

}  // namespace mlc::operations
