// RFC_READ_TABLE, used so that it cannot lie: few fields, closed conditions, rows joined by key.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "abap/channel.h"
#include "base/result.h"

namespace mlc::sap {

// A field and the width we expect; SAP's answer says the real one.
struct TableField {
  std::string_view name;
  std::size_t width = 0;  // DDIC's LENG
};

struct TableShape {
  std::string_view table;
  std::vector<TableField> key;     // full primary key without the client
  std::vector<TableField> fields;  // the others
};

struct ReaderLimits {
  std::size_t row_width = 512;  // TAB512
  std::size_t max_rows = 5000;  // of one answer; more is refused, never cut
};

// Values by field name, without trailing blanks.
using TableRow = std::map<std::string, std::string, std::less<>>;

// One condition as words of a WHERE clause: words are never cut, lines break between them.
using Words = std::vector<std::string>;
// A text literal, quotes doubled.
[[nodiscard]] std::string quoted(std::string_view text);
// Rows of OPTIONS (72 characters): `conditions` joined with AND.
[[nodiscard]] std::vector<std::string> option_lines(const std::vector<Words>& conditions);
// Groups of non-key fields, each of which fits a row together with the key. At least one group.
[[nodiscard]] std::vector<std::vector<TableField>> column_groups(const TableShape& shape,
                                                                 std::size_t row_width);

// All rows that meet the conditions, ordered by key. A table that needs several groups is read once
// per group and joined by key. Repeatable. Errors: sap.read_right_missing, sap.table_refused,
// sap.table_too_large, sap.table_changed (later), sap.bad_table_value, and those of the session.
[[nodiscard]] Result<std::vector<TableRow>> read_table(abap::Session& session,
                                                       const TableShape& shape,
                                                       const std::vector<Words>& conditions,
                                                       const ReaderLimits& limits = {});

}  // namespace mlc::sap
