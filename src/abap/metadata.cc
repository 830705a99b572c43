#include "abap/metadata.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "abap/errors.h"
#include "base/time.h"

namespace mlc::abap {
namespace {

// Where a value stands, for the facts of an error.
struct Place {
  std::string function;
  std::string parameter;
  std::string row;    // "1", "2", ... for tables, else empty
  std::string field;  // the parameter itself for elementary ones

  [[nodiscard]] tl::unexpected<Error> refuse(const ErrorKind& kind, std::string found,
                                             std::string expected) const {
    std::vector<Fact> facts{{"function", function},
                            {"parameter", parameter},
                            {"field", field},
                            {"found", std::move(found)},
                            {"expected", std::move(expected)}};
    if (!row.empty()) facts.push_back({"row", row});
    return failure(kind, std::move(facts));
  }
};

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Length in UTF-16 code units, as a Unicode system counts; nothing when the UTF-8 is broken.
std::optional<std::size_t> utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80                    ? 1U
                             : lead >= 0xC2 && lead < 0xE0  ? 2U
                             : lead >= 0xE0 && lead < 0xF0  ? 3U
                             : lead >= 0xF0 && lead <= 0xF4 ? 4U
                                                            : 0U;
    if (size == 0 || text.size() - i < size) return std::nullopt;
    for (std::size_t k = 1; k < size; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return std::nullopt;
    }
    units += size == 4 ? 2U : 1U;
    i += size;
  }
  return units;
}

Status check_length(const FieldDescription& field, std::size_t found, const Place& place) {
  if (found <= static_cast<std::size_t>(field.length)) return {};
  return place.refuse(kValueTooLong, std::to_string(found), std::to_string(field.length));
}

Status check_text(const FieldDescription& field, const std::string& text, const Place& place) {
  const auto units = utf16_length(text);
  if (!units) return place.refuse(kBadValue, "bytes that are no UTF-8", "UTF-8 text");
  return field.type == Type::kString ? Status{} : check_length(field, *units, place);
}

Status check_digits(const FieldDescription& field, const std::string& text, const Place& place) {
  if (!all_digits(text)) return place.refuse(kBadValue, text, "digits only");
  return check_length(field, text.size(), place);
}

Status check_date(const std::string& text, const Place& place) {
  if (text.empty() || text == "00000000" || parse_dats(text)) return {};
  return place.refuse(kBadValue, text, "a day as YYYYMMDD");
}

Status check_time(const std::string& text, const Place& place) {
  const bool shaped = text.size() == 6 && all_digits(text);
  if (text.empty() || (shaped && text < "240000" && text[2] < '6' && text[4] < '6')) return {};
  return place.refuse(kBadValue, text, "a time as HHMMSS");
}

Status check_packed(const FieldDescription& field, const std::string& text, const Place& place) {
  if (text.empty()) return {};
  std::string_view rest = text;
  if (rest.front() == '-') rest.remove_prefix(1);
  const auto point = rest.find('.');
  const auto whole = rest.substr(0, point);
  const auto part = point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1);
  const bool ends_in_point = point != std::string_view::npos && part.empty();
  if (whole.empty() || ends_in_point || !all_digits(whole) || !all_digits(part)) {
    return place.refuse(kBadValue, text, "a decimal number such as -12.3400");
  }
  const auto first = whole.find_first_not_of('0');
  const std::size_t digits = first == std::string_view::npos ? 0 : whole.size() - first;
  const auto room = static_cast<std::size_t>(2 * field.length - 1 - field.decimals);
  const auto decimals = static_cast<std::size_t>(field.decimals);
  if (digits <= room && part.size() <= decimals) return {};
  return place.refuse(kBadValue, text,
                      "at most " + std::to_string(room) + " digits before and " +
                          std::to_string(decimals) + " after the point");
}

Status check_integer(const FieldDescription& field, std::int64_t value, const Place& place) {
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
  if (field.type == Type::kInt1) low = 0, high = 255;
  if (field.type == Type::kInt2) low = -32768, high = 32767;
  if (field.type == Type::kInt4) low = -2147483648LL, high = 2147483647LL;
  if (value >= low && value <= high) return {};
  return place.refuse(kBadValue, std::to_string(value),
                      std::to_string(low) + " to " + std::to_string(high));
}

Status check_value(const FieldDescription& field, const Value& value, const Place& place);

Status check_structure(const FieldDescription& field, const Structure& structure, Place place) {
  for (const auto& [name, value] : structure) {
    place.field = name;
    const auto* description = field.structure != nullptr ? field.structure->find(name) : nullptr;
    if (description == nullptr) return place.refuse(kUnknownField, name, "a field it has");
    MLC_TRY_STATUS(check_value(*description, value, place));
  }
  return {};
}

Status check_table(const FieldDescription& field, const Table& table, Place place) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    place.row = std::to_string(i + 1);
    MLC_TRY_STATUS(check_structure(field, table[i], place));
  }
  return {};
}

// What kind of value a type needs.
bool fits_kind(Type type, const Value& value) {
  switch (type) {
    case Type::kInt1:
    case Type::kInt2:
    case Type::kInt4:
    case Type::kInt8: return value.is_integer();
    case Type::kStructure: return value.is_structure();
    case Type::kTable: return value.is_table();
    default: return value.is_text();
  }
}

std::string_view kind_word(Type type) {
  switch (type) {
    case Type::kInt1:
    case Type::kInt2:
    case Type::kInt4:
    case Type::kInt8: return "an integer";
    case Type::kStructure: return "a structure";
    case Type::kTable: return "a table";
    default: return "text";
  }
}

Status check_value(const FieldDescription& field, const Value& value, const Place& place) {
  if (value == Value()) return {};
  if (!fits_kind(field.type, value)) {
    return place.refuse(kBadValue, "another kind of value", std::string(kind_word(field.type)));
  }
  switch (field.type) {
    case Type::kChar:
    case Type::kString: return check_text(field, value.text(), place);
    case Type::kNumc: return check_digits(field, value.text(), place);
    case Type::kDate: return check_date(value.text(), place);
    case Type::kTime: return check_time(value.text(), place);
    case Type::kPacked: return check_packed(field, value.text(), place);
    case Type::kRaw: return check_length(field, value.text().size(), place);
    case Type::kStructure: return check_structure(field, value.structure(), place);
    case Type::kTable: return check_table(field, value.table(), place);
    case Type::kFloat:
    case Type::kXString: return {};
    default: return check_integer(field, value.integer(), place);
  }
}

}  // namespace

const FieldDescription* StructureDescription::find(std::string_view field) const {
  for (const auto& candidate : fields) {
    if (candidate.name == field) return &candidate;
  }
  return nullptr;
}

const ParameterDescription* FunctionDescription::find(std::string_view parameter) const {
  for (const auto& candidate : parameters) {
    if (candidate.field.name == parameter) return &candidate;
  }
  return nullptr;
}

Status check_arguments(const FunctionDescription& function, const Structure& arguments) {
  for (const auto& [name, value] : arguments) {
    const Place place{function.name, name, "", name};
    const auto* parameter = function.find(name);
    if (parameter == nullptr || parameter->direction == Direction::kExport) {
      return place.refuse(kUnknownParameter, name, "a parameter it takes");
    }
    MLC_TRY_STATUS(check_value(parameter->field, value, place));
  }
  return {};
}

}  // namespace mlc::abap
