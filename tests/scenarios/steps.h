// The sentences that scenarios may use, as tables of words and what they do.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/scenarios/books_view.h"
#include "tests/scenarios/hub_world.h"
#include "tests/scenarios/scenario_file.h"

namespace mlc::scenarios {

// The rules of a table: rule, why, transaction type, amount type, description, seller, material
// group, kind, account,
// cost centre, profit centre, profitability, payment block, nature, assignment, text; only the
// first and the account are needed.
[[nodiscard]] std::vector<ledger::Rule> rules_of(const Table& table);

// "90.00", "50.00", "USD": receivable and reserve at the cut-over.
[[nodiscard]] ledger::Opening opening_of(const std::vector<std::string>& words);

// A scenario while it is played. Hub and SAP begin with the first step that is no Given.
struct Play {
  std::string name;
  Settings settings;
  std::unique_ptr<HubWorld> world;
};

using Words = std::vector<std::string>;

// The work of a file that does not stand for its settlement-id, in the order in which files came:
// "file-1-of-20612345671". Any other name is handed back as it is. Throws Failure.
[[nodiscard]] std::string work_named(Play& play, const std::string& name);

// One sentence. `{}` stands for a word or for "several words in quotes"; what stood there is handed
// to `run` in order. `run` throws Failure without a place; the runner knows it.
struct Sentence {
  std::string_view kind;
  std::string_view words;
  void (*run)(Play& play, const Words& said, const Step& step);
};

[[nodiscard]] std::span<const Sentence> given_sentences();
[[nodiscard]] std::span<const Sentence> hub_sentences();   // When: Amazon, time, operator
[[nodiscard]] std::span<const Sentence> hand_sentences();  // When: people and faults in SAP
[[nodiscard]] std::span<const Sentence> then_sentences();

[[noreturn]] inline void fail(const std::string& what) { throw Failure{what}; }

// Whether two tables hold the same rows in any order, as far as the expected one has columns.
// Throws Failure that shows what is missing and what is too much.
void expect_same_rows(const Table& expected, const std::vector<Columns>& found);

}  // namespace mlc::scenarios
