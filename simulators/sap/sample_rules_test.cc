// The sample landscape holds what the rule sets that come with the program name.
#include <algorithm>
#include <gtest/gtest.h>

#include "configuration/rule_files.h"
#include "configuration/shipped_rules.h"
#include "ledger/sap_fields.h"
#include "ledger/text.h"
#include "simulators/sap/landscape.h"

namespace mlc::simulators::sap {
namespace {

struct Pack {
  const char* company_code;
  const char* chart;
  ledger::RuleSet rules;
};

std::vector<Pack> packs() {
  using namespace configuration;
  return {
      {"1000", "CAUS", parse_rule_file(shipped_rules(), std::string(kShippedRulesName)).value()},
      {"2000", "CADE",
       parse_rule_file(shipped_german_rules(), std::string(kShippedGermanRulesName)).value()}};
}

// The row of a table that has all these fields; nullptr without one.
const Row* find(const Landscape& landscape, const char* table, const Row& fields) {
  for (const Row& row : landscape.tables.at(table)) {
    const bool same = std::ranges::all_of(fields, [&row](const auto& field) {
      const auto found = row.find(field.first);
      return found != row.end() && found->second == field.second;
    });
    if (same) return &row;
  }
  return nullptr;
}

TEST(SampleRules, EveryAccount_IsInTheCompanyCodeWithAName) {
  const auto landscape = sample_landscape();
  for (const auto& pack : packs()) {
    for (const auto& rule : pack.rules.rules) {
      const auto account = ledger::alpha(rule.result.account, ledger::kAccountLength);
      const Row* in_company =
          find(landscape, "SKB1", {{"BUKRS", pack.company_code}, {"SAKNR", account}});
      ASSERT_NE(in_company, nullptr) << rule.id << " " << account;
      EXPECT_EQ(in_company->at("MITKZ") + in_company->at("XINTB") + in_company->at("XSPEB"), "")
          << rule.id;
      const Row* name = find(landscape, "SKAT", {{"KTOPL", pack.chart}, {"SAKNR", account}});
      ASSERT_NE(name, nullptr) << rule.id;
      EXPECT_FALSE(name->at("TXT50").empty()) << rule.id;
      const bool element =
          find(landscape, "CSKB", {{"KOKRS", pack.company_code}, {"KSTAR", account}}) != nullptr;
      EXPECT_EQ(element, !rule.result.cost_center.empty())
          << rule.id << ": a cost element wants a cost centre, another account has none";
    }
  }
}

TEST(SampleRules, EveryCostCentre_IsThereUnlockedWithAName) {
  const auto landscape = sample_landscape();
  for (const auto& pack : packs()) {
    for (const auto& [marketplace, short_number] : pack.rules.cost_centers) {
      const auto number = ledger::alpha(short_number, ledger::kCostCenterLength);
      const Row* centre =
          find(landscape, "CSKS", {{"KOKRS", pack.company_code}, {"KOSTL", number}});
      ASSERT_NE(centre, nullptr) << marketplace << " " << number;
      EXPECT_EQ(centre->at("BKZKP"), "") << marketplace;
      EXPECT_NE(find(landscape, "CSKT", {{"KOKRS", pack.company_code}, {"KOSTL", number}}), nullptr)
          << marketplace;
    }
  }
}

}  // namespace
}  // namespace mlc::simulators::sap
