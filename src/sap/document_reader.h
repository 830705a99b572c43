// Accounting documents as SAP's books hold them, read by key or by reference. Writes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "abap/channel.h"
#include "base/result.h"
#include "ledger/posted_document.h"
#include "ports/unit.h"
#include "sap/currency_notation.h"
#include "sap/rate_reader.h"
#include "sap/table_reader.h"

namespace mlc::sap {

// One reader per session; not thread-safe. All functions are repeatable. Errors: those of
// sap::read_table, sap.bad_table_value.
class DocumentReader {
 public:
  DocumentReader(abap::Session& session, ReaderLimits limits)
      : session_(session), limits_(limits), rates_(session, limits) {}

  // System id and client as the logon answered them, logical system from T000 (LOGSYS).
  [[nodiscard]] Result<ports::SystemIdentity> identity();

  // Every document whose reference begins with the stem's id, in any status, in these company
  // codes; with lines, tax lines and what predicts local amounts unless parked (lines of parked
  // documents are kept in other tables). A tax table that cannot be read leaves tax_lines empty.
  // References that only continue the id's digits belong to another settlement and are left out.
  // Also errors: sap.bad_stem.
  [[nodiscard]] Result<std::vector<ledger::PostedDocument>> documents_under(
      const std::string& stem, const std::vector<std::string>& company_codes);

  // By primary key; nothing when SAP has no such document.
  [[nodiscard]] Result<std::optional<ledger::PostedDocument>> document(
      const ledger::DocumentNumber& number);

  // Update requests of a user in any state (SM13). VBHDR's fields are unconfirmed: VBKEY, VBUSR and
  // VBSTATE only, and a table that cannot be read counts as one record of state "unreadable", so
  // that it never passes as proof of absence. VBSTATE is shown as SAP's number.
  [[nodiscard]] Result<std::vector<ports::UpdateRecord>> update_records(const std::string& user);

  // What this session was told about exchange rates.
  [[nodiscard]] RateReader& rates() { return rates_; }

 private:
  [[nodiscard]] Status load_currencies();
  [[nodiscard]] Result<std::vector<TableRow>> headers_in(const std::string& company_code,
                                                         const std::string& id);
  [[nodiscard]] Result<ledger::PostedDocument> with_lines(const TableRow& header);
  [[nodiscard]] Status read_tax_lines(ledger::PostedDocument& document,
                                      ledger::Currency local_currency);
  [[nodiscard]] Result<ledger::PostedTaxLine> tax_line_from(const TableRow& row,
                                                            ledger::Currency currency,
                                                            ledger::Currency local_currency);
  [[nodiscard]] Result<ledger::Translation> translation_of(const TableRow& header,
                                                           const ledger::PostedDocument& document,
                                                           ledger::Currency local_currency);
  [[nodiscard]] Result<ledger::PostedLine> line_from(const TableRow& row, ledger::Currency currency,
                                                     ledger::Currency local_currency);
  [[nodiscard]] Result<ledger::Money> amount_from(std::string_view table, const TableRow& row,
                                                  std::string_view field,
                                                  ledger::Currency currency);
  abap::Session& session_;
  ReaderLimits limits_;
  RateReader rates_;
  std::optional<CurrencyDecimals> decimals_{};
};

}  // namespace mlc::sap
