// What SAP's books hold, as read back, and how it compares with what we wanted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ledger/manifest.h"
#include "ledger/translation.h"

namespace mlc::ledger {

// SAP's document number. OBJ_KEY of AWTYP BKPFF is BELNR(10) + BUKRS(4) + GJAHR(4).
struct DocumentNumber {
  std::string company_code;  // BUKRS
  std::string number;        // BELNR, 10 digits
  std::string fiscal_year;   // GJAHR
  friend auto operator<=>(const DocumentNumber&, const DocumentNumber&) = default;
  [[nodiscard]] std::string text() const { return company_code + "/" + number + "/" + fiscal_year; }
};

struct PostedLine {
  std::uint32_t item = 0;   // BUZEI
  char account_type = 'S';  // KOART: S, D, K
  std::string account;      // HKONT for S, LIFNR for K, KUNNR for D
  Money amount;             // WRBTR with the sign of SHKZG
  Money local_amount;       // DMBTR with the sign of SHKZG, company code currency
  std::string cost_center;
  std::string profit_center;
  std::string tax_code;
  std::string assignment;
  std::string text;
};

// A row of the tax table (BSET), with the sign of SHKZG.
struct PostedTaxLine {
  std::string tax_code;         // MWSKZ
  std::string account;          // HKONT
  std::string transaction_key;  // KTOSL
  Money base;                   // FWBAS
  Money tax;                    // FWSTE
  Money local_base;             // HWBAS
  Money local_tax;              // HWSTE
};

// Whose rate the table's is: what TCURR says now, which may have been corrected after the document
// was posted; or what it said right before we posted this very document.
enum class TableOf { kNow, kPosting };

// What SAP says about the translation into the company code's currency.
struct Translation {
  int local_decimals = 2;                     // of SAP (TCURX)
  std::optional<ExchangeRate> document_rate;  // BKPF-KURSF
  std::optional<ExchangeRate> table_rate;     // TCURR on the translation date (WWERT)
  TableOf table_is_of = TableOf::kNow;
};

struct PostedDocument {
  DocumentNumber number;
  std::string document_type;  // BLART
  std::string reference;      // XBLNR
  std::string header_text;    // BKTXT
  char status = ' ';          // BSTAT: ' ' posted, V parked, W parked complete, Z parked deleted
  Date posting_date;
  Date document_date;
  Currency currency;
  std::string user;                           // USNAM
  std::optional<DocumentNumber> reversed_by;  // STBLG/STJAH on the original
  std::optional<DocumentNumber> reverses;     // the original, when this is the reversal document
  std::vector<PostedLine> lines;
  std::optional<std::vector<PostedTaxLine>> tax_lines = std::nullopt;  // nothing: not readable
  // Nothing when the document is in the company code's currency, or parked.
  std::optional<Translation> translation = std::nullopt;
  [[nodiscard]] bool is_parked() const { return status == 'V' || status == 'W'; }
  [[nodiscard]] bool is_live() const { return status == ' ' && !reversed_by && !reverses; }
};

// One field that differs. Hard: company code, currency, amount per account and tax code, local
// amounts (ledger/local_comparison.h), tax (ledger/tax_comparison.h).
// Soft: reference, document type, dates, texts, assignment, cost and profit centre, and generated
// lines: lines on accounts that we did not ask for, when they add up to zero and the totals of all
// our accounts agree. An account that a substitution changed is hard.
struct Difference {
  bool hard = false;
  std::string document;  // key text
  std::string field;     // SAP's name, e.g. "WRBTR 0000400000/A1"
  std::string wanted;
  std::string found;
  friend bool operator==(const Difference&, const Difference&) = default;
};

// Pure comparison of one wanted document with one found one. Line order does not matter.
[[nodiscard]] std::vector<Difference> compare(const LedgerDocument& wanted,
                                              const PostedDocument& found);

enum class PartState { kAbsent, kReversed, kParked, kLive, kDuplicate };

// What SAP holds of one part of a manifest.
struct PartFinding {
  std::string part;
  PartState state = PartState::kAbsent;
  char revision = ' ';                     // highest revision found, ' ' when absent
  std::optional<PostedDocument> document;  // the live (or parked, or last reversed) one
  std::vector<DocumentNumber> all;         // every document of that part
};

// The verdict over a whole manifest, DESIGN 5.2 step 2.
enum class Finding {
  kNothing,         // nothing under the stem
  kAlreadyPosted,   // all parts live and equal in every hard field
  kConflicts,       // live but different in a hard field, or parts that the manifest does not have
  kIncomplete,      // some live, others absent
  kReversed,        // every part there was is reversed
  kPartlyReversed,  // some parts live, others reversed
  kDuplicate,       // two live documents of one part
  kParked,          // somebody parked (or parks) a document with our key
  kForeign,         // only references that begin with the id but lack a key's form
};
[[nodiscard]] std::string_view to_word(Finding finding);

struct Judgement {
  Finding finding = Finding::kNothing;
  std::vector<PartFinding> parts;
  std::vector<PostedDocument> foreign;
  std::vector<Difference> differences;
};

// Several manifests may stand under one stem, each with parts of its own (ports::PostUnit). Both
// functions keep the order. Those of `documents` whose key has none of the parts, and all without a
// key of ours:
[[nodiscard]] std::vector<PostedDocument> without_parts(std::vector<PostedDocument> documents,
                                                        std::string_view stem,
                                                        const std::vector<std::string>& parts);
// Those whose key has a part of the manifest.
[[nodiscard]] std::vector<PostedDocument> of_manifest(std::vector<PostedDocument> documents,
                                                      const Manifest& manifest);

// Judges all documents found under a stem (any status, any company code of the connection) against
// the manifest. A document and its reversal cancel out; two live documents of one part are a
// duplicate, whatever their revisions. A parked document that was deleted counts as reversed: a
// person decided against it. The manifest of another revision than the live documents' is compared
// without revision. Foreign documents are all listed, but only posted or parked ones hold
// (kForeign). A difference part that the manifest does not have is a conflict unless reversed;
// accruals and transfers under the same stem are passed over.
[[nodiscard]] Judgement judge(const Manifest& wanted, const std::vector<PostedDocument>& found);

}  // namespace mlc::ledger
