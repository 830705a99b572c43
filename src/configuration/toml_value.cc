#include "configuration/toml_value.h"

#include <algorithm>
#include <array>
#include <toml++/toml.h>

#include "configuration/errors.h"

namespace mlc::configuration {
namespace {

TomlPlace place_of(const toml::source_region& source) {
  return {static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

TomlValue converted(const toml::node& node);

TomlValue converted_table(const toml::table& table) {
  TomlValue out;
  out.kind = TomlValue::Kind::kTable;
  for (const auto& [key, value] : table) {
    out.members.push_back({std::string(key.str()), place_of(key.source()), converted(value)});
  }
  std::ranges::sort(out.members, [](const TomlMember& a, const TomlMember& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  return out;
}

TomlValue converted_date(const toml::date& date) {
  TomlValue out;
  out.kind = TomlValue::Kind::kDate;
  out.date = Date(std::chrono::year(date.year), std::chrono::month(date.month),
                  std::chrono::day(date.day));
  return out;
}

TomlValue other(std::string words) {
  TomlValue out;
  out.text = std::move(words);
  return out;
}

TomlValue converted(const toml::node& node) {
  TomlValue out;
  if (const auto* table = node.as_table()) {
    out = converted_table(*table);
  } else if (const auto* array = node.as_array()) {
    out.kind = TomlValue::Kind::kArray;
    for (const auto& item : *array) out.items.push_back(converted(item));
  } else if (const auto* text = node.as_string()) {
    out.kind = TomlValue::Kind::kText;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlValue::Kind::kInteger;
    out.integer = integer->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = TomlValue::Kind::kBoolean;
    out.boolean = boolean->get();
  } else if (const auto* date = node.as_date()) {
    out = converted_date(date->get());
  } else {
    out = other(node.is_floating_point() ? "a number with decimals" : "a time of day");
  }
  out.place = place_of(node.source());
  return out;
}

std::string without_final_stop(std::string text) {
  while (!text.empty() && (text.back() == '.' || text.back() == '\n')) text.pop_back();
  return text;
}

// Edits (insert, delete, exchange) between two short texts.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t exchanged = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, exchanged});
    }
  }
  return row[b.size()];
}

}  // namespace

const TomlValue* TomlValue::find(std::string_view key) const {
  const auto at = std::ranges::find(members, key, &TomlMember::key);
  return at == members.end() ? nullptr : &at->value;
}

std::string described(const TomlValue& value) {
  switch (value.kind) {
    case TomlValue::Kind::kText: return "the text " + quoted_toml(value.text);
    case TomlValue::Kind::kInteger: return "the number " + std::to_string(value.integer);
    case TomlValue::Kind::kBoolean: return value.boolean ? "true" : "false";
    case TomlValue::Kind::kDate: return "the date " + format_date(value.date);
    case TomlValue::Kind::kArray: return "a list";
    case TomlValue::Kind::kTable: return "a table";
    case TomlValue::Kind::kOther: return value.text;
  }
  return value.text;
}

Result<TomlValue> parse_toml(std::string_view text, const std::string& file) {
  try {
    const toml::table table = toml::parse(text, file);
    TomlValue out = converted_table(table);
    out.place = {1, 1};
    return out;
  } catch (const toml::parse_error& error) {
    const TomlPlace place = place_of(error.source());
    return failure(kBadToml, {{"file", file},
                              {"line", std::to_string(place.line)},
                              {"column", std::to_string(place.column)},
                              {"detail", without_final_stop(std::string(error.description()))}});
  }
}

std::string quoted_toml(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += kHex[byte >> 4U];
      out += kHex[byte & 0xFU];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string nearest(std::string_view wanted, const std::vector<std::string_view>& candidates) {
  std::size_t best = wanted.size() / 2 + 1;
  std::string out;
  for (const std::string_view candidate : candidates) {
    const std::size_t edits = distance(wanted, candidate);
    if (edits >= best) continue;
    best = edits;
    out = candidate;
  }
  return out;
}

}  // namespace mlc::configuration
