#include "configuration/rule_files.h"

#include <fstream>
#include <gtest/gtest.h>

#include "configuration/errors.h"
#include "ledger/errors.h"

namespace mlc::configuration {
namespace {

using ledger::Pattern;

constexpr std::string_view kHead =
    "name = \"us\"\n"
    "version = \"2026-1\"\n"
    "valid_from = 2026-01-01\n";
constexpr std::string_view kAccounts =
    "[accounts]\n"
    "revenue = \"400000\"\n"
    "fees = \"AMZFEES\"\n";

std::string file(std::string_view rules) {
  return std::string(kHead) + std::string(kAccounts) + std::string(rules);
}

TEST(ParseRuleFileTest, ReadsEveryKey) {
  const auto rules =
      parse_rule_file(std::string(kHead) + "suspense_account = \"199000\"\n" +
                          "suspense_profit_center = \"P9\"\n" + std::string(kAccounts) +
                          "[cost_centers]\n"
                          "\"Amazon.com\" = \"1100\"\n"
                          "\"\" = \"1000\"\n"
                          "[[rule]]\n"
                          "id = \"fees\"\n"
                          "why = \"because\"\n"
                          "transaction_type = \"Order\"\n"
                          "amount_type = \"ItemFees\"\n"
                          "amount_description = \"FBA*\"\n"
                          "marketplace = \"amazon.com\"\n"
                          "fulfillment = \"\"\n"
                          "sku = \"GIFT*\"\n"
                          "sign = \"negative\"\n"
                          "treatment = \"post\"\n"
                          "kind = \"vendor\"\n"
                          "nature = \"fee\"\n"
                          "account = \"fees\"\n"
                          "category = \"F-FBA\"\n"
                          "cost_center = \"by-marketplace\"\n"
                          "profit_center = \"P1\"\n"
                          "internal_order = \"O1\"\n"
                          "segment = \"S1\"\n"
                          "functional_area = \"F1\"\n"
                          "profitability = { VKORG = \"1000\", KNDNR = \"2\" }\n"
                          "tax_code = \"V1\"\n"
                          "payment_block = \"A\"\n"
                          "assignment = \"X\"\n"
                          "text = \"Fees {marketplace}\"\n",
                      "a.toml");
  ASSERT_TRUE(rules) << rules.error().explain();
  EXPECT_EQ(rules->name, "us");
  EXPECT_EQ(rules->version, "2026-1");
  EXPECT_EQ(format_date(rules->valid_from), "2026-01-01");
  EXPECT_EQ(rules->suspense_account, "199000");
  EXPECT_EQ(rules->suspense_profit_center, "P9");
  EXPECT_EQ(rules->cost_centers.at("Amazon.com"), "1100");
  EXPECT_EQ(rules->cost_centers.at(""), "1000");
  ASSERT_EQ(rules->rules.size(), 1U);
  const auto& rule = rules->rules[0];
  EXPECT_EQ(rule.id, "fees");
  EXPECT_EQ(rule.why, "because");
  EXPECT_EQ(rule.place, "a.toml:12:1");
  EXPECT_EQ(rule.result.profitability, "KNDNR=2;VKORG=1000");
  EXPECT_EQ(rule.match.transaction_type, (Pattern{Pattern::Kind::kExact, "Order"}));
  EXPECT_EQ(rule.match.amount_description, (Pattern{Pattern::Kind::kPrefix, "FBA"}));
  EXPECT_EQ(rule.match.fulfillment, (Pattern{Pattern::Kind::kExact, ""}));
  EXPECT_EQ(rule.match.sku, (Pattern{Pattern::Kind::kPrefix, "GIFT"}));
  EXPECT_EQ(rule.match.seller, Pattern{});
  EXPECT_EQ(rule.match.sign, ledger::Sign::kNegative);
  ledger::RuleResult expected;
  expected.category = "F-FBA";
  expected.kind = ledger::LineKind::kVendor;
  expected.nature = ledger::Nature::kFee;
  expected.account = "AMZFEES";
  expected.cost_center = "by-marketplace";
  expected.profit_center = "P1";
  expected.internal_order = "O1";
  expected.segment = "S1";
  expected.functional_area = "F1";
  expected.profitability = "KNDNR=2;VKORG=1000";
  expected.tax_code = "V1";
  expected.payment_block = "A";
  expected.assignment = "X";
  expected.text = "Fees {marketplace}";
  EXPECT_EQ(rule.result, expected);
}

TEST(ParseRuleFileTest, DefaultsAreThoseOfTheLedger) {
  const auto rules = parse_rule_file(file("[[rule]]\nid = \"a\"\naccount = \"1\"\n"), "a.toml");
  ASSERT_TRUE(rules);
  ledger::RuleResult expected;
  expected.account = "1";
  EXPECT_EQ(rules->rules[0].result, expected);
  EXPECT_EQ(rules->rules[0].match, ledger::RuleMatch{});
}

TEST(ParseRuleFileTest, ListsBecomeOneRulePerCombination) {
  const auto rules =
      parse_rule_file(file("[[rule]]\n"
                           "id = \"tax\"\n"
                           "account = \"1\"\n"
                           "transaction_type = [\"Order\", \"Refund\"]\n"
                           "amount_description = [\"Tax\", \"ShippingTax\", \"Gift*\"]\n"),
                      "a.toml");
  ASSERT_TRUE(rules);
  ASSERT_EQ(rules->rules.size(), 6U);
  EXPECT_EQ(rules->rules[0].id, "tax/1");
  EXPECT_EQ(rules->rules[5].id, "tax/6");
  EXPECT_EQ(rules->rules[0].match.amount_description.text, "Tax");
  EXPECT_EQ(rules->rules[0].match.transaction_type.text, "Order");
  EXPECT_EQ(rules->rules[1].match.transaction_type.text, "Refund");
  EXPECT_EQ(rules->rules[5].match.amount_description.kind, Pattern::Kind::kPrefix);
  EXPECT_TRUE(ledger::RuleBook::make({*rules}));
}

TEST(ParseRuleFileTest, RefusesByPlaceFoundAndExpected) {
  struct Case {
    const char* rules;
    const ErrorKind* kind;
    const char* line;
    const char* fact;
    const char* value;
  };
  for (const auto& row : {
           Case{"[[rule]]\nid = \"a\"\nacount = \"1\"\n", &kUnknownKey, "9", "near",
                "; did you mean 'account'?"},
           {"[[rule]]\nid = \"a\"\namount_descripton = \"x\"\n", &kUnknownKey, "9", "near",
            "; did you mean 'amount_description'?"},
           {"[rules]\n", &kUnknownKey, "7", "near", "; did you mean 'rule'?"},
           {"[[rule]]\naccount = \"1\"\n", &kMissingKey, "7", "key", "id"},
           {"", &kMissingKey, "1", "key", "rule"},
           {"[[rule]]\nid = \"a\"\naccount = \"revenu\"\n", &kBadValue, "9", "expected",
            "an account number or a name of [accounts] such as \"revenue\""},
           {"[[rule]]\nid = \"a\"\naccount = 400000\n", &kBadValue, "9", "found",
            "the number 400000"},
           {"[[rule]]\nid = \"a\"\nnature = \"sales\"\n", &kBadValue, "9", "found",
            "the text \"sales\""},
           {"[[rule]]\nid = \"a\"\nsign = 1\n", &kBadValue, "9", "expected",
            "\"negative\", \"zero\" or \"positive\""},
           {"[[rule]]\nid = \"a\"\ntreatment = \"net\"\n", &kBadValue, "9", "expected",
            "\"post\", \"net-to-zero\" or \"exclude\""},
           {"[[rule]]\nid = \"a\"\nkind = \"asset\"\n", &kBadValue, "9", "found",
            "the text \"asset\""},
           {"[[rule]]\nid = \"a\"\nsku = []\n", &kBadValue, "9", "found", "a list"},
           {"[[rule]]\nid = \"a\"\nsku = [1]\n", &kBadValue, "9", "found", "the number 1"},
           {"[[rule]]\nid = \"\"\n", &kBadValue, "8", "found", "the text \"\""},
           {"[cost_centers]\nx = \"12345678901\"\n", &kBadValue, "8", "expected",
            "1 to 10 characters"},
           {"[[rule]]\nid = \"a\n", &kBadToml, "8", "file", "a.toml"},
       }) {
    const auto rules = parse_rule_file(file(row.rules), "a.toml");
    ASSERT_FALSE(rules) << row.rules;
    const auto& error = rules.error();
    EXPECT_TRUE(error.is(*row.kind)) << row.rules << error.explain();
    EXPECT_EQ(error.fact("file"), "a.toml");
    EXPECT_EQ(error.fact("line"), row.line) << row.rules;
    EXPECT_EQ(error.fact(row.fact), row.value) << row.rules;
  }
}

// Eight lists of forty are more rules than any machine holds.
TEST(ParseRuleFileTest, TooManyCombinationsAreRefusedBeforeTheyAreMade) {
  std::string list = "[";
  for (int i = 0; i < 40; ++i) list += "\"" + std::to_string(i) + "\",";
  std::string rule = "[[rule]]\nid = \"all\"\naccount = \"1\"\n";
  for (const auto* key : {"amount_description", "amount_type", "transaction_type", "marketplace",
                          "seller", "fulfillment", "material_group", "sku"}) {
    rule += std::string(key) + " = " + list + "]\n";
  }
  const auto rules = parse_rule_file(file(rule), "a.toml");
  ASSERT_FALSE(rules);
  EXPECT_TRUE(rules.error().is(kBadValue));
  EXPECT_EQ(rules.error().fact("line"), "7");
  EXPECT_EQ(rules.error().fact("expected"), "at most 20000 rules in the whole file");
}

TEST(ParseRuleFileTest, OneMarketplaceInTwoSpellingsIsRefused) {
  const std::string text = std::string(kHead) +
                           "rule = []\n"
                           "[cost_centers]\n"
                           "\"Amazon.com\" = \"1100\"\n"
                           "\"amazon.com\" = \"1200\"\n";
  const auto rules = parse_rule_file(text, "a.toml");
  ASSERT_FALSE(rules);
  EXPECT_TRUE(rules.error().is(kBadValue));
  EXPECT_EQ(rules.error().fact("line"), "7");
  EXPECT_EQ(rules.error().fact("key"), "amazon.com of cost_centers");
}

TEST(ParseRuleFileTest, RefusesHeadsThatAreNotWhole) {
  struct Case {
    const char* text;
    const ErrorKind* kind;
    const char* key;
  };
  for (const auto& row :
       {Case{"", &kMissingKey, "name"},
        {"name = \"us\"\n", &kMissingKey, "version"},
        {"name = \"us\"\nversion = \"1\"\n", &kMissingKey, "valid_from"},
        {"name = \"us\"\nversion = \"1\"\nvalid_from = \"2026-01-01\"\n", &kBadValue, "valid_from"},
        {"name = \"\"\n", &kBadValue, "name"},
        {"name = 1\n", &kBadValue, "name"},
        {"name = \"us\"\nversion = \"1\"\nvalid_from = 2026-01-01\nrule = 1\n", &kBadValue,
         "rule"}}) {
    const auto rules = parse_rule_file(row.text, "a.toml");
    ASSERT_FALSE(rules) << row.text;
    EXPECT_TRUE(rules.error().is(*row.kind)) << row.text;
    EXPECT_EQ(rules.error().fact("key"), row.key) << row.text;
  }
}

TEST(ParseRuleFileTest, NoCutOfAFileCrashesOrAddsRules) {
  const std::string whole = file("[[rule]]\nid = \"a\"\naccount = \"1\"\nsku = [\"x\", \"y\"]\n");
  const auto all = parse_rule_file(whole, "a.toml");
  ASSERT_TRUE(all);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto cut = parse_rule_file(whole.substr(0, size), "a.toml");
    if (cut) {
      EXPECT_LE(cut->rules.size(), all->rules.size()) << size;
    } else {
      EXPECT_EQ(cut.error().fact("file"), "a.toml") << size;
    }
  }
}

class RuleFilesOnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / "mlc-rule-files";
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  std::filesystem::path folder_;
};

