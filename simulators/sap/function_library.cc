#include "simulators/sap/function_library.h"

#include <algorithm>
#include <map>
#include <span>
#include <sstream>
#include <string>

namespace mlc::simulators::sap {
namespace {

using abap::Direction;
using abap::FieldDescription;
using abap::FunctionDescription;
using abap::StructureDescription;
using abap::Type;

struct StructureSpec {
  const char* name;
  const char* fields;  // NAME:TYPE LENGTH[.DECIMALS]; P lengths are bytes
};

constexpr StructureSpec kStructures[] = {
    {"BAPIACHE09",
     "OBJ_TYPE:C5 OBJ_KEY:C20 OBJ_SYS:C10 BUS_ACT:C4 USERNAME:C12 HEADER_TXT:C25 COMP_CODE:C4 "
     "DOC_DATE:D8 PSTNG_DATE:D8 TRANS_DATE:D8 FISC_YEAR:N4 FIS_PERIOD:N2 DOC_TYPE:C2 "
     "REF_DOC_NO:C16 AC_DOC_NO:C10 OBJ_KEY_R:C20 REASON_REV:C2 COMPO_ACC:C4 REF_DOC_NO_LONG:C35 "
     "ACC_PRINCIPLE:C4 NEG_POSTNG:C1 OBJ_KEY_INV:C20 BILL_CATEGORY:C1 VATDATE:D8 "
     "INVOICE_REC_DATE:D8 ECS_ENV:C10 PARTIAL_REV:C1 DOC_STATUS:C1"},
    {"BAPIACGL09",
     "ITEMNO_ACC:N10 GL_ACCOUNT:C10 ITEM_TEXT:C50 STAT_CON:C1 LOG_PROC:C6 AC_DOC_NO:C10 "
     "REF_KEY_1:C12 REF_KEY_2:C12 REF_KEY_3:C20 ACCT_KEY:C3 ACCT_TYPE:C1 DOC_TYPE:C2 COMP_CODE:C4 "
     "BUS_AREA:C4 FUNC_AREA:C4 PLANT:C4 FIS_PERIOD:N2 FISC_YEAR:N4 PSTNG_DATE:D8 VALUE_DATE:D8 "
     "FM_AREA:C4 CUSTOMER:C10 CSHDIS_IND:C1 VENDOR_NO:C10 ALLOC_NMBR:C18 TAX_CODE:C2 "
     "TAXJURCODE:C15 EXT_OBJECT_ID:C34 BUS_SCENARIO:C16 COSTOBJECT:C12 COSTCENTER:C10 ACTTYPE:C6 "
     "PROFIT_CTR:C10 PART_PRCTR:C10 NETWORK:C12 WBS_ELEMENT:C24 ORDERID:C12 ORDER_ITNO:N4 "
     "ROUTING_NO:N10 ACTIVITY:C4 COND_TYPE:C4 COND_COUNT:N2 COND_ST_NO:N3 FUND:C10 FUNDS_CTR:C16 "
     "CMMT_ITEM:C14 CO_BUSPROC:C12 ASSET_NO:C12 SUB_NUMBER:C4 BILL_TYPE:C4 SALES_ORD:C10 "
     "S_ORD_ITEM:N6 DISTR_CHAN:C2 DIVISION:C2 SALESORG:C4 SALES_GRP:C3 SALES_OFF:C3 SOLD_TO:C10 "
     "DE_CRE_IND:C1 P_EL_PRCTR:C10 XMFRW:C1 QUANTITY:P7.3 BASE_UOM:C3 BASE_UOM_ISO:C3 "
     "MATERIAL:C18 PO_NUMBER:C10 PO_ITEM:N5 ITM_NUMBER:N6 COND_CATEGORY:C1 FUNC_AREA_LONG:C16 "
     "CMMT_ITEM_LONG:C24 GRANT_NBR:C20 CS_TRANS_T:C3 MEASURE:C24 SEGMENT:C10 PARTNER_SEGMENT:C10 "
     "RES_DOC:C10 RES_ITEM:N3 ITEMNO_TAX:N6"},
    {"BAPIACAP09",
     "ITEMNO_ACC:N10 VENDOR_NO:C10 GL_ACCOUNT:C10 REF_KEY_1:C12 REF_KEY_2:C12 REF_KEY_3:C20 "
     "COMP_CODE:C4 BUS_AREA:C4 PMNTTRMS:C4 BLINE_DATE:D8 DSCT_DAYS1:P2.0 DSCT_DAYS2:P2.0 "
     "NETTERMS:P2.0 DSCT_PCT1:P3.3 DSCT_PCT2:P3.3 PYMT_METH:C1 PMTMTHSUPL:C2 PMNT_BLOCK:C1 "
     "SCBANK_IND:C3 SUPCOUNTRY:C3 SUPCOUNTRY_ISO:C2 BLLSRV_IND:C1 ALLOC_NMBR:C18 ITEM_TEXT:C50 "
     "PO_SUB_NO:C11 PO_CHECKDG:C2 PO_REF_NO:C27 W_TAX_CODE:C2 BUSINESSPLACE:C4 SECTIONCODE:C4 "
     "INSTR1:N2 INSTR2:N2 INSTR3:N2 INSTR4:N2 BRANCH:C10 PYMT_CUR:C5 PYMT_AMT:P12.4 "
     "PYMT_CUR_ISO:C3 SP_GL_IND:C1 TAX_CODE:C2 TAX_DATE:D8 TAXJURCODE:C15 ALT_PAYEE:C10 "
     "ALT_PAYEE_BANK:C4 PARTNER_BK:C4 BANK_ID:C5 PARTNER_GUID:C32 PROFIT_CTR:C10 FUND:C10 "
     "GRANT_NBR:C20 MEASURE:C24 HOUSEBANKACCTID:C5 BUDGET_PERIOD:C10 PPA_EX_IND:C1"},
    {"BAPIACAR09",
     "ITEMNO_ACC:N10 CUSTOMER:C10 GL_ACCOUNT:C10 REF_KEY_1:C12 REF_KEY_2:C12 REF_KEY_3:C20 "
     "COMP_CODE:C4 BUS_AREA:C4 PMNTTRMS:C4 BLINE_DATE:D8 DSCT_DAYS1:P2.0 DSCT_DAYS2:P2.0 "
     "NETTERMS:P2.0 DSCT_PCT1:P3.3 DSCT_PCT2:P3.3 PYMT_METH:C1 PMTMTHSUPL:C2 PAYMT_REF:C30 "
     "DUNN_KEY:C1 DUNN_BLOCK:C1 PMNT_BLOCK:C1 VAT_REG_NO:C20 ALLOC_NMBR:C18 ITEM_TEXT:C50 "
     "PARTNER_BK:C4 SCBANK_IND:C3 BUSINESSPLACE:C4 SECTIONCODE:C4 BRANCH:C10 PYMT_CUR:C5 "
     "PYMT_CUR_ISO:C3 PYMT_AMT:P12.4 C_CTR_AREA:C4 BANK_ID:C5 SUPCOUNTRY:C3 SUPCOUNTRY_ISO:C2 "
     "TAX_CODE:C2 TAXJURCODE:C15 TAX_DATE:D8 SP_GL_IND:C1 PARTNER_GUID:C32 ALT_PAYEE:C10 "
     "ALT_PAYEE_BANK:C4 DUNN_AREA:C2 PROFIT_CTR:C10 FUND:C10 GRANT_NBR:C20 MEASURE:C24 "
     "HOUSEBANKACCTID:C5"},
    {"BAPIACTX09",
     "ITEMNO_ACC:N10 GL_ACCOUNT:C10 COND_KEY:C4 ACCT_KEY:C3 TAX_CODE:C2 TAX_RATE:P4.3 TAX_DATE:D8 "
     "TAXJURCODE:C15 TAXJURCODE_DEEP:C15 TAXJURCODE_LEVEL:C1 ITEMNO_TAX:N6 DIRECT_TAX:C1"},
    {"BAPIACCR09",
     "ITEMNO_ACC:N10 CURR_TYPE:C2 CURRENCY:C5 CURRENCY_ISO:C3 AMT_DOCCUR:P12.4 EXCH_RATE:P5.5 "
     "EXCH_RATE_V:P5.5 AMT_BASE:P12.4 DISC_BASE:P12.4 DISC_AMT:P12.4 TAX_AMT:P12.4"},
    {"BAPIACKEC9", "ITEMNO_ACC:N10 FIELDNAME:C30 CHARACTER:C18"},
    {"BAPIACKEV9",
     "ITEMNO_ACC:N10 FIELDNAME:C30 CURR_TYPE:C2 CURRENCY:C5 CURRENCY_ISO:C3 AMT_VALCOM:P12.4 "
     "BASE_UOM:C3 BASE_UOM_ISO:C3 QUA_VALCOM:P8.3"},
    {"BAPIACEXTC", "FIELD1:C250 FIELD2:C250 FIELD3:C250 FIELD4:C250"},
    {"BAPIPAREX", "STRUCTURE:C30 VALUEPART1:C240 VALUEPART2:C240 VALUEPART3:C240 VALUEPART4:C240"},
    {"BAPIRET2",
     "TYPE:C1 ID:C20 NUMBER:N3 MESSAGE:C220 LOG_NO:C20 LOG_MSG_NO:N6 MESSAGE_V1:C50 "
     "MESSAGE_V2:C50 MESSAGE_V3:C50 MESSAGE_V4:C50 PARAMETER:C32 ROW:I4 FIELD:C30 SYSTEM:C10"},
    {"BAPIACREV",
     "OBJ_TYPE:C5 OBJ_KEY:C20 OBJ_SYS:C10 OBJ_KEY_R:C20 PSTNG_DATE:D8 FIS_PERIOD:N2 COMP_CODE:C4 "
     "REASON_REV:C2 AC_DOC_NO:C10 ACC_PRINCIPLE:C4"},
    {"RFC_DB_OPT", "TEXT:C72"},
    {"RFC_DB_FLD", "FIELDNAME:C30 OFFSET:N6 LENGTH:N6 TYPE:C1 FIELDTEXT:C60"},
    {"TAB512", "WA:C512"},
    {"RFCSI",
     "RFCPROTO:C3 RFCCHARTYP:C4 RFCINTTYP:C3 RFCFLOTYP:C3 RFCDEST:C32 RFCHOST:C8 RFCSYSID:C8 "
     "RFCDATABS:C8 RFCDBHOST:C32 RFCDBSYS:C10 RFCSAPRL:C4 RFCMACH:C5 RFCOPSYS:C10 RFCTZONE:C6 "
     "RFCDAYST:C1 RFCIPADDR:C15 RFCKERNRL:C4 RFCHOST2:C32"},
    {"ZMLC_S_KEY", "BUKRS:C4 XBLNR:C16"},
    {"DFIES",
     "TABNAME:C30 FIELDNAME:C30 POSITION:N4 OFFSET:N6 LENG:N6 INTLEN:N6 OUTPUTLEN:N6 DECIMALS:N6 "
     "DATATYPE:C4 INTTYPE:C1 KEYFLAG:C1"},
};

struct FunctionSpec {
  const char* name;
  // DIRECTION:NAME:TYPE where DIRECTION is I, E or T, a trailing ! marks mandatory ones, and TYPE
  // is a structure's name or a simple type.
  const char* parameters;
  const char* exceptions;
};

constexpr const char* kPostParameters =
    "I:DOCUMENTHEADER:BAPIACHE09! T:ACCOUNTGL:BAPIACGL09 T:ACCOUNTRECEIVABLE:BAPIACAR09 "
    "T:ACCOUNTPAYABLE:BAPIACAP09 T:ACCOUNTTAX:BAPIACTX09 T:CURRENCYAMOUNT:BAPIACCR09! "
    "T:CRITERIA:BAPIACKEC9 T:VALUEFIELD:BAPIACKEV9 T:EXTENSION1:BAPIACEXTC T:RETURN:BAPIRET2! "
    "T:EXTENSION2:BAPIPAREX E:OBJ_TYPE:C5 E:OBJ_KEY:C20 E:OBJ_SYS:C10";
constexpr const char* kCheckParameters =
    "I:DOCUMENTHEADER:BAPIACHE09! T:ACCOUNTGL:BAPIACGL09 T:ACCOUNTRECEIVABLE:BAPIACAR09 "
    "T:ACCOUNTPAYABLE:BAPIACAP09 T:ACCOUNTTAX:BAPIACTX09 T:CURRENCYAMOUNT:BAPIACCR09 "
    "T:CRITERIA:BAPIACKEC9 T:VALUEFIELD:BAPIACKEV9 T:EXTENSION1:BAPIACEXTC T:RETURN:BAPIRET2! "
    "T:EXTENSION2:BAPIPAREX";

constexpr FunctionSpec kFunctions[] = {
    {"BAPI_ACC_DOCUMENT_POST", kPostParameters, ""},
    {"BAPI_ACC_DOCUMENT_CHECK", kCheckParameters, ""},
    {"BAPI_ACC_DOCUMENT_REV_POST",
     "I:REVERSAL:BAPIACREV! I:BUS_ACT:C4! E:OBJ_TYPE:C5 E:OBJ_KEY:C20 E:OBJ_SYS:C10 "
     "T:RETURN:BAPIRET2!",
     ""},
    {"BAPI_TRANSACTION_COMMIT", "I:WAIT:C1 E:RETURN:BAPIRET2", ""},
    {"BAPI_TRANSACTION_ROLLBACK", "E:RETURN:BAPIRET2", ""},
    {"RFC_READ_TABLE",
     "I:QUERY_TABLE:C30! I:DELIMITER:C1 I:NO_DATA:C1 I:ROWSKIPS:I4 I:ROWCOUNT:I4 "
     "T:OPTIONS:RFC_DB_OPT! T:FIELDS:RFC_DB_FLD! T:DATA:TAB512!",
     "TABLE_NOT_AVAILABLE TABLE_WITHOUT_DATA OPTION_NOT_VALID FIELD_NOT_VALID NOT_AUTHORIZED "
     "DATA_BUFFER_EXCEEDED"},
    {"RFC_PING", "", ""},
    {"RFC_SYSTEM_INFO", "E:RFCSI_EXPORT:RFCSI", ""},
    {"STFC_CONNECTION", "I:REQUTEXT:C255! E:ECHOTEXT:C255 E:RESPTEXT:C255", ""},
    {"DDIF_FIELDINFO_GET", "I:TABNAME:C30! T:DFIES_TAB:DFIES", "NOT_FOUND INTERNAL_ERROR"},
};

// docs/formats/sap-fence.md
constexpr FunctionSpec kContracts[] = {
    {"Z_MLC_LOCK_POSTING", "I:I_BUKRS:C4! I:I_NAME:C20! I:I_TEST:C1 E:E_CONTRACT:C2",
     "FOREIGN_LOCK SYSTEM_FAILURE"},
    {"Z_MLC_RESERVE_KEYS", "I:I_TEST:C1 T:T_KEYS:ZMLC_S_KEY! E:E_CONTRACT:C2",
     "DUPLICATE_KEY KEY_LOCKED SYSTEM_FAILURE"},
};

Type type_of(char letter) {
  switch (letter) {
    case 'N': return Type::kNumc;
    case 'D': return Type::kDate;
    case 'T': return Type::kTime;
    case 'P': return Type::kPacked;
    case 'I': return Type::kInt4;
    default: return Type::kChar;
  }
}

FieldDescription simple_field(const std::string& name, const std::string& type) {
  FieldDescription field;
  field.name = name;
  field.type = type_of(type.front());
  const auto point = type.find('.');
  field.length = std::stoi(type.substr(1, point == std::string::npos ? point : point - 1));
  if (point != std::string::npos) field.decimals = std::stoi(type.substr(point + 1));
  return field;
}

const std::map<std::string, StructureDescription, std::less<>>& structures() {
  static const auto known = [] {
    std::map<std::string, StructureDescription, std::less<>> read;
    for (const auto& spec : kStructures) {
      StructureDescription structure{spec.name, {}};
      std::istringstream words(spec.fields);
      for (std::string word; words >> word;) {
        const auto colon = word.find(':');
        structure.fields.push_back(simple_field(word.substr(0, colon), word.substr(colon + 1)));
      }
      read.emplace(spec.name, std::move(structure));
    }
    return read;
  }();
  return known;
}

abap::ParameterDescription read_parameter(std::string word) {
  abap::ParameterDescription parameter;
  parameter.optional = word.back() != '!';
  if (!parameter.optional) word.pop_back();
  const auto second = word.find(':', 2);
  const std::string name = word.substr(2, second - 2);
  const std::string type = word.substr(second + 1);
  const auto structure = structures().find(type);
  if (structure == structures().end()) {
    parameter.field = simple_field(name, type);
  } else {
    parameter.field.name = name;
    parameter.field.type = word[0] == 'T' ? Type::kTable : Type::kStructure;
    parameter.field.structure = &structure->second;
  }
  parameter.direction = word[0] == 'I'   ? Direction::kImport
                        : word[0] == 'E' ? Direction::kExport
                                         : Direction::kTables;
  return parameter;
}

std::vector<FunctionDescription> read_all(std::span<const FunctionSpec> specs) {
  std::vector<FunctionDescription> read;
  for (const auto& spec : specs) {
    FunctionDescription function{spec.name, {}, {}};
    std::istringstream parameters(spec.parameters);
    for (std::string word; parameters >> word;) function.parameters.push_back(read_parameter(word));
    std::istringstream exceptions(spec.exceptions);
    for (std::string word; exceptions >> word;) function.exceptions.push_back(word);
    read.push_back(std::move(function));
  }
  return read;
}

const FunctionDescription* find_in(const std::vector<FunctionDescription>& all,
                                   std::string_view name) {
  const auto found = std::ranges::find(all, name, &FunctionDescription::name);
  return found != all.end() ? &*found : nullptr;
}

abap::Value received(const FieldDescription& field, const abap::Value& value);

abap::Structure received_row(const StructureDescription* description, const abap::Structure& row) {
  abap::Structure out;
  for (const auto& [name, value] : row) {
    const auto* field = description != nullptr ? description->find(name) : nullptr;
    out[name] = field != nullptr ? received(*field, value) : value;
  }
  return out;
}

abap::Value received(const FieldDescription& field, const abap::Value& value) {
  if (value.is_structure()) return received_row(field.structure, value.structure());
  if (value.is_table()) {
    abap::Table rows;
    for (const auto& row : value.table()) rows.push_back(received_row(field.structure, row));
    return rows;
  }
  if (!value.is_text()) return value;
  std::string text = value.text();
  if (field.type == Type::kNumc && text.size() < static_cast<std::size_t>(field.length)) {
    text.insert(0, static_cast<std::size_t>(field.length) - text.size(), '0');
  }
  if (field.type == Type::kChar) text.erase(text.find_last_not_of(' ') + 1);
  if (field.type == Type::kDate && text == "00000000") text.clear();
  return text;
}

}  // namespace

const std::vector<FunctionDescription>& all_functions() {
  static const auto known = read_all(kFunctions);
  return known;
}

const FunctionDescription* find_function(std::string_view name) {
  return find_in(all_functions(), name);
}

const FunctionDescription* find_contract(std::string_view name) {
  static const auto known = read_all(kContracts);
  return find_in(known, name);
}

abap::Structure as_received(const FunctionDescription& function, const abap::Structure& arguments) {
  abap::Structure out;
  for (const auto& [name, value] : arguments) {
    const auto* parameter = function.find(name);
    out[name] = parameter != nullptr ? received(parameter->field, value) : value;
  }
  return out;
}

}  // namespace mlc::simulators::sap
