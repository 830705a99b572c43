// A document's header text, SAP's BKTXT (25 characters): `US 202610 01/02 1a2b3c4d`.
// Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mlc::ledger {

struct HeaderText {
  std::string label;   // marketplace; may hold blanks
  std::string period;  // YYYYMM of the posting date
  int part = 0;        // 1-based
  int parts = 0;       // how many documents the manifest has
  std::string hash;    // the first 8 digits of the manifest's content hash
  friend bool operator==(const HeaderText&, const HeaderText&) = default;
};

[[nodiscard]] std::string period_of(Date posting_date);
// What a content hash shows of itself.
[[nodiscard]] std::string shown_hash(std::string_view content_hash);
[[nodiscard]] std::string write_header_text(const HeaderText& text);
// The inverse; nothing when the text has another form: somebody typed it, or SAP changed it.
[[nodiscard]] std::optional<HeaderText> read_header_text(std::string_view text);

}  // namespace mlc::ledger
