// A TOML document as plain values that know their place. The parser's own headers stay in the .cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mlc::configuration {

struct TomlPlace {
  int line = 0;    // 1-based
  int column = 0;  // 1-based, in characters as the parser counts them
};

struct TomlMember;

struct TomlValue {
  enum class Kind { kText, kInteger, kBoolean, kDate, kArray, kTable, kOther };
  Kind kind = Kind::kOther;
  TomlPlace place;
  std::string text;  // of a text; of kOther what it is ("a number with decimals")
  std::int64_t integer = 0;
  bool boolean = false;
  Date date{};
  std::vector<TomlValue> items;     // of an array
  std::vector<TomlMember> members;  // of a table, in the order of the file
  // nullptr when the table has no such key.
  [[nodiscard]] const TomlValue* find(std::string_view key) const;
};

struct TomlMember {
  std::string key;
  TomlPlace place;  // of the key
  TomlValue value;
};

// "text \"US\"", "the number 7", "a list": what a refusal says it found.
[[nodiscard]] std::string described(const TomlValue& value);

// The document as a table. `file` names it in messages. Pure; thread-safe.
// Errors: configuration.bad_toml (file, line, column, what the parser says).
[[nodiscard]] Result<TomlValue> parse_toml(std::string_view text, const std::string& file);

// `text` between quotes as TOML writes it (a basic string).
[[nodiscard]] std::string quoted_toml(std::string_view text);

// The candidate with the fewest edits, empty when none comes near.
[[nodiscard]] std::string nearest(std::string_view wanted,
                                  const std::vector<std::string_view>& candidates);

}  // namespace mlc::configuration
