// What stood on G/L accounts at the beginning of a day. Writes nothing.
#pragma once

#include "abap/channel.h"
#include "ports/sap_reader.h"
#include "sap/table_reader.h"

namespace mlc::sap {

// Sums of BSIS (open items) and of those rows of BSAS that were cleared on the day or later, posted
// before it, in the document currency. Accounts without line-item display (SKB1-XKRES) have no such
// rows: their balance comes out as zero. Repeatable. Errors: those of read_table, except that a
// table which may not be read, or is larger than one answer may be, leaves an account's balance
// empty; sap.bad_table_value.
[[nodiscard]] Result<std::vector<ports::AccountBalance>> read_balances(
    abap::Session& session, const ports::BalanceQuestion& question, const ReaderLimits& limits);

}  // namespace mlc::sap
