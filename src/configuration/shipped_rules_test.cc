// The rule set that comes with the program, and what it makes of a settlement that others wrote.
#include "configuration/shipped_rules.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "configuration/rule_files.h"
#include "ledger/classify.h"
#include "ledger/derive.h"

namespace mlc::configuration {
namespace {

using ledger::Money;

constexpr const char* kSample = "../shared/data/settlements/us-sample-cc-by-4.0.tsv";

ledger::RuleBook shipped() {
  return ledger::RuleBook::make(
             {parse_rule_file(shipped_rules(), std::string(kShippedRulesName)).value()})
      .value();
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) out.push_back(cell);
  out.resize(24);
  return out;
}

TEST(ShippedRulesTest, AreTheFileOfTheTreeAndLoad) {
  const auto book = read_rule_files({std::string(kShippedRulesName)});
  ASSERT_TRUE(book) << book.error().explain();
  EXPECT_EQ(book->digest(), shipped().digest());
  EXPECT_TRUE(book->versions()[0].suspense_account.empty());
}

TEST(ShippedRulesTest, GiveEveryKnownRowItsCategory) {
  struct Case {
    const char* transaction_type;
    const char* amount_type;
    const char* description;
    const char* category;
  };
  const auto book = shipped();
  for (const auto& row : {
           Case{"Order", "ItemPrice", "Principal", "REV"},
           {"Order", "ItemPrice", "Tax", "TAXC"},
           {"Order", "ItemPrice", "Shipping", "REV-S"},
           {"Order", "ItemPrice", "GiftWrap", "REV-G"},
           {"Order", "Promotion", "Shipping", "PROMO"},
           {"Order", "Promotion", "TaxDiscount", "TAXC"},
           {"Order", "ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", "TAXW"},
           {"Order", "ItemWithheldTax", "MarketplaceFacilitatorTax-RestockingFee", "TAXW"},
           {"Order", "ItemFees", "Commission", "F-REF"},
           {"Order", "ItemFees", "FBAPerUnitFulfillmentFee", "F-FBA"},
           {"Order", "ItemFees", "ShippingChargeback", "FRT"},
           {"Order", "ItemFees", "DigitalServicesFeeFBA", "F-TAX"},
           {"Order", "ShipmentFees", "FBA transportation fee", "FRT"},
           {"Refund", "ItemPrice", "Principal", "RET"},
           {"Refund", "ItemPrice", "RestockingFee", "RET"},
           {"Refund", "ItemFees", "RefundCommission", "F-REF"},
           {"Refund", "ItemFees", "FBACustomerReturnPerUnitFee", "F-FBA"},
           {"Refund", "Promotion", "Principal", "PROMO"},
           {"A-to-z Guarantee Refund", "ItemPrice", "Principal", "CLAIM"},
           {"Order_Retrocharge", "ItemPrice", "ShippingTax", "TAXC"},
           {"other-transaction", "other-transaction", "Current Reserve Amount", "RES"},
           {"other-transaction", "other-transaction", "Previous Reserve Amount Balance", "RES"},
           {"other-transaction", "other-transaction", "Payable to Amazon", "DEBT"},
           {"other-transaction", "other-transaction",
            "Transfer of funds unsuccessful: the account is closed", "BANK"},
           {"Debt Adjustment", "Debt Adjustment", "Cross-Account Debt Adjustment for CA", "DEBT"},
           {"other-transaction", "other-transaction", "Storage Fee", "F-STO"},
           {"FBAFees", "FBA Inventory Storage Fee", "Base fee", "F-STO"},
           {"", "FBA Inventory Storage Fee", "Discount on Fee", "F-STO"},
           {"FBAFees", "FBA Removal Order: Disposal Fee", "Base fee", "F-REM"},
           {"FBAFees", "FBA Inbound Placement Service Fee", "Base fee", "F-INB"},
           {"FBAFees", "FBA Inbound Placement Service Fee", "Tax on fee", "VATIN"},
           {"FBAFees", "FBA Customer Returns Fee (x) for ASIN: B01", "Base fee", "F-FBA"},
           {"AmazonFees", "Coupon Participation Fee", "Base fee", "F-MKT"},
           {"AmazonFees", "Deal Performance Based Fee", "Base fee", "F-MKT"},
           {"CouponRedemptionFee", "CouponRedemptionFee", "Save 5 %", "F-MKT"},
           {"ServiceFee", "Cost of Advertising", "TransactionTotalAmount", "F-ADS"},
           {"ServiceFee", "Refund for Advertiser", "TransactionTotalAmount", "F-ADS"},
           {"other-transaction", "other-transaction", "Subscription Fee", "F-SUB"},
           {"other-transaction", "FBA Inventory Reimbursement", "WAREHOUSE_LOST", "REIMB"},
           {"other-transaction", "FBA Inventory Reimbursement", "COMPENSATED_CLAWBACK", "REIMB"},
           {"other-transaction", "FBA Inventory Reimbursement", "INCORRECT_FEES_ITEMS", "F-FBA"},
           {"other-transaction", "other-transaction", "A fee of tomorrow", "none"},
           {"Order", "ItemPrice", "A price of tomorrow", "none"},
       }) {
    const auto* rule = book.match({.transaction_type = row.transaction_type,
                                   .amount_type = row.amount_type,
                                   .amount_description = row.description,
                                   .marketplace = "amazon.com",
                                   .fulfillment = "AFN",
                                   .sku = {},
                                   .sign = ledger::Sign::kPositive,
                                   .rules_version = "2026-1"});
    EXPECT_EQ(rule == nullptr ? "none" : rule->result.category, row.category)
        << row.transaction_type << " / " << row.amount_type << " / " << row.description;
  }
}

TEST(ShippedRulesTest, PostTheSampleSettlementToTheCent) {
  std::ifstream in(kSample);
  if (!in) GTEST_SKIP() << kSample << " is not here";
  const auto usd = ledger::Currency::from_code("USD").value();
  const auto book = shipped();
  ledger::Classifier classifier(book);
  std::string line;
  std::getline(in, line);
  Money total = Money::zero(usd);
  std::string id;
  while (std::getline(in, line)) {
    const auto cell = cells(line);
    if (!cell[4].empty()) {
      total = Money::parse(cell[4], usd).value();
      id = cell[0];
      continue;
    }
    ASSERT_TRUE(classifier.add({cell[6], cell[12], cell[13], cell[11], cell[15], cell[21],
                                parse_date(cell[16].substr(0, 10)).value()},
                               Money::parse(cell[14], usd).value()));
  }
  const auto result =
      ledger::derive({.header = {SettlementId(id), {}, {}, {}, total},
                      .classes = classifier.totals(),
                      .settings = {.company_code = "1000",
                                   .document_type = "ZA",
                                   .receivable_account = "140000",
                                   .receivable_profit_center = "",
                                   .marketplace_label = "US",
                                   .posting_date = parse_date("2026-06-30").value(),
                                   .document_date = parse_date("2026-06-30").value()}},
                     book);
  ASSERT_TRUE(result) << result.error().explain();
  std::ostringstream journal;
  for (const auto& row : result->manifest.documents.at(0).lines) {
    journal << row.account << ' ' << row.amount.decimal() << ' ' << row.text << '\n';
  }
  EXPECT_EQ(journal.str(),
            "0000400000 -474.49 Product sales amazon.com\n"
            "0000400100 -7.99 Shipping sales amazon.com\n"
            "0000410000 129.99 Returns amazon.com\n"
            "0000473000 7.99 Freight and labels amazon.com\n"
            "0000476100 56.68 Referral fees amazon.com\n"
            "0000476200 19.85 Fulfilment fees amazon.com\n"
            "0000476300 64.28 Storage fees\n"
            "0000476800 39.99 Subscription\n"
            "0000112500 420.00 Reserve held\n"
            "0000112500 -820.44 Reserve released\n"
            "0000480100 -18.75 Refunds reimbursed\n"
            "0000140000 582.89 Amazon settlement 28471003921\n");
  EXPECT_EQ(result->netted.decimal(), "0.00");
  EXPECT_EQ(result->posted.decimal(), "582.89");
}

}  // namespace
}  // namespace mlc::configuration
