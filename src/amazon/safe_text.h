// Words of the other side, made fit for an error message.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlc::amazon {

// At most 300 characters, control characters as blanks, bytes that are no UTF-8 as `?`, every
// occurrence of a secret (those longer than three characters) and everything that looks like an
// Amazon token replaced by "***".
[[nodiscard]] std::string safe_text(std::string_view text,
                                    const std::vector<std::string_view>& secrets = {});

}  // namespace mlc::amazon
