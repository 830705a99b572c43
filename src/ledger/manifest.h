// The balanced documents that we want in SAP's books for one settlement, planned together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/strong_id.h"
#include "base/time.h"
#include "ledger/document_key.h"
#include "ledger/money.h"

namespace mlc::ledger {

// Which BAPI table a line goes to (BAPIACGL09, BAPIACAP09, BAPIACAR09).
enum class LineKind { kGl, kVendor, kCustomer };
// KOART: S for G/L accounts, K for vendors, D for customers.
[[nodiscard]] char account_type_of(LineKind kind);

// Economic nature; a posting attribute, so that sales and refunds never net into one line.
// kIntercompany: owed between two company codes, with another side there.
enum class Nature {
  kSale,
  kRefund,
  kFee,
  kTax,
  kReserve,
  kTransfer,
  kIntercompany,
  kOther,
  kReceivable
};
[[nodiscard]] std::string_view to_word(Nature nature);  // "sale", "refund", ...

// One line as it goes to BAPI_ACC_DOCUMENT_POST. Account numbers and cost centres carry SAP's
// leading zeros (ALPHA form, 10 characters when numeric). Debit positive, credit negative.
struct DocumentLine {
  std::uint32_t item = 0;  // ITEMNO_ACC, 1-based, dense
  LineKind kind = LineKind::kGl;
  std::string account;  // HKONT, or LIFNR / KUNNR by kind
  Money amount;         // document currency (CURR_TYPE 00)
  Nature nature = Nature::kOther;
  std::string cost_center;      // KOSTL
  std::string profit_center;    // PRCTR
  std::string internal_order;   // AUFNR
  std::string segment;          // SEGMENT
  std::string functional_area;  // FKBER
  std::string tax_code;         // MWSKZ
  std::string payment_block;    // ZLSPR
  std::string assignment;       // ZUONR, 18
  std::string text;             // SGTXT, 50
  // CO-PA characteristics (ledger/profitability.h), CRITERIA.
  std::string profitability = {};
  friend bool operator==(const DocumentLine&, const DocumentLine&) = default;
};

struct LedgerDocument {
  DocumentKey key;            // XBLNR
  std::string company_code;   // BUKRS
  std::string document_type;  // BLART
  Date posting_date;          // BUDAT
  Date document_date;         // BLDAT
  Currency currency;          // WAERS
  std::string header_text;    // BKTXT, 25: marketplace, period, i/n, first 8 of the content hash
  std::vector<DocumentLine> lines;  // sum zero
  friend bool operator==(const LedgerDocument&, const LedgerDocument&) = default;
};

// Ordered by part. `content_hash` (lower-case hex SHA-256) covers everything but header texts.
struct Manifest {
  SettlementId settlement;
  std::string stem;
  char revision = 'A';
  std::string rules_version;
  std::string content_hash;
  std::vector<LedgerDocument> documents;
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

// The canonical text form (docs/formats/manifest.md): same manifest, same bytes. It is hashed,
// stored, and carried to the executor beside SAP.
[[nodiscard]] std::string write_manifest(const Manifest& manifest);
// The inverse. Errors: ledger.bad_manifest (line, found, expected).
[[nodiscard]] Result<Manifest> read_manifest(std::string_view text);
// The hash that `content_hash` must have.
[[nodiscard]] std::string content_hash(const Manifest& manifest);
// Every document balances to zero in one currency, has 2 to 900 lines, keys in order, fields within
// SAP's lengths, `content_hash` right. Errors: ledger.unbalanced_document, ledger.too_many_items,
// ledger.field_too_long, ledger.bad_manifest.
[[nodiscard]] Status validate(const Manifest& manifest);

}  // namespace mlc::ledger
