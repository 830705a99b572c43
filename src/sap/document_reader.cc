#include "sap/document_reader.h"

#include <algorithm>
#include <charconv>

#include "abap/errors.h"
#include "sap/allowed_rows.h"
#include "sap/decimals_reader.h"
#include "sap/errors.h"

namespace mlc::sap {
namespace {

// Fixed, narrow field lists with ECC 6's widths. XREVERSAL, HWAER and WWERT are standard
// fields of BKPF.
const TableShape kHeader{"BKPF",
                         {{"BUKRS", 4}, {"BELNR", 10}, {"GJAHR", 4}},
                         {{"BLART", 2},
                          {"BLDAT", 8},
                          {"BUDAT", 8},
                          {"USNAM", 12},
                          {"XBLNR", 16},
                          {"BKTXT", 25},
                          {"WAERS", 5},
                          {"HWAER", 5},
                          {"BSTAT", 1},
                          {"STBLG", 10},
                          {"STJAH", 4},
                          {"XREVERSAL", 1},
                          {"WWERT", 8},
                          {"KURSF", 9}}};

// Amounts come last: a value wider than its slot can then spoil no other column.
const TableShape kItems{"BSEG",
                        {{"BUKRS", 4}, {"BELNR", 10}, {"GJAHR", 4}, {"BUZEI", 3}},
                        {{"KOART", 1},
                         {"SHKZG", 1},
                         {"HKONT", 10},
                         {"LIFNR", 10},
                         {"KUNNR", 10},
                         {"MWSKZ", 2},
                         {"ZUONR", 18},
                         {"SGTXT", 50},
                         {"KOSTL", 10},
                         {"PRCTR", 10},
                         {"WRBTR", 13},
                         {"DMBTR", 13}}};

// Fields as the tax return's report needs them; no public source lists the table's widths.
const TableShape kTaxItems{"BSET",
                           {{"BUKRS", 4}, {"BELNR", 10}, {"GJAHR", 4}, {"BUZEI", 3}},
                           {{"MWSKZ", 2},
                            {"HKONT", 10},
                            {"SHKZG", 1},
                            {"KTOSL", 3},
                            {"FWBAS", 13},
                            {"FWSTE", 13},
                            {"HWBAS", 13},
                            {"HWSTE", 13}}};

const TableShape kClients{"T000", {{"MANDT", 3}}, {{"LOGSYS", 10}}};
const TableShape kUpdates{"VBHDR", {{"VBKEY", 32}}, {{"VBUSR", 12}, {"VBSTATE", 3}}};

// Every value of BKPF-BSTAT that standard documents name (posted, clearing, reset, recurring,
// ledger-specific, sample, noted, parked, parked complete, parked deleted), so that the index on
// company code, status and reference serves.
const Words kAnyStatus{"BSTAT", "IN",  "(",   "' '", ",",   "'A'", ",",   "'B'", ",",
                       "'D'",   ",",   "'J'", ",",   "'L'", ",",   "'M'", ",",   "'S'",
                       ",",     "'U'", ",",   "'V'", ",",   "'W'", ",",   "'Z'", ")"};

std::vector<Words> by_number(const ledger::DocumentNumber& number) {
  return {equal_to("BUKRS", number.company_code), equal_to("BELNR", number.number),
          equal_to("GJAHR", number.fiscal_year)};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The id of a stem ("20612345671-" -> "20612345671").
Result<std::string> id_of(const std::string& stem) {
  const bool plain = stem.size() >= 2 && stem.size() <= 13 && stem.back() == '-' &&
                     std::all_of(stem.begin(), stem.end() - 1,
                                 [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
  if (!plain) {
    return failure(kBadStem, {{"found", stem}, {"expected", "up to 12 digits or letters and '-'"}});
  }
  return stem.substr(0, stem.size() - 1);
}

// "2061234" is not the id of "20612345671-01A": its digits go on.
bool belongs_to_id(const std::string& reference, const std::string& id) {
  if (!reference.starts_with(id)) return false;
  const bool goes_on = reference.size() > id.size() && is_digit(reference[id.size()]);
  return !(goes_on && is_digit(id.front()));
}

std::string row_name(const TableRow& row) {
  std::string out = cell(row, "BUKRS") + "/" + cell(row, "BELNR") + "/" + cell(row, "GJAHR");
  return cell(row, "BUZEI").empty() ? out : out + "/" + cell(row, "BUZEI");
}

tl::unexpected<Error> bad_value(std::string_view table, const TableRow& row, std::string_view field,
                                std::string expected) {
  return failure(kBadTableValue, {{"table", std::string(table)},
                                  {"field", std::string(field)},
                                  {"row", row_name(row)},
                                  {"found", cell(row, field)},
                                  {"expected", std::move(expected)}});
}

Result<Date> date_from(const TableRow& row, std::string_view field) {
  const auto date = parse_dats(cell(row, field));
  if (!date) return bad_value("BKPF", row, field, "a day as YYYYMMDD");
  return *date;
}

Result<ledger::Currency> currency_from(const TableRow& row, std::string_view field) {
  const auto currency = ledger::Currency::from_code(cell(row, field));
  if (!currency) return bad_value("BKPF", row, field, "a currency of ISO 4217");
  return *currency;
}

ledger::DocumentNumber number_from(const TableRow& row) {
  return {cell(row, "BUKRS"), cell(row, "BELNR"), cell(row, "GJAHR")};
}

bool is_initial(const std::string& text) { return text.find_first_not_of(" 0") == text.npos; }

// STBLG points both ways: from the original to its reversal and back. XREVERSAL says which side
// this is (2: the reversal); where it is blank the document counts as reversed, so that it never
// passes as live.
void set_reversal(ledger::PostedDocument& document, const TableRow& row) {
  if (is_initial(cell(row, "STBLG"))) return;
  const std::string& year = cell(row, "STJAH");
  const ledger::DocumentNumber other{document.number.company_code, cell(row, "STBLG"),
                                     is_initial(year) ? document.number.fiscal_year : year};
  (cell(row, "XREVERSAL") == "2" ? document.reverses : document.reversed_by) = other;
}

Result<ledger::PostedDocument> header_from(const TableRow& row) {
  MLC_TRY(const Date posting_date, date_from(row, "BUDAT"));
  MLC_TRY(const Date document_date, date_from(row, "BLDAT"));
  MLC_TRY(const ledger::Currency currency, currency_from(row, "WAERS"));
  const std::string& status = cell(row, "BSTAT");
  ledger::PostedDocument out{.number = number_from(row),
                             .document_type = cell(row, "BLART"),
                             .reference = cell(row, "XBLNR"),
                             .header_text = cell(row, "BKTXT"),
                             .status = status.empty() ? ' ' : status.front(),
                             .posting_date = posting_date,
                             .document_date = document_date,
                             .currency = currency,
                             .user = cell(row, "USNAM"),
                             .reversed_by = std::nullopt,
                             .reverses = std::nullopt,
                             .lines = {}};
  set_reversal(out, row);
  return out;
}

char account_type_of(const TableRow& row) {
  const std::string& type = cell(row, "KOART");
  return type.empty() ? 'S' : type.front();
}

std::string account_of(const TableRow& row) {
  switch (account_type_of(row)) {
    case 'K': return cell(row, "LIFNR");
    case 'D': return cell(row, "KUNNR");
    default: return cell(row, "HKONT");
  }
}

// A parked document's lines are not in BSEG.
bool has_lines(char status) { return status != 'V' && status != 'W' && status != 'Z'; }

}  // namespace

Result<ports::SystemIdentity> DocumentReader::identity() {
  const auto& attributes = session_.attributes();
  MLC_TRY(const auto rows,
          read_table(session_, kClients, {equal_to("MANDT", attributes.client)}, limits_));
  const std::string logical_system = rows.empty() ? "" : cell(rows.front(), "LOGSYS");
  return ports::SystemIdentity{attributes.system_id, attributes.client, logical_system};
}

Status DocumentReader::load_currencies() {
  if (decimals_) return {};
  MLC_TRY(decimals_, read_decimals(session_, limits_));
  return {};
}

Result<std::vector<TableRow>> DocumentReader::headers_in(const std::string& company_code,
                                                         const std::string& id) {
  return read_table(
      session_, kHeader,
      {equal_to("BUKRS", company_code), kAnyStatus, {"XBLNR", "LIKE", quoted(id + "%")}}, limits_);
}

Result<std::vector<ledger::PostedDocument>> DocumentReader::documents_under(
    const std::string& stem, const std::vector<std::string>& company_codes) {
  MLC_TRY(const std::string id, id_of(stem));
  std::vector<ledger::PostedDocument> out;
  for (const std::string& company_code : company_codes) {
    MLC_TRY(const auto headers, headers_in(company_code, id));
    for (const TableRow& header : headers) {
      if (!belongs_to_id(cell(header, "XBLNR"), id)) continue;
      MLC_TRY(auto document, with_lines(header));
      out.push_back(std::move(document));
    }
  }
  return out;
}

Result<std::optional<ledger::PostedDocument>> DocumentReader::document(
    const ledger::DocumentNumber& number) {
  MLC_TRY(const auto headers, read_table(session_, kHeader, by_number(number), limits_));
  if (headers.empty()) return std::optional<ledger::PostedDocument>{};
  MLC_TRY(auto document, with_lines(headers.front()));
  return std::optional(std::move(document));
}

Result<ledger::PostedDocument> DocumentReader::with_lines(const TableRow& header) {
  MLC_TRY_STATUS(load_currencies());
  MLC_TRY(auto document, header_from(header));
  if (!has_lines(document.status)) return document;
  MLC_TRY(const ledger::Currency local, currency_from(header, "HWAER"));
  MLC_TRY(const auto rows, read_table(session_, kItems, by_number(document.number), limits_));
  for (const TableRow& row : rows) {
    MLC_TRY(auto line, line_from(row, document.currency, local));
    document.lines.push_back(std::move(line));
  }
  MLC_TRY_STATUS(read_tax_lines(document, local));
  if (document.currency == local) return document;
  MLC_TRY(document.translation, translation_of(header, document, local));
  return document;
}

Status DocumentReader::read_tax_lines(ledger::PostedDocument& document,
                                      ledger::Currency local_currency) {
  const auto rows = read_table(session_, kTaxItems, by_number(document.number), limits_);
  if (!rows) {
    const bool refused = rows.error().is(kReadRightMissing) || rows.error().is(kTableRefused);
    if (!refused) return failure(rows.error());
    return {};
  }
  document.tax_lines.emplace();
  for (const TableRow& row : *rows) {
    MLC_TRY(auto line, tax_line_from(row, document.currency, local_currency));
    document.tax_lines->push_back(std::move(line));
  }
  return {};
}

Result<ledger::PostedTaxLine> DocumentReader::tax_line_from(const TableRow& row,
                                                            ledger::Currency currency,
                                                            ledger::Currency local_currency) {
  MLC_TRY(const ledger::Money base, amount_from("BSET", row, "FWBAS", currency));
  MLC_TRY(const ledger::Money tax, amount_from("BSET", row, "FWSTE", currency));
  MLC_TRY(const ledger::Money local_base, amount_from("BSET", row, "HWBAS", local_currency));
  MLC_TRY(const ledger::Money local_tax, amount_from("BSET", row, "HWSTE", local_currency));
  return ledger::PostedTaxLine{.tax_code = cell(row, "MWSKZ"),
                               .account = cell(row, "HKONT"),
                               .transaction_key = cell(row, "KTOSL"),
                               .base = base,
                               .tax = tax,
                               .local_base = local_base,
                               .local_tax = local_tax};
}

// KURSF carries no factors: those of the pair belong to it.
Result<ledger::Translation> DocumentReader::translation_of(const TableRow& header,
                                                           const ledger::PostedDocument& document,
                                                           ledger::Currency local_currency) {
  MLC_TRY(const auto table,
          rates_.rate({document.document_type, std::string(document.currency.code()),
                       std::string(local_currency.code()),
                       parse_dats(cell(header, "WWERT")).value_or(document.posting_date)}));
  ledger::Translation out;
  out.local_decimals = decimals_->of(local_currency.code());
  out.table_rate = table.rate;
  const auto own = parse_rate(cell(header, "KURSF"));
  if (own && *own != 0 && table.factors) {
    out.document_rate = ledger::ExchangeRate{*own, table.factors->first, table.factors->second};
  }
  return out;
}

Result<ledger::Money> DocumentReader::amount_from(std::string_view table, const TableRow& row,
                                                  std::string_view field,
                                                  ledger::Currency currency) {
  const auto amount = parse_internal(cell(row, field), currency, *decimals_);
  if (!amount) {
    return bad_value(table, row, field,
                     "an amount of " + std::string(currency.code()) + " in SAP's notation");
  }
  const std::string& side = cell(row, "SHKZG");
  if (side != "S" && side != "H") return bad_value(table, row, "SHKZG", "S (debit) or H (credit)");
  return side == "S" ? Result<ledger::Money>(*amount) : amount->negated();
}

Result<ledger::PostedLine> DocumentReader::line_from(const TableRow& row, ledger::Currency currency,
                                                     ledger::Currency local_currency) {
  MLC_TRY(const ledger::Money amount, amount_from("BSEG", row, "WRBTR", currency));
  MLC_TRY(const ledger::Money local, amount_from("BSEG", row, "DMBTR", local_currency));
  const std::string& item = cell(row, "BUZEI");
  std::uint32_t number = 0;
  const auto* end = item.data() + item.size();
  const auto parsed = std::from_chars(item.data(), end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end)
    return bad_value("BSEG", row, "BUZEI", "three digits");
  return ledger::PostedLine{.item = number,
                            .account_type = account_type_of(row),
                            .account = account_of(row),
                            .amount = amount,
                            .local_amount = local,
                            .cost_center = cell(row, "KOSTL"),
                            .profit_center = cell(row, "PRCTR"),
                            .tax_code = cell(row, "MWSKZ"),
                            .assignment = cell(row, "ZUONR"),
                            .text = cell(row, "SGTXT")};
}

Result<std::vector<ports::UpdateRecord>> DocumentReader::update_records(const std::string& user) {
  const auto rows = read_table(session_, kUpdates, {equal_to("VBUSR", user)}, limits_);
  if (!rows) {
    if (!session_.is_open() || rows.error().is(abap::kSessionClosed)) return failure(rows.error());
    return std::vector<ports::UpdateRecord>{{"", user, std::string(ports::kUnreadableUpdates)}};
  }
  std::vector<ports::UpdateRecord> out;
  for (const TableRow& row : *rows) {
    std::string state = cell(row, "VBSTATE");
    state.erase(0, state.find_first_not_of(' '));
    out.push_back({cell(row, "VBKEY"), cell(row, "VBUSR"), "VBSTATE " + state});
  }
  return out;
}

}  // namespace mlc::sap
