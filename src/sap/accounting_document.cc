#include "sap/accounting_document.h"

#include <algorithm>

#include "ledger/profitability.h"
#include "sap/errors.h"

namespace mlc::sap {
namespace {

using ledger::DocumentLine;
using ledger::LineKind;

constexpr std::size_t kItemDigits = 10;

std::string item_number(std::uint32_t item) {
  const std::string digits = std::to_string(item);
  return std::string(kItemDigits - digits.size(), '0') + digits;
}

std::string clean(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

void put(abap::Structure& row, std::string_view field, const std::string& value) {
  if (!value.empty()) row.emplace(field, abap::Value(value));
}

abap::Structure header_row(const ledger::LedgerDocument& document, const std::string& user) {
  abap::Structure row;
  put(row, "BUS_ACT", "RFBU");
  put(row, "USERNAME", user);
  put(row, "HEADER_TXT", clean(document.header_text));
  put(row, "COMP_CODE", document.company_code);
  put(row, "DOC_DATE", format_dats(document.document_date));
  put(row, "PSTNG_DATE", format_dats(document.posting_date));
  put(row, "DOC_TYPE", document.document_type);
  put(row, "REF_DOC_NO", document.key.text());
  return row;
}

abap::Structure line_row(const DocumentLine& line, std::string_view account_field) {
  abap::Structure row;
  put(row, "ITEMNO_ACC", item_number(line.item));
  put(row, account_field, line.account);
  put(row, "ITEM_TEXT", clean(line.text));
  put(row, "ALLOC_NMBR", clean(line.assignment));
  put(row, "TAX_CODE", line.tax_code);
  put(row, "PROFIT_CTR", line.profit_center);
  return row;
}

// Fields that only one kind of line takes; anything else would be lost on the way.
Status refuse_others(const ledger::LedgerDocument& document, const DocumentLine& line) {
  struct Candidate {
    std::string_view field;
    const std::string& value;
    bool taken;
  };
  const bool gl = line.kind == LineKind::kGl;
  const Candidate candidates[] = {
      {"KOSTL", line.cost_center, gl},      {"AUFNR", line.internal_order, gl},
      {"SEGMENT", line.segment, gl},        {"FKBER", line.functional_area, gl},
      {"CRITERIA", line.profitability, gl}, {"ZLSPR", line.payment_block, !gl}};
  for (const Candidate& candidate : candidates) {
    if (candidate.taken || candidate.value.empty()) continue;
    return failure(kFieldNotOnLine, {{"item", std::to_string(line.item)},
                                     {"document", document.key.text()},
                                     {"field", std::string(candidate.field)},
                                     {"kind", gl ? "G/L" : "vendor and customer"},
                                     {"found", candidate.value}});
  }
  return {};
}

abap::Structure gl_row(const DocumentLine& line) {
  abap::Structure row = line_row(line, "GL_ACCOUNT");
  put(row, "COSTCENTER", line.cost_center);
  put(row, "ORDERID", line.internal_order);
  put(row, "SEGMENT", line.segment);
  put(row, "FUNC_AREA_LONG", line.functional_area);
  return row;
}

abap::Structure partner_row(const DocumentLine& line) {
  const bool vendor = line.kind == LineKind::kVendor;
  abap::Structure row = line_row(line, vendor ? "VENDOR_NO" : "CUSTOMER");
  put(row, "PMNT_BLOCK", line.payment_block);
  return row;
}

abap::Structure amount_row(const DocumentLine& line) {
  return {{"ITEMNO_ACC", item_number(line.item)},
          {"CURR_TYPE", "00"},
          {"CURRENCY", line.amount.currency().code()},
          {"AMT_DOCCUR", line.amount.decimal()}};
}

void add_criteria(const DocumentLine& line, abap::Table& criteria) {
  for (const auto& [name, value] : ledger::read_characteristics(line.profitability)) {
    criteria.push_back(
        {{"ITEMNO_ACC", item_number(line.item)}, {"FIELDNAME", name}, {"CHARACTER", clean(value)}});
  }
}

}  // namespace

Result<abap::Structure> posting_arguments(const ledger::LedgerDocument& document,
                                          const std::string& user) {
  abap::Table general;
  abap::Table payable;
  abap::Table receivable;
  abap::Table amounts;
  abap::Table criteria;
  for (const DocumentLine& line : document.lines) {
    MLC_TRY_STATUS(refuse_others(document, line));
    switch (line.kind) {
      case LineKind::kGl: general.push_back(gl_row(line)); break;
      case LineKind::kVendor: payable.push_back(partner_row(line)); break;
      case LineKind::kCustomer: receivable.push_back(partner_row(line)); break;
    }
    amounts.push_back(amount_row(line));
    add_criteria(line, criteria);
  }
  abap::Structure out{{"DOCUMENTHEADER", header_row(document, user)},
                      {"CURRENCYAMOUNT", std::move(amounts)},
                      {"RETURN", abap::Table{}}};
  if (!general.empty()) out.emplace("ACCOUNTGL", std::move(general));
  if (!payable.empty()) out.emplace("ACCOUNTPAYABLE", std::move(payable));
  if (!criteria.empty()) out.emplace("CRITERIA", std::move(criteria));
  if (!receivable.empty()) out.emplace("ACCOUNTRECEIVABLE", std::move(receivable));
  return out;
}

abap::Structure reversal_arguments(const ledger::DocumentNumber& original,
                                   const std::string& logical_system, const std::string& reason,
                                   Date posting_date) {
  abap::Structure reversal{{"OBJ_TYPE", "BKPFF"},
                           {"OBJ_SYS", logical_system},
                           {"OBJ_KEY_R", object_key(original)},
                           {"PSTNG_DATE", format_dats(posting_date)},
                           {"COMP_CODE", original.company_code},
                           {"REASON_REV", reason}};
  return {{"REVERSAL", std::move(reversal)}, {"BUS_ACT", "RFBU"}, {"RETURN", abap::Table{}}};
}

}  // namespace mlc::sap
