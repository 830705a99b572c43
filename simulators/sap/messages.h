// Messages with SAP's class, number and text, as rows of RETURN.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "abap/value.h"

namespace mlc::simulators::sap {

// `confirmed`: class and number were seen in a source about a live system. The others are from
// general knowledge, or stand for a refusal whose number nobody confirmed; a client must not branch
// on them.
struct MessageKind {
  char type;
  std::string_view id;
  std::string_view number;
  std::string_view text;  // &1 to &4 are the variables
  bool confirmed;
};

inline constexpr MessageKind kHeaderMissing{'E', "RW", "001", "Header &1 is missing", true};
inline constexpr MessageKind kItemsMissing{'E', "RW", "002", "Items are missing", true};
inline constexpr MessageKind kCurrencyMissing{'E', "RW", "003", "Currency data is missing", true};
inline constexpr MessageKind kItemTwice{'E', "RW", "014", "Item number &1 was transferred twice",
                                        true};
inline constexpr MessageKind kAmountTwice{
    'E', "RW", "018", "Currency type &2 of item number &1 was transferred twice", true};
inline constexpr MessageKind kOriginalNotFound{'E', "RW", "020", "Original document &1 not found",
                                               true};
inline constexpr MessageKind kItemWithoutCurrency{
    'E', "RW", "021", "Item &1 has no currency information for currency type &2", true};
inline constexpr MessageKind kBalance{
    'E', "RW", "022", "FI/CO interface: Balance in transaction currency (type &1: &2)", true};
inline constexpr MessageKind kBadObjectKey{
    'E', "RW", "602", "Object type, key or system is filled incorrectly: &1 &2 &3", true};
inline constexpr MessageKind kPosted{'S', "RW", "605", "Document posted successfully: &1 &2 &3",
                                     true};
inline constexpr MessageKind kErrorInDocument{'E', "RW", "609", "Error in document: &1 &2 &3",
                                              true};
inline constexpr MessageKind kChecked{'S', "RW", "614", "Document check - no errors: &1 &2 &3",
                                      true};
inline constexpr MessageKind kBadStatus{'E', "RW", "637", "Document status &1 is invalid", true};
inline constexpr MessageKind kNoFunction{'E', "FL", "046", "Function module &1 does not exist",
                                         true};
inline constexpr MessageKind kCommitFailed{
    'E', "S&", "101", "Commit failed: the update of the document was terminated", true};

inline constexpr MessageKind kCustomerUnknown{
    'E', "F5", "102", "Customer &1 is not defined in company code &2", true};
inline constexpr MessageKind kDuplicateInvoice{
    'E', "F5", "117", "Check whether document has already been entered under number &1 &2 &3",
    true};
inline constexpr MessageKind kPeriodClosed{'E', "F5", "201", "Posting period &1 &2 is not open",
                                           false};
inline constexpr MessageKind kTooManyItems{'E', "F5", "727",
                                           "Maximum number of items in FI reached (&1)", false};
inline constexpr MessageKind kLocalBalance{'E', "F5", "703", "Balance in local currency: &1",
                                           false};
inline constexpr MessageKind kTaxCodeUnknown{'E', "FF", "101",
                                             "Tax code &1 in procedure &2 is not defined", true};
inline constexpr MessageKind kTaxExceedsBase{
    'E', "FF", "747", "Tax amount is greater than the tax base (tax code &1)", true};
inline constexpr MessageKind kTaxItemMissing{'E', "FF", "805",
                                             "Tax statement item missing for tax code &1", false};
inline constexpr MessageKind kForeignCostObject{
    'E', "KI", "100", "Cost center &1 belongs to company code &2, not &3", true};
inline constexpr MessageKind kNeedsCostObject{
    'E', "KI", "235", "Account &1 requires an assignment to a CO object", true};
inline constexpr MessageKind kCostObjectDropped{'W', "KI", "281",
                                                "Do not assign a CO object to account &1", true};
inline constexpr MessageKind kBalancingField{
    'E', "GLT2", "201", "Balancing field \"&1\" in line item &2 is not filled", true};

inline constexpr MessageKind kCompanyCodeUnknown{'E', "F5", "165", "Company code &1 is not defined",
                                                 false};
inline constexpr MessageKind kOtherCompanyCode{
    'E', "F5", "166", "Company code &1 of item &2 is not that of the document", false};
inline constexpr MessageKind kDocumentTypeUnknown{'E', "F5", "814",
                                                  "Document type &1 is not defined", false};
inline constexpr MessageKind kAccountTypeNotAllowed{
    'E', "F5", "168", "Account type &1 is not allowed for document type &2", false};
inline constexpr MessageKind kBadPeriod{'E', "F5", "175",
                                        "Period &1 &2 does not fit posting date &3", false};
inline constexpr MessageKind kNoNumberRange{
    'E', "NR", "751", "For object RF_BELEG &1, number range interval &2 &3 does not exist", false};
inline constexpr MessageKind kNumberRangeFull{
    'E', "NR", "754", "Interval &1 of object RF_BELEG &2 is used up", false};
inline constexpr MessageKind kAccountUnknown{
    'E', "F5", "506", "G/L account &1 is not defined in chart of accounts &2", false};
inline constexpr MessageKind kAccountNotInCompanyCode{
    'E', "F5", "507", "G/L account &1 is not defined in company code &2", false};
inline constexpr MessageKind kAccountBlocked{
    'E', "F5", "350", "Account &1 in company code &2 is blocked for posting", false};
inline constexpr MessageKind kReconciliationAccount{
    'E', "F5", "354", "Account &1 in company code &2 cannot be directly posted to", false};
inline constexpr MessageKind kAutomaticOnly{
    'E', "F5", "351", "Account &1 in company code &2 can only be posted to automatically", false};
inline constexpr MessageKind kAccountCurrency{'E', "F5", "352",
                                              "Account &1 takes currency &2 only, not &3", false};
inline constexpr MessageKind kVendorUnknown{'E', "F5", "103",
                                            "Vendor &1 is not defined in company code &2", false};
inline constexpr MessageKind kPartnerBlocked{'E', "F5", "105", "Account &1 is blocked for posting",
                                             false};
inline constexpr MessageKind kTaxNotAllowed{'E', "FF", "753",
                                            "Tax code &1 is not allowed on account &2", false};
inline constexpr MessageKind kTaxRequired{'E', "FF", "806", "Account &1 requires a tax code",
                                          false};
inline constexpr MessageKind kNoTaxAccount{'E', "FF", "709",
                                           "No tax account for key &1 and tax code &2", false};
inline constexpr MessageKind kCostCentreUnknown{'E', "KI", "265",
                                                "Cost center &1/&2 does not exist on &3", false};
inline constexpr MessageKind kCostCentreLocked{
    'E', "KI", "248", "Cost center &1/&2 is locked for direct postings on &3", false};
inline constexpr MessageKind kProfitCentreUnknown{
    'E', "KM", "026", "Profit center &1/&2 does not exist on &3", false};
inline constexpr MessageKind kCoLocked{
    'E', "KI", "138", "Period &1 &2 is locked for actual postings in controlling area &3", false};
inline constexpr MessageKind kLocked{'E', "MC", "601",
                                     "Object requested is currently locked by user &1", false};
inline constexpr MessageKind kNoRate{'E', "SG", "105", "Enter rate &1 / &2 rate type &3 for &4",
                                     false};
inline constexpr MessageKind kCurrencyUnknown{'E', "F5", "170", "Currency &1 is not defined",
                                              false};
inline constexpr MessageKind kCurrencyMixed{'E', "F5", "171",
                                            "Item &1 has currency &2; the document has &3", false};
inline constexpr MessageKind kBadAmount{'E', "F5", "172",
                                        "Amount &1 of item &2 does not fit currency &3", false};
inline constexpr MessageKind kZeroAmount{'E', "F5", "263", "Amount of item &1 is zero", false};
inline constexpr MessageKind kAmountWithoutItem{
    'E', "RW", "023", "Currency information for item &1, which does not exist", false};
inline constexpr MessageKind kAlreadyReversed{
    'E', "F5", "361", "Document &1 &2 &3 was already reversed with document &4", false};
inline constexpr MessageKind kClearedItems{
    'E', "F5", "308", "Document &1 &2 &3 holds cleared items and cannot be reversed", false};
inline constexpr MessageKind kReversalReason{'E', "F5", "512", "Reversal reason &1 is not defined",
                                             false};
inline constexpr MessageKind kNotPosted{'E', "F5", "362", "Document &1 &2 &3 is not posted", false};

// Every kind above.
[[nodiscard]] const std::vector<MessageKind>& all_messages();

struct Message {
  MessageKind kind;
  std::vector<std::string> variables;
  std::string parameter;  // the table the fault is in
  int row = 0;            // from 1
  std::string field;
  [[nodiscard]] bool is_error() const { return kind.type == 'E' || kind.type == 'A'; }
};
[[nodiscard]] bool any_error(const std::vector<Message>& messages);
[[nodiscard]] std::string text_of(const Message& message);

// BAPIRET2. `system` is the logical system.
[[nodiscard]] abap::Structure bapiret2(const Message& message, const std::string& system);
[[nodiscard]] abap::Table bapiret2(const std::vector<Message>& messages, const std::string& system);

}  // namespace mlc::simulators::sap
