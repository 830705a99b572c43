// A settlement report in a file that a person named.
#pragma once

#include <string>

#include "amazon/settlement_report/settlement_report_parser.h"
#include "base/result.h"

namespace mlc::cli {

// Reads the file twice with buffers of fixed size: how it is written, then its rows. That they add
// up is left to the caller. Repeatable. Errors: cli.unreadable_file, those of
// amazon/settlement_report/errors.h, the sink's.
[[nodiscard]] Result<amazon::settlement_report::ParsedReport> read_report_file(
    const std::string& file, ports::RowSink& sink);

}  // namespace mlc::cli
