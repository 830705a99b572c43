#include "simulators/sap/read_table.h"

#include <algorithm>
#include <vector>

#include "abap/errors.h"
#include "simulators/sap/dictionary.h"
#include "simulators/sap/where_clause.h"

namespace mlc::simulators::sap {
namespace {

constexpr int kRowWidth = 512;

tl::unexpected<Error> raise(const char* key) {
  return failure(Error(abap::kException, {{"function", "RFC_READ_TABLE"}, {"key", key}})
                     .with_written(Written::kNo));
}

std::string six_digits(int number) {
  const auto text = std::to_string(number);
  return std::string(6 - text.size(), '0') + text;
}

// A packed number or integer moved to text of the field's LENG: right-justified, the sign behind.
// Too narrow: first the blank behind a positive number goes, then digits from the left with '*'.
std::string number_cell(const TableField& field, const std::string& scaled) {
  const bool negative = scaled.starts_with('-');
  std::string digits = negative ? scaled.substr(1) : scaled;
  const auto places = static_cast<std::size_t>(field.decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  digits += negative ? '-' : ' ';
  const auto width = static_cast<std::size_t>(field.length);
  if (digits.size() > width && !negative) digits.pop_back();
  if (digits.size() > width) {
    digits = digits.substr(digits.size() - width);
    digits.front() = '*';
  }
  return std::string(width - digits.size(), ' ') + digits;
}

// Pads to `width` characters (code points; the data holds no surrogate pairs beyond texts).
std::string text_cell(std::string text, int width) {
  const auto characters = std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  });
  if (characters < width) text.append(static_cast<std::size_t>(width - characters), ' ');
  return text;
}

struct Reading {
  const TableDescription* table = nullptr;
  std::vector<const TableField*> fields;
  std::string delimiter;  // empty when there is none
  WhereClause where;
};

Status choose_fields(Reading& reading, const abap::Table& wanted) {
  for (const auto& row : wanted) {
    const auto* field = reading.table->find(abap::text_of(row, "FIELDNAME"));
    if (field == nullptr) return raise("FIELD_NOT_VALID");
    reading.fields.push_back(field);
  }
  if (wanted.empty()) {
    for (const auto& field : reading.table->fields) reading.fields.push_back(&field);
  }
  return {};
}

abap::Table layout(const Reading& reading) {
  abap::Table rows;
  int offset = 0;
  for (const auto* field : reading.fields) {
    const char type = field->type == 'I' ? 'X' : field->type;
    rows.push_back({{"FIELDNAME", field->name},
                    {"OFFSET", six_digits(offset)},
                    {"LENGTH", six_digits(field->length)},
                    {"TYPE", std::string(1, type)},
                    {"FIELDTEXT", field->name}});
    offset += field->length + static_cast<int>(reading.delimiter.size());
  }
  return rows;
}

int width_of(const Reading& reading) {
  int width = 0;
  for (const auto* field : reading.fields) {
    width += field->length + static_cast<int>(reading.delimiter.size());
  }
  return width;
}

std::string data_row(const Reading& reading, const Row& row) {
  std::string text;
  for (const auto* field : reading.fields) {
    if (field != reading.fields.front()) text += reading.delimiter;
    const auto& value = at(row, field->name);
    text += field->is_number() ? number_cell(*field, value) : text_cell(value, field->length);
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

Result<Rows> select(Books& books, const std::string& client, const Reading& reading,
                    const abap::Structure& arguments) {
  const auto integer = [&arguments](const char* name) {
    const auto found = arguments.find(name);
    return found != arguments.end() ? found->second.integer() : 0;
  };
  std::string sql =
      "SELECT * FROM \"" + reading.table->name + "\" WHERE (" + reading.where.sql + ")";
  auto values = reading.where.values;
  if (const auto field = reading.table->client_field(); !field.empty()) {
    sql += " AND \"" + field + "\" = ?";
    values.push_back(client);
  }
  // Nobody promised an order: the newest rows come first, so that a client which relies on one
  // fails.
  sql += " ORDER BY rowid DESC";
  const auto skip = std::max<std::int64_t>(0, integer("ROWSKIPS"));
  const auto count = std::max<std::int64_t>(0, integer("ROWCOUNT"));
  sql += " LIMIT " + (count > 0 ? std::to_string(count) : std::string("-1")) + " OFFSET " +
         std::to_string(skip);
  return books.query(sql, values);
}

Status check_authority(Books& books, const std::string& user, const std::string& table,
                       bool& empty) {
  const auto effect = books.find("zsim_authority", {{"BNAME", user}, {"TABNAME", table}});
  if (!effect) return {};
  if (at(*effect, "EFFECT") == "empty") {
    empty = true;
    return {};
  }
  return raise("NOT_AUTHORIZED");
}

}  // namespace

Result<abap::Structure> read_table(Books& books, const std::string& client, const std::string& user,
                                   const abap::Structure& arguments, bool empty) {
  const auto& name = abap::text_of(arguments, "QUERY_TABLE");
  MLC_TRY_STATUS(check_authority(books, user, name, empty));
  Reading reading;
  reading.table = find_table(name);
  if (reading.table == nullptr) {
    return raise(is_structure_only(name) ? "TABLE_WITHOUT_DATA" : "TABLE_NOT_AVAILABLE");
  }
  reading.delimiter = abap::text_of(arguments, "DELIMITER");
  MLC_TRY_STATUS(choose_fields(reading, abap::table_of(arguments, "FIELDS")));
  std::vector<std::string> lines;
  for (const auto& row : abap::table_of(arguments, "OPTIONS")) {
    lines.push_back(abap::text_of(row, "TEXT"));
  }
  const auto where = parse_where(*reading.table, lines);
  abap::Structure answer{{"FIELDS", layout(reading)},
                         {"DATA", abap::Table{}},
                         {"OPTIONS", abap::table_of(arguments, "OPTIONS")}};
  if (!abap::text_of(arguments, "NO_DATA").empty()) return answer;
  if (width_of(reading) > kRowWidth) return raise("DATA_BUFFER_EXCEEDED");
  if (!where) return raise("OPTION_NOT_VALID");
  if (empty) return answer;
  reading.where = *where;
  MLC_TRY(const auto rows, select(books, client, reading, arguments));
  auto& data = answer["DATA"].table();
  for (const auto& row : rows) data.push_back({{"WA", data_row(reading, row)}});
  return answer;
}

Result<abap::Structure> field_info(const abap::Structure& arguments) {
  const auto* table = find_table(abap::text_of(arguments, "TABNAME"));
  if (table == nullptr) {
    return failure(abap::kException, {{"function", "DDIF_FIELDINFO_GET"}, {"key", "NOT_FOUND"}});
  }
  abap::Table rows;
  int offset = 0;
  for (const auto& field : table->fields) {
    const auto position = six_digits(static_cast<int>(rows.size()) + 1).substr(2);
    const char* type = field.type == 'C'   ? "CHAR"
                       : field.type == 'N' ? "NUMC"
                       : field.type == 'D' ? "DATS"
                       : field.type == 'T' ? "TIMS"
                       : field.type == 'P' ? (field.decimals == 2 ? "CURR" : "DEC")
                                           : "INT4";
    rows.push_back({{"TABNAME", table->name},
                    {"FIELDNAME", field.name},
                    {"POSITION", position},
                    {"OFFSET", six_digits(offset)},
                    {"LENG", six_digits(field.length)},
                    {"INTLEN", six_digits(field.length)},
                    {"OUTPUTLEN", six_digits(field.length)},
                    {"DECIMALS", six_digits(field.decimals)},
                    {"DATATYPE", type},
                    {"INTTYPE", std::string(1, field.type)},
                    {"KEYFLAG", field.key ? "X" : ""}});
    offset += field.length;
  }
  return abap::Structure{{"DFIES_TAB", rows}};
}

}  // namespace mlc::simulators::sap
