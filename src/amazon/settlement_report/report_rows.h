// Bytes of a report in any pieces into the rows below its header row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/header.h"
#include "amazon/settlement_report/line_splitter.h"
#include "amazon/settlement_report/row.h"
#include "base/result.h"
#include "base/utf8.h"

namespace mlc::amazon::settlement_report {

inline constexpr std::size_t kLineLimit = 1024 * 1024;  // bytes of a line
inline constexpr std::size_t kPreambleLimit = 50;       // lines before the header row

// After the first error every call returns that error. Not thread-safe.
class ReportRows {
 public:
  explicit ReportRows(std::string file) : file_(std::move(file)) {}

  // Calls `take_header(row)` for the header row and `take(row)` for each row below it that is not
  // blank, and `flush()` before the bytes that rows look at are gone: at the end of the piece, and
  // after a row that lies in two pieces. Rows that `take_run(splitter)` takes before come nowhere
  // else.
  // Errors: those of what is called; settlement_report.line_too_long, .nul_byte, .missing_columns,
  // .duplicate_column, .cell_without_column.
  template <class TakeHeader, class Take, class Flush, class TakeRun>
  [[nodiscard]] Status feed(std::string_view bytes, TakeHeader take_header, Take take, Flush flush,
                            TakeRun take_run) {
    return remember([&]() -> Status {
      splitter_.push(bytes);
      while (true) {
        MLC_TRY_STATUS(take_run(splitter_));
        Line* const line = splitter_.next();
        if (line == nullptr) break;
        Kind kind = Kind::kRow;
        if (!is_plain(*line)) {
          MLC_TRY(kind, read(*line));
          if (kind == Kind::kNone) continue;
        }
        const Row row(*line, *header_, file_);
        MLC_TRY_STATUS(kind == Kind::kHeader ? take_header(row) : take(row));
        if (line->joined) MLC_TRY_STATUS(flush());
      }
      MLC_TRY_STATUS(check_line_size(splitter_.unfinished().size(), splitter_.line_number()));
      return flush();
    });
  }
  template <class TakeHeader, class Take, class Flush>
  [[nodiscard]] Status feed(std::string_view bytes, TakeHeader take_header, Take take,
                            Flush flush) {
    return feed(bytes, take_header, take, flush, [](LineSplitter&) { return Status(); });
  }
  // The end of the content. Errors: settlement_report.cut_off, .empty, .missing_columns.
  [[nodiscard]] Status finish();
  // Whatever `check` says becomes the answer of every call after it, too.
  template <class Check>
  [[nodiscard]] Status remember(Check check) {
    if (failed_) return failure(*failed_);
    Status checked = check();
    if (!checked) failed_ = checked.error();
    return checked;
  }

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] bool has_byte_order_mark() const { return byte_order_mark_; }
  // The last line that has begun.
  [[nodiscard]] std::uint64_t line_number() const { return splitter_.line_number(); }
  // Present as soon as it was read; always after `finish` succeeded.
  [[nodiscard]] const std::optional<Header>& header() const { return header_; }

 private:
  enum class Kind { kNone, kHeader, kRow };
  // A row below the header in which `read` has nothing to find.
  [[nodiscard]] bool is_plain(const Line& line) const {
    return header_ && !line.unusual && !line.bytes.empty() && line.bytes.size() <= kLineLimit &&
           line.bytes.front() > ' ' && line.tabs.size() < header_->size();
  }
  Result<Kind> read(Line& line);
  Result<Kind> read_header(const Line& line);
  [[nodiscard]] Status check_line_size(std::size_t size, std::uint64_t number) const;
  [[nodiscard]] Status check_zero(const Line& line) const;
  [[nodiscard]] Status check_row(const Line& line) const;
  [[nodiscard]] Status check_whole() const;

  std::string file_;
  LineSplitter splitter_;
  std::optional<Header> header_;
  std::optional<Error> no_header_;  // why the first line is none
  std::size_t preamble_ = 0;        // lines
  bool byte_order_mark_ = false;
  std::optional<Error> failed_;
};

}  // namespace mlc::amazon::settlement_report