TEST_F(RuleFilesOnDisk, VersionsBecomeOneBook) {
  const auto rule = std::string("[[rule]]\nid = \"a\"\naccount = \"1\"\n");
  const auto one = write("1.toml", file(rule));
  const auto two =
      write("2.toml", "name = \"us\"\nversion = \"2026-2\"\nvalid_from = 2026-07-01\n" + rule);
  const auto book = read_rule_files({two, one});
  ASSERT_TRUE(book) << book.error().explain();
  EXPECT_EQ(book->versions()[0].version, "2026-1");
  EXPECT_EQ(book->versions()[1].version, "2026-2");
}

TEST_F(RuleFilesOnDisk, AmbiguityNamesBothPlaces) {
  const auto path = write("a.toml", file("[[rule]]\nid = \"one\"\naccount = \"1\"\nsku = \"x\"\n"
                                         "[[rule]]\nid = \"two\"\naccount = \"2\"\nsku = \"X\"\n"));
  const auto book = read_rule_files({path});
  ASSERT_FALSE(book);
  EXPECT_TRUE(book.error().is(ledger::kAmbiguousRules));
  EXPECT_EQ(book.error().fact("place"), path.string() + ":7:1");
  EXPECT_EQ(book.error().fact("other_place"), path.string() + ":11:1");
}

