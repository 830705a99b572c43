// CO-PA characteristics of a line as one text: "KNDNR=200100;VKORG=1000", ordered by name. A rule
// and a document line hold it so; SAP gets one row of CRITERIA (BAPIACKEC9) for each.
// Pure; thread-safe.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mlc::ledger {

inline constexpr std::size_t kCharacteristicNameLength = 30;   // FIELDNAME
inline constexpr std::size_t kCharacteristicValueLength = 18;  // CHARACTER

// By FIELDNAME.
using Characteristics = std::map<std::string, std::string>;

// `;` and `=` in a value become `,` and `-`: they part the text.
[[nodiscard]] std::string write_characteristics(const Characteristics& characteristics);
// The inverse, as far as a text has that form; what has not is left out.
[[nodiscard]] Characteristics read_characteristics(std::string_view text);
// What is wrong with the text of a rule: "" when every name is one of SAP's (A to Z, digits, `_`
// and `/`, at most 30) and every value without a template has at most 18 characters.
[[nodiscard]] std::string problem_of_characteristics(std::string_view text);

}  // namespace mlc::ledger
