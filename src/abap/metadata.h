// Descriptions of function modules and structures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "abap/value.h"
#include "base/result.h"

namespace mlc::abap {

enum class Type {
  kChar,
  kNumc,
  kDate,
  kTime,
  kPacked,
  kInt1,
  kInt2,
  kInt4,
  kInt8,
  kFloat,
  kString,
  kXString,
  kRaw,
  kStructure,
  kTable
};

struct StructureDescription;

struct FieldDescription {
  std::string name;
  Type type = Type::kChar;
  int length = 0;                                   // characters; bytes for packed and raw
  int decimals = 0;                                 // packed
  const StructureDescription* structure = nullptr;  // for structure and table; static storage
};

struct StructureDescription {
  std::string name;
  std::vector<FieldDescription> fields;
  [[nodiscard]] const FieldDescription* find(std::string_view field) const;
};

enum class Direction { kImport, kExport, kChanging, kTables };  // as the function module sees it

struct ParameterDescription {
  Direction direction = Direction::kImport;
  FieldDescription field;
  bool optional = true;
};

struct FunctionDescription {
  std::string name;
  std::vector<ParameterDescription> parameters;
  std::vector<std::string> exceptions;
  [[nodiscard]] const ParameterDescription* find(std::string_view parameter) const;
};

// Every name known, every text within its length, NUMC digits only, packed within its digits.
// Errors: abap.unknown_parameter, abap.unknown_field, abap.value_too_long, abap.bad_value (each
// with function, parameter, row, field, found, expected).
[[nodiscard]] Status check_arguments(const FunctionDescription& function,
                                     const Structure& arguments);

}  // namespace mlc::abap
