#include "amazon/settlement_report/cells.h"

#include <algorithm>

#include "amazon/settlement_report/errors.h"

namespace mlc::amazon::settlement_report {
namespace {

Result<std::string_view> read_filled(const Row& row, Column column, std::string expected) {
  const std::string_view cell = row.cell(column);
  if (cell.empty()) return failure(row.refuse(kMissingValue, column, std::move(expected)));
  return cell;
}

Result<Instant> read_filled_date(const Row& row, Column column, SlashOrder order) {
  MLC_TRY(const auto cell, read_filled(row, column, expected_dates()));
  const auto scanned = scan_date(cell);
  const auto instant = scanned ? scanned->instant(order) : std::nullopt;
  if (!instant) return failure(row.refuse(kUnknownDate, column, expected_dates()));
  return *instant;
}

}  // namespace

bool is_summary(const Row& row) {
  if (row.cell(Column::kTotalAmount).empty() || !row.cell(Column::kAmountType).empty())
    return false;
  return std::ranges::all_of(row.header().layout().amounts, [&row](const AmountColumn& one) {
    return row.cell(one.amount).empty();
  });
}

Result<ledger::Currency> read_currency(const Row& row) {
  constexpr auto kColumn = Column::kCurrency;
  constexpr std::string_view kExpected = "an ISO 4217 code such as USD";
  MLC_TRY(const auto cell, read_filled(row, kColumn, std::string(kExpected)));
  auto currency = ledger::Currency::from_code(cell);
  if (currency) return currency;
  return failure(row.refuse(kUnknownCurrency, kColumn, std::string(kExpected))
                     .caused_by(std::move(currency).error()));
}

Result<SummaryRow> read_summary(const Row& row, const FileFormat& format) {
  MLC_TRY(const auto id, read_filled(row, Column::kSettlementId, "Amazon's settlement-id"));
  MLC_TRY(const auto start, read_filled_date(row, Column::kSettlementStartDate, format.order));
  MLC_TRY(const auto end, read_filled_date(row, Column::kSettlementEndDate, format.order));
  MLC_TRY(const auto deposit, read_filled_date(row, Column::kDepositDate, format.order));
  MLC_TRY(const auto currency, read_currency(row));
  MLC_TRY(const auto total, read_amount(row, Column::kTotalAmount, format.mark, currency));
  return SummaryRow{{SettlementId(std::string(id)), start, end, deposit, total},
                    row.line().number,
                    row.header().position(Column::kTotalAmount) + 1};
}

Result<ledger::Money> read_amount(const Row& row, Column column, DecimalMark mark,
                                  ledger::Currency currency) {
  const std::string_view cell = row.cell(column);
  const auto amount = read_money(cell, mark, currency);
  if (amount) return *amount;
  return failure(row.refuse(cell.empty() ? kMissingValue : kBadAmount, column,
                            expected_amount(mark, currency)));
}

Status check_belongs(const Row& row, const ledger::SettlementHeader& header) {
  if (row.cell(Column::kSettlementId) != header.id.str()) {
    return failure(row.refuse(kOtherSettlement, Column::kSettlementId, header.id.str()));
  }
  const std::string_view currency = row.cell(Column::kCurrency);
  const ledger::Currency expected = header.total.currency();
  if (!currency.empty() && currency != expected.code()) {
    return failure(row.refuse(kOtherCurrency, Column::kCurrency, std::string(expected.code())));
  }
  return {};
}

}  // namespace mlc::amazon::settlement_report
