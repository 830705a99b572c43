// Whether documents can be numbered: interval of the document type, fiscal year of a day, and the
// interval's row for that year. Writes nothing.
#pragma once

#include "abap/channel.h"
#include "ports/sap_reader.h"
#include "sap/table_reader.h"

namespace mlc::sap {

// Reads T001, T003, T009, T009B and NRIV (object RF_BELEG, subobject the company code) through
// RFC_READ_TABLE. An interval serves a year when its TOYEAR is that year or a later one; 9999 is
// every year (general knowledge, as FBN1 shows it: "to fiscal year"). `identity` of the answer is
// left to the caller. Repeatable. Errors: those of read_table, except that a table which may not be
// read gives RangeState::kUnknown.
[[nodiscard]] Result<ports::NumberRangeAnswer> read_number_ranges(
    abap::Session& session, const ports::NumberRangeQuestion& question, const ReaderLimits& limits);

}  // namespace mlc::sap
