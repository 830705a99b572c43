#include "sap/decimals_reader.h"

#include "sap/allowed_rows.h"
#include "sap/errors.h"

namespace mlc::sap {
namespace {

const TableShape kCurrencies{"TCURX", {{"CURRKEY", 5}}, {{"CURRDEC", 3}}};

bool is_one_digit(std::string_view text) {
  return text.size() == 1 && text.front() >= '0' && text.front() <= '9';
}

}  // namespace

Result<CurrencyDecimals> read_decimals(abap::Session& session, const ReaderLimits& limits) {
  MLC_TRY(const auto rows, read_table(session, kCurrencies, {}, limits));
  CurrencyDecimals out;
  for (const TableRow& row : rows) {
    const auto digits = trimmed(cell(row, "CURRDEC"));
    if (!is_one_digit(digits)) {
      return failure(kBadTableValue, {{"table", "TCURX"},
                                      {"field", "CURRDEC"},
                                      {"row", cell(row, "CURRKEY")},
                                      {"found", std::string(digits)},
                                      {"expected", "one digit"}});
    }
    out.set(cell(row, "CURRKEY"), digits.front() - '0');
  }
  return out;
}

}  // namespace mlc::sap
