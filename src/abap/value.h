// ABAP values as calls carry them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mlc::abap {

class Value;
// Fields or parameters by name. Missing means initial.
using Structure = std::map<std::string, Value, std::less<>>;
using Table = std::vector<Structure>;

// CHAR, NUMC, DATS, TIMS, STRING: text without trailing blanks (NUMC with all digits). Packed and
// currency: exact decimal text ("-12.3400"). INT1/2/4/8: integer. RAW, XSTRING: bytes in text.
class Value {
 public:
  Value() = default;  // initial
  // NOLINTBEGIN(google-explicit-constructor): structures read as a list of plain values.
  Value(std::string text) : data_(std::move(text)) {}
  Value(const char* text) : data_(std::string(text)) {}
  Value(std::string_view text) : data_(std::string(text)) {}
  Value(std::int64_t integer) : data_(integer) {}
  Value(int integer) : data_(std::int64_t{integer}) {}
  Value(Structure structure);
  Value(Table table);
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool is_initial() const;
  // Each returns the initial value when the value is of another kind.
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] const Structure& structure() const;
  [[nodiscard]] const Table& table() const;
  [[nodiscard]] Structure& structure();  // becomes a structure when it is none
  [[nodiscard]] Table& table();          // becomes a table when it is none
  [[nodiscard]] bool is_text() const { return std::holds_alternative<std::string>(data_); }
  [[nodiscard]] bool is_integer() const { return std::holds_alternative<std::int64_t>(data_); }
  [[nodiscard]] bool is_structure() const { return std::holds_alternative<Structure>(data_); }
  [[nodiscard]] bool is_table() const { return std::holds_alternative<Table>(data_); }
  friend bool operator==(const Value&, const Value&) = default;

 private:
  std::variant<std::monostate, std::string, std::int64_t, Structure, Table> data_;
};

// Text of a field, empty when it is missing or no text.
[[nodiscard]] const std::string& text_of(const Structure& structure, std::string_view field);
[[nodiscard]] const Table& table_of(const Structure& structure, std::string_view field);
[[nodiscard]] const Structure& structure_of(const Structure& structure, std::string_view field);

}  // namespace mlc::abap
