// The words for enumerations, the same in rule files, manifests and documents. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "ledger/manifest.h"
#include "ledger/rules.h"
#include "ledger/settlement.h"

namespace mlc::ledger {

[[nodiscard]] std::string_view to_word(LineKind kind);        // gl, vendor, customer
[[nodiscard]] std::string_view to_word(Treatment treatment);  // post, net-to-zero, exclude
[[nodiscard]] std::string_view to_word(Sign sign);            // negative, zero, positive

// Nothing when the word is none of the words above (for a nature: of those of manifest.h).
[[nodiscard]] std::optional<LineKind> line_kind(std::string_view word);
[[nodiscard]] std::optional<Nature> nature(std::string_view word);
[[nodiscard]] std::optional<Treatment> treatment(std::string_view word);
[[nodiscard]] std::optional<Sign> sign(std::string_view word);

}  // namespace mlc::ledger
