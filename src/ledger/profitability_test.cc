#include "ledger/profitability.h"

#include <gtest/gtest.h>

namespace mlc::ledger {
namespace {

TEST(ProfitabilityTest, TextAndCharacteristicsAreEachOthersInverse) {
  const Characteristics all{{"VKORG", "1000"}, {"KNDNR", "200100"}, {"WW001", "US shop"}};
  const std::string text = write_characteristics(all);
  EXPECT_EQ(text, "KNDNR=200100;VKORG=1000;WW001=US shop");
  EXPECT_EQ(read_characteristics(text), all);
  EXPECT_TRUE(read_characteristics("").empty());
  EXPECT_EQ(write_characteristics({{"A", "x;y=z"}}), "A=x,y-z");
}

TEST(ProfitabilityTest, ProblemsAreNamed) {
  struct Row {
    const char* text;
    const char* problem;
  };
  const Row rows[] = {
      {"", ""},
      {"KNDNR=200100;VKORG=1000", ""},
      {"/NS/FIELD=1", ""},
      {"ARTNR={sku}", ""},
      {"kndnr=1", "characteristic 'kndnr'"},
      {"KNDNR=", "characteristic KNDNR without a value"},
      {"KNDNR=1234567890123456789", "characteristic KNDNR with '1234567890123456789'"},
  };
  for (const Row& row : rows) EXPECT_EQ(problem_of_characteristics(row.text), row.problem);
}

}  // namespace
}  // namespace mlc::ledger