std::string told(const RuleCheck& check) {
  std::string out;
  for (const Error& one : check.problems) {
    const auto name = std::filesystem::path(std::string(one.fact("file"))).filename().string();
    out += name + ":" + std::string(one.fact("line")) + ":" + std::string(one.fact("column")) +
           " " + std::string(one.id()) + "\n";
  }
  return out;
}

TEST_F(RuleFilesOnDisk, Check_NamesEveryProblemWithItsPlace) {
  const auto path = write("a.toml", file("[[rule]]\n"
                                         "id = \"one\"\n"
                                         "acount = \"1\"\n"
                                         "nature = \"salt\"\n"
                                         "account = \"nowhere\"\n"
                                         "[[rule]]\n"
                                         "id = \"two\"\n"
                                         "sku = [\"x\", \"y\"]\n"
                                         "[[rule]]\n"
                                         "id = \"three\"\n"
                                         "account = \"3\"\n"
                                         "sku = \"*\"\n"
                                         "tax_code = \"V11\"\n"));
  const auto check = check_rule_files({path});
  EXPECT_EQ(told(check),
            "a.toml:9:1 configuration.unknown_key\n"
            "a.toml:10:10 configuration.bad_value\n"
            "a.toml:11:11 configuration.bad_value\n"
            "a.toml:12:1 ledger.rule_without_account\n"
            "a.toml:15:1 ledger.bad_rule\n"
            "a.toml:15:1 ledger.field_too_long\n");
  ASSERT_EQ(check.files.size(), 1U);
  EXPECT_EQ(check.files[0].name, "us");
  EXPECT_EQ(check.files[0].rules, 3U);
}

