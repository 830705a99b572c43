// What this program calls itself.
#pragma once

#include <string>

namespace mlc::daemon {

inline constexpr const char* kVersion = "0.1.0";

// The user-agent header that Amazon demands: AppName/Version (Language=...; Platform=...).
[[nodiscard]] inline std::string user_agent() {
  return std::string("ml-connector/") + kVersion + " (Language=C++; Platform=Linux)";
}

}  // namespace mlc::daemon
