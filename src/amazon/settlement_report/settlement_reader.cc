#include "amazon/settlement_report/settlement_reader.h"

#include "amazon/settlement_report/errors.h"

namespace mlc::amazon::settlement_report {
namespace {

using Pass = SettlementReportParser::Pass;

Result<ParsedReport> run(ports::EvidenceReader& evidence, SettlementReportParser parser) {
  for (std::uint32_t at = 0; at < evidence.object().frames; ++at) {
    MLC_TRY(const std::string frame, evidence.frame(at));
    MLC_TRY_STATUS(parser.feed(frame));
  }
  return parser.finish();
}

}  // namespace

Result<ParsedReport> read_report(ports::EvidenceReader& evidence, const std::string& file,
                                 ports::RowSink& sink) {
  auto parsed = run(evidence, SettlementReportParser({.file = file, .summary = {}}, &sink));
  // The sink has seen nothing yet when the summary row is late.
  if (parsed || !parsed.error().is(kSummaryRowLate)) return parsed;
  MLC_TRY(const auto found,
          run(evidence, SettlementReportParser(
                            {.file = file, .pass = Pass::kFindSummary, .summary = {}}, nullptr)));
  return run(evidence,
             SettlementReportParser(
                 {.file = file, .pass = Pass::kWithSummary, .summary = found.summary}, &sink));
}

Result<ports::ReadReport> EvidenceSettlementReader::read(ports::EvidenceReader& evidence,
                                                         const std::string& file,
                                                         ports::RowSink& sink) {
  MLC_TRY(auto parsed, read_report(evidence, file, sink));
  MLC_TRY_STATUS(check_control_identity(parsed, file));
  return std::move(parsed.report);
}

}  // namespace mlc::amazon::settlement_report
