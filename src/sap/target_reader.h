// Whether G/L accounts and cost centres can be posted to. Writes nothing.
#pragma once

#include "abap/channel.h"
#include "ports/sap_reader.h"
#include "sap/table_reader.h"

namespace mlc::sap {

// Reads T001 (chart of accounts) and TKA02 (controlling area) of the company code, then of each
// account SKA1 and SKB1 by key: blocked for posting (XSPEB of either), a reconciliation account
// (MITKZ), or posted automatically only (XINTB); and of each cost centre the row of CSKS that is
// valid on the day: locked for primary costs (BKZKP). Whether a document needs a cost object is
// CHECK's business. `identity` of the answer is left to the caller. Repeatable. Errors: those of
// read_table, except that what a table would have told that may not be read is kUnknown.
[[nodiscard]] Result<ports::TargetAnswer> read_targets(abap::Session& session,
                                                       const ports::TargetQuestion& question,
                                                       const ReaderLimits& limits);

}  // namespace mlc::sap
