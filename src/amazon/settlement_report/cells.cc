#include "amazon/settlement_report/cells.h"

#include "amazon/settlement_report/date_pattern.h"
#include "amazon/settlement_report/errors.h"

namespace mlc::amazon::settlement_report {
namespace {

Result<std::string_view> read_filled(const Row& row, Column column, std::string expected) {
  const std::string_view cell = row.cell(column);
  if (cell.empty()) return failure(row.refuse(kMissingValue, column, std::move(expected)));
  return cell;
}

Result<Instant> read_filled_date(const Row& row, Column column) {
  MLC_TRY(const auto cell, read_filled(row, column, expected_dates()));
  const auto instant = read_date(cell);
  if (!instant) return failure(row.refuse(kUnknownDate, column, expected_dates()));
  return *instant;
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

std::string expected_amount(ledger::Currency currency) {
  return "an amount with a decimal point and at most " + std::to_string(currency.decimals()) +
         " decimals (" + std::string(currency.code()) + ")";
}

}  // namespace

bool is_summary(const Row& row) {
  return !row.cell(Column::kTotalAmount).empty() && row.cell(Column::kAmountType).empty() &&
         row.cell(Column::kAmount).empty();
}

Result<SummaryRow> read_summary(const Row& row, std::size_t total_column) {
  MLC_TRY(const auto id, read_filled(row, Column::kSettlementId, "Amazon's settlement-id"));
  MLC_TRY(const auto start, read_filled_date(row, Column::kSettlementStartDate));
  MLC_TRY(const auto end, read_filled_date(row, Column::kSettlementEndDate));
  MLC_TRY(const auto deposit, read_filled_date(row, Column::kDepositDate));
  MLC_TRY(const auto currency, read_currency(row));
  MLC_TRY(const auto total, read_amount(row, Column::kTotalAmount, currency));
  return SummaryRow{
      {SettlementId(std::string(id)), start, end, deposit, total}, row.line().number, total_column};
}

Result<ledger::Money> read_amount(const Row& row, Column column, ledger::Currency currency) {
  const std::string_view cell = row.cell(column);
  auto amount = ledger::Money::parse(cell, currency);
  if (amount) return amount;
  const ErrorKind& kind = cell.empty()                               ? kMissingValue
                          : cell.find(',') != std::string_view::npos ? kDecimalComma
                                                                     : kBadAmount;
  return failure(
      row.refuse(kind, column, expected_amount(currency)).caused_by(std::move(amount).error()));
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
