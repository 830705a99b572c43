// Account determination: versioned, effective-dated rules over row classes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ledger/manifest.h"
#include "ledger/material_groups.h"
#include "ledger/settlement.h"

namespace mlc::ledger {

// Matches one attribute, compared after trimming, collapsing white space and case folding. Exact
// comes before `prefix*`, before absent (matches anything). `exact` with empty text matches blank.
struct Pattern {
  enum class Kind { kAbsent, kPrefix, kExact };
  Kind kind = Kind::kAbsent;
  std::string text;
  friend bool operator==(const Pattern&, const Pattern&) = default;
};

// Rank is decided by this order of attributes, each by Pattern::Kind; of two prefixes the longer
// one comes first. So only two rules with the very same patterns can both win. The seller is that
// of the connection, the material group comes from a mapping of SKUs: RuleBook::bound.
struct RuleMatch {
  Pattern amount_description;
  Pattern amount_type;
  Pattern transaction_type;
  Pattern marketplace;
  Pattern seller;
  Pattern fulfillment;
  Pattern material_group;
  Pattern sku;
  std::optional<Sign> sign;
  friend bool operator==(const RuleMatch&, const RuleMatch&) = default;
};

// A cost centre by RuleSet::cost_centers, and the name of the rule that stands for no rule.
inline constexpr std::string_view kByMarketplace = "by-marketplace";
inline constexpr std::string_view kSuspenseRule = "suspense";

enum class Treatment {
  kPost,       // goes to the line that the result names
  kNetToZero,  // posts to `account`; all rows of that account must add up to 0.00, else refused
  kExclude,    // not posted; all rows of the rule must add up to 0.00, else refused
};

// What a rule decides. Texts may hold {settlement_id}, {marketplace}, {transaction_type},
// {amount_type}, {amount_description}, {fulfillment}: class attributes only.
struct RuleResult {
  Treatment treatment = Treatment::kPost;
  std::string category;  // the reference category, e.g. "REV", "F-REF"
  LineKind kind = LineKind::kGl;
  Nature nature = Nature::kOther;
  std::string account;
  std::string cost_center;  // empty: none; "by-marketplace": from RuleSet::cost_centers
  std::string profit_center;
  std::string internal_order;
  std::string segment;
  std::string functional_area;
  std::string profitability;  // CO-PA characteristics (ledger/profitability.h); values may hold
                              // the texts' names
  std::string tax_code;
  std::string payment_block;
  std::string assignment = "{settlement_id}";
  std::string text;
  // Of rows that net to zero: within what they do, beside their account; empty: the settlement.
  // May hold {order_id}.
  std::string nets_within;
  friend bool operator==(const RuleResult&, const RuleResult&) = default;
};

struct Rule {
  std::string id;   // unique in the rule set
  std::string why;  // the reason, for `explain`; may be empty
  RuleMatch match;
  RuleResult result;
  std::string place;  // "file:line" for messages; no part of the rule book's text
};

// One version of a rule set.
struct RuleSet {
  std::string name;
  std::string version;  // e.g. "2026-1"
  Date valid_from;      // local posted date of a row; the latest version not after it governs
  std::string suspense_account;  // empty: unknown rows hold the settlement (needs_rules)
  std::map<std::string, std::string> cost_centers;  // marketplace, case-folded -> KOSTL
  std::vector<Rule> rules;
  std::string suspense_profit_center = {};  // PRCTR of suspense lines; empty: none
};

// All versions of a rule set, checked. Immutable; thread-safe.
class RuleBook {
 public:
  // Orders versions by valid_from and brings patterns and marketplaces of cost centres into their
  // compared (folded) form. Errors: ledger.duplicate_rule, ledger.ambiguous_rules (names both and
  // the class that both match), ledger.rule_versions_overlap, ledger.rule_without_account,
  // ledger.bad_rule, ledger.field_too_long.
  [[nodiscard]] static Result<RuleBook> make(std::vector<RuleSet> versions);

  // The version that governs a local posted date; nullptr before the first.
  [[nodiscard]] const RuleSet* governing(Date posted) const;
  [[nodiscard]] const RuleSet* find(std::string_view version) const;
  // The same rules for one selling account and its mapping of SKUs (nullptr: none). Unbound, rules
  // that look at the seller or at a material group meet blanks. Text and digest change only where
  // rules look at them.
  [[nodiscard]] RuleBook bound(std::string seller,
                               std::shared_ptr<const MaterialGroups> groups) const;
  // The same with another mapping; text and digest stay. For rules that were kept without theirs.
  [[nodiscard]] RuleBook with_groups_of(const RuleBook& other) const;

  // Whether any rule looks at SKUs (then RowClass::sku is filled).
  [[nodiscard]] bool looks_at_sku() const;
  // Whether any rule looks at material groups (then RowClass::material_group is filled).
  [[nodiscard]] bool looks_at_material_group() const;
  // Of the mapping that it is bound to.
  [[nodiscard]] const std::string& material_group_of(std::string_view sku) const;
  // Whether any rule posts to a line per order ({order_id} in its assignment).
  [[nodiscard]] bool looks_at_orders() const;
  // Whether any rule nets per order ({order_id} in its nets_within).
  [[nodiscard]] bool nets_per_order() const;
  // The winning rule of a class, nullptr when none matches or its version is unknown.
  [[nodiscard]] const Rule* match(const RowClass& row_class) const;
  // The canonical text of all versions (docs/formats/rule-book.md): changes when any rule changes.
  // ledger::read_rule_book is its inverse.
  [[nodiscard]] const std::string& text() const { return text_; }
  // The lower-case hex SHA-256 of that text.
  [[nodiscard]] const std::string& digest() const { return digest_; }
  [[nodiscard]] const std::vector<RuleSet>& versions() const { return versions_; }

 private:
  friend Result<RuleBook> read_rule_book(std::string_view text, const std::string& digest);
  explicit RuleBook(std::vector<RuleSet> versions) : versions_(std::move(versions)) { write(); }
  void write();
  std::vector<RuleSet> versions_;
  std::string seller_{};
  std::string groups_digest_{};
  std::shared_ptr<const MaterialGroups> groups_{};
  std::string text_{};
  std::string digest_{};
};

}  // namespace mlc::ledger
