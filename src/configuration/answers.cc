#include "configuration/answers.h"

#include <optional>

#include "configuration/errors.h"
#include "configuration/field.h"
#include "configuration/toml_value.h"

namespace mlc::configuration {
namespace {

std::optional<std::string> list_text(const TomlValue& list) {
  std::string out;
  for (const TomlValue& item : list.items) {
    if (item.kind != TomlValue::Kind::kText) return std::nullopt;
    out += (out.empty() ? "" : ", ") + item.text;
  }
  return out;
}

std::optional<std::string> answer_of(const TomlValue& value) {
  switch (value.kind) {
    case TomlValue::Kind::kText: return value.text;
    case TomlValue::Kind::kInteger: return std::to_string(value.integer);
    case TomlValue::Kind::kDate: return format_date(value.date);
    case TomlValue::Kind::kArray: return list_text(value);
    default: return std::nullopt;
  }
}

}  // namespace

Result<std::map<std::string, std::string>> read_answers(std::string_view text,
                                                        const std::string& file) {
  MLC_TRY(const TomlValue document, parse_toml(text, file));
  std::map<std::string, std::string> out;
  for (const TomlMember& member : document.members) {
    auto answer = answer_of(member.value);
    if (!answer) {
      return failure(bad_value({file, "answers"}, member.key, member.value,
                               "a text, a whole number, a date or a list of texts"));
    }
    out[member.key] = std::move(*answer);
  }
  return out;
}

}  // namespace mlc::configuration