TEST_F(RuleFilesOnDisk, Check_HoldsTheFilesOfOneSetAgainstEachOther) {
  const auto rule = std::string("[[rule]]\nid = \"a\"\naccount = \"1\"\n");
  const auto check = check_rule_files(
      {write("1.toml", file(rule)), write("2.toml", file(rule)), folder_ / "none.toml"});
  EXPECT_EQ(told(check),
            "none.toml:: configuration.unreadable\n"
            "1.toml:2:11 ledger.rule_versions_overlap\n");
  EXPECT_EQ(check.files.size(), 3U);
}

TEST_F(RuleFilesOnDisk, Check_GoodFilesAndBrokenTomlAreTold) {
  const auto good = check_rule_files({std::filesystem::path("rules/us-sample.toml")});
  EXPECT_EQ(told(good), "");
  EXPECT_EQ(good.files.at(0).version, "2026-1");
  EXPECT_GT(good.files.at(0).rules, 50U);
  EXPECT_EQ(told(check_rule_files({write("broken.toml", "name = \n")})),
            "broken.toml:1:8 configuration.bad_toml\n");
}

TEST_F(RuleFilesOnDisk, Check_NamesProblemsOfProfitabilitySuspenseAndNetting) {
  const auto path = write(
      "a.toml", "suspense_profit_center = \"P1\"\n" +
                    file("[[rule]]\nid = \"one\"\naccount = \"1\"\nprofitability = \"KNDNR\"\n"
                         "[[rule]]\nid = \"two\"\naccount = \"2\"\nsku = \"x\"\n"
                         "profitability = { kndnr = \"1\" }\n"
                         "[[rule]]\nid = \"three\"\naccount = \"3\"\nsku = \"y\"\n"
                         "nets_within = \"{order_id}\"\n"));
  EXPECT_EQ(told(check_rule_files({path})),
            "a.toml:1:1 configuration.missing_key\n"
            "a.toml:11:17 configuration.bad_value\n"
            "a.toml:12:1 ledger.bad_rule\n"
            "a.toml:17:1 ledger.bad_rule\n");
}

TEST_F(RuleFilesOnDisk, MissingFilesAreNamed) {
  EXPECT_TRUE(read_rule_files({folder_ / "none.toml"}).error().is(kUnreadable));
  EXPECT_TRUE(read_rule_files({folder_}).error().is(kUnreadable));
  EXPECT_TRUE(read_rule_files({write("empty.toml", "")}).error().is(kMissingKey));
}

}  // namespace
}  // namespace mlc::configuration
