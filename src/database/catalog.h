// What tables there are, in the words of whatever product carries the database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "database/database.h"

namespace mlc::database {

// Every table of the database (on a server: of the schema that comes first in search_path), sorted.
// Errors: database.* of a running statement.
[[nodiscard]] Result<std::vector<std::string>> table_names(Transaction& transaction);

// The columns of a table in their order; none when there is no such table.
[[nodiscard]] Result<std::vector<std::string>> column_names(Transaction& transaction,
                                                            std::string_view table);

// Makes the next row that is numbered by the database follow the highest number in `column`: rows
// that brought their numbers along did not move it. Nothing to do on SQLite.
[[nodiscard]] Status renumber(Transaction& transaction, std::string_view table,
                              std::string_view column);

}  // namespace mlc::database
