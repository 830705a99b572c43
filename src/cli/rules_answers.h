// Answers of `rules coverage`, `rules diff` and `rules replay`, and how they are written. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "configuration/rule_files.h"
#include "ledger/rule_coverage.h"
#include "ledger/rule_difference.h"
#include "ledger/rule_replay.h"
#include "operations/rule_targets.h"

namespace mlc::cli {

// A file or settlement whose rows were looked at.
struct LookedAt {
  std::string name;
  std::string settlement_id;
  std::string currency;
  std::optional<Error> error;  // it could not be read: nothing else is filled
};

struct CheckAnswer {
  std::vector<configuration::RuleCheck> checks;  // one per rule set
  std::string connection;                        // whose SAP was to be asked; empty: none
  // What SAP says; nothing where it was not asked: the rules have problems of their own.
  std::optional<operations::TargetCheck> targets;
};

struct CoverageAnswer {
  struct One {
    LookedAt source;
    std::optional<ledger::Coverage> coverage;
  };
  std::vector<One> sources;
  std::map<std::string, ledger::Coverage> totals;  // by currency
};

struct DiffAnswer {
  struct One {
    LookedAt source;
    std::vector<ledger::MovedClass> moved;
  };
  std::vector<ledger::VersionDifference> versions;
  std::vector<One> sources;
};

struct ReplayAnswer {
  struct One {
    LookedAt source;
    std::uint64_t moved_rows = 0;  // that post differently in any way, texts included
    std::optional<Error> first_held;
    std::optional<Error> second_held;
  };
  std::vector<One> sources;
  std::map<std::string, std::vector<ledger::PlaceAmounts>> places;  // by currency
};

// print_rules.cc
[[nodiscard]] std::string text_of(const CheckAnswer& answer);
[[nodiscard]] std::string text_of(const CoverageAnswer& answer);
[[nodiscard]] std::string text_of(const DiffAnswer& answer);
[[nodiscard]] std::string text_of(const ReplayAnswer& answer);
// rules_json.cc
[[nodiscard]] std::string json_of(const CheckAnswer& answer);
[[nodiscard]] std::string json_of(const CoverageAnswer& answer);
[[nodiscard]] std::string json_of(const DiffAnswer& answer);
[[nodiscard]] std::string json_of(const ReplayAnswer& answer);

}  // namespace mlc::cli
