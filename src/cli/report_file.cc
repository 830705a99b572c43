#include "cli/report_file.h"

#include "cli/errors.h"
#include "cli/input_file.h"

namespace mlc::cli {
namespace {

namespace report = amazon::settlement_report;

constexpr std::size_t kPiece = 256 * 1024;

template <class Reading>
Status feed(const std::string& file, Reading& reading) {
  MLC_TRY(auto in, open_input(file));
  std::vector<char> piece(kPiece);
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(in.gcount());
    if (got > 0) MLC_TRY_STATUS(reading.feed({piece.data(), got}));
  }
  if (!in.bad()) return {};
  return failure(kUnreadableFile, {{"file", file}, {"detail", "reading stopped before the end"}});
}

}  // namespace

Result<report::ParsedReport> read_report_file(const std::string& file, ports::RowSink& sink) {
  report::ReportSurvey first(file);
  MLC_TRY_STATUS(feed(file, first));
  MLC_TRY(auto survey, first.finish());
  report::SettlementReportParser second(file, std::move(survey), sink);
  MLC_TRY_STATUS(feed(file, second));
  return second.finish();
}

}  // namespace mlc::cli
