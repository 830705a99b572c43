// What has to be said differently to PostgreSQL: placeholders, the words of schemas, text that its
// type cannot hold, and its error codes. Pure; private to this module.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace mlc::database {

// Every `?` outside of quotes becomes $1, $2 ...
[[nodiscard]] std::string numbered_placeholders(std::string_view sql);

// A schema in SQLite's words (STRICT, INTEGER, TEXT, BLOB, AUTOINCREMENT) in PostgreSQL's: whole
// numbers of 64 bits, text that is compared byte by byte as SQLite does, bytes, identities.
[[nodiscard]] std::string postgres_schema(std::string_view sql);

// PostgreSQL's text holds neither a zero byte nor bytes that are no UTF-8. Each such byte is kept
// as U+10FFFF and two hexadecimal digits, and U+10FFFF itself doubled; all other text stays as it
// is. Two texts are equal exactly when they are equal after it.
[[nodiscard]] std::string to_postgres_text(std::string_view text);
[[nodiscard]] std::string from_postgres_text(std::string_view text);

// The error that a SQLSTATE means (appendix A of PostgreSQL's manual), and which rule a
// database.constraint broke. `constraint_name` is what the server calls it.
[[nodiscard]] const ErrorKind& kind_of_sqlstate(std::string_view state);
[[nodiscard]] std::string_view broken_rule(std::string_view state,
                                           std::string_view constraint_name);

// The first line of a message about a connection, without the names and addresses of machines.
[[nodiscard]] std::string without_hosts(std::string_view message);

}  // namespace mlc::database
