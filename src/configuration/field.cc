#include "configuration/field.h"

#include <algorithm>
#include <array>
#include <limits>

#include "configuration/errors.h"

namespace mlc::configuration {
namespace {

std::string key_in(const Reading& reading, std::string_view key) {
  return reading.section.empty() ? std::string(key) : std::string(key) + " of " + reading.section;
}

std::size_t characters(std::string_view text) {
  std::size_t out = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++out;
  }
  return out;
}

std::string dashed(std::string_view key) {
  std::string out(key);
  for (char& c : out) {
    if (c == '_') c = '-';
  }
  return out;
}

struct FenceWord {
  Fence fence;
  std::string_view word;
};
constexpr std::array kFences{FenceWord{Fence::kNone, "none"},
                             FenceWord{Fence::kSessionLock, "session_lock"},
                             FenceWord{Fence::kZWrapper, "z_wrapper"}};

bool is_variable_name(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  for (const char c : name) {
    const bool ok =
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (!ok) return false;
  }
  return true;
}

template <class Number>
Status read_number(const Reading& reading, std::string_view key, const TomlValue& value,
                   const Limits& limits, Number& out) {
  const bool fits = value.kind == TomlValue::Kind::kInteger && value.integer >= 0 &&
                    static_cast<std::uint64_t>(value.integer) <=
                        static_cast<std::uint64_t>(std::numeric_limits<Number>::max());
  if (!fits) {
    return failure(
        bad_value(reading, key, value, limits.longest == 0 ? "a whole number" : limits.expected));
  }
  if (limits.longest != 0 && static_cast<std::uint64_t>(value.integer) > limits.longest) {
    return failure(bad_value(reading, key, value, limits.expected));
  }
  out = static_cast<Number>(value.integer);
  return {};
}

}  // namespace

Error bad_value(const Reading& reading, std::string_view key, const TomlValue& value,
                std::string_view expected) {
  return Error(kBadValue, {{"file", reading.file},
                           {"line", std::to_string(value.place.line)},
                           {"column", std::to_string(value.place.column)},
                           {"key", key_in(reading, key)},
                           {"found", described(value)},
                           {"expected", std::string(expected)}});
}

Error unknown_key(const Reading& reading, const TomlMember& member,
                  const std::vector<std::string_view>& known) {
  const std::string near = nearest(member.key, known);
  return Error(kUnknownKey, {{"file", reading.file},
                             {"line", std::to_string(member.place.line)},
                             {"column", std::to_string(member.place.column)},
                             {"key", key_in(reading, "'" + member.key + "'")},
                             {"near", near.empty() ? "" : "; did you mean '" + near + "'?"}});
}

Error missing_key(const Reading& reading, const TomlValue& table, std::string_view key,
                  std::string_view expected) {
  return Error(kMissingKey, {{"file", reading.file},
                             {"line", std::to_string(table.place.line)},
                             {"column", std::to_string(table.place.column)},
                             {"section", reading.section.empty() ? "the file" : reading.section},
                             {"key", std::string(key)},
                             {"expected", std::string(expected)}});
}

