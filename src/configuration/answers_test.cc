#include "configuration/answers.h"

#include <gtest/gtest.h>

#include "configuration/errors.h"

namespace mlc::configuration {
namespace {

TEST(ReadAnswers, ValuesBecomeTexts) {
  const auto read = read_answers(
      "region = \"eu\"\ncutover = 2026-11-01\ncurrencies = [\"EUR\", \"SEK\"]\nclient = 100\n",
      "answers.toml");
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (std::map<std::string, std::string>{{"region", "eu"},
                                                       {"cutover", "2026-11-01"},
                                                       {"currencies", "EUR, SEK"},
                                                       {"client", "100"}}));
}

TEST(ReadAnswers, OtherKindsAreRefusedWithTheirPlace) {
  const auto table = read_answers("region = \"eu\"\n[sap]\nclient = \"100\"\n", "answers.toml");
  ASSERT_FALSE(table);
  EXPECT_TRUE(table.error().is(kBadValue));
  EXPECT_EQ(table.error().fact("line"), "2");
  EXPECT_TRUE(read_answers("currencies = [1]\n", "a").error().is(kBadValue));
  EXPECT_TRUE(read_answers("region = eu\n", "a").error().is(kBadToml));
}

}  // namespace
}  // namespace mlc::configuration
