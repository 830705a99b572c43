// Lengths of SAP's fields (docs: structures BAPIACHE09, BAPIACGL09, BAPIACAP09) and who may have
// them. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/manifest.h"

namespace mlc::ledger {

inline constexpr std::size_t kCompanyCodeLength = 4;      // BUKRS
inline constexpr std::size_t kDocumentTypeLength = 2;     // BLART
inline constexpr std::size_t kReferenceLength = 16;       // XBLNR
inline constexpr std::size_t kHeaderTextLength = 25;      // BKTXT
inline constexpr std::size_t kAccountLength = 10;         // HKONT, LIFNR, KUNNR
inline constexpr std::size_t kCostCenterLength = 10;      // KOSTL
inline constexpr std::size_t kProfitCenterLength = 10;    // PRCTR
inline constexpr std::size_t kInternalOrderLength = 12;   // AUFNR
inline constexpr std::size_t kSegmentLength = 10;         // SEGMENT
inline constexpr std::size_t kFunctionalAreaLength = 16;  // FKBER
inline constexpr std::size_t kTaxCodeLength = 2;          // MWSKZ
inline constexpr std::size_t kPaymentBlockLength = 1;     // ZLSPR
inline constexpr std::size_t kAssignmentLength = 18;      // ZUONR
inline constexpr std::size_t kLineTextLength = 50;        // SGTXT
// WRBTR is CURR 13: digits of an amount in SAP's smallest unit.
inline constexpr int kAmountDigits = 13;
inline constexpr std::size_t kMostItems = 900;

// Errors: ledger.field_too_long with field, place, found and expected.
[[nodiscard]] Status check_length(std::string_view field, std::string_view place,
                                  std::string_view value, std::size_t limit);
// All fields of a line and of a header. `place` names the document in messages.
[[nodiscard]] Status check_lengths(const DocumentLine& line, std::string_view place);
[[nodiscard]] Status check_lengths(const LedgerDocument& document);

// Whether `amount` has at most 13 digits and no decimals beyond `sap_decimals` (TCURX).
// Errors: ledger.currency_decimals.
[[nodiscard]] Status check_amount(const Money& amount, int sap_decimals, std::string_view place);

}  // namespace mlc::ledger
