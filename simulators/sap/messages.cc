#include "simulators/sap/messages.h"

#include <algorithm>

namespace mlc::simulators::sap {

const std::vector<MessageKind>& all_messages() {
  static const std::vector<MessageKind> messages{kHeaderMissing,
                                                 kItemsMissing,
                                                 kCurrencyMissing,
                                                 kItemTwice,
                                                 kAmountTwice,
                                                 kOriginalNotFound,
                                                 kItemWithoutCurrency,
                                                 kBalance,
                                                 kBadObjectKey,
                                                 kPosted,
                                                 kErrorInDocument,
                                                 kChecked,
                                                 kBadStatus,
                                                 kCommitFailed,
                                                 kCustomerUnknown,
                                                 kDuplicateInvoice,
                                                 kPeriodClosed,
                                                 kTooManyItems,
                                                 kLocalBalance,
                                                 kTaxCodeUnknown,
                                                 kTaxExceedsBase,
                                                 kTaxItemMissing,
                                                 kForeignCostObject,
                                                 kNeedsCostObject,
                                                 kCostObjectDropped,
                                                 kBalancingField,
                                                 kCompanyCodeUnknown,
                                                 kOtherCompanyCode,
                                                 kDocumentTypeUnknown,
                                                 kAccountTypeNotAllowed,
                                                 kBadPeriod,
                                                 kNoNumberRange,
                                                 kNumberRangeFull,
                                                 kAccountUnknown,
                                                 kAccountNotInCompanyCode,
                                                 kAccountBlocked,
                                                 kReconciliationAccount,
                                                 kAutomaticOnly,
                                                 kAccountCurrency,
                                                 kVendorUnknown,
                                                 kPartnerBlocked,
                                                 kTaxNotAllowed,
                                                 kTaxRequired,
                                                 kNoTaxAccount,
                                                 kCostCentreUnknown,
                                                 kCostCentreLocked,
                                                 kProfitCentreUnknown,
                                                 kCoLocked,
                                                 kLocked,
                                                 kNoRate,
                                                 kCurrencyUnknown,
                                                 kCurrencyMixed,
                                                 kBadAmount,
                                                 kZeroAmount,
                                                 kAmountWithoutItem,
                                                 kAlreadyReversed,
                                                 kClearedItems,
                                                 kReversalReason,
                                                 kNotPosted};
  return messages;
}

bool any_error(const std::vector<Message>& messages) {
  return std::any_of(messages.begin(), messages.end(),
                     [](const Message& message) { return message.is_error(); });
}

std::string text_of(const Message& message) {
  std::string text;
  for (std::size_t i = 0; i < message.kind.text.size(); ++i) {
    const char c = message.kind.text[i];
    const bool variable = c == '&' && i + 1 < message.kind.text.size() &&
                          message.kind.text[i + 1] >= '1' && message.kind.text[i + 1] <= '4';
    if (!variable) {
      text += c;
      continue;
    }
    const auto index = static_cast<std::size_t>(message.kind.text[++i] - '1');
    if (index < message.variables.size()) text += message.variables[index];
  }
  return text;
}

abap::Structure bapiret2(const Message& message, const std::string& system) {
  abap::Structure row{{"TYPE", std::string(1, message.kind.type)},
                      {"ID", std::string(message.kind.id)},
                      {"NUMBER", std::string(message.kind.number)},
                      {"MESSAGE", text_of(message).substr(0, 220)},
                      {"LOG_NO", ""},
                      {"LOG_MSG_NO", "000000"},
                      {"PARAMETER", message.parameter},
                      {"ROW", message.row},
                      {"FIELD", message.field},
                      {"SYSTEM", system}};
  for (std::size_t i = 0; i < 4; ++i) {
    row["MESSAGE_V" + std::to_string(i + 1)] =
        i < message.variables.size() ? message.variables[i].substr(0, 50) : "";
  }
  return row;
}

abap::Table bapiret2(const std::vector<Message>& messages, const std::string& system) {
  abap::Table table;
  for (const auto& message : messages) table.push_back(bapiret2(message, system));
  return table;
}

}  // namespace mlc::simulators::sap
