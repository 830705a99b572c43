#include "database/postgres_values.h"

#include <charconv>
#include <libpq-fe.h>

#include "base/expect.h"
#include "database/postgres_text.h"

namespace mlc::database {
namespace {

// Types of columns: catalog/pg_type.dat of PostgreSQL.
constexpr Oid kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kNumeric = 1700;

Value bytes_of(const char* text) {
  std::size_t size = 0;
  unsigned char* raw = PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size);
  MLC_EXPECT(raw != nullptr);
  Blob out{std::string(reinterpret_cast<const char*>(raw), size)};
  PQfreemem(raw);
  return out;
}

Value column(const PGresult* answer, int row, int index) {
  if (PQgetisnull(answer, row, index) == 1) return nullptr;
  const char* text = PQgetvalue(answer, row, index);
  switch (PQftype(answer, index)) {
    case kBool: return *text == 't';
    case kBytea: return bytes_of(text);
    case kInt2:
    case kInt4:
    case kInt8:
    case kNumeric:
      // A sum of whole numbers is one; any other number can only come from a SELECT that computes.
      if (const auto number = whole_number(text)) return *number;
      return std::string(text);
    default:
      return from_postgres_text({text, static_cast<std::size_t>(PQgetlength(answer, row, index))});
  }
}

}  // namespace

void Clear::operator()(pg_result* result) const { PQclear(result); }

bool is_good(const PGresult* answer) {
  const auto status = PQresultStatus(answer);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

std::string_view field_of(const PGresult* answer, int field) {
  const char* text = PQresultErrorField(answer, field);
  return text == nullptr ? std::string_view{} : text;
}

bool ends_connection(const PGresult* answer) {
  const std::string_view severity = field_of(answer, PG_DIAG_SEVERITY_NONLOCALIZED);
  return field_of(answer, PG_DIAG_SQLSTATE).empty() || severity == "FATAL" || severity == "PANIC";
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Status use_rows(const PGresult* answer, const UseRow& use) {
  const int rows = PQntuples(answer);
  const int columns = PQnfields(answer);
  for (int row = 0; row < rows && use; ++row) {
    Values values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) values.push_back(column(answer, row, i));
    MLC_TRY_STATUS(use(Row(std::move(values))));
  }
  return {};
}

Parameters::Parameters(const Values& values) {
  texts_.reserve(values.size());
  for (const Value& value : values) add(value.content());
  for (const auto& text : texts_) pointers_.push_back(text ? text->data() : nullptr);
}

void Parameters::add(const Value::Content& content) {
  if (const auto* number = std::get_if<std::int64_t>(&content)) {
    add(std::to_string(*number), 0);
  } else if (const auto* text = std::get_if<std::string>(&content)) {
    add(to_postgres_text(*text), 0);
  } else if (const auto* blob = std::get_if<Blob>(&content)) {
    add(blob->bytes, 1);
  } else {
    add(std::nullopt, 0);
  }
}

void Parameters::add(std::optional<std::string> text, int format) {
  lengths_.push_back(text ? static_cast<int>(text->size()) : 0);
  formats_.push_back(format);
  texts_.push_back(std::move(text));
}

}  // namespace mlc::database
