// Every row that Amazon is known to write has its place in the books of both sample rule sets, and
// what nobody knows has none.
#include "configuration/testing/taxonomy.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

#include "configuration/rule_files.h"
#include "configuration/shipped_rules.h"
#include "configuration/toml_value.h"
#include "ledger/class_line.h"

namespace mlc::configuration {
namespace {

using testing::TaxonomyRow;

struct Pack {
  std::string name;
  std::string marketplace;
  std::string role_of_tax_on_sales;
  ledger::RuleBook book;
  std::map<std::string, std::string> accounts;  // number by name
};

Pack pack(std::string_view text, std::string_view name, std::string marketplace,
          std::string role_of_tax_on_sales) {
  const auto root = parse_toml(text, std::string(name)).value();
  std::map<std::string, std::string> accounts;
  for (const auto& member : root.find("accounts")->members) {
    accounts[member.key] = member.value.text;
  }
  auto rules = parse_rule_file(text, std::string(name)).value();
  return {std::string(name), std::move(marketplace), std::move(role_of_tax_on_sales),
          ledger::RuleBook::make({std::move(rules)}).value(), std::move(accounts)};
}

std::vector<Pack> packs() {
  return {pack(shipped_rules(), kShippedRulesName, "Amazon.com", "facilitator_tax"),
          pack(shipped_german_rules(), kShippedGermanRulesName, "Amazon.de", "vat_clearing")};
}

ledger::ClassTotal total_of(const TaxonomyRow& row, const std::string& marketplace,
                            ledger::Sign sign = ledger::Sign::kNegative) {
  const auto usd = ledger::Currency::from_code("USD").value();
  return {{row.transaction_type, row.amount_type, row.description, marketplace, "AFN", "", sign,
           "2026-1"},
          1,
          ledger::Money::from_minor(sign == ledger::Sign::kNegative ? -100 : 100, usd)};
}

const ledger::Rule* rule_of(const Pack& pack, const TaxonomyRow& row,
                            ledger::Sign sign = ledger::Sign::kNegative) {
  return pack.book.match(total_of(row, pack.marketplace, sign).row_class);
}

std::string in_words(const Pack& pack, const TaxonomyRow& row) {
  return pack.name + ": '" + row.transaction_type + " | " + row.amount_type + " | " +
         row.description + "'";
}

TEST(TaxonomyTest, EveryRow_HasItsCategoryAccountAndNatureInBothPacks) {
  const auto rows = testing::taxonomy();
  ASSERT_GT(rows.size(), 250U);
  for (const auto& pack : packs()) {
    for (const auto& row : rows) {
      const auto* rule = rule_of(pack, row);
      ASSERT_NE(rule, nullptr) << in_words(pack, row);
      const std::string role = row.role == "tax_on_sales" ? pack.role_of_tax_on_sales : row.role;
      EXPECT_EQ(rule->result.category, row.category) << in_words(pack, row);
      EXPECT_EQ(rule->result.account, pack.accounts.at(role)) << in_words(pack, row);
      EXPECT_EQ(to_word(rule->result.nature), row.nature) << in_words(pack, row);
      EXPECT_EQ(rule, rule_of(pack, row, ledger::Sign::kPositive)) << in_words(pack, row);
    }
  }
}

// Fees are costs of a marketplace; sales, balances and tax are not.
TEST(TaxonomyTest, EveryFee_HasACostCentreOfItsMarketplace) {
  for (const auto& pack : packs()) {
    for (const auto& row : testing::taxonomy()) {
      const auto* rule = rule_of(pack, row);
      ASSERT_NE(rule, nullptr) << in_words(pack, row);
      EXPECT_EQ(rule->result.cost_center, row.nature == "fee" ? ledger::kByMarketplace : "")
          << in_words(pack, row);
    }
  }
}

// P6: nothing is guessed. One invented word in any row leaves it without a rule.
TEST(TaxonomyTest, InventedDescriptionOrAmountType_HasNoRule) {
  for (const auto& pack : packs()) {
    for (const auto& row : testing::taxonomy()) {
      TaxonomyRow invented = row;
      invented.description = "Tomorrow's " + row.description;
      // Coupons and the like: the description is free text of Amazon's under a type of its own.
      if (!row.free_description) {
        EXPECT_EQ(rule_of(pack, invented), nullptr) << in_words(pack, invented);
        invented.description = row.description + "Tomorrow";
        EXPECT_EQ(rule_of(pack, invented), nullptr) << in_words(pack, invented);
      }
      invented = row;
      invented.amount_type = "Tomorrow's " + row.amount_type;
      EXPECT_EQ(rule_of(pack, invented), nullptr) << in_words(pack, invented);
      if (row.free_amount_type) continue;
      invented.amount_type = row.amount_type + "Tomorrow";
      EXPECT_EQ(rule_of(pack, invented), nullptr) << in_words(pack, invented);
    }
  }
}

// The same words mean something else under another transaction type, so each needs a rule. Tax that
// Amazon withholds means the same everywhere.
TEST(TaxonomyTest, InventedTransactionType_TakesNoRowOfAnOrder) {
  for (const auto& pack : packs()) {
    for (const auto& row : testing::taxonomy()) {
      const bool of_orders = row.group == "A" || row.group == "B" || row.group == "H";
      const bool withheld =
          row.category == "TAXW" || row.category == "TCS" || row.category == "TDS";
      if (!of_orders || withheld) continue;
      TaxonomyRow invented = row;
      invented.transaction_type = "Order of tomorrow";
      EXPECT_EQ(rule_of(pack, invented), nullptr) << in_words(pack, invented);
    }
  }
}

TEST(TaxonomyTest, OrderFromAnotherShopWithoutPrincipal_HasFeesOnItsOwnCostCentre) {
  const TaxonomyRow row{"A",     "Order",           "ItemFees", "FBAPerUnitFulfillmentFee",
                        "F-FBA", "fulfilment_fees", "fee",      false,
                        false};
  const struct {
    std::size_t pack;
    const char* marketplace;
    const char* cost_center;
  } cases[] = {{0, "Non-Amazon US", "0000001060"},
               {0, "SI CA Prod Marketplace", "0000001060"},
               {1, "Non-Amazon DE", "0000002910"},
               {1, "SI UK Prod Marketplace", "0000002910"}};
  const auto both = packs();
  for (const auto& one : cases) {
    const auto total = total_of(row, one.marketplace);
    const auto line =
        ledger::line_of(ledger::resolve(total, both[one.pack].book), SettlementId("1"));
    ASSERT_TRUE(line) << line.error().explain();
    EXPECT_EQ(line->cost_center, one.cost_center) << one.marketplace;
  }
}

TEST(TaxonomyTest, EveryMarketplaceOfTheRegions_HasACostCentre) {
  const auto both = packs();
  const std::vector<std::vector<std::string>> stores{
      {"Amazon.com", "Amazon.ca", "Amazon.com.mx", "Amazon.com.br", "Amazon.co.jp", "Amazon.com.au",
       "Amazon.sg", ""},
      {"Amazon.de", "Amazon.fr", "Amazon.it", "Amazon.es", "Amazon.nl", "Amazon.com.be",
       "Amazon.se", "Amazon.pl", "Amazon.ie", "Amazon.co.uk", "Amazon.com.tr", "Amazon.ae",
       "Amazon.sa", "Amazon.eg", "Amazon.co.za", "Amazon.in", ""}};
  const TaxonomyRow row{"E",
                        "other-transaction",
                        "other-transaction",
                        "Storage Fee",
                        "F-STO",
                        "storage_fees",
                        "fee",
                        false,
                        false};
  for (std::size_t i = 0; i < both.size(); ++i) {
    std::set<std::string> seen;
    for (const auto& store : stores[i]) {
      const auto total = total_of(row, store);
      const auto line = ledger::line_of(ledger::resolve(total, both[i].book), SettlementId("1"));
      ASSERT_TRUE(line) << line.error().explain();
      EXPECT_TRUE(seen.insert(line->cost_center).second) << store;
    }
  }
}

// What Amazon collects and pays itself is proved to be nothing for the seller in the United States;
// in Germany what is left on the account is the seller's own VAT.
TEST(TaxonomyTest, TaxOnSales_NetsInTheUnitedStatesAndIsPostedInGermany) {
  const auto both = packs();
  for (const auto& row : testing::taxonomy()) {
    if (row.role != "tax_on_sales") continue;
    EXPECT_EQ(rule_of(both[0], row)->result.treatment, ledger::Treatment::kNetToZero);
    EXPECT_EQ(rule_of(both[1], row)->result.treatment, ledger::Treatment::kPost);
  }
}

TEST(TaxonomyTest, TaxThatTheSellerOwes_IsPostedInTheUnitedStates) {
  const auto us = packs().front();
  for (const auto& row : testing::taxonomy()) {
    const bool of_buyers = row.category == "TAXC" && row.amount_type == "ItemPrice" &&
                           (row.transaction_type == "Order" || row.transaction_type == "Refund");
    if (!of_buyers) continue;
    for (const char* store : {"Amazon.co.jp", "Amazon.com.mx", "Amazon.com.br"}) {
      const auto* rule = us.book.match(total_of(row, store).row_class);
      EXPECT_EQ(rule->result.treatment, ledger::Treatment::kPost) << in_words(us, row);
      EXPECT_EQ(rule->result.account, us.accounts.at("vat_clearing")) << in_words(us, row);
    }
  }
}

// Where Amazon withholds nothing an American seller posts what a German one posts anyway.
std::vector<ledger::Rule> without_owed_tax(std::vector<ledger::Rule> rules) {
  std::erase_if(rules, [](const ledger::Rule& rule) {
    return rule.id.starts_with("tax-that-the-seller-owes/");
  });
  return rules;
}

TEST(TaxonomyTest, BothPacks_SayTheSameUnderTheSameNames) {
  const auto both = packs();
  const auto us = without_owed_tax(both[0].book.versions().front().rules);
  const auto& de = both[1].book.versions().front().rules;
  ASSERT_EQ(us.size(), de.size());
  for (std::size_t i = 0; i < us.size(); ++i) {
    EXPECT_EQ(us[i].id, de[i].id);
    EXPECT_EQ(us[i].match, de[i].match) << us[i].id;
    EXPECT_EQ(us[i].result.category, de[i].result.category) << us[i].id;
  }
}

}  // namespace
}  // namespace mlc::configuration