const TomlValue& value_or_table(const TomlValue& table, std::string_view key) {
  const TomlValue* value = table.find(key);
  return value == nullptr ? table : *value;
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& limits, std::string& out) {
  const bool usable = value.kind == TomlValue::Kind::kText &&
                      (!limits.required || !value.text.empty()) &&
                      (limits.longest == 0 || characters(value.text) <= limits.longest);
  if (!usable) return failure(bad_value(reading, key, value, limits.expected));
  out = value.text;
  return {};
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& limits, std::vector<std::string>& out) {
  const bool usable =
      value.kind == TomlValue::Kind::kArray && (!limits.required || !value.items.empty());
  if (!usable) return failure(bad_value(reading, key, value, limits.expected));
  out.clear();
  for (const TomlValue& item : value.items) {
    std::string text;
    MLC_TRY_STATUS(read_value(reading, key, item, {true, limits.longest, limits.expected}, text));
    out.push_back(std::move(text));
  }
  return {};
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& /*limits*/, Date& out) {
  if (value.kind != TomlValue::Kind::kDate || !value.date.ok()) {
    return failure(bad_value(reading, key, value, "a date without quotes such as 2026-10-01"));
  }
  out = value.date;
  return {};
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& /*limits*/, Instant& out) {
  const auto instant =
      value.kind == TomlValue::Kind::kText ? parse_instant(value.text) : std::nullopt;
  if (!instant) {
    return failure(bad_value(reading, key, value, "an instant such as \"2026-10-01T00:00:00Z\""));
  }
  out = *instant;
  return {};
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& /*limits*/, Duration& out) {
  const auto duration =
      value.kind == TomlValue::Kind::kText ? parse_duration(value.text) : std::nullopt;
  if (!duration || duration->count() == 0) {
    return failure(bad_value(reading, key, value,
                             "a length of time above zero such as \"5 min\", \"45 s\", \"1 h\" or "
                             "\"40 d\""));
  }
  out = *duration;
  return {};
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& /*limits*/, ByteCount& out) {
  const auto size =
      value.kind == TomlValue::Kind::kText ? parse_byte_count(value.text) : std::nullopt;
  if (!size || size->bytes == 0) {
    return failure(
        bad_value(reading, key, value, "a size above zero such as \"8 GiB\" or \"512 MiB\""));
  }
  out = *size;
  return {};
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& /*limits*/, SecretReference& out) {
  constexpr std::string_view kFile = "file:";
  constexpr std::string_view kVariable = "env:";
  if (value.kind != TomlValue::Kind::kText) {
    // What stands there may be the secret: it is not repeated.
    TomlValue hidden = value;
    hidden.kind = TomlValue::Kind::kOther;
    hidden.text = "no text";
    return failure(bad_value(reading, key, hidden, "\"file:PATH\" or \"env:NAME\""));
  }
  const std::string_view text = value.text;
  if (text.empty()) {
    out = {};
    return {};
  }
  if (text.starts_with(kFile) && text.size() > kFile.size()) {
    out = {SecretReference::Kind::kFile, std::string(text.substr(kFile.size()))};
    return {};
  }
  if (text.starts_with(kVariable) && is_variable_name(text.substr(kVariable.size()))) {
    out = {SecretReference::Kind::kEnvironment, std::string(text.substr(kVariable.size()))};
    return {};
  }
  return failure(kInlineSecret, {{"file", reading.file},
                                 {"line", std::to_string(value.place.line)},
                                 {"column", std::to_string(value.place.column)},
                                 {"key", key_in(reading, key)},
                                 {"name", std::string(key)},
                                 {"suggestion", dashed(key)}});
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& limits, std::vector<SecretReference>& out) {
  if (value.kind != TomlValue::Kind::kArray) {
    out.resize(1);
    return read_value(reading, key, value, limits, out.front());
  }
  out.clear();
  for (const TomlValue& item : value.items) {
    MLC_TRY_STATUS(read_value(reading, key, item, limits, out.emplace_back()));
  }
  if (!out.empty()) return {};
  return failure(bad_value(reading, key, value, "at least one \"file:PATH\" or \"env:NAME\""));
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& limits, std::optional<Date>& out) {
  return read_value(reading, key, value, limits, out.emplace());
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& /*limits*/, PostMode& out) {
  const bool text = value.kind == TomlValue::Kind::kText;
  if (!text || (value.text != "auto" && value.text != "approve")) {
    return failure(bad_value(reading, key, value, "\"auto\" or \"approve\""));
  }
  out = value.text == "auto" ? PostMode::kAuto : PostMode::kApprove;
  return {};
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& limits, Fence& out) {
  const auto at = value.kind == TomlValue::Kind::kText
                      ? std::ranges::find(kFences, value.text, &FenceWord::word)
                      : kFences.end();
  if (at == kFences.end()) return failure(bad_value(reading, key, value, limits.expected));
  out = at->fence;
  return {};
}

Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& limits, std::int64_t& out) {
  return read_number(reading, key, value, limits, out);
}
Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& limits, std::uint64_t& out) {
  return read_number(reading, key, value, limits, out);
}
Status read_value(const Reading& reading, std::string_view key, const TomlValue& value,
                  const Limits& limits, std::uint32_t& out) {
  return read_number(reading, key, value, limits, out);
}

std::string write_value(const std::string& value) { return quoted_toml(value); }

std::string write_value(const std::vector<std::string>& value) {
  std::string out = "[";
  for (const std::string& item : value) {
    if (out.size() > 1) out += ", ";
    out += quoted_toml(item);
  }
  return out + "]";
}

std::string write_value(const Date& value) { return format_date(value); }
std::string write_value(const Instant& value) { return quoted_toml(format_instant(value)); }
std::string write_value(const Duration& value) { return quoted_toml(format_duration(value)); }
std::string write_value(const ByteCount& value) { return quoted_toml(format_byte_count(value)); }
std::string write_value(const SecretReference& value) { return quoted_toml(value.text()); }
std::string write_value(const std::vector<SecretReference>& value) {
  if (value.empty()) return "\"\"";
  if (value.size() == 1) return write_value(value.front());
  std::vector<std::string> texts;
  texts.reserve(value.size());
  for (const SecretReference& reference : value) texts.push_back(reference.text());
  return write_value(texts);
}
std::string write_value(const std::optional<Date>& value) {
  return value ? write_value(*value) : "";
}
std::string write_value(const PostMode& value) {
  return value == PostMode::kAuto ? "\"auto\"" : "\"approve\"";
}
std::string write_value(const Fence& value) {
  const auto at = std::ranges::find(kFences, value, &FenceWord::fence);
  return write_value(std::string(at == kFences.end() ? kFences.front().word : at->word));
}
std::string write_value(const std::int64_t& value) { return std::to_string(value); }
std::string write_value(const std::uint64_t& value) { return std::to_string(value); }
std::string write_value(const std::uint32_t& value) { return std::to_string(value); }

}  // namespace mlc::configuration
