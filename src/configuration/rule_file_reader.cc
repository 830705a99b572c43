#include "configuration/rule_file_reader.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "configuration/errors.h"
#include "configuration/field.h"
#include "configuration/rule_files.h"
#include "configuration/toml_value.h"
#include "ledger/profitability.h"
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

// The one result that is a table of its own.
constexpr std::string_view kProfitability = "profitability";

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

// `profitability = { KNDNR = "200100" }`.
Status read_profitability(const Reading& reading, const TomlValue& table, std::string& out) {
  const TomlValue* value = table.find(kProfitability);
  if (value == nullptr) return {};
  if (value->kind != TomlValue::Kind::kTable || value->members.empty()) {
    return failure(bad_value(reading, kProfitability, *value,
                             "a table of CO-PA characteristics such as { KNDNR = \"200100\" }"));
  }
  ledger::Characteristics all;
  for (const auto& member : value->members) {
    MLC_TRY_STATUS(
        read_value(reading, member.key, member.value, {true, 0, "a text"}, all[member.key]));
  }
  out = ledger::write_characteristics(all);
  return {};
}

Pattern pattern_of(const std::string& text) {
  if (!text.ends_with('*')) return {Pattern::Kind::kExact, text};
  return {Pattern::Kind::kPrefix, text.substr(0, text.size() - 1)};
}

// Reads on after a mistake, so that a person hears of all of them at once.
class RuleFile {
 public:
  RuleFile(const std::string& file, const TomlValue& root, std::vector<Error>& problems)
      : file_(file), root_(root), problems_(problems) {}

  // What could be read; a rule with a problem of its own is left out.
  RuleSet read() {
    const Reading top{file_, ""};
    note(check_keys(top, root_,
                    {"name", "version", "valid_from", "suspense_account", "suspense_profit_center",
                     "accounts", "cost_centers", "rule"}));
    RuleSet out{};
    note(read_required(top, root_, "name", out.name));
    note(read_required(top, root_, "version", out.version));
    if (const TomlValue* from = root_.find("valid_from")) {
      note(read_value(top, "valid_from", *from, {}, out.valid_from));
    } else {
      note(failure(missing_key(top, root_, "valid_from", "a date")));
    }
    take(read_texts(file_, root_, "accounts"), accounts_);
    take(read_texts(file_, root_, "cost_centers"), out.cost_centers);
    check_marketplaces();
    if (const TomlValue* suspense = root_.find("suspense_account")) {
      take(account(top, "suspense_account", *suspense), out.suspense_account);
    }
    const TomlValue* profit_center = root_.find("suspense_profit_center");
    if (profit_center != nullptr && root_.find("suspense_account") == nullptr) {
      note(failure(missing_key(top, root_, "suspense_account", "an account for its lines")));
    }
    note(read_text(top, root_, "suspense_profit_center", out.suspense_profit_center));
    read_rules(out.rules);
    return out;
  }

 private:
  bool note(const Status& status) {
    if (!status) problems_.push_back(status.error());
    return status.has_value();
  }

  template <class Value>
  bool take(Result<Value> read, Value& out) {
    if (!read) return note(failure(read.error()));
    out = std::move(*read);
    return true;
  }

  // Compared without case: of two spellings one would be forgotten.
  void check_marketplaces() {
    const TomlValue* table = root_.find("cost_centers");
    if (table == nullptr) return;
    std::set<std::string> known;
    for (const auto& member : table->members) {
      if (known.insert(ledger::folded(member.key)).second) continue;
      note(failure(bad_value({file_, "cost_centers"}, member.key, member.value,
                             "each marketplace once, in capital or small letters")));
    }
  }

  void read_rules(std::vector<Rule>& out) {
    const Reading top{file_, ""};
    const TomlValue* rules = root_.find("rule");
    if (rules == nullptr) {
      note(failure(missing_key(top, root_, "rule", "[[rule]] sections")));
      return;
    }
    if (rules->kind != TomlValue::Kind::kArray) {
      note(failure(bad_value(top, "rule", *rules, "[[rule]] sections")));
      return;
    }
    for (const auto& table : rules->items) {
      if (table.kind == TomlValue::Kind::kTable) {
        read_rule(table, out);
      } else {
        note(failure(bad_value(top, "rule", table, "[[rule]] sections")));
      }
    }
  }

