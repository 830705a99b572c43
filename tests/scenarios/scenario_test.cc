// Plays every *.scenario of this folder, and proves that a scenario which is not met fails.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/scenarios/runner.h"

namespace mlc::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = "tests/scenarios";

// What the tree's root is when the program does not run there: no scenario is found, and
// ScenarioFolder says so.
std::vector<std::string> scenario_files() {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(kFolder, error)) {
    if (entry.path().extension() == ".scenario") out.push_back(entry.path().string());
  }
  std::ranges::sort(out);
  return out;
}

std::string name_of(const std::string& file) {
  std::string out = fs::path(file).stem().string();
  std::ranges::replace_if(
      out, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return out;
}

std::string content_of(const std::string& file) {
  std::ostringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

// The failure's text, empty when the scenario is met.
std::string failure_of(const std::string& file, const std::string& content,
                       const std::string& name) {
  try {
    play(parse_scenario(file, content), name);
    return {};
  } catch (const Failure& failure) {
    return failure.text;
  }
}

class ScenarioTest : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioTest, IsMet) {
  EXPECT_EQ(failure_of(GetParam(), content_of(GetParam()), name_of(GetParam())), "");
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ScenarioTest);
INSTANTIATE_TEST_SUITE_P(File, ScenarioTest, testing::ValuesIn(scenario_files()),
                         [](const auto& one) { return name_of(one.param); });

TEST(ScenarioFolder, FromTheRootOfTheTree_HoldsScenarios) {
  EXPECT_FALSE(scenario_files().empty()) << "run it from the root of the tree";
}

constexpr const char* kBegin =
    "Scenario: one sale\n"
    "Case: 0\n"
    "Not shown: nothing\n"
    "Given today is 2026-06-16\n"
    "When settlement 20612345671 of 2026-06-01 to 2026-06-15 over 10.00 USD arrives\n"
    "  | transaction type | amount type | description | marketplace | amount |\n"
    "  | Order            | ItemPrice   | Principal   | amazon.com  | 10.00  |\n"
    "And the night runs\n";

struct Unmet {
  const char* name;
  const char* steps;    // from line 9
  const char* failure;  // what its text begins with
};
void PrintTo(const Unmet& unmet, std::ostream* out) { *out << unmet.name; }

class RunnerTest : public testing::TestWithParam<Unmet> {};

TEST_P(RunnerTest, UnmetScenario_FailsWithFileAndLine) {
  const Unmet& unmet = GetParam();
  const auto failure = failure_of("x.scenario", std::string(kBegin) + unmet.steps, "unmet");
  EXPECT_EQ(failure.substr(0, std::string(unmet.failure).size()), unmet.failure);
}

INSTANTIATE_TEST_SUITE_P(
    Unmet, RunnerTest,
    testing::Values(
        Unmet{"UnknownStep", "Then all is well\n",
              "x.scenario:9: no such step: `Then all is well`"},
        Unmet{"WrongState", "Then settlement 20612345671 is rejected\n",
              "x.scenario:9: settlement 20612345671 is posted"},
        Unmet{"UnknownSettlement", "Then settlement 20612345672 is posted\n", "x.scenario:9: "},
        Unmet{"WrongBalance", "Then account 0000140100 stands at 10.01\n",
              "x.scenario:9: account 0000140100 stands at 10.00"},
        Unmet{"WrongAmount",
              "Then the posted lines are\n"
              "  | account    | amount |\n"
              "  | 0000140100 | 10.00  |\n"
              "  | 0000400000 | -9.99  |\n",
              "x.scenario:9: other rows than expected: | account | amount |\n"
              "  line 12 is missing: | 0000400000 | -9.99 |\n"
              "  found too much: | 0000400000 | -10.00 |"},
        Unmet{"TooFewRows",
              "Then the posted lines are\n"
              "  | account    | amount |\n"
              "  | 0000140100 | 10.00  |\n",
              "x.scenario:9: other rows than expected: "},
        Unmet{"UnknownColumn",
              "Then the posted lines are\n"
              "  | colour |\n",
              "x.scenario:9: there is no column `colour`"},
        Unmet{"ForgottenTable", "Then the posted lines are\n",
              "x.scenario:9: a table is needed below this step"},
        Unmet{"RefusalThatDoesNotCome",
              "When the operator types \"retry 20612345671\" and is refused because x\n",
              "x.scenario:9: `retry 20612345671` was not refused"},
        Unmet{"RefusalByThePerson", "When somebody reverses document 1-01A in FB08\n",
              "x.scenario:9: SAP has no document 1-01A"},
        Unmet{"LateGiven", "Given a document takes at most 4 items\n",
              "x.scenario:9: a Given below the first When"},
        Unmet{"CellMissing",
              "Then the posted lines are\n"
              "  | account    | amount |\n"
              "  | 0000140100 |\n",
              "x.scenario:11: a row with 1 cells below 2 headings"},
        Unmet{"NoStep", "all is well\n", "x.scenario:9: `all is well` is no heading"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(RunnerBooks, OnePartTwice_FailsTheStep) {
  const std::string steps = "When somebody keys 10.00 under the reference 20612345671-01B\n";
  EXPECT_EQ(failure_of("x.scenario", std::string(kBegin) + steps, "twice"),
            "x.scenario:9: after this step: two live documents for part 20612345671-01");
}

TEST(RunnerBooks, SameScenarioMet_Passes) {
  EXPECT_EQ(failure_of("x.scenario",
                       std::string(kBegin) + "Then account 0000140100 stands at 10.00\n", "met"),
            "");
}

}  // namespace
}  // namespace mlc::scenarios
