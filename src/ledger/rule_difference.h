// What two rule books say differently. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/rules.h"

namespace mlc::ledger {

// One value that differs, named as rule files name it; empty where a side has none.
struct ValueChange {
  std::string name;
  std::string from;
  std::string to;
  friend bool operator==(const ValueChange&, const ValueChange&) = default;
};

struct RuleChange {
  enum class Kind {
    kRemoved,  // its patterns and its id are gone
    kAdded,
    kMatch,   // the same id matches other rows; `rank` says which comes first
    kResult,  // the same rows, decided otherwise
  };
  enum class Rank { kSame, kHigher, kLower };  // of the second rule, compared with the first
  Kind kind = Kind::kRemoved;
  std::string id;        // of the first rule; of the second when it was added
  std::string other_id;  // of the second rule, where both exist
  std::string match;     // what it matches, in words
  std::string other_match;
  Rank rank = Rank::kSame;
  std::vector<ValueChange> values;  // of results; all that are not empty when added or removed
  std::string place;                // "file:line" of the first, of the second when added
};
[[nodiscard]] std::string_view to_word(RuleChange::Kind kind);  // "removed", "added", ...
[[nodiscard]] std::string_view to_word(RuleChange::Rank rank);  // "same", "higher", "lower"

// Two versions that stand against each other; one is empty when only the other side has rules then.
struct VersionDifference {
  std::string version;
  std::string other_version;
  std::vector<ValueChange> head;  // name, version, valid_from, suspense_account, cost centres
  std::vector<RuleChange> rules;  // removed, added, match, result; each in the order of its file
  std::uint64_t same = 0;         // rules that say the same
};

// What differs between two versions, in compared form (as RuleBook keeps them). The order of rules
// and their reasons say nothing.
[[nodiscard]] VersionDifference difference(const RuleSet& a, const RuleSet& b);

// Two books of one version each: those two, whenever they are valid. Otherwise the versions that
// govern the same days, each pair once, in the order of time.
[[nodiscard]] std::vector<VersionDifference> differences(const RuleBook& a, const RuleBook& b);

// The values of what a rule decides, in the order of rule files.
[[nodiscard]] std::vector<ValueChange> changes(const RuleResult& a, const RuleResult& b);

}  // namespace mlc::ledger