  void read_rule(const TomlValue& table, std::vector<Rule>& out) {
    const std::size_t before = problems_.size();
    Rule rule;
    note(read_required({file_, "a rule"}, table, "id", rule.id));
    const Reading reading{file_, rule.id.empty() ? "a rule" : "rule '" + rule.id + "'"};
    rule.place =
        file_ + ":" + std::to_string(table.place.line) + ":" + std::to_string(table.place.column);
    note(check_keys(reading, table, rule_keys()));
    note(read_text(reading, table, "why", rule.why));
    read_result(reading, table, rule.result);
    note(read_word(reading, table, "sign", ledger::sign, "\"negative\", \"zero\" or \"positive\"",
                   rule.match.sign));
    std::vector<std::pair<Pattern ledger::RuleMatch::*, std::vector<Pattern>>> lists;
    std::size_t combinations = 1;
    for (const auto& named : ledger::kPatterns) {
      lists.emplace_back(named.pattern, std::vector<Pattern>{Pattern{}});
      take(read_patterns(reading, table, named.name), lists.back().second);
      // The product does not overflow: a list is no longer than a file.
      combinations *= lists.back().second.size();
      if (out.size() + combinations > kMostRules) {
        note(failure(too_many_rules(reading, table)));
        return;
      }
    }
    std::vector<Rule> rules{rule};
    for (const auto& [place, patterns] : lists) {
      if (patterns.size() > 1) {
        rules = combined(rules, place, patterns);
      } else {
        for (Rule& one : rules) one.match.*place = patterns.front();
      }
    }
    for (std::size_t i = 0; rules.size() > 1 && i < rules.size(); ++i) {
      rules[i].id = rule.id + "/" + std::to_string(i + 1);
    }
    if (problems_.size() == before) std::ranges::move(rules, std::back_inserter(out));
  }

  void read_result(const Reading& reading, const TomlValue& table, RuleResult& out) {
    note(read_word(reading, table, "treatment", ledger::treatment,
                   "\"post\", \"net-to-zero\" or \"exclude\"", out.treatment));
    note(read_word(reading, table, "kind", ledger::line_kind, "\"gl\", \"vendor\" or \"customer\"",
                   out.kind));
    note(read_word(reading, table, "nature", ledger::nature,
                   "\"sale\", \"refund\", \"fee\", \"tax\", \"reserve\", \"transfer\", "
                   "\"intercompany\" or \"other\"",
                   out.nature));
    for (const auto& text : ledger::kResultTexts) {
      if (text.name == kProfitability) continue;
      note(read_text(reading, table, text.name, out.*text.text));
    }
    note(read_profitability(reading, table, out.profitability));
    if (const TomlValue* value = table.find("account")) {
      take(account(reading, "account", *value), out.account);
    }
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

  static Error too_many_rules(const Reading& reading, const TomlValue& table) {
    return Error(kBadValue, {{"file", reading.file},
                             {"line", std::to_string(table.place.line)},
                             {"column", std::to_string(table.place.column)},
                             {"key", reading.section},
                             {"found", "lists with too many combinations"},
                             {"expected", "at most " + std::to_string(kMostRules) +
                                              " rules in the whole file"}});
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
  std::vector<Error>& problems_;
  std::map<std::string, std::string> accounts_{};
};

}  // namespace

std::optional<Inspected> inspect(std::string_view text, const std::string& file,
                                 std::vector<Error>& problems) {
  auto root = parse_toml(text, file);
  if (!root) {
    problems.push_back(root.error());
    return std::nullopt;
  }
  Inspected out{file, RuleFile(file, *root, problems).read(), root->place};
  if (const TomlValue* version = root->find("version")) out.version = version->place;
  return out;
}

}  // namespace mlc::configuration
