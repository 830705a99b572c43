// Cells into values. All are pure and refuse by naming the cell.
#pragma once

#include "amazon/settlement_report/row.h"
#include "amazon/settlement_report/settlement_report_parser.h"
#include "base/result.h"
#include "ledger/money.h"

namespace mlc::amazon::settlement_report {

// Total but neither amount-type nor amount (a blank transaction-type alone is no proof: fee rows
// without it are real).
[[nodiscard]] bool is_summary(const Row& row);

// Errors: settlement_report.missing_value, .unknown_date, .unknown_currency, .bad_amount,
// .decimal_comma.
[[nodiscard]] Result<SummaryRow> read_summary(const Row& row, std::size_t total_column);

// Errors: settlement_report.missing_value, .decimal_comma, .bad_amount.
[[nodiscard]] Result<ledger::Money> read_amount(const Row& row, Column column,
                                                ledger::Currency currency);

// The row belongs to the settlement: same id, same currency or none.
// Errors: settlement_report.other_settlement, .other_currency.
[[nodiscard]] Status check_belongs(const Row& row, const ledger::SettlementHeader& header);

}  // namespace mlc::amazon::settlement_report
