// Cells into values. All are pure and refuse by naming the cell.
#pragma once

#include "amazon/settlement_report/file_format.h"
#include "amazon/settlement_report/row.h"
#include "base/result.h"
#include "ledger/money.h"
#include "ledger/settlement.h"

namespace mlc::amazon::settlement_report {

// The summary row and where it stands.
struct SummaryRow {
  ledger::SettlementHeader header;
  std::uint64_t line = 0;
  std::size_t total_column = 0;  // 1-based
};

// Total but neither amount-type nor any amount (a blank transaction-type alone is no proof: fee
// rows without it are real).
[[nodiscard]] bool is_summary(const Row& row);

// Errors: settlement_report.missing_value, .unknown_currency.
[[nodiscard]] Result<ledger::Currency> read_currency(const Row& row);

// Errors: settlement_report.missing_value, .unknown_date, .unknown_currency, .bad_amount.
[[nodiscard]] Result<SummaryRow> read_summary(const Row& row, const FileFormat& format);

// Errors: settlement_report.missing_value, .bad_amount.
[[nodiscard]] Result<ledger::Money> read_amount(const Row& row, Column column, DecimalMark mark,
                                                ledger::Currency currency);

// The row belongs to the settlement: same id, same currency or none.
// Errors: settlement_report.other_settlement, .other_currency.
[[nodiscard]] Status check_belongs(const Row& row, const ledger::SettlementHeader& header);

}  // namespace mlc::amazon::settlement_report
