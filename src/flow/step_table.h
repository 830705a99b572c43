// Each kind of work is one static table: state, step, effect, restart, verbs, next states, words.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "flow/step.h"

namespace mlc::flow {

enum class Effect {
  kNone,        // decides only
  kRepeatable,  // reads outside, or writes what may be written again
  kGuarded,     // writes outside: never repeated, a restart goes to `resolve`
};

enum class Waits { kStep, kPerson, kTerminal };

// A verb an operator may use in a state. It decides like a step; `request` is in the work.
struct VerbRow {
  std::string_view verb;
  Step run;
  std::vector<std::string_view> next;
};

struct StateRow {
  std::string_view state;
  std::string_view words;  // for the operator: what is going on
  Waits waits = Waits::kStep;
  Step step = nullptr;  // for kStep
  Effect effect = Effect::kNone;
  std::string_view resolve;  // for kGuarded: the state a restart goes to
  std::vector<std::string_view> next;
  std::vector<VerbRow> verbs;
};

struct KindTable {
  std::string_view kind;
  std::string_view first;
  std::vector<StateRow> rows;
  [[nodiscard]] const StateRow* find(std::string_view state) const;
};

[[nodiscard]] const KindTable& settlement_table();
[[nodiscard]] const KindTable& discovery_table();
[[nodiscard]] const KindTable& reversal_table();
[[nodiscard]] const KindTable& outlook_table();
[[nodiscard]] const KindTable& opening_table();
[[nodiscard]] std::span<const KindTable* const> all_tables();
// nullptr for an unknown kind.
[[nodiscard]] const KindTable* find_table(std::string_view kind);

}  // namespace mlc::flow
