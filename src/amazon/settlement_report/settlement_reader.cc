#include "amazon/settlement_report/settlement_reader.h"

namespace mlc::amazon::settlement_report {
namespace {

template <class Reading>
Status feed_from(std::uint32_t first, ports::EvidenceReader& evidence, Reading& reading) {
  for (std::uint32_t at = first; at < evidence.object().frames; ++at) {
    MLC_TRY(const std::string_view frame, evidence.frame(at));
    MLC_TRY_STATUS(reading.feed(frame));
  }
  return {};
}

// Nothing when the first frame does not tell how the file is written or the rest disagrees, or
// when there is any fault: the sink has forgotten everything then.
Result<std::optional<ParsedReport>> read_at_once(ports::EvidenceReader& evidence,
                                                 const std::string& file, ports::RowSink& sink) {
  if (evidence.object().frames == 0) return std::nullopt;
  MLC_TRY(const std::string_view first, evidence.frame(0));
  ReportSurvey start(file);
  if (!start.feed(first)) return std::nullopt;
  const auto guess = start.guess();
  if (!guess) return std::nullopt;
  SingleReading reading(file, *guess, sink);
  if (reading.feed(first) && feed_from(1, evidence, reading)) {
    if (auto parsed = reading.finish()) return parsed;
  }
  MLC_TRY_STATUS(sink.on_restart());
  return std::nullopt;
}

}  // namespace

Result<ParsedReport> read_report(ports::EvidenceReader& evidence, const std::string& file,
                                 ports::RowSink& sink) {
  MLC_TRY(auto at_once, read_at_once(evidence, file, sink));
  if (at_once) return std::move(*at_once);
  ReportSurvey first(file);
  MLC_TRY_STATUS(feed_from(0, evidence, first));
  MLC_TRY(auto survey, first.finish());
  SettlementReportParser second(file, std::move(survey), sink);
  MLC_TRY_STATUS(feed_from(0, evidence, second));
  return second.finish();
}

Result<ports::ReadReport> EvidenceSettlementReader::read(ports::EvidenceReader& evidence,
                                                         const std::string& file,
                                                         ports::RowSink& sink) {
  MLC_TRY(auto parsed, read_report(evidence, file, sink));
  MLC_TRY_STATUS(check_control_identity(parsed, file));
  return std::move(parsed.report);
}

}  // namespace mlc::amazon::settlement_report
