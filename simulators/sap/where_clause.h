// The dynamic WHERE of RFC_READ_TABLE, as SQL with bound values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulators/sap/dictionary.h"

namespace mlc::simulators::sap {

struct WhereClause {
  std::string sql;  // "1" when there is no condition
  std::vector<std::string> values;
};

// `lines` are OPTIONS-TEXT in order. Grammar: conditions `FIELD op 'literal'` with = EQ <> NE < LT
// > GT <= LE >= GE, [NOT] LIKE [ESCAPE], [NOT] IN ('a', 'b'), [NOT] BETWEEN 'a' AND 'b'; joined by
// NOT, AND, OR and parentheses. Operators stand between blanks; a token or literal must not go over
// the end of a line. Nothing when any of it is broken or a field is unknown (OPTION_NOT_VALID).
[[nodiscard]] std::optional<WhereClause> parse_where(const TableDescription& table,
                                                     const std::vector<std::string>& lines);

}  // namespace mlc::simulators::sap
