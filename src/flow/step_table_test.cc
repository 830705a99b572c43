// The tables of all kinds of work, tested exhaustively.
#include "flow/step_table.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "ledger/settlement_state.h"

namespace mlc::flow {
namespace {

std::set<std::string> reachable_from(const KindTable& table, std::string_view start) {
  std::set<std::string> seen;
  std::vector<std::string> open{std::string(start)};
  while (!open.empty()) {
    const std::string state = open.back();
    open.pop_back();
    if (!seen.insert(state).second) continue;
    const StateRow* row = table.find(state);
    if (row == nullptr) continue;
    for (const auto next : row->next) open.emplace_back(next);
    if (!row->resolve.empty()) open.emplace_back(row->resolve);
    for (const auto& verb : row->verbs) {
      for (const auto next : verb.next) open.emplace_back(next);
    }
  }
  return seen;
}

TEST(StepTableTest, EveryNextStateExists) {
  for (const KindTable* table : all_tables()) {
    ASSERT_NE(table->find(table->first), nullptr) << table->kind;
    for (const StateRow& row : table->rows) {
      for (const auto next : row.next) EXPECT_NE(table->find(next), nullptr) << row.state << next;
      for (const auto& verb : row.verbs) {
        EXPECT_FALSE(verb.next.empty()) << row.state << " " << verb.verb;
        for (const auto next : verb.next) EXPECT_NE(table->find(next), nullptr) << next;
      }
    }
  }
}

TEST(StepTableTest, EveryStateIsReachableAndUnique) {
  for (const KindTable* table : all_tables()) {
    const auto reached = reachable_from(*table, table->first);
    std::set<std::string_view> names;
    for (const StateRow& row : table->rows) {
      EXPECT_TRUE(reached.contains(std::string(row.state))) << table->kind << " " << row.state;
      EXPECT_TRUE(names.insert(row.state).second) << row.state;
      EXPECT_FALSE(row.words.empty()) << row.state;
    }
  }
}

TEST(StepTableTest, GuardedStatesResolveIntoAStateThatOnlyReads) {
  int guarded = 0;
  for (const KindTable* table : all_tables()) {
    for (const StateRow& row : table->rows) {
      if (row.effect != Effect::kGuarded) continue;
      ++guarded;
      const StateRow* resolve = table->find(row.resolve);
      ASSERT_NE(resolve, nullptr) << row.state;
      EXPECT_EQ(resolve->effect, Effect::kRepeatable) << row.state;
      EXPECT_EQ(resolve->waits, Waits::kStep);
    }
  }
  EXPECT_EQ(guarded, 2);  // posting and reversing
}

TEST(StepTableTest, StepsAndVerbsFitTheWayAStateWaits) {
  for (const KindTable* table : all_tables()) {
    for (const StateRow& row : table->rows) {
      EXPECT_EQ(row.step != nullptr, row.waits == Waits::kStep) << row.state;
      EXPECT_EQ(row.verbs.empty(), row.waits == Waits::kTerminal)
          << row.state << ": every state but a terminal one has a verb that leaves it";
      for (const auto& verb : row.verbs) EXPECT_NE(verb.run, nullptr);
    }
  }
}

TEST(StepTableTest, EveryStateReachesATerminalOrANamedWait) {
  for (const KindTable* table : all_tables()) {
    for (const StateRow& row : table->rows) {
      const auto reached = reachable_from(*table, row.state);
      EXPECT_TRUE(std::ranges::any_of(reached, [&](const std::string& state) {
        const StateRow* candidate = table->find(state);
        return candidate->waits != Waits::kStep || candidate->state == "posted" ||
               candidate->state == "polling" || candidate->state == "watching";
      })) << row.state;
    }
  }
}

TEST(StepTableTest, SettlementTableHasEveryStateOfTheLedger) {
  const KindTable& table = settlement_table();
  for (int i = 0; i < ledger::kSettlementStateCount; ++i) {
    const auto state = ledger::to_word(static_cast<ledger::SettlementState>(i));
    EXPECT_NE(table.find(state), nullptr) << state;
  }
  // "seen" is the end of work whose file is another settlement's; it is no settlement state.
  EXPECT_EQ(table.rows.size(), static_cast<std::size_t>(ledger::kSettlementStateCount) + 1);
}

TEST(StepTableTest, OnlyPlannedEntersPosting) {
  for (const StateRow& row : settlement_table().rows) {
    const bool enters = std::ranges::find(row.next, "posting") != row.next.end();
    EXPECT_EQ(enters, row.state == "planned") << row.state;
    for (const auto& verb : row.verbs) {
      EXPECT_EQ(std::ranges::find(verb.next, "posting"), verb.next.end()) << row.state;
    }
  }
}

}  // namespace
}  // namespace mlc::flow
