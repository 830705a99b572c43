#include "configuration/rule_files.h"

#include <array>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "configuration/errors.h"
#include "configuration/field.h"
#include "configuration/toml_value.h"
#include "ledger/rule_match.h"
#include "ledger/text.h"
#include "ledger/words.h"

namespace mlc::configuration {
namespace {

using ledger::Pattern;
using ledger::Rule;
using ledger::RuleResult;
using ledger::RuleSet;

constexpr std::array<std::string_view, 7> kOtherKeys{"id",   "why",    "sign",   "treatment",
                                                     "kind", "nature", "account"};

constexpr std::string_view kExpectedPattern =
    "a text, a text that ends with * (a prefix), or a list of such texts";

std::vector<std::string_view> rule_keys() {
  std::vector<std::string_view> out(kOtherKeys.begin(), kOtherKeys.end());
  for (const auto& named : ledger::kPatterns) out.push_back(named.name);
  for (const auto& text : ledger::kResultTexts) out.push_back(text.name);
  return out;
}

Status check_keys(const Reading& reading, const TomlValue& table,
                  const std::vector<std::string_view>& known) {
  for (const auto& member : table.members) {
    bool found = false;
    for (const auto key : known) found = found || key == member.key;
    if (!found) return failure(unknown_key(reading, member, known));
  }
  return {};
}

// The text of a key; what `out` held before when the key is not there.
Status read_text(const Reading& reading, const TomlValue& table, std::string_view key,
                 std::string& out) {
  const TomlValue* value = table.find(key);
  return value == nullptr ? Status{} : read_value(reading, key, *value, {}, out);
}

Status read_required(const Reading& reading, const TomlValue& table, std::string_view key,
                     std::string& out) {
  const TomlValue* value = table.find(key);
  if (value == nullptr) return failure(missing_key(reading, table, key, "a text"));
  return read_value(reading, key, *value, {true, 0, "a text that is not empty"}, out);
}

// A word of an enumeration by `find`.
template <class Find, class Value>
Status read_word(const Reading& reading, const TomlValue& table, std::string_view key, Find find,
                 std::string_view expected, Value& out) {
  const TomlValue* value = table.find(key);
  if (value == nullptr) return {};
  const auto word = value->kind == TomlValue::Kind::kText ? find(value->text) : std::nullopt;
  if (!word) return failure(bad_value(reading, key, *value, expected));
  out = *word;
  return {};
}

// A table of texts, e.g. account names.
Result<std::map<std::string, std::string>> read_texts(const std::string& file,
                                                      const TomlValue& root, std::string_view key) {
  std::map<std::string, std::string> out;
  const TomlValue* table = root.find(key);
  if (table == nullptr) return out;
  const Reading top{file, ""};
  if (table->kind != TomlValue::Kind::kTable) {
    return failure(bad_value(top, key, *table, "a table"));
  }
  for (const auto& member : table->members) {
    const Reading reading{file, std::string(key)};
    MLC_TRY_STATUS(read_value(reading, member.key, member.value, {true, 10, "1 to 10 characters"},
                              out[member.key]));
  }
  return out;
}

Pattern pattern_of(const std::string& text) {
  if (!text.ends_with('*')) return {Pattern::Kind::kExact, text};
  return {Pattern::Kind::kPrefix, text.substr(0, text.size() - 1)};
}

class RuleFile {
 public:
  RuleFile(const std::string& file, const TomlValue& root) : file_(file), root_(root) {}

  Result<RuleSet> read() {
    const Reading top{file_, ""};
    MLC_TRY_STATUS(check_keys(
        top, root_,
        {"name", "version", "valid_from", "suspense_account", "accounts", "cost_centers", "rule"}));
    RuleSet out{};
    MLC_TRY_STATUS(read_required(top, root_, "name", out.name));
    MLC_TRY_STATUS(read_required(top, root_, "version", out.version));
    const TomlValue* from = root_.find("valid_from");
    if (from == nullptr) return failure(missing_key(top, root_, "valid_from", "a date"));
    MLC_TRY_STATUS(read_value(top, "valid_from", *from, {}, out.valid_from));
    MLC_TRY(accounts_, read_texts(file_, root_, "accounts"));
    MLC_TRY(out.cost_centers, read_texts(file_, root_, "cost_centers"));
    if (const TomlValue* suspense = root_.find("suspense_account")) {
      MLC_TRY(out.suspense_account, account(top, "suspense_account", *suspense));
    }
    MLC_TRY_STATUS(read_rules(out.rules));
    return out;
  }

 private:
  Status read_rules(std::vector<Rule>& out) const {
    const Reading top{file_, ""};
    const TomlValue* rules = root_.find("rule");
    if (rules == nullptr) return failure(missing_key(top, root_, "rule", "[[rule]] sections"));
    if (rules->kind != TomlValue::Kind::kArray) {
      return failure(bad_value(top, "rule", *rules, "[[rule]] sections"));
    }
    for (const auto& table : rules->items) {
      if (table.kind != TomlValue::Kind::kTable) {
        return failure(bad_value(top, "rule", table, "[[rule]] sections"));
      }
      MLC_TRY_STATUS(read_rule(table, out));
    }
    return {};
  }

