#include "ledger/settlement_state.h"

#include <gtest/gtest.h>
#include <set>

namespace mlc::ledger {
namespace {

TEST(SettlementStateTest, EveryStateHasItsOwnWord) {
  std::set<std::string_view> words;
  for (int i = 0; i < kSettlementStateCount; ++i) {
    const auto state = static_cast<SettlementState>(i);
    EXPECT_EQ(settlement_state(to_word(state)), state);
    words.insert(to_word(state));
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(kSettlementStateCount));
}

TEST(SettlementStateTest, WordsAreThoseOfTheInterface) {
  EXPECT_EQ(to_word(SettlementState::kFound), "found");
  EXPECT_EQ(to_word(SettlementState::kNeedsRules), "needs_rules");
  EXPECT_EQ(to_word(SettlementState::kAwaitingApproval), "awaiting_approval");
  EXPECT_EQ(to_word(SettlementState::kPosted), "posted");
  EXPECT_EQ(to_word(SettlementState::kInDoubt), "in_doubt");
  EXPECT_EQ(to_word(SettlementState::kConflicts), "conflicts");
  EXPECT_EQ(to_word(SettlementState::kDeferred), "deferred");
  EXPECT_EQ(to_word(SettlementState::kPartlyReversed), "partly_reversed");
  EXPECT_EQ(to_word(SettlementState::kReversed), "reversed");
  EXPECT_EQ(to_word(SettlementState::kReissued), "reissued");
  EXPECT_EQ(to_word(SettlementState::kBeforeCutover), "before_cutover");
  EXPECT_FALSE(settlement_state("POSTED"));
  EXPECT_FALSE(settlement_state(""));
}

}  // namespace
}  // namespace mlc::ledger
