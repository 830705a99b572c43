// Local amounts, numbers, rows, and reversals.
#include <algorithm>

#include "simulators/sap/posting.h"

namespace mlc::simulators::sap {
namespace {

std::string padded(std::size_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::string magnitude(std::int64_t amount) { return std::to_string(amount < 0 ? -amount : amount); }

std::string posting_key(const std::string& koart, bool debit) {
  if (koart == "K") return debit ? "21" : "31";
  if (koart == "D") return debit ? "01" : "11";
  return debit ? "40" : "50";
}

Row item_row(const Document& document, const Line& line, std::size_t number) {
  Row row = line.item;
  const bool debit = line.amount > 0 || (line.amount == 0 && line.local.value_or(0) >= 0);
  for (const char* field : {"MANDT", "BUKRS", "BELNR", "GJAHR"}) {
    row[field] = at(document.header, field);
  }
  row["BUZEI"] = padded(number, 3);
  row["SHKZG"] = debit ? "S" : "H";
  row["BSCHL"] = posting_key(at(row, "KOART"), debit);
  row["WRBTR"] = magnitude(line.amount);
  row["DMBTR"] = magnitude(line.local.value_or(0));
  row["FWBAS"] = magnitude(line.base);
  row["HWBAS"] = magnitude(line.local_base);
  if (row["ZFBDT"].empty()) row["ZFBDT"] = "00000000";
  return row;
}

Row tax_row(const Row& item, const Line& line) {
  Row row;
  for (const char* field : {"MANDT", "BUKRS", "BELNR", "GJAHR", "BUZEI", "MWSKZ", "HKONT", "SHKZG",
                            "HWBAS", "FWBAS", "KTOSL"}) {
    row[field] = at(item, field);
  }
  row["HWSTE"] = at(item, "DMBTR");
  row["FWSTE"] = at(item, "WRBTR");
  row["KSCHL"] = line.condition;
  return row;
}

Row without_status(Row row) {
  for (const char* field : {"CPUDT", "CPUTM", "AEDAT", "STBLG", "STJAH", "XREVERSAL", "STGRD",
                            "BELNR", "BSTAT", "PPNAM", "AWKEY", "AWTYP", "AWSYS"}) {
    row.erase(field);
  }
  return row;
}

// A posted line with its sign turned; clearing does not carry over.
Line turned(const Row& item) {
  Line line;
  line.item = item;
  line.item["AUGBL"].clear();
  line.item["AUGDT"] = "00000000";
  const std::int64_t sign = at(item, "SHKZG") == "S" ? -1 : 1;
  line.amount = sign * number_at(item, "WRBTR");
  line.local = sign * number_at(item, "DMBTR");
  line.base = number_at(item, "FWBAS");
  line.local_base = number_at(item, "HWBAS");
  line.has_amount = true;
  line.tax = at(item, "BUZID") == "T";
  line.itemno = at(item, "BUZEI");
  return line;
}

void check_reversible(const Row& original, const std::vector<Row>& items,
                      std::vector<Message>& messages) {
  const std::vector<std::string> key{at(original, "BUKRS"), at(original, "BELNR"),
                                     at(original, "GJAHR")};
  if (!at(original, "BSTAT").empty()) messages.push_back({kNotPosted, key, "", 0, ""});
  if (!at(original, "STBLG").empty()) {
    auto variables = key;
    variables.push_back(at(original, "STBLG"));
    messages.push_back({kAlreadyReversed, variables, "", 0, ""});
  }
  const bool cleared = std::any_of(items.begin(), items.end(),
                                   [](const Row& item) { return !at(item, "AUGBL").empty(); });
  if (cleared) messages.push_back({kClearedItems, key, "", 0, ""});
}

// T003-KURST; M where the document type names none.
std::string rate_type(const Context& context, const Document& document) {
  const auto type = context.books.find(
      "T003", {{"MANDT", context.client}, {"BLART", at(document.header, "BLART")}});
  return !type || at(*type, "KURST").empty() ? "M" : at(*type, "KURST");
}

}  // namespace

std::string object_key(const Row& header) {
  std::string bukrs = at(header, "BUKRS");
  bukrs.resize(4, ' ');
  return at(header, "BELNR") + bukrs + at(header, "GJAHR");
}

void fill_local_amounts(const Context& context, Document& document,
                        std::vector<Message>& messages) {
  const RatePair pair{rate_type(context, document), at(document.header, "WAERS"),
                      at(document.company, "WAERS")};
  const auto& day = at(document.header, "WWERT");
  const auto rate = find_rate(context.books, context.client, pair, day);
  const bool given = std::all_of(document.lines.begin(), document.lines.end(),
                                 [](const Line& line) { return line.local.has_value(); });
  document.header["KURSF"] = rate ? std::to_string(rate->scaled) : "0";
  if (given) return;
  if (!rate) {
    messages.push_back({kNoRate, {pair.from, pair.to, pair.kurst, day}, "CURRENCYAMOUNT", 0, ""});
    return;
  }
  translate_lines(document, *rate);
}

void translate_lines(Document& document, const Rate& rate) {
  document.header["KURSF"] = std::to_string(rate.scaled);
  std::int64_t sum = 0;
  Line* largest = nullptr;
  for (auto& line : document.lines) {
    const auto local = convert(line.amount, document.decimals, document.local_decimals, rate);
    line.local = local;
    line.local_base = convert(line.base, document.decimals, document.local_decimals, rate);
    sum += local;
    const auto size = local < 0 ? -local : local;
    const auto best = largest == nullptr ? -1 : std::stoll(magnitude(largest->local.value_or(0)));
    if (size > best) largest = &line;
  }
  if (largest != nullptr) largest->local = largest->local.value_or(0) - sum;
}

std::vector<Message> draw_number(const Context& context, Document& document) {
  auto& header = document.header;
  const auto type =
      context.books.find("T003", {{"MANDT", context.client}, {"BLART", at(header, "BLART")}});
  const std::string interval = type ? at(*type, "NUMKR") : "";
  // TOYEAR is the last fiscal year that an interval serves.
  const auto ranges = context.books.query(
      "SELECT * FROM NRIV WHERE CLIENT = ? AND OBJECT = 'RF_BELEG' AND SUBOBJECT = ? AND "
      "NRRANGENR = ? AND TOYEAR >= ? ORDER BY TOYEAR LIMIT 1",
      {context.client, header["BUKRS"], interval, document.period.year});
  if (ranges.empty()) {
    return {{kNoNumberRange, {header["BUKRS"], interval, document.period.year}, "", 0, ""}};
  }
  const Row* range = &ranges.front();
  const auto level = number_at(*range, "NRLEVEL");
  const auto next = level == 0 ? number_at(*range, "FROMNUMBER") : level + 1;
  if (next > number_at(*range, "TONUMBER")) {
    return {{kNumberRangeFull, {interval, header["BUKRS"]}, "", 0, ""}};
  }
  context.books.execute(
      "UPDATE NRIV SET NRLEVEL = ? WHERE CLIENT = ? AND OBJECT = 'RF_BELEG' AND SUBOBJECT = ? AND "
      "NRRANGENR = ? AND TOYEAR = ?",
      {padded(static_cast<std::size_t>(next), 20), context.client, header["BUKRS"], interval,
       at(*range, "TOYEAR")});
  header["BELNR"] = padded(static_cast<std::size_t>(next), 10);
  header["GJAHR"] = document.period.year;
  if (header["AWTYP"] == "BKPFF") header["AWKEY"] = object_key(header);
  return {};
}

PendingRows to_rows(const Context& context, const Document& document) {
  Row header = document.header;
  const auto stamp = format_instant(context.now);
  header["CPUDT"] = format_dats(utc_date(context.now));
  header["CPUTM"] = stamp.substr(11, 2) + stamp.substr(14, 2) + stamp.substr(17, 2);
  header["USNAM"] = context.user;
  if (header["WWERT"].empty()) header["WWERT"] = header["BUDAT"];
  if (document.parked) {
    header["BSTAT"] = "V";
    header["PPNAM"] = context.user;
  }
  PendingRows rows{{"BKPF", header}};
  std::size_t number = 0;
  for (const auto& line : document.lines) {
    Row item = item_row(document, line, ++number);
    if (at(item, "ZUONR").empty()) item["ZUONR"] = at(line.item, "ZUONR");
    if (line.tax && !document.parked) rows.push_back({"BSET", tax_row(item, line)});
    rows.push_back({document.parked ? "VBSEGS" : "BSEG", std::move(item)});
  }
  for (Row row : document.tax_statement) {
    for (const char* field : {"MANDT", "BUKRS", "BELNR", "GJAHR"}) row[field] = at(header, field);
    row["BUZEI"] = padded(++number, 3);
    rows.push_back({"BSET", std::move(row)});
  }
  if (document.reverses) {
    rows.push_back({kReversesMark,
                    {{"MANDT", context.client},
                     {"BUKRS", document.reverses->bukrs},
                     {"BELNR", document.reverses->belnr},
                     {"GJAHR", document.reverses->gjahr},
                     {"STBLG", at(header, "BELNR")},
                     {"STJAH", at(header, "GJAHR")},
                     {"STGRD", at(header, "STGRD")}}});
  }
  return rows;
}

bool is_taken(Books& books, const Row& key) {
  return books.exists(
      kKeyTable,
      {{"MANDT", at(key, "MANDT")}, {"BUKRS", at(key, "BUKRS")}, {"XBLNR", at(key, "XBLNR")}});
}

bool apply_rows(Books& books, const PendingRows& rows) {
  for (const auto& [table, row] : rows) {
    if (table == kKeyTable && is_taken(books, row)) return false;
    if (table != kReversesMark) {
      books.insert(table, row);
      continue;
    }
    const int marked = books.execute(
        "UPDATE BKPF SET STBLG = ?, STJAH = ?, STGRD = ?, XREVERSAL = '1' WHERE MANDT = ? AND "
        "BUKRS = ? AND BELNR = ? AND GJAHR = ? AND STBLG = '' AND BSTAT = ''",
        {at(row, "STBLG"), at(row, "STJAH"), at(row, "STGRD"), at(row, "MANDT"), at(row, "BUKRS"),
         at(row, "BELNR"), at(row, "GJAHR")});
    if (marked != 1) return false;
  }
  return true;
}

Checked reversal_of(const Context& context, const BookKey& key, const std::string& budat,
                    const std::string& reason) {
  Checked checked;
  auto& [document, messages] = checked;
  const Row where{
      {"MANDT", context.client}, {"BUKRS", key.bukrs}, {"BELNR", key.belnr}, {"GJAHR", key.gjahr}};
  const auto original = context.books.find("BKPF", where);
  if (!original) {
    messages.push_back({kOriginalNotFound, {key.bukrs + key.belnr + key.gjahr}, "", 0, ""});
    return checked;
  }
  const auto items = context.books.query(
      "SELECT * FROM BSEG WHERE MANDT = ? AND BUKRS = ? AND BELNR = ? AND GJAHR = ? ORDER BY BUZEI",
      {context.client, key.bukrs, key.belnr, key.gjahr});
  check_reversible(*original, items, messages);
  if (!context.books.exists("T041C", {{"MANDT", context.client}, {"STGRD", reason}})) {
    messages.push_back({kReversalReason, {reason}, "", 0, "REASON_REV"});
  }
  const auto type =
      context.books.find("T003", {{"MANDT", context.client}, {"BLART", at(*original, "BLART")}});
  document.header = without_status(*original);
  document.header["BLART"] = type ? at(*type, "STBLA") : "AB";
  if (!budat.empty()) document.header["BUDAT"] = budat;
  document.header["GJAHR"].clear();
  document.header["MONAT"].clear();
  document.reverses = key;
  for (const auto& item : items) document.lines.push_back(turned(item));
  check_header(context, document, messages);
  if (!document.company.empty()) check_periods(context, document, messages);
  document.header["STGRD"] = reason;
  document.header["STBLG"] = key.belnr;
  document.header["STJAH"] = key.gjahr;
  document.header["XREVERSAL"] = "2";
  return checked;
}

}  // namespace mlc::simulators::sap
