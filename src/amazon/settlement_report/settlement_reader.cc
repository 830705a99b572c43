#include "amazon/settlement_report/settlement_reader.h"

namespace mlc::amazon::settlement_report {
namespace {

template <class Reading>
Status feed_all(ports::EvidenceReader& evidence, Reading& reading) {
  for (std::uint32_t at = 0; at < evidence.object().frames; ++at) {
    MLC_TRY(const std::string frame, evidence.frame(at));
    MLC_TRY_STATUS(reading.feed(frame));
  }
  return {};
}

}  // namespace

Result<ParsedReport> read_report(ports::EvidenceReader& evidence, const std::string& file,
                                 ports::RowSink& sink) {
  ReportSurvey first(file);
  MLC_TRY_STATUS(feed_all(evidence, first));
  MLC_TRY(auto survey, first.finish());
  SettlementReportParser second(file, std::move(survey), sink);
  MLC_TRY_STATUS(feed_all(evidence, second));
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
