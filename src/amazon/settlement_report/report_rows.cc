#include "amazon/settlement_report/report_rows.h"

#include <algorithm>

#include "amazon/settlement_report/errors.h"
#include "base/digest.h"

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

Result<ReportRows::Kind> ReportRows::read(Line& line) {
  MLC_TRY_STATUS(check_line_size(line.bytes.size(), line.number));
  if (line.number == 1 && line.bytes.starts_with(kByteOrderMark)) {
    byte_order_mark_ = true;
    line.bytes.remove_prefix(kByteOrderMark.size());
    line.offset += kByteOrderMark.size();
  }
  if (line.unusual && kinds_of(line.bytes).zero) MLC_TRY_STATUS(check_zero(line));
  if (is_blank(line.bytes)) return Kind::kNone;
  if (!header_) return read_header(line);
  MLC_TRY_STATUS(check_row(line));
  return Kind::kRow;
}

Result<ReportRows::Kind> ReportRows::read_header(const Line& line) {
  std::vector<std::string_view> cells;
  split_cells(line.bytes, cells);
  if (Header::looks_like(cells)) {
    MLC_TRY(header_, Header::read(line, cells, file_));
    return Kind::kHeader;
  }
  ++preamble_;
  if (!no_header_) no_header_ = Header::read(line, cells, file_).error();
  if (preamble_ > kPreambleLimit) return failure(*no_header_);
  return Kind::kNone;
}

Status ReportRows::check_line_size(std::size_t size, std::uint64_t number) const {
  if (size <= kLineLimit) return {};
  return failure(kLineTooLong, {{"file", file_},
                                {"line", std::to_string(number)},
                                {"found", std::to_string(kLineLimit)},
                                {"expected", "a row of columns, then a line end"}});
}

Status ReportRows::check_zero(const Line& line) const {
  const auto at = line.bytes.find('\0');
  const auto column = static_cast<std::size_t>(std::ranges::count(line.bytes.substr(0, at), '\t'));
  const std::string_view name = header_ ? header_->name(column) : "";
  return failure(kNulByte, {{"file", file_},
                            {"line", std::to_string(line.number)},
                            {"byte", std::to_string(line.offset + at)},
                            {"column_number", std::to_string(column + 1)},
                            {"column", name.empty() ? "no name" : std::string(name)},
                            {"found", to_hex(line.bytes.substr(at, 4))},
                            {"expected", "text"}});
}

Status ReportRows::check_row(const Line& line) const {
  const Row row(line, *header_, file_);
  const auto at = row.cell_beyond_header();
  if (at == Header::kAbsent) return {};
  return failure(row.refuse_position(kCellWithoutColumn, at, std::to_string(header_->size())));
}

Status ReportRows::check_whole() const {
  if (!header_ && no_header_) return failure(*no_header_);
  const std::string_view rest = splitter_.unfinished();
  if (!rest.empty()) {
    return failure(kCutOff, {{"file", file_},
                             {"line", std::to_string(splitter_.line_number())},
                             {"byte", std::to_string(splitter_.line_offset() + rest.size())},
                             {"found", std::to_string(rest.size()) + " bytes"},
                             {"expected", "a line end after the last row"}});
  }
  if (header_) return {};
  return failure(
      kEmpty, {{"file", file_}, {"line", "1"}, {"found", "nothing"}, {"expected", "a header row"}});
}

Status ReportRows::finish() {
  return remember([this] { return check_whole(); });
}

}  // namespace mlc::amazon::settlement_report
