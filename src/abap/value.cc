#include "abap/value.h"

#include <utility>

namespace mlc::abap {

Value::Value(Structure structure) : data_(std::move(structure)) {}
Value::Value(Table table) : data_(std::move(table)) {}

namespace {

const std::string kNoText;
const Structure kNoStructure;
const Table kNoTable;

}  // namespace

bool Value::is_initial() const {
  if (is_text()) return text().empty();
  if (is_integer()) return integer() == 0;
  if (is_structure()) return structure().empty();
  if (is_table()) return table().empty();
  return true;
}

const std::string& Value::text() const {
  const auto* text = std::get_if<std::string>(&data_);
  return text != nullptr ? *text : kNoText;
}

std::int64_t Value::integer() const {
  const auto* integer = std::get_if<std::int64_t>(&data_);
  return integer != nullptr ? *integer : 0;
}

const Structure& Value::structure() const {
  const auto* structure = std::get_if<Structure>(&data_);
  return structure != nullptr ? *structure : kNoStructure;
}

const Table& Value::table() const {
  const auto* table = std::get_if<Table>(&data_);
  return table != nullptr ? *table : kNoTable;
}

Structure& Value::structure() {
  if (!is_structure()) data_ = Structure{};
  return std::get<Structure>(data_);
}

Table& Value::table() {
  if (!is_table()) data_ = Table{};
  return std::get<Table>(data_);
}

const std::string& text_of(const Structure& structure, std::string_view field) {
  const auto found = structure.find(field);
  return found != structure.end() ? found->second.text() : kNoText;
}

const Table& table_of(const Structure& structure, std::string_view field) {
  const auto found = structure.find(field);
  return found != structure.end() ? found->second.table() : kNoTable;
}

const Structure& structure_of(const Structure& structure, std::string_view field) {
  const auto found = structure.find(field);
  return found != structure.end() ? found->second.structure() : kNoStructure;
}

}  // namespace mlc::abap
