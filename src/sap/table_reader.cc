#include "sap/table_reader.h"

#include <charconv>
#include <optional>

#include "abap/errors.h"
#include "sap/errors.h"
#include "sap/repeatable_calls.h"

namespace mlc::sap {
namespace {

// A row of OPTIONS holds 72 characters; 71 is what is known to be safe on every release.
constexpr std::size_t kOptionWidth = 71;

using Key = std::vector<std::string>;
using RowsByKey = std::map<Key, TableRow>;

std::string names_of(const std::vector<TableField>& fields) {
  std::string out;
  for (const TableField& field : fields) {
    out += (out.empty() ? "" : " ") + std::string(field.name);
  }
  return out;
}

std::vector<TableField> with_key(const TableShape& shape, const std::vector<TableField>& group) {
  std::vector<TableField> out = shape.key;
  out.insert(out.end(), group.begin(), group.end());
  return out;
}

// Offset of the nth character (not byte): SAP counts characters.
std::size_t character_offset(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (; characters > 0 && at < text.size(); --characters) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

// Beyond the end are blanks: some channels trim the last column.
std::string cut_cell(std::string_view row, std::size_t offset, std::size_t length) {
  const auto from = character_offset(row, offset);
  const auto rest = row.substr(from);
  const auto cell = rest.substr(0, character_offset(rest, length));
  return std::string(cell.substr(0, cell.find_last_not_of(' ') + 1));
}

std::optional<std::size_t> number_of(const std::string& digits) {
  std::size_t value = 0;
  const auto* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return value;
}

abap::Structure arguments_for(const TableShape& shape, const std::vector<TableField>& columns,
                              const std::vector<Words>& conditions, const ReaderLimits& limits) {
  abap::Table options;
  for (std::string& line : option_lines(conditions)) {
    options.push_back({{"TEXT", std::move(line)}});
  }
  abap::Table fields;
  for (const TableField& column : columns) fields.push_back({{"FIELDNAME", column.name}});
  // One row more than allowed, so that "too many" is seen and not cut.
  return {{"QUERY_TABLE", shape.table},
          {"ROWCOUNT", static_cast<std::int64_t>(limits.max_rows + 1)},
          {"OPTIONS", std::move(options)},
          {"FIELDS", std::move(fields)},
          {"DATA", abap::Table{}}};
}

Error named(const Error& error, const abap::Session& session, const TableShape& shape,
            const std::vector<TableField>& columns) {
  if (!error.is(abap::kException)) return error;
  const std::string key(error.fact("key"));
  const std::string table(shape.table);
  if (key == "NOT_AUTHORIZED") {
    return Error(kReadRightMissing,
                 {{"user", session.attributes().user}, {"table", table}, {"key", key}})
        .caused_by(error);
  }
  return Error(kTableRefused, {{"table", table}, {"key", key}, {"fields", names_of(columns)}})
      .caused_by(error);
}

tl::unexpected<Error> bad_layout(const TableShape& shape, const TableField& column,
                                 const std::string& found) {
  return failure(kBadTableValue, {{"table", std::string(shape.table)},
                                  {"field", std::string(column.name)},
                                  {"row", "the answer's FIELDS"},
                                  {"found", found},
                                  {"expected", "name, offset and length of the field"}});
}

std::string words_of(const Key& key) {
  std::string out;
  for (const std::string& cell : key) out += (out.empty() ? "" : "/") + cell;
  return out;
}

// Keeping one of the two would lose a row unseen.
tl::unexpected<Error> key_twice(const TableShape& shape, const Key& key) {
  return failure(kBadTableValue, {{"table", std::string(shape.table)},
                                  {"field", std::string(shape.key.back().name)},
                                  {"row", words_of(key)},
                                  {"found", "a second row"},
                                  {"expected", "each key once"}});
}

struct Column {
  std::string name;
  std::size_t offset = 0;
  std::size_t length = 0;
};

Result<std::vector<Column>> read_layout(const TableShape& shape,
                                        const std::vector<TableField>& columns,
                                        const abap::Table& fields) {
  std::vector<Column> out;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i >= fields.size()) return bad_layout(shape, columns[i], "nothing");
    const std::string& name = abap::text_of(fields[i], "FIELDNAME");
    const auto offset = number_of(abap::text_of(fields[i], "OFFSET"));
    const auto length = number_of(abap::text_of(fields[i], "LENGTH"));
    if (name != columns[i].name || !offset || !length || *length == 0) {
      return bad_layout(shape, columns[i], name);
    }
    out.push_back({name, *offset, *length});
  }
  return out;
}

Result<RowsByKey> read_group(abap::Session& session, const TableShape& shape,
                             const std::vector<TableField>& columns,
                             const std::vector<Words>& conditions, const ReaderLimits& limits) {
  auto answer = call(session, kReadTable, arguments_for(shape, columns, conditions, limits));
  if (!answer) return failure(named(answer.error(), session, shape, columns));
  MLC_TRY(const auto layout, read_layout(shape, columns, abap::table_of(*answer, "FIELDS")));
  const abap::Table& data = abap::table_of(*answer, "DATA");
  if (data.size() > limits.max_rows) {
    return failure(kTableTooLarge, {{"table", std::string(shape.table)},
                                    {"expected", std::to_string(limits.max_rows)}});
  }
  RowsByKey out;
  for (const abap::Structure& line : data) {
    TableRow row;
    Key key;
    for (const Column& column : layout) {
      auto cell = cut_cell(abap::text_of(line, "WA"), column.offset, column.length);
      if (key.size() < shape.key.size()) key.push_back(cell);
      row.emplace(column.name, std::move(cell));
    }
    const auto [place, is_new] = out.emplace(std::move(key), std::move(row));
    if (!is_new) return key_twice(shape, place->first);
  }
  return out;
}

// A key in one group only means that somebody wrote between the two reads.
Status join(RowsByKey& into, RowsByKey from, const TableShape& shape,
            const std::vector<TableField>& group) {
  for (auto& [key, row] : into) {
    const auto at = from.find(key);
    if (at == from.end() || into.size() != from.size()) {
      return failure(kTableChanged, {{"table", std::string(shape.table)},
                                     {"row", words_of(key)},
                                     {"fields", names_of(group)}});
    }
    row.merge(at->second);
  }
  if (!into.empty() || from.empty()) return {};
  return failure(
      kTableChanged,
      {{"table", std::string(shape.table)}, {"row", "(new)"}, {"fields", names_of(group)}});
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

std::vector<std::string> option_lines(const std::vector<Words>& conditions) {
  std::vector<std::string> lines;
  std::string line;
  const auto add = [&](const std::string& word) {
    if (!line.empty() && line.size() + 1 + word.size() > kOptionWidth) {
      lines.push_back(std::move(line));
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  };
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (i > 0) add("AND");
    for (const std::string& word : conditions[i]) add(word);
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::vector<TableField>> column_groups(const TableShape& shape, std::size_t row_width) {
  std::size_t key_width = 0;
  for (const TableField& field : shape.key) key_width += field.width;
  std::vector<std::vector<TableField>> groups(1);
  std::size_t used = key_width;
  for (const TableField& field : shape.fields) {
    if (used + field.width > row_width && !groups.back().empty()) {
      groups.emplace_back();
      used = key_width;
    }
    groups.back().push_back(field);
    used += field.width;
  }
  return groups;
}

Result<std::vector<TableRow>> read_table(abap::Session& session, const TableShape& shape,
                                         const std::vector<Words>& conditions,
                                         const ReaderLimits& limits) {
  std::optional<RowsByKey> rows;
  for (const auto& group : column_groups(shape, limits.row_width)) {
    MLC_TRY(auto part, read_group(session, shape, with_key(shape, group), conditions, limits));
    if (!rows)
      rows = std::move(part);
    else
      MLC_TRY_STATUS(join(*rows, std::move(part), shape, group));
  }
  std::vector<TableRow> out;
  for (auto& [key, row] : *rows) out.push_back(std::move(row));
  return out;
}

}  // namespace mlc::sap
