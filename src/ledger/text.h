// Text as bookkeeping compares and measures it. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mlc::ledger {

// Trims and replaces every run of white space by one blank. White space is ASCII's, the no-break
// space U+00A0 and the ideographic space U+3000: exports of some regions hold them.
[[nodiscard]] std::string collapsed(std::string_view text);
// As `collapsed`, but one blank at the end stays: it is part of a prefix.
[[nodiscard]] std::string collapsed_prefix(std::string_view text);
// `collapsed`, and A-Z to a-z. Other letters stay as they are: Amazon's keys are ASCII, and folding
// more would need Unicode's tables.
[[nodiscard]] std::string folded(std::string_view text);
// A to Z made small; nothing else changes.
[[nodiscard]] std::string lower_ascii(std::string_view text);

[[nodiscard]] bool is_digits(std::string_view text);  // at least one, 0 to 9 only
// Characters (code points) of UTF-8 text; each byte that belongs to none counts as one.
[[nodiscard]] std::size_t length_of(std::string_view text);
// The first `limit` characters; never half a character, no blank at the end.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t limit);
// SAP's ALPHA conversion: text of digits is filled with zeros on the left up to `width`.
[[nodiscard]] std::string alpha(std::string_view text, std::size_t width);

}  // namespace mlc::ledger