  Status read_rule(const TomlValue& table, std::vector<Rule>& out) const {
    Rule rule;
    MLC_TRY_STATUS(read_required({file_, "a rule"}, table, "id", rule.id));
    const Reading reading{file_, "rule '" + rule.id + "'"};
    rule.place = file_ + ":" + std::to_string(table.place.line);
    MLC_TRY_STATUS(check_keys(reading, table, rule_keys()));
    MLC_TRY_STATUS(read_text(reading, table, "why", rule.why));
    MLC_TRY_STATUS(read_result(reading, table, rule.result));
    MLC_TRY_STATUS(read_word(reading, table, "sign", ledger::sign,
                             "\"negative\", \"zero\" or \"positive\"", rule.match.sign));
    std::vector<Rule> rules{rule};
    for (const auto& named : ledger::kPatterns) {
      MLC_TRY(const auto patterns, read_patterns(reading, table, named.name));
      rules = combined(rules, named.pattern, patterns);
    }
    const std::string id = rule.id;
    for (std::size_t i = 0; rules.size() > 1 && i < rules.size(); ++i) {
      rules[i].id = id + "/" + std::to_string(i + 1);
    }
    out.insert(out.end(), rules.begin(), rules.end());
    return {};
  }

  Status read_result(const Reading& reading, const TomlValue& table, RuleResult& out) const {
    MLC_TRY_STATUS(read_word(reading, table, "treatment", ledger::treatment,
                             "\"post\", \"net-to-zero\" or \"exclude\"", out.treatment));
    MLC_TRY_STATUS(read_word(reading, table, "kind", ledger::line_kind,
                             "\"gl\", \"vendor\" or \"customer\"", out.kind));
    MLC_TRY_STATUS(read_word(reading, table, "nature", ledger::nature,
                             "\"sale\", \"refund\", \"fee\", \"tax\", \"reserve\", \"transfer\" or "
                             "\"other\"",
                             out.nature));
    for (const auto& text : ledger::kResultTexts) {
      MLC_TRY_STATUS(read_text(reading, table, text.name, out.*text.text));
    }
    if (const TomlValue* value = table.find("account")) {
      MLC_TRY(out.account, account(reading, "account", *value));
    }
    return {};
  }

  // A name of [accounts], or a number.
  Result<std::string> account(const Reading& reading, std::string_view key,
                              const TomlValue& value) const {
    std::string name;
    MLC_TRY_STATUS(read_value(reading, key, value, {true, 0, "an account"}, name));
    const auto known = accounts_.find(name);
    if (known != accounts_.end()) return known->second;
    if (ledger::is_digits(name)) return name;
    std::vector<std::string_view> names;
    for (const auto& entry : accounts_) names.push_back(entry.first);
    const std::string near = nearest(name, names);
    return failure(bad_value(reading, key, value,
                             "an account number or a name of [accounts]" +
                                 (near.empty() ? "" : " such as \"" + near + "\"")));
  }

  Result<std::vector<Pattern>> read_patterns(const Reading& reading, const TomlValue& table,
                                             std::string_view key) const {
    const TomlValue* value = table.find(key);
    if (value == nullptr) return std::vector<Pattern>{Pattern{}};
    const bool list = value->kind == TomlValue::Kind::kArray;
    const std::vector<TomlValue> items = list ? value->items : std::vector<TomlValue>{*value};
    std::vector<Pattern> out;
    for (const auto& item : items) {
      std::string text;
      MLC_TRY_STATUS(read_value(reading, key, item, {false, 0, kExpectedPattern}, text));
      out.push_back(pattern_of(text));
    }
    if (out.empty()) return failure(bad_value(reading, key, *value, kExpectedPattern));
    return out;
  }

  static std::vector<Rule> combined(const std::vector<Rule>& rules,
                                    Pattern ledger::RuleMatch::*place,
                                    const std::vector<Pattern>& patterns) {
    std::vector<Rule> out;
    for (const auto& rule : rules) {
      for (const auto& pattern : patterns) {
        out.push_back(rule);
        out.back().match.*place = pattern;
      }
    }
    return out;
  }

  const std::string& file_;
  const TomlValue& root_;
  std::map<std::string, std::string> accounts_{};
};

Result<std::string> text_of(const std::filesystem::path& path) {
  const auto refuse = [&path](std::string detail) {
    return failure(kUnreadable, {{"file", path.string()}, {"detail", std::move(detail)}});
  };
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return refuse("it is no file");
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse("it cannot be opened");
  const std::string out{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return refuse("reading broke off");
  return out;
}

}  // namespace

Result<RuleSet> parse_rule_file(std::string_view text, const std::string& file) {
  MLC_TRY(const TomlValue root, parse_toml(text, file));
  return RuleFile(file, root).read();
}

Result<ledger::RuleBook> read_rule_files(const std::vector<std::filesystem::path>& files) {
  std::vector<RuleSet> versions;
  for (const auto& file : files) {
    MLC_TRY(const std::string text, text_of(file));
    MLC_TRY(auto version, parse_rule_file(text, file.string()));
    versions.push_back(std::move(version));
  }
  return ledger::RuleBook::make(std::move(versions));
}

}  // namespace mlc::configuration
