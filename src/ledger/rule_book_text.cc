#include "ledger/rule_book_text.h"

#include <algorithm>

#include "base/digest.h"
#include "ledger/errors.h"
#include "ledger/rule_match.h"
#include "ledger/tab_text.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

constexpr std::string_view kFirstLine = "ml-connector-rule-book\t1";

void add_match(std::string& out, const RuleMatch& match) {
  for (const auto& named : kPatterns) {
    const Pattern& pattern = match.*named.pattern;
    if (pattern.kind == Pattern::Kind::kAbsent) continue;
    const bool exact = pattern.kind == Pattern::Kind::kExact;
    add_line(out, "match", named.name, exact ? "exact" : "prefix", pattern.text);
  }
  if (match.sign) add_line(out, "sign", to_word(*match.sign));
}

void add_result(std::string& out, const RuleResult& result) {
  add_line(out, "treatment", to_word(result.treatment));
  add_line(out, "kind", to_word(result.kind));
  add_line(out, "nature", to_word(result.nature));
  if (!result.account.empty()) add_line(out, "account", result.account);
  for (const auto& named : kResultTexts) {
    const std::string& value = result.*named.text;
    if (!value.empty()) add_line(out, "result", named.name, value);
  }
}

void add_version(std::string& out, const RuleSet& set) {
  add_line(out, "version", set.name, set.version, format_date(set.valid_from));
  if (!set.suspense_account.empty()) add_line(out, "suspense", set.suspense_account);
  if (!set.suspense_profit_center.empty()) {
    add_line(out, "suspense-profit-center", set.suspense_profit_center);
  }
  for (const auto& [marketplace, cost_center] : set.cost_centers) {
    add_line(out, "cost-center", marketplace, cost_center);
  }
  for (const Rule& rule : set.rules) {
    add_line(out, "rule", rule.id, rule.why);
    add_match(out, rule.match);
    add_result(out, rule.result);
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : lines_(text, kBadRuleBook) {}

  [[nodiscard]] const RuleBinding& binding() const { return binding_; }

  Result<std::vector<RuleSet>> read() {
    MLC_TRY_STATUS(lines_.expect(kFirstLine));
    for (;;) {
      MLC_TRY_STATUS(lines_.next());
      if (lines_.is("end", 1) && value() == std::to_string(sets_.size()) && lines_.at_end()) {
        return std::move(sets_);
      }
      MLC_TRY_STATUS(take());
    }
  }

 private:
  const std::string& value(std::size_t number = 1) const { return lines_.fields()[number]; }

  Status take() {
    if (lines_.is("version", 3)) return version();
    if (sets_.empty() && lines_.is("seller", 1)) {
      binding_.seller = value();
      return {};
    }
    if (sets_.empty() && lines_.is("material-groups", 1)) {
      binding_.groups_digest = value();
      return {};
    }
    if (sets_.empty()) return lines_.refuse("version");
    if (lines_.is("suspense", 1)) {
      sets_.back().suspense_account = value();
      return {};
    }
    if (lines_.is("suspense-profit-center", 1)) {
      sets_.back().suspense_profit_center = value();
      return {};
    }
    if (lines_.is("cost-center", 2)) {
      sets_.back().cost_centers.emplace(value(1), value(2));
      return {};
    }
    if (lines_.is("rule", 2)) {
      Rule rule;
      rule.id = value(1);
      rule.why = value(2);
      rule.result.assignment.clear();
      sets_.back().rules.push_back(std::move(rule));
      return {};
    }
    if (sets_.back().rules.empty()) return lines_.refuse("rule");
    return rule_line(sets_.back().rules.back());
  }

  Status version() {
    const auto from = parse_date(value(3));
    if (!from) return lines_.refuse("a date");
    sets_.push_back({value(1), value(2), *from, {}, {}, {}});
    return {};
  }

  Status rule_line(Rule& rule) {
    if (lines_.is("match", 3)) return match(rule.match);
    if (lines_.is("sign", 1)) return word(rule.match.sign, &sign);
    if (lines_.is("treatment", 1)) return word(rule.result.treatment, &treatment);
    if (lines_.is("kind", 1)) return word(rule.result.kind, &line_kind);
    if (lines_.is("nature", 1)) return word(rule.result.nature, &nature);
    if (lines_.is("result", 2)) return result(rule.result);
    if (!lines_.is("account", 1)) return lines_.refuse("a line of a rule, or end");
    rule.result.account = value();
    return {};
  }

  template <class Place, class Find>
  Status word(Place& place, Find find) {
    const auto found = find(value());
    if (!found) return lines_.refuse("a known word");
    place = *found;
    return {};
  }

  Status match(RuleMatch& match) {
    const auto named = std::ranges::find(kPatterns, value(1), &NamedPattern::name);
    const bool exact = value(2) == "exact";
    if (named == kPatterns.end() || (!exact && value(2) != "prefix")) {
      return lines_.refuse("an attribute, exact or prefix, and a text");
    }
    match.*(named->pattern) = {exact ? Pattern::Kind::kExact : Pattern::Kind::kPrefix, value(3)};
    return {};
  }

  Status result(RuleResult& result) {
    const auto named = std::ranges::find(kResultTexts, value(1), &NamedText::name);
    if (named == kResultTexts.end()) return lines_.refuse("a known name");
    result.*(named->text) = value(2);
    return {};
  }

  TabReader lines_;
  RuleBinding binding_{};
  std::vector<RuleSet> sets_{};
};

tl::unexpected<Error> changed(std::string found, const std::string& digest) {
  return failure(kBadRuleBook, {{"digest", digest},
                                {"line", "all of them"},
                                {"found", std::move(found)},
                                {"expected", "the rules of that hash"}});
}

}  // namespace

std::string write_rule_sets(const std::vector<RuleSet>& versions, const RuleBinding& binding) {
  std::string out(kFirstLine);
  out += '\n';
  if (!binding.seller.empty()) add_line(out, "seller", binding.seller);
  if (!binding.groups_digest.empty()) add_line(out, "material-groups", binding.groups_digest);
  for (const RuleSet& set : versions) add_version(out, set);
  add_line(out, "end", std::to_string(versions.size()));
  return out;
}

Result<RuleBook> read_rule_book(std::string_view text, const std::string& digest) {
  const std::string found = to_hex(sha256(text));
  if (found != digest) return changed("hash " + found, digest);
  Reader reader(text);
  auto sets = reader.read();
  if (!sets) return failure(sets.error().with("digest", digest));
  MLC_TRY(auto book, RuleBook::make(std::move(*sets)));
  book.seller_ = reader.binding().seller;
  book.groups_digest_ = reader.binding().groups_digest;
  book.write();
  if (book.text() != text) return changed("another form", digest);
  return book;
}

}  // namespace mlc::ledger
