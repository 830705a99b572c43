#include "sap/function_descriptions.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/expect.h"

namespace mlc::sap {
namespace {

using abap::Direction;
using abap::Type;

struct StructureText {
  std::string_view name;
  std::string_view fields;  // NAME:C10 (CHAR), N4 (NUMC), D, T, I (INT4), P12.4
};

// Field names and widths: SAP's published interfaces of ECC 6.0 (stechno.net/repository, se80.co.uk
// and sapdatasheet.org). The widths of BAPIACHE09, BAPIACAP09, BAPIACTX09, BAPIACCR09, BAPIACREV
// and BAPIRET2 add up to the lengths published there. BAPIACGL09 holds the fields before the gaps
// of those lists; BAPIACAR09's small widths follow BAPIACAP09; RFCSI's come from one source.
constexpr StructureText kStructures[] = {
    {"BAPIACHE09",
     "OBJ_TYPE:C5 OBJ_KEY:C20 OBJ_SYS:C10 BUS_ACT:C4 USERNAME:C12 HEADER_TXT:C25 COMP_CODE:C4 "
     "DOC_DATE:D PSTNG_DATE:D TRANS_DATE:D FISC_YEAR:N4 FIS_PERIOD:N2 DOC_TYPE:C2 REF_DOC_NO:C16 "
     "AC_DOC_NO:C10 OBJ_KEY_R:C20 REASON_REV:C2 COMPO_ACC:C4 REF_DOC_NO_LONG:C35 ACC_PRINCIPLE:C4 "
     "NEG_POSTNG:C1 OBJ_KEY_INV:C20 BILL_CATEGORY:C1 VATDATE:D INVOICE_REC_DATE:D ECS_ENV:C10"},
    {"BAPIACGL09",
     "ITEMNO_ACC:N10 GL_ACCOUNT:C10 ITEM_TEXT:C50 STAT_CON:C1 LOG_PROC:C6 AC_DOC_NO:C10 "
     "REF_KEY_1:C12 REF_KEY_2:C12 REF_KEY_3:C20 ACCT_KEY:C3 ACCT_TYPE:C1 DOC_TYPE:C2 COMP_CODE:C4 "
     "BUS_AREA:C4 FUNC_AREA:C4 PLANT:C4 FIS_PERIOD:N2 FISC_YEAR:N4 PSTNG_DATE:D VALUE_DATE:D "
     "FM_AREA:C4 CUSTOMER:C10 CSHDIS_IND:C1 VENDOR_NO:C10 ALLOC_NMBR:C18 TAX_CODE:C2 "
     "TAXJURCODE:C15 EXT_OBJECT_ID:C34 BUS_SCENARIO:C16 COSTOBJECT:C12 COSTCENTER:C10 ACTTYPE:C6 "
     "PROFIT_CTR:C10 PART_PRCTR:C10 NETWORK:C12 WBS_ELEMENT:C24 ORDERID:C12 ORDER_ITNO:N4 "
     "FUND:C10 FUNDS_CTR:C16 CMMT_ITEM:C14 ASSET_NO:C12 SUB_NUMBER:C4 QUANTITY:P7.3 BASE_UOM:C3 "
     "MATERIAL:C18 PO_NUMBER:C10 PO_ITEM:N5 FUNC_AREA_LONG:C16 SEGMENT:C10 PARTNER_SEGMENT:C10 "
     "ITEMNO_TAX:N6"},
    {"BAPIACAP09",
     "ITEMNO_ACC:N10 VENDOR_NO:C10 GL_ACCOUNT:C10 REF_KEY_1:C12 REF_KEY_2:C12 REF_KEY_3:C20 "
     "COMP_CODE:C4 BUS_AREA:C4 PMNTTRMS:C4 BLINE_DATE:D DSCT_DAYS1:P2.0 DSCT_DAYS2:P2.0 "
     "NETTERMS:P2.0 DSCT_PCT1:P3.3 DSCT_PCT2:P3.3 PYMT_METH:C1 PMTMTHSUPL:C2 PMNT_BLOCK:C1 "
     "SCBANK_IND:C3 SUPCOUNTRY:C3 SUPCOUNTRY_ISO:C2 BLLSRV_IND:C1 ALLOC_NMBR:C18 ITEM_TEXT:C50 "
     "PO_SUB_NO:C11 PO_CHECKDG:C2 PO_REF_NO:C27 W_TAX_CODE:C2 BUSINESSPLACE:C4 SECTIONCODE:C4 "
     "INSTR1:N2 INSTR2:N2 INSTR3:N2 INSTR4:N2 BRANCH:C10 PYMT_CUR:C5 PYMT_AMT:P12.4 "
     "PYMT_CUR_ISO:C3 SP_GL_IND:C1 TAX_CODE:C2 TAX_DATE:D TAXJURCODE:C15 ALT_PAYEE:C10 "
     "ALT_PAYEE_BANK:C4 PARTNER_BK:C4 BANK_ID:C5 PARTNER_GUID:C32 PROFIT_CTR:C10 FUND:C10 "
     "GRANT_NBR:C20 MEASURE:C24 HOUSEBANKACCTID:C5 BUDGET_PERIOD:C10 PPA_EX_IND:C1"},
    {"BAPIACAR09",
     "ITEMNO_ACC:N10 CUSTOMER:C10 GL_ACCOUNT:C10 REF_KEY_1:C12 REF_KEY_2:C12 REF_KEY_3:C20 "
     "COMP_CODE:C4 BUS_AREA:C4 PMNTTRMS:C4 BLINE_DATE:D PYMT_METH:C1 PAYMT_REF:C30 DUNN_KEY:C1 "
     "DUNN_BLOCK:C1 PMNT_BLOCK:C1 VAT_REG_NO:C20 ALLOC_NMBR:C18 ITEM_TEXT:C50 C_CTR_AREA:C4 "
     "TAX_CODE:C2 TAXJURCODE:C15 TAX_DATE:D SP_GL_IND:C1 DUNN_AREA:C2 PROFIT_CTR:C10"},
    {"BAPIACTX09",
     "ITEMNO_ACC:N10 GL_ACCOUNT:C10 COND_KEY:C4 ACCT_KEY:C3 TAX_CODE:C2 TAX_RATE:P4.3 TAX_DATE:D "
     "TAXJURCODE:C15 TAXJURCODE_DEEP:C15 TAXJURCODE_LEVEL:C1 ITEMNO_TAX:N6 DIRECT_TAX:C1"},
    {"BAPIACCR09",
     "ITEMNO_ACC:N10 CURR_TYPE:C2 CURRENCY:C5 CURRENCY_ISO:C3 AMT_DOCCUR:P12.4 EXCH_RATE:P5.5 "
     "EXCH_RATE_V:P5.5 AMT_BASE:P12.4 DISC_BASE:P12.4 DISC_AMT:P12.4 TAX_AMT:P12.4"},
    {"BAPIACKEC9", "ITEMNO_ACC:N10 FIELDNAME:C30 CHARACTER:C18"},
    {"BAPIACREV",
     "OBJ_TYPE:C5 OBJ_KEY:C20 OBJ_SYS:C10 OBJ_KEY_R:C20 PSTNG_DATE:D FIS_PERIOD:N2 COMP_CODE:C4 "
     "REASON_REV:C2 AC_DOC_NO:C10 ACC_PRINCIPLE:C4"},
    {"BAPIRET2",
     "TYPE:C1 ID:C20 NUMBER:N3 MESSAGE:C220 LOG_NO:C20 LOG_MSG_NO:N6 MESSAGE_V1:C50 "
     "MESSAGE_V2:C50 MESSAGE_V3:C50 MESSAGE_V4:C50 PARAMETER:C32 ROW:I FIELD:C30 SYSTEM:C10"},
    {"ZMLC_S_KEY", "BUKRS:C4 XBLNR:C16"},
    {"RFC_DB_OPT", "TEXT:C72"},
    {"RFC_DB_FLD", "FIELDNAME:C30 OFFSET:N6 LENGTH:N6 TYPE:C1 FIELDTEXT:C60"},
    {"TAB512", "WA:C512"},
    {"RFCSI",
     "RFCSYSID:C8 RFCSAPRL:C4 RFCCHARTYP:C4 RFCINTTYP:C3 RFCFLOTYP:C3 RFCDEST:C32 RFCHOST:C8 "
     "RFCDBHOST:C32 RFCDBSYS:C10 RFCDAYST:C1 RFCTZONE:C6 RFCKERNRL:C4 RFCIPADDR:C15"},
};

struct FunctionText {
  std::string_view name;
  std::string_view parameters;  // direction I, E or T; `!` marks what must be given
  std::string_view exceptions;
};

constexpr FunctionText kFunctions[] = {
    {"BAPI_ACC_DOCUMENT_CHECK",
     "I:DOCUMENTHEADER:BAPIACHE09! T:ACCOUNTGL:BAPIACGL09 T:ACCOUNTRECEIVABLE:BAPIACAR09 "
     "T:ACCOUNTPAYABLE:BAPIACAP09 T:ACCOUNTTAX:BAPIACTX09 T:CURRENCYAMOUNT:BAPIACCR09 "
     "T:CRITERIA:BAPIACKEC9 T:RETURN:BAPIRET2!",
     ""},
    {"BAPI_ACC_DOCUMENT_POST",
     "I:DOCUMENTHEADER:BAPIACHE09! T:ACCOUNTGL:BAPIACGL09 T:ACCOUNTRECEIVABLE:BAPIACAR09 "
     "T:ACCOUNTPAYABLE:BAPIACAP09 T:ACCOUNTTAX:BAPIACTX09 T:CURRENCYAMOUNT:BAPIACCR09! "
     "T:CRITERIA:BAPIACKEC9 T:RETURN:BAPIRET2! E:OBJ_TYPE:C5 E:OBJ_KEY:C20 E:OBJ_SYS:C10",
     ""},
    {"BAPI_ACC_DOCUMENT_REV_POST",
     "I:REVERSAL:BAPIACREV! I:BUS_ACT:C4! E:OBJ_TYPE:C5 E:OBJ_KEY:C20 E:OBJ_SYS:C10 "
     "T:RETURN:BAPIRET2!",
     ""},
    {"BAPI_TRANSACTION_COMMIT", "I:WAIT:C1 E:RETURN:BAPIRET2", ""},
    {"BAPI_TRANSACTION_ROLLBACK", "E:RETURN:BAPIRET2", ""},
    {"Z_MLC_LOCK_POSTING", "I:I_BUKRS:C4! I:I_NAME:C20! I:I_TEST:C1 E:E_CONTRACT:C2",
     "FOREIGN_LOCK SYSTEM_FAILURE"},
    {"Z_MLC_RESERVE_KEYS", "T:T_KEYS:ZMLC_S_KEY I:I_TEST:C1 E:E_CONTRACT:C2",
     "DUPLICATE_KEY KEY_LOCKED SYSTEM_FAILURE"},
    {"RFC_READ_TABLE",
     "I:QUERY_TABLE:C30! I:DELIMITER:C1 I:NO_DATA:C1 I:ROWSKIPS:I I:ROWCOUNT:I "
     "T:OPTIONS:RFC_DB_OPT! T:FIELDS:RFC_DB_FLD! T:DATA:TAB512!",
     "TABLE_NOT_AVAILABLE TABLE_WITHOUT_DATA OPTION_NOT_VALID FIELD_NOT_VALID NOT_AUTHORIZED "
     "DATA_BUFFER_EXCEEDED"},
    {"RFC_SYSTEM_INFO", "E:RFCSI_EXPORT:RFCSI", ""},
    {"RFC_PING", "", ""},
};

std::vector<std::string> words(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find(separator);
    if (end != 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// "C10", "N4", "D", "P12.4", ...
abap::FieldDescription simple_field(const std::string& name, std::string_view type) {
  const std::string_view size = type.substr(1);
  const auto point = size.find('.');
  const int length = number(size.substr(0, point));
  switch (type.front()) {
    case 'C': return {name, Type::kChar, length, 0, nullptr};
    case 'N': return {name, Type::kNumc, length, 0, nullptr};
    case 'D': return {name, Type::kDate, 8, 0, nullptr};
    case 'T': return {name, Type::kTime, 6, 0, nullptr};
    case 'I': return {name, Type::kInt4, 4, 0, nullptr};
    default: break;
  }
  MLC_EXPECT(type.front() == 'P' && point != std::string_view::npos);
  return {name, Type::kPacked, length, number(size.substr(point + 1)), nullptr};
}

abap::StructureDescription read_structure(const StructureText& text) {
  abap::StructureDescription out{std::string(text.name), {}};
  for (const std::string& word : words(text.fields, ' ')) {
    const auto cells = words(word, ':');
    out.fields.push_back(simple_field(cells[0], cells[1]));
  }
  return out;
}

Direction direction_of(char letter) {
  switch (letter) {
    case 'I': return Direction::kImport;
    case 'E': return Direction::kExport;
    default: return Direction::kTables;
  }
}

abap::ParameterDescription read_parameter(std::string word) {
  const bool optional = word.back() != '!';
  if (!optional) word.pop_back();
  const auto cells = words(word, ':');
  const Direction direction = direction_of(cells[0].front());
  const auto* structure = find_structure(cells[2]);
  if (structure == nullptr) return {direction, simple_field(cells[1], cells[2]), optional};
  const Type type = direction == Direction::kTables ? Type::kTable : Type::kStructure;
  return {direction, {cells[1], type, 0, 0, structure}, optional};
}

abap::FunctionDescription read_function(const FunctionText& text) {
  abap::FunctionDescription out{std::string(text.name), {}, words(text.exceptions, ' ')};
  for (std::string& word : words(text.parameters, ' ')) {
    out.parameters.push_back(read_parameter(std::move(word)));
  }
  return out;
}

template <class Description>
const Description* find_in(const std::vector<Description>& all, std::string_view name) {
  const auto at = std::ranges::find(all, name, &Description::name);
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

const std::vector<abap::StructureDescription>& all_structures() {
  static const auto all = [] {
    std::vector<abap::StructureDescription> out;
    for (const StructureText& text : kStructures) out.push_back(read_structure(text));
    return out;
  }();
  return all;
}

const std::vector<abap::FunctionDescription>& all_functions() {
  static const auto all = [] {
    std::vector<abap::FunctionDescription> out;
    for (const FunctionText& text : kFunctions) out.push_back(read_function(text));
    return out;
  }();
  return all;
}

const abap::FunctionDescription* find_function(std::string_view name) {
  return find_in(all_functions(), name);
}

const abap::StructureDescription* find_structure(std::string_view name) {
  return find_in(all_structures(), name);
}

}  // namespace mlc::sap
