// `rules ...` as a person types it, on files without any state.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/application.h"
#include "cli/session.h"
#include "configuration/shipped_rules.h"

namespace mlc::cli {
namespace {

using Json = nlohmann::json;

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

Ran run_words(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream err;
  const auto clock = runtime::system_clock();
  Surroundings around{out, err, false, "anna", *clock, [] { return std::stop_token(); }};
  Ran ran;
  ran.code = run(words, around);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

constexpr const char* kColumns =
    "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\t"
    "currency\ttransaction-type\tmarketplace-name\tamount-type\tamount-description\tamount\t"
    "posted-date\n";

// A settlement of 30 Sep to 14 Oct with a sale of 100.00, its commission, advertising, and `more`.
std::string settlement(const std::string& total, const std::string& more) {
  const std::string day = "\t2026-10-01\n";
  return kColumns +
         ("20612345671\t2026-09-30 00:00:00 UTC\t2026-10-14 00:00:00 UTC\t"
          "2026-10-16 00:00:00 UTC\t" +
          total + "\tUSD\t\t\t\t\t\t\n") +
         "20612345671\t\t\t\t\t\tOrder\tAmazon.com\tItemPrice\tPrincipal\t100.00" + day +
         "20612345671\t\t\t\t\t\tOrder\tAmazon.com\tItemFees\tCommission\t-15.00" + day +
         "20612345671\t\t\t\t\t\tServiceFee\t\tCost of Advertising\tTransactionTotalAmount\t-5.00" +
         day + more;
}

std::string unknown_row() {
  return "20612345671\t\t\t\t\t\tother-transaction\t\tother-transaction\tA fee of tomorrow\t-2.50\t"
         "2026-10-01\n";
}

class RulesCommands : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / "mlc-rules-commands";
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  std::string shipped() { return write("a.toml", std::string(configuration::shipped_rules())); }
  // The shipped rules with one text replaced, once.
  std::string changed(const std::string& from, const std::string& to) {
    std::string text(configuration::shipped_rules());
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return write("b.toml", text);
  }
  std::filesystem::path folder_;
};

TEST_F(RulesCommands, Check_GoodFile_SaysSo) {
  const Ran ran = run_words({"rules", "check", shipped()});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("us-sample, version 2026-1, valid from 2020-01-01"), std::string::npos);
  EXPECT_NE(ran.out.find("No problem.\n"), std::string::npos) << ran.out;
}

TEST_F(RulesCommands, Check_EveryProblem_HasFileLineAndColumn) {
  const auto file = write("bad.toml",
                          "name = \"us\"\nversion = \"1\"\nvalid_from = 2026-01-01\n"
                          "[[rule]]\nid = \"one\"\nacount = \"1\"\n"
                          "[[rule]]\nid = \"two\"\nnature = \"salt\"\naccount = \"1\"\n");
  const Ran ran = run_words({"rules", "check", file});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE(ran.out.find("bad.toml:6:1: configuration.unknown_key"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("bad.toml:9:10: configuration.bad_value"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("2 problems.\n"), std::string::npos) << ran.out;
  const Json answer = Json::parse(run_words({"rules", "check", file, "--json"}).out);
  EXPECT_EQ(answer["problems"][0]["facts"]["line"], "6");
  EXPECT_EQ(answer["problems"][0]["facts"]["column"], "1");
  EXPECT_EQ(answer["files"][0]["version"], "1");
}

TEST_F(RulesCommands, Check_WithoutFilesAndState_NamesTheConfiguration) {
  const Ran ran = run_words({"rules", "check", "--state", "no/such/directory"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE(ran.err.find("configuration.unreadable"), std::string::npos) << ran.err;
}

TEST_F(RulesCommands, Coverage_ShowsTheShareAndWhatIsMissing) {
  const auto file = write("one.tsv", settlement("77.50", unknown_row()));
  const Ran ran = run_words({"rules", "coverage", file, "--rules", shipped()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.out.find("3 of 4 rows (75.00 %), 120.00 of 122.50 USD (97.95 %)"),
            std::string::npos)
      << ran.out;
  EXPECT_LT(ran.out.find("(no rule)"), ran.out.find("sale-principal")) << ran.out;
  const Json answer =
      Json::parse(run_words({"rules", "coverage", file, "--rules", shipped(), "--json"}).out);
  const Json& missing = answer["sources"][0]["classes"][0];
  EXPECT_EQ(missing["mapping"], "missing");
  EXPECT_EQ(missing["amount"], "-2.50");
  EXPECT_EQ(missing["rule"], nullptr);
  EXPECT_EQ(answer["totals"][0]["mapped_amount"], "120.00");
}

TEST_F(RulesCommands, Coverage_WithTheBuiltInRulesAndSeveralFiles_AddsUp) {
  const auto one = write("one.tsv", settlement("80.00", ""));
  const auto two = write("two.tsv", settlement("77.50", unknown_row()));
  const Ran ran = run_words({"rules", "coverage", one, two, write("three.tsv", "nothing\n")});
  EXPECT_EQ(ran.code, 3) << "the file that cannot be read is more urgent";
  EXPECT_NE(ran.out.find("all USD: a rule maps 6 of 7 rows"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("three.tsv cannot be looked at."), std::string::npos) << ran.out;
  EXPECT_EQ(run_words({"rules", "coverage", one}).code, 0);
}

TEST_F(RulesCommands, Coverage_FileThatDoesNotTie_IsRefused) {
  const Ran ran = run_words({"rules", "coverage", write("one.tsv", settlement("80.01", ""))});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE(ran.out.find("settlement_report.sum_differs"), std::string::npos) << ran.out;
}

TEST_F(RulesCommands, Diff_TellsRulesAndTheRowsThatGoElsewhere) {
  const auto other = changed("advertising = \"476700\"", "advertising = \"476900\"");
  const auto file = write("one.tsv", settlement("80.00", ""));
  const Ran ran = run_words({"rules", "diff", shipped(), other, file});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("account 476700 -> 476900"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("account 0000476700 -> 0000476900"), std::string::npos) << ran.out;
  const Json answer =
      Json::parse(run_words({"rules", "diff", shipped(), other, file, "--json"}).out);
  EXPECT_EQ(answer["versions"][0]["rules"][0]["change"], "result");
  ASSERT_EQ(answer["sources"][0]["moved"].size(), 1U);
  EXPECT_EQ(answer["sources"][0]["moved"][0]["amount"], "-5.00");
  EXPECT_EQ(run_words({"rules", "diff", shipped(), other}).code, 0) << "rules alone";
}

TEST_F(RulesCommands, Replay_ShowsAccountsAndPeriodsAndAddsUpToZero) {
  const auto other = changed("advertising = \"476700\"", "advertising = \"476900\"");
  const auto file = write("one.tsv", settlement("80.00", ""));
  const Ran ran = run_words({"rules", "replay", shipped(), other, file, file});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("0000476700  0000001050   2026-10    10.00     0.00          -10.00\n"),
            std::string::npos)
      << ran.out;
  const Json answer =
      Json::parse(run_words({"rules", "replay", shipped(), other, file, "--json"}).out);
  EXPECT_EQ(answer["currencies"][0]["difference"], "0.00");
  EXPECT_EQ(answer["currencies"][0]["places"].size(), 4U);
  EXPECT_EQ(answer["sources"][0]["moved_rows"], 1);
}

TEST_F(RulesCommands, Replay_RulesThatHoldASettlement_AreNamed) {
  const auto other = changed("amount_type = [\"Cost of Advertising\"", "amount_type = [\"Cost\"");
  const auto file = write("one.tsv", settlement("80.00", ""));
  const Ran ran = run_words({"rules", "replay", shipped(), other, file});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.out.find("held under B: ledger.needs_rules"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("(no rule)"), std::string::npos) << ran.out;
}

TEST_F(RulesCommands, WrongWords_AreUsageErrors) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"rules"},
                                             {"rules", "coverage"},
                                             {"rules", "coverage", "a.tsv", "--settlements", "1"},
                                             {"rules", "diff", "a.toml"},
                                             {"rules", "replay", "a.toml", "b.toml"},
                                             {"rules", "chek"}}) {
    EXPECT_EQ(run_words(words).code, 2) << words.back();
  }
}

}  // namespace
}  // namespace mlc::cli
