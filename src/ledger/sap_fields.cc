#include "ledger/sap_fields.h"

#include "ledger/errors.h"
#include "ledger/profitability.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

std::int64_t power_of_ten(int exponent) {
  std::int64_t out = 1;
  for (; exponent > 0; --exponent) out *= 10;
  return out;
}

}  // namespace

Status check_length(std::string_view field, std::string_view place, std::string_view value,
                    std::size_t limit) {
  if (length_of(value) <= limit) return {};
  return failure(kFieldTooLong, {{"field", std::string(field)},
                                 {"place", std::string(place)},
                                 {"found", std::string(value)},
                                 {"expected", "at most " + std::to_string(limit) + " characters"}});
}

Status check_lengths(const DocumentLine& line, std::string_view place) {
  const std::string at = std::string(place) + " line " + std::to_string(line.item);
  MLC_TRY_STATUS(check_length("HKONT", at, line.account, kAccountLength));
  MLC_TRY_STATUS(check_length("KOSTL", at, line.cost_center, kCostCenterLength));
  MLC_TRY_STATUS(check_length("PRCTR", at, line.profit_center, kProfitCenterLength));
  MLC_TRY_STATUS(check_length("AUFNR", at, line.internal_order, kInternalOrderLength));
  MLC_TRY_STATUS(check_length("SEGMENT", at, line.segment, kSegmentLength));
  MLC_TRY_STATUS(check_length("FKBER", at, line.functional_area, kFunctionalAreaLength));
  MLC_TRY_STATUS(check_length("MWSKZ", at, line.tax_code, kTaxCodeLength));
  MLC_TRY_STATUS(check_length("ZLSPR", at, line.payment_block, kPaymentBlockLength));
  for (const auto& [name, value] : read_characteristics(line.profitability)) {
    MLC_TRY_STATUS(check_length(name, at, value, kCharacteristicValueLength));
  }
  MLC_TRY_STATUS(check_length("ZUONR", at, line.assignment, kAssignmentLength));
  return check_length("SGTXT", at, line.text, kLineTextLength);
}

Status check_lengths(const LedgerDocument& document) {
  const std::string at = document.key.text();
  MLC_TRY_STATUS(check_length("XBLNR", at, at, kReferenceLength));
  MLC_TRY_STATUS(check_length("BUKRS", at, document.company_code, kCompanyCodeLength));
  MLC_TRY_STATUS(check_length("BLART", at, document.document_type, kDocumentTypeLength));
  MLC_TRY_STATUS(check_length("BKTXT", at, document.header_text, kHeaderTextLength));
  for (const auto& line : document.lines) MLC_TRY_STATUS(check_lengths(line, at));
  return {};
}

Status check_amount(const Money& amount, int sap_decimals, std::string_view place) {
  const int lost = amount.currency().decimals() - sap_decimals;
  const int room = kAmountDigits + lost;
  const bool fits =
      room >= 18 || (amount.minor() < power_of_ten(room) && amount.minor() > -power_of_ten(room));
  if (fits && (lost <= 0 || amount.minor() % power_of_ten(lost) == 0)) return {};
  return failure(kCurrencyDecimals, {{"place", std::string(place)},
                                     {"currency", std::string(amount.currency().code())},
                                     {"decimals", std::to_string(sap_decimals)},
                                     {"found", amount.decimal()},
                                     {"expected", "at most " + std::to_string(kAmountDigits) +
                                                      " digits, no decimals beyond SAP's"}});
}

}  // namespace mlc::ledger
