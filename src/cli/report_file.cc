#include "cli/report_file.h"

#include <optional>

#include "cli/errors.h"
#include "cli/input_file.h"
#include "operations/errors.h"
#include "runtime/gunzip.h"

namespace mlc::cli {
namespace {

namespace report = amazon::settlement_report;

constexpr std::size_t kPiece = 256 * 1024;

// A file as the parser wants it: inflated where it is gzip.
template <class Reading>
class Feed {
 public:
  Feed(const std::string& file, Reading& reading) : file_(file), reading_(reading) {}

  Status take(std::string_view piece) {
    const bool first = bytes_ == 0;
    if (first && piece.starts_with(runtime::kGzipMagic)) gunzip_.emplace();
    if (!gunzip_) {
      bytes_ += piece.size();
      return reading_.feed(piece);
    }
    MLC_TRY(const std::string reason,
            gunzip_->inflate(piece, [this](std::string_view part) { return reading_.feed(part); }));
    if (!reason.empty()) return damaged(reason);
    bytes_ += piece.size();
    return {};
  }
  Status end() const {
    return gunzip_ && !gunzip_->complete() ? damaged("it is cut off") : Status{};
  }

 private:
  [[nodiscard]] Status damaged(const std::string& reason) const {
    return failure(operations::kDamagedGzip,
                   {{"file", file_}, {"reason", reason}, {"offset", std::to_string(bytes_)}});
  }

  const std::string& file_;
  Reading& reading_;
  std::optional<runtime::Gunzip> gunzip_;
  std::uint64_t bytes_ = 0;
};

template <class Reading>
Status feed(const std::string& file, Reading& reading) {
  MLC_TRY(auto in, open_input(file));
  Feed feed(file, reading);
  std::vector<char> piece(kPiece);
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(in.gcount());
    if (got > 0) MLC_TRY_STATUS(feed.take({piece.data(), got}));
  }
  if (!in.bad()) return feed.end();
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
