// A document's identity, stable for ever: SAP's XBLNR (16 characters).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/strong_id.h"

namespace mlc::ledger {

// `id-` where id is the settlement-id (at most 12 digits) or `Z` + 11 base-36 characters for longer
// ones. All documents of a settlement begin with it. Leading zeros of a short id are kept (the id
// is a text); a longer id must not have them, because base 36 would lose them.
// Errors: ledger.settlement_id_not_numeric.
[[nodiscard]] Result<std::string> key_stem(const SettlementId& settlement);

inline constexpr int kMaxParts = 359;  // 01 to 9Z: a digit and a base-36 character, without 00

// Stem + part + revision, e.g. `20612345671-01A`.
struct DocumentKey {
  std::string stem;
  std::string part;     // "01" .. "9Z"; ordinal over all parts of the settlement. Accruals have
                        // "A0" .. "AZ", transfers "T0" .. "TZ"
  char revision = 'A';  // rises only when an operator reposts what was reversed
  [[nodiscard]] std::string text() const { return stem + part + revision; }
  friend auto operator<=>(const DocumentKey&, const DocumentKey&) = default;
};

// The nth part, 1-based. Errors: ledger.too_many_parts.
[[nodiscard]] Result<std::string> part_name(int ordinal);
// The ordinal of a part name; nothing when it is none.
[[nodiscard]] std::optional<int> part_ordinal(std::string_view part);

// A reference that begins with `stem`: ours when it has a key's full form, else nothing (foreign:
// somebody keyed it). A reference that begins with the id but lacks the hyphen is foreign too.
[[nodiscard]] std::optional<DocumentKey> parse_key(std::string_view reference,
                                                   std::string_view stem);

}  // namespace mlc::ledger
