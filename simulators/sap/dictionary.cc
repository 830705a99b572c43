#include "simulators/sap/dictionary.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace mlc::simulators::sap {
namespace {

// NAME:TYPE LENGTH[.DECIMALS][*], * for key fields.
constexpr const char* kItemFields =
    "MANDT:C3* BUKRS:C4* BELNR:C10* GJAHR:N4* BUZEI:N3* BUZID:C1 AUGDT:D8 AUGBL:C10 BSCHL:C2 "
    "KOART:C1 SHKZG:C1 GSBER:C4 MWSKZ:C2 DMBTR:P13.2 WRBTR:P13.2 KTOSL:C3 ZUONR:C18 SGTXT:C50 "
    "KOKRS:C4 KOSTL:C10 AUFNR:C12 HKONT:C10 KUNNR:C10 LIFNR:C10 ZFBDT:D8 ZLSPR:C1 ZLSCH:C1 "
    "EBELN:C10 EBELP:N5 PRCTR:C10 FKBER:C16 SEGMENT:C10 XREF1:C12 XREF2:C12 XREF3:C20 FWBAS:P13.2 "
    "HWBAS:P13.2";

// Index tables of G/L items: open ones, and cleared ones.
constexpr const char* kIndexFields =
    "MANDT:C3* BUKRS:C4* HKONT:C10* AUGDT:D8* AUGBL:C10* ZUONR:C18* GJAHR:N4* BELNR:C10* BUZEI:N3* "
    "BUDAT:D8 BLDAT:D8 WAERS:C5 XBLNR:C16 BLART:C2 SHKZG:C1 DMBTR:P13.2 WRBTR:P13.2 KOSTL:C10 "
    "SGTXT:C50";
constexpr const char* kIndexOf =
    "SELECT BSEG.rowid AS rowid, BSEG.MANDT, BSEG.BUKRS, HKONT, AUGDT, AUGBL, ZUONR, BSEG.GJAHR, "
    "BSEG.BELNR, BUZEI, BUDAT, BLDAT, WAERS, XBLNR, BLART, SHKZG, DMBTR, WRBTR, KOSTL, SGTXT FROM "
    "BSEG JOIN BKPF ON BKPF.MANDT = BSEG.MANDT AND BKPF.BUKRS = BSEG.BUKRS AND BKPF.BELNR = "
    "BSEG.BELNR AND BKPF.GJAHR = BSEG.GJAHR WHERE KOART = 'S' AND AUGBL ";

struct Spec {
  const char* name;
  const char* fields;
  const char* view = nullptr;  // what AUGBL is in the index table
};

const std::array kSpecs = {
    Spec{"BKPF",
         "MANDT:C3* BUKRS:C4* BELNR:C10* GJAHR:N4* BLART:C2 BLDAT:D8 BUDAT:D8 MONAT:N2 CPUDT:D8 "
         "CPUTM:T6 AEDAT:D8 WWERT:D8 USNAM:C12 TCODE:C20 XBLNR:C16 STBLG:C10 STJAH:N4 BKTXT:C25 "
         "WAERS:C5 KURSF:P9.5 BSTAT:C1 GLVOR:C4 AWTYP:C5 AWKEY:C20 AWSYS:C10 HWAER:C5 STGRD:C2 "
         "XREVERSAL:C1 PPNAM:C12"},
    Spec{"BSEG", kItemFields},
    Spec{"VBSEGS", kItemFields},
    Spec{"BSIS", kIndexFields, "= ''"},
    Spec{"BSAS", kIndexFields, "<> ''"},
    Spec{"BSET",
         "MANDT:C3* BUKRS:C4* BELNR:C10* GJAHR:N4* BUZEI:N3* MWSKZ:C2 HKONT:C10 TXJCD:C15 SHKZG:C1 "
         "HWBAS:P13.2 FWBAS:P13.2 HWSTE:P13.2 FWSTE:P13.2 KTOSL:C3 KBETR:P11.2 KSCHL:C4"},
    Spec{"VBHDR",
         "VBKEY:C32* VBMANDT:C3 VBUSR:C12 VBTCODE:C20 VBDATE:C14 VBSTATE:I3 VBRC:I3 VBREPORT:C40"},
    Spec{"ZMLC_KEYS", "MANDT:C3* BUKRS:C4* XBLNR:C16* ERNAM:C12 ERDAT:D8 ERZET:T6"},
    Spec{"NRIV",
         "CLIENT:C3* OBJECT:C10* SUBOBJECT:C6* NRRANGENR:C2* TOYEAR:N4* FROMNUMBER:C20 "
         "TONUMBER:C20 NRLEVEL:N20 EXTERNIND:C1"},
    Spec{"T000", "MANDT:C3* MTEXT:C25 ORT01:C25 MWAER:C5 CCCATEGORY:C1 CCCORACTIV:C1 LOGSYS:C10"},
    Spec{"T001",
         "MANDT:C3* BUKRS:C4* BUTXT:C25 ORT01:C25 LAND1:C3 WAERS:C5 SPRAS:C1 KTOPL:C4 PERIV:C2 "
         "OPVAR:C4"},
    Spec{"T001B",
         "MANDT:C3* RRCTY:C1* BUKRS:C4* MKOAR:C1* BKONT:C10* VKONT:C10 FRYE1:N4 FRPE1:N3 TOYE1:N4 "
         "TOPE1:N3 FRYE2:N4 FRPE2:N3 TOYE2:N4 TOPE2:N3 BRGRU:C4"},
    Spec{"T003", "MANDT:C3* BLART:C2* NUMKR:C2 KOARS:C5 STBLA:C2 KURST:C4"},
    Spec{"T005", "MANDT:C3* LAND1:C3* KALSM:C6 WAERS:C5"},
    Spec{"T007A", "MANDT:C3* KALSM:C6* MWSKZ:C2* MWART:C1"},
    Spec{"T009", "MANDT:C3* PERIV:C2* XKALE:C1 XJABH:C1 ANZBP:N2 ANZSP:N2"},
    Spec{"T009B", "MANDT:C3* PERIV:C2* BDATJ:N4* BUMON:N2* BUTAG:N2* POPER:N3 RELJR:C2"},
    Spec{"T030K", "MANDT:C3* KTOPL:C4* KTOSL:C3* MWSKZ:C2* KONTS:C10 KONTH:C10"},
    Spec{"T041C", "MANDT:C3* STGRD:C2* XNEGP:C1"},
    Spec{"TKA02", "MANDT:C3* BUKRS:C4* GSBER:C4* KOKRS:C4"},
    Spec{"SKA1", "MANDT:C3* KTOPL:C4* SAKNR:C10* XBILK:C1 GVTYP:C2 KTOKS:C4 XLOEV:C1 XSPEB:C1"},
    Spec{"SKAT", "MANDT:C3* SPRAS:C1* KTOPL:C4* SAKNR:C10* TXT20:C20 TXT50:C50"},
    Spec{"SKB1",
         "MANDT:C3* BUKRS:C4* SAKNR:C10* WAERS:C5 MITKZ:C1 XINTB:C1 XOPVW:C1 XKRES:C1 FSTAG:C4 "
         "MWSKZ:C2 XMWNO:C1 ZUAWA:C3 XSPEB:C1 XLOEB:C1"},
    Spec{"CSKB", "MANDT:C3* KOKRS:C4* KSTAR:C10* DATBI:D8* DATAB:D8 KATYP:N2"},
    Spec{"CSKS",
         "MANDT:C3* KOKRS:C4* KOSTL:C10* DATBI:D8* DATAB:D8 BKZKP:C1 BUKRS:C4 GSBER:C4 KOSAR:C1 "
         "PRCTR:C10 VERAK:C20 WAERS:C5"},
    Spec{"CSKT", "MANDT:C3* SPRAS:C1* KOKRS:C4* KOSTL:C10* DATBI:D8* KTEXT:C20 LTEXT:C40"},
    Spec{"CEPC", "MANDT:C3* PRCTR:C10* DATBI:D8* KOKRS:C4* DATAB:D8 SEGMENT:C10"},
    Spec{"LFA1",
         "MANDT:C3* LIFNR:C10* LAND1:C3 NAME1:C35 NAME2:C35 ORT01:C35 PSTLZ:C10 REGIO:C3 STRAS:C35 "
         "SORTL:C10 KTOKK:C4 STCD1:C16 STCEG:C20 XCPDK:C1 SPERR:C1 SPERM:C1 LOEVM:C1"},
    Spec{"LFB1",
         "MANDT:C3* LIFNR:C10* BUKRS:C4* AKONT:C10 ZTERM:C4 ZWELS:C10 ZAHLS:C1 REPRF:C1 SPERR:C1 "
         "LOEVM:C1 FDGRV:C10"},
    Spec{"KNA1", "MANDT:C3* KUNNR:C10* LAND1:C3 NAME1:C35 SPERR:C1 LOEVM:C1"},
    Spec{"KNB1", "MANDT:C3* KUNNR:C10* BUKRS:C4* AKONT:C10 SPERR:C1 LOEVM:C1"},
    Spec{"TCURC", "MANDT:C3* WAERS:C5* ISOCD:C3"},
    Spec{"TCURX", "CURRKEY:C5* CURRDEC:I3"},
    Spec{"TCURR",
         "MANDT:C3* KURST:C4* FCURR:C5* TCURR:C5* GDATU:C8* UKURS:P9.5 FFACT:P9.0 TFACT:P9.0"},
    Spec{"TCURF", "MANDT:C3* KURST:C4* FCURR:C5* TCURR:C5* GDATU:C8* FFACT:P9.0 TFACT:P9.0"},
    Spec{"TCURV", "MANDT:C3* KURST:C4* XINVR:C1 BWAER:C5 XEURO:C1"},
    Spec{"TTYP", "MANDT:C3* AWTYP:C5* REFTEXT:C30"},
};

TableField read_field(const std::string& text) {
  TableField field;
  const auto colon = text.find(':');
  field.name = text.substr(0, colon);
  field.type = text[colon + 1];
  std::string size = text.substr(colon + 2);
  if (size.back() == '*') {
    field.key = true;
    size.pop_back();
  }
  const auto point = size.find('.');
  field.length = std::stoi(size.substr(0, point));
  if (point != std::string::npos) field.decimals = std::stoi(size.substr(point + 1));
  return field;
}

std::vector<TableDescription> read_specs() {
  std::vector<TableDescription> tables;
  for (const auto& spec : kSpecs) {
    TableDescription table{spec.name, {}, {}};
    if (spec.view != nullptr) table.view = std::string(kIndexOf) + spec.view;
    std::istringstream fields(spec.fields);
    for (std::string field; fields >> field;) table.fields.push_back(read_field(field));
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace

std::string TableField::initial() const {
  if (is_number()) return "0";
  if (type == 'C') return "";
  return std::string(static_cast<std::size_t>(length), '0');
}

std::string TableDescription::client_field() const {
  const auto& first = fields.front().name;
  return first == "MANDT" || first == "CLIENT" ? first : "";
}

const TableField* TableDescription::find(std::string_view field) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const TableField& one) { return one.name == field; });
  return found != fields.end() ? &*found : nullptr;
}

const std::vector<TableDescription>& all_tables() {
  static const std::vector<TableDescription> tables = read_specs();
  return tables;
}

const TableDescription* find_table(std::string_view name) {
  for (const auto& table : all_tables()) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

bool is_structure_only(std::string_view name) { return name == "BAPIRET2" || name == "SYST"; }

}  // namespace mlc::simulators::sap
