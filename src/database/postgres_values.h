// Values and answers as libpq has them. Private to this module.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/driver.h"

struct pg_result;  // libpq's PGresult

namespace mlc::database {

// The type of bytes: catalog/pg_type.dat of PostgreSQL.
inline constexpr unsigned int kBytea = 17;

struct Clear {
  void operator()(pg_result* result) const;
};
using Answer = std::unique_ptr<pg_result, Clear>;

// Whether the server did what it was asked; false for no answer.
[[nodiscard]] bool is_good(const pg_result* answer);
// A field of an error (PG_DIAG_...), empty where there is none.
[[nodiscard]] std::string_view field_of(const pg_result* answer, int field);
// What libpq says itself (it has no SQLSTATE) and what the server says as its last word ends the
// connection, also where libpq has not noticed the end yet.
[[nodiscard]] bool ends_connection(const pg_result* answer);
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);
// Hands over every row; nothing where `use` is empty. Errors: those of `use`.
[[nodiscard]] Status use_rows(const pg_result* answer, const UseRow& use);

// Values as libpq takes them; text travels as text, bytes as they are.
class Parameters {
 public:
  explicit Parameters(const Values& values);
  [[nodiscard]] int count() const { return static_cast<int>(texts_.size()); }
  [[nodiscard]] const char* const* values() const { return pointers_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  void add(const Value::Content& content);
  void add(std::optional<std::string> text, int format);
  std::vector<std::optional<std::string>> texts_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

}  // namespace mlc::database
