#pragma once

#include <string>
#include <string_view>

namespace mlc::simulators::amazon {

// One gzip member without name and time, so that the same text gives the same bytes.
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace mlc::simulators::amazon
