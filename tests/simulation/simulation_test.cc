#include "tests/simulation/simulation.h"

#include <gtest/gtest.h>

namespace mlc::simulation {
namespace {

constexpr std::uint64_t kSeeds = 200;

TEST(SimulationTest, EverySettlementIsInTheBooksOnceWhateverBreaks) {
  std::uint64_t crashes = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Verdict verdict = run_seed(seed);
    EXPECT_TRUE(verdict.good) << "seed " << seed << ": " << verdict.why
                              << "\nreplay: build/release/bin/simulation --seed " << seed;
    crashes += verdict.crashes;
  }
  EXPECT_GT(crashes, kSeeds / 4) << "the runs were too quiet to prove anything";
}

TEST(SimulationTest, SameSeedTellsTheSameStory) {
  const Verdict first = run_seed(3);
  const Verdict second = run_seed(3);
  EXPECT_EQ(first.diary, second.diary);
}

}  // namespace
}  // namespace mlc::simulation
