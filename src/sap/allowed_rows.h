// Short ways to read small tables, for readers that go on when one of them may not be read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sap/table_reader.h"

namespace mlc::sap {

// `field = 'value'`.
[[nodiscard]] Words equal_to(std::string_view field, std::string_view value);
// A row's value, empty when it lacks the field.
[[nodiscard]] const std::string& cell(const TableRow& row, std::string_view field);
[[nodiscard]] std::string_view trimmed(std::string_view text);

// As read_table; nothing when the table may not be read or refuses our fields.
// Errors: the others of read_table.
[[nodiscard]] Result<std::optional<std::vector<TableRow>>> read_if_allowed(
    abap::Session& session, const TableShape& shape, const std::vector<Words>& conditions,
    const ReaderLimits& limits);

// The row that a key names: the first, where the condition leaves several.
struct FoundRow {
  bool readable = true;  // false: the table may not be read or refuses our fields
  std::optional<TableRow> row;
};
// Errors: as read_if_allowed.
[[nodiscard]] Result<FoundRow> find_if_allowed(abap::Session& session, const TableShape& shape,
                                               const std::vector<Words>& conditions,
                                               const ReaderLimits& limits);

}  // namespace mlc::sap
