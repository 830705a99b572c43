// Which character set a file is written in, decided from all its bytes above 0x7F.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "amazon/settlement_report/charset.h"
#include "amazon/settlement_report/row.h"
#include "base/result.h"
#include "ledger/currency.h"

namespace mlc::amazon::settlement_report {

// Not thread-safe.
class CharsetEvidence {
 public:
  // The file begins with UTF-8's byte order mark.
  void see_byte_order_mark();
  // All cells of a row, or the header's names given as one.
  void see(const Row& row);

  // UTF-8 when everything is. Otherwise cp932 for settlements in JPY, and for all others:
  // ISO-8859-15 when no byte is one of 0x80 to 0x9F (which it has no letters for) and some byte
  // reads as a letter or the euro sign only there; else windows-1252, which gives what ISO-8859-1
  // would give too.
  // Text that is UTF-8 for certain next to text that is not is settlement_report.mixed_formats:
  // well-formed sequences of two bytes or more (three for JPY, whose katakana look like two).
  // Errors: .mixed_formats, .unknown_charset, .ambiguous_charset.
  [[nodiscard]] Result<Charset> decide(const std::string& file, ledger::Currency currency) const;

 private:
  void see_cell(const Row& row, std::size_t position);
  void see_other(const Row& row, std::size_t position, std::string_view cell);
  void see_disputed(const Row& row, std::size_t position, std::string_view cell);
  [[nodiscard]] Result<Charset> decide_latin(const std::string& file) const;

  std::unordered_set<std::string> known_;  // distinct cells, a bounded number
  Decoder windows_932_{Charset::kWindows932};
  std::optional<CellPlace> not_utf8_;
  std::optional<CellPlace> utf8_;       // well-formed sequences
  std::optional<CellPlace> wide_utf8_;  // of three bytes or more
  std::optional<CellPlace> not_windows_1252_;
  std::optional<CellPlace> not_windows_932_;
  std::optional<CellPlace> windows_1252_only_;  // a byte that ISO-8859 has no character for
  std::optional<CellPlace> letter_in_15_;       // a letter or a euro sign in ISO-8859-15 only
  std::optional<CellPlace> sign_in_1252_;       // a sign where ISO-8859-15 would have a letter
};

}  // namespace mlc::amazon::settlement_report
