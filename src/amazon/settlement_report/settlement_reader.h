// Reads settlement reports out of evidence.
#pragma once

#include <string>

#include "amazon/settlement_report/settlement_report_parser.h"
#include "ports/settlement_reader.h"

namespace mlc::amazon::settlement_report {

// Reads all rows without comparing their sum with the total (see check_control_identity). Reads the
// evidence once where its first frame lets the rest be guessed (SingleReading); otherwise, and
// after a guess that the rest excludes, twice: first how it is written (ReportSurvey), then its
// rows. The sink sees them in the file's order, and is told when it must begin again. Thread-safe;
// repeatable.
// Errors: those of errors.h, the evidence's and the sink's own.
[[nodiscard]] Result<ParsedReport> read_report(ports::EvidenceReader& evidence,
                                               const std::string& file, ports::RowSink& sink);

// Stateless.
class EvidenceSettlementReader final : public ports::SettlementReader {
 public:
  // read_report and check_control_identity. The sink has seen rows before a refusal is known: it
  // must drop them when this returns an error.
  [[nodiscard]] Result<ports::ReadReport> read(ports::EvidenceReader& evidence,
                                               const std::string& file,
                                               ports::RowSink& sink) override;
};

}  // namespace mlc::amazon::settlement_report
