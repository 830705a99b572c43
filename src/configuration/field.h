// A section of the configuration as a table of fields: one row reads, names and writes a key, so
// that what is read and what is written cannot drift apart. Private to this module.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "configuration/hub_configuration.h"
#include "configuration/toml_value.h"

namespace mlc::configuration {

// Where a value stands, for messages.
struct Reading {
  const std::string& file;
  std::string section;  // "connection 'us'"
};

struct Limits {
  bool required = false;
  std::size_t longest = 0;  // characters; 0: any
  std::string_view expected = "a text";
};

// A refusal of one value; `key` is shown with its section.
[[nodiscard]] Error bad_value(const Reading& reading, std::string_view key, const TomlValue& value,
                              std::string_view expected);
[[nodiscard]] Error unknown_key(const Reading& reading, const TomlMember& member,
                                const std::vector<std::string_view>& known);
[[nodiscard]] Error missing_key(const Reading& reading, const TomlValue& table,
                                std::string_view key, std::string_view expected);

// A value of a key that was read already, for checks that a field alone cannot make; the table
// where the key is not written.
[[nodiscard]] const TomlValue& value_or_table(const TomlValue& table, std::string_view key);

// Values of one kind each. Errors: configuration.bad_value, .inline_secret.
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, std::string& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits,
                                std::vector<std::string>& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, Date& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, Instant& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, Duration& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, ByteCount& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, SecretReference& out);
// One reference as a text, or a list of at least one.
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits,
                                std::vector<SecretReference>& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits,
                                std::optional<Date>& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, PostMode& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, Fence& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, std::int64_t& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, std::uint64_t& out);
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, std::uint32_t& out);
template <class Tag>
[[nodiscard]] Status read_value(const Reading& reading, std::string_view key,
                                const TomlValue& value, const Limits& limits, StrongId<Tag>& out) {
  std::string text;
  MLC_TRY_STATUS(read_value(reading, key, value, limits, text));
  out = StrongId<Tag>(std::move(text));
  return {};
}

// The value as TOML writes it; empty for an optional one that is not there.
[[nodiscard]] std::string write_value(const std::string& value);
[[nodiscard]] std::string write_value(const std::vector<std::string>& value);
[[nodiscard]] std::string write_value(const Date& value);
[[nodiscard]] std::string write_value(const Instant& value);
[[nodiscard]] std::string write_value(const Duration& value);
[[nodiscard]] std::string write_value(const ByteCount& value);
[[nodiscard]] std::string write_value(const SecretReference& value);
[[nodiscard]] std::string write_value(const std::vector<SecretReference>& value);
[[nodiscard]] std::string write_value(const std::optional<Date>& value);
[[nodiscard]] std::string write_value(const PostMode& value);
[[nodiscard]] std::string write_value(const Fence& value);
[[nodiscard]] std::string write_value(const std::int64_t& value);
[[nodiscard]] std::string write_value(const std::uint64_t& value);
[[nodiscard]] std::string write_value(const std::uint32_t& value);
template <class Tag>
[[nodiscard]] std::string write_value(const StrongId<Tag>& value) {
  return write_value(value.str());
}

template <class Section>
struct Field {
  std::string_view key;
  std::string_view comment;
  Limits limits;
  std::function<Status(const Reading&, const TomlValue&, Section&)> read;
  std::function<std::string(const Section&)> write;
};

template <class Section, class Value>
[[nodiscard]] Field<Section> field(std::string_view key, Value Section::*member,
                                   std::string_view comment, Limits limits = {}) {
  return {key, comment, limits,
          [key, member, limits](const Reading& reading, const TomlValue& value, Section& section) {
            return read_value(reading, key, value, limits, section.*member);
          },
          [member](const Section& section) { return write_value(section.*member); }};
}

template <class Section>
using Fields = std::vector<Field<Section>>;

// Reads all fields of a table; keys in `subsections` are left to the caller, all others that no
// field has are refused. Errors: configuration.unknown_key, .missing_key, .bad_value.
template <class Section>
[[nodiscard]] Status read_section(const Reading& reading, const TomlValue& table,
                                  const Fields<Section>& fields,
                                  const std::vector<std::string_view>& subsections,
                                  Section& section) {
  std::vector<std::string_view> known = subsections;
  for (const auto& one : fields) known.push_back(one.key);
  for (const TomlMember& member : table.members) {
    bool found = false;
    for (const std::string_view key : known) found = found || key == member.key;
    if (!found) return failure(unknown_key(reading, member, known));
  }
  for (const auto& one : fields) {
    if (const TomlValue* value = table.find(one.key)) {
      MLC_TRY_STATUS(one.read(reading, *value, section));
    } else if (one.limits.required) {
      return failure(missing_key(reading, table, one.key, one.limits.expected));
    }
  }
  return {};
}

// "[header]", then every key with its comment; one without a value is left as a comment, too.
// `mark` begins every line ("# " for an example).
template <class Section>
[[nodiscard]] std::string write_section(std::string_view header, const Fields<Section>& fields,
                                        const Section& section, std::string_view mark = "") {
  std::string out = std::string(mark) + std::string(header) + "\n";
  for (const auto& one : fields) {
    const std::string value = one.write(section);
    out += "# " + std::string(one.comment) + "\n";
    out += std::string(value.empty() ? "# " : mark) + std::string(one.key);
    out += value.empty() ? " =\n" : " = " + value + "\n";
  }
  return out + "\n";
}

}  // namespace mlc::configuration
