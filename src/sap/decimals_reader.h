// How many decimals SAP keeps of each currency. Writes nothing.
#pragma once

#include "abap/channel.h"
#include "sap/currency_notation.h"
#include "sap/table_reader.h"

namespace mlc::sap {

// TCURX. Repeatable. Errors: those of read_table, sap.bad_table_value.
[[nodiscard]] Result<CurrencyDecimals> read_decimals(abap::Session& session,
                                                     const ReaderLimits& limits);

}  // namespace mlc::sap
