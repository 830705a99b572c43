#include "simulators/amazon/rare_rows.h"

#include <algorithm>
#include <array>
#include <vector>

namespace mlc::simulators::amazon {
namespace {

// Alternatives stand between semicolons; every combination is an entry. "A=B" of descriptions: a
// row A and one B of `against` that takes it back.
struct Entries {
  std::string_view transaction_types;
  std::string_view amount_types;
  std::string_view descriptions;
  char sign = '-';
  std::string_view markets = "";
  std::string_view against = "";
};

constexpr std::string_view kEurope = "UK DE FR IT ES NL SE PL";
constexpr std::string_view kLowValue = "AU SG UK";
constexpr std::string_view kRefunds = "Refund;Chargeback Refund;A-to-z Guarantee Refund";
constexpr std::string_view kRetrocharges = "Order_Retrocharge;Refund_Retrocharge";
constexpr std::string_view kLiquidations = "Liquidations;Liquidations Adjustments";
constexpr std::string_view kOther = "other-transaction";
constexpr std::string_view kFeeParts = "Base fee;Tax on fee;Discount on Fee";
constexpr std::string_view kDiscount = "Discount on Fee";

// A. Orders.
constexpr std::array kOrders{
    Entries{"Order", "ItemPrice", "Principal;Shipping;GiftWrap", '+'},
    Entries{"Order", "ItemPrice", "Goodwill"},
    // Cash on delivery; how settlements spell it is unconfirmed.
    Entries{"Order", "ItemPrice",
            "COD;CODFee;CODTax;CODItemCharge;CODOrderCharge;CODShippingCharge;CODItemTaxCharge;"
            "CODOrderTaxCharge;CODShippingTaxCharge",
            '+', "JP IN"},
    Entries{"Order", "ItemPrice", "ExportCharge", '+'},
    Entries{"Order", "ItemPrice;ItemFees", "PaymentMethodFee", '*'},
    Entries{"Order", "ItemPrice;ItemFees", "convenience-store payment fee", '-', "JP"},
    Entries{"Order", "Promotion", "Principal;Shipping"},
    Entries{"Order", "Promotion", "TaxDiscount=MarketplaceFacilitatorTax-Principal", '-', "US CA",
            "ItemWithheldTax"},
    Entries{"Order", "ItemPrice",
            "Tax=MarketplaceFacilitatorTax-Principal;"
            "ShippingTax=MarketplaceFacilitatorTax-Shipping;"
            "GiftWrapTax=MarketplaceFacilitatorTax-Giftwrap;"
            "Tax=MarketplaceFacilitatorTax-Other;Tax=MarketplaceFacilitatorTax-RestockingFee",
            '+', "US CA", "ItemWithheldTax"},
    Entries{"Order", "ItemPrice",
            "Tax=MarketplaceFacilitatorVAT-Principal;"
            "ShippingTax=MarketplaceFacilitatorVAT-Shipping;"
            "GiftWrapTax=MarketplaceFacilitatorVAT-Giftwrap",
            '+', kEurope, "ItemWithheldTax"},
    Entries{"Order", "ItemPrice",
            "Tax=LowValueGoodsTax-Principal;ShippingTax=LowValueGoodsTax-Shipping;"
            "Tax=LowValueGoodsTax-Other;Tax=LowValueGoods-Principal;"
            "ShippingTax=LowValueGoods-Shipping",
            '+', kLowValue, "ItemWithheldTax"},
    // Seen in date-range reports; as a text of settlements unconfirmed.
    Entries{"Order", "ItemPrice", "Tax=MarketplaceWithheldTax", '+', "US", "ItemWithheldTax"},
    Entries{"Order", "ItemWithheldTax;ItemTCS", "TCS-IGST;TCS-CGST;TCS-SGST;TCS-UTGST", '-', "IN"},
    Entries{"Order", "ItemWithheldTax;ItemTDS;other-transaction", "TDS (Section 194-O)", '-', "IN"},
    Entries{"Order", "ItemFees",
            "Commission;FixedClosingFee;VariableClosingFee;RefundCommission;"
            "FBAPerUnitFulfillmentFee;FBAPerOrderFulfillmentFee;FBAWeightBasedFee;"
            "FBA Pick & Pack Fee;FBA Weight Handling Fee;ShippingChargeback;ShippingHB;"
            "GiftwrapChargeback;DigitalServicesFee;Digital Services Fee;DigitalServicesFeeFBA;"
            "RenewedProgramFee;TechnologyFee;CSBAFee;GetPaidFasterFee"},
    Entries{"Order", "ItemFees", "SalesTaxCollectionFee;SalesTaxServiceFee", '-', "US"},
    Entries{"Order", "ItemFees",
            "MFNPostagePurchaseComplete;MFNPostagePurchaseCompleteIGST;"
            "MFNPostagePurchaseCompleteCGST;MFNPostagePurchaseCompleteSGST;"
            "Amazon Easy Ship Charges;Easy Ship weight handling;Commission IGST;Commission CGST;"
            "Commission SGST;Fixed closing fee IGST;FBA Weight Handling Fee IGST;"
            "Shipping commission",
            '-', "IN"},
    // Orders of other shops that Amazon ships: no principal.
    Entries{"Order", "ShipmentFees", "FBA transportation fee"},
    Entries{"Order", "DirectPayment", "CollectOnDeliveryRevenue", '-', "JP IN DE FR IT ES"},
    Entries{"Order", "DirectPayment", "CollectOnDeliveryRefund", '+', "JP IN DE FR IT ES"},
    Entries{"Order", "DirectPayment", "StoredValueCardRevenue;PrivateLabelCreditCardRevenue"},
    Entries{"Order", "DirectPayment", "StoredValueCardRefund;PrivateLabelCreditCardRefund", '+'},
    Entries{"Order", "Points", "PointsGranted", '-', "JP"},
    Entries{"Order", "Points", "PointsAdjusted;PointsReturned", '+', "JP"},
};

// B. Refunds, chargebacks and guarantee claims.
constexpr std::array kRefundRows{
    Entries{kRefunds, "ItemPrice", "Principal;Shipping;GiftWrap;Goodwill;ReturnShipping"},
    Entries{"Refund", "ItemPrice", "RestockingFee", '+'},
    Entries{kRefunds, "ItemPrice",
            "Tax=MarketplaceFacilitatorTax-Principal;"
            "ShippingTax=MarketplaceFacilitatorTax-Shipping;"
            "GiftWrapTax=MarketplaceFacilitatorTax-Principal",
            '-', "US CA", "ItemWithheldTax"},
    Entries{kRefunds, "ItemPrice", "Tax=MarketplaceFacilitatorVAT-Principal", '-', kEurope,
            "ItemWithheldTax"},
    Entries{kRefunds, "ItemPrice", "Tax=LowValueGoodsTax-Principal", '-', kLowValue,
            "ItemWithheldTax"},
    Entries{kRefunds, "Promotion", "TaxDiscount=MarketplaceFacilitatorTax-Principal", '+', "US CA",
            "ItemWithheldTax"},
    Entries{kRefunds, "Promotion", "Principal;Shipping", '+'},
    Entries{kRefunds, "ItemFees",
            "Commission;FixedClosingFee;VariableClosingFee;ShippingChargeback;GiftwrapChargeback;"
            "ShippingHB",
            '+'},
    Entries{"Refund", "ItemFees", "DigitalServicesFee;RemoteFulfillmentCredit", '+'},
    Entries{kRefunds, "ItemFees", "RefundCommission"},
    Entries{"Refund", "ItemFees",
            "FBACustomerReturnPerUnitFee;FBACustomerReturnPerOrderFee;"
            "FBACustomerReturnWeightBasedFee"},
    Entries{"Refund", "ItemWithheldTax", "TCS-IGST;TCS-CGST;TCS-SGST;TCS-UTGST;TDS (Section 194-O)",
            '+', "IN"},
    Entries{"Refund", "Points", "PointsReturned", '+', "JP"},
};

// C. Retrocharges and corrections of tax.
constexpr std::array kTaxRows{
    Entries{kRetrocharges, "ItemPrice",
            "Tax=MarketplaceFacilitatorTax-Principal;"
            "ShippingTax=MarketplaceFacilitatorTax-Shipping",
            '*', "US CA", "ItemWithheldTax"},
    Entries{kRetrocharges, "ItemPrice",
            "Tax=MarketplaceFacilitatorVAT-Principal;"
            "ShippingTax=MarketplaceFacilitatorVAT-Shipping",
            '*', kEurope, "ItemWithheldTax"},
    Entries{"Tax", "Tax Withheld", "Backup withholding", '-', "US"},
    Entries{"other-transaction;Income Tax Charged", kOther, "Income Tax Charged"},
    Entries{"Income Tax Charged", kOther, "MiscAdjustment"},
    Entries{"Commingling VAT", kOther, "Commingling VAT", '-', kEurope},
};

// D. Balances with Amazon. Reserves are the settlement's own.
constexpr std::array kBalances{
    Entries{kOther, kOther, "Payable to Amazon;Carryover;BalanceAdjustment", '*'},
    Entries{kOther, kOther, "Successful charge;Seller Rewards", '+'},
    // Texts are cut after 100 characters.
    Entries{kOther, kOther,
            "Transfer of funds unsuccessful: the bank account was closed. Please update your "
            "deposit method;"
            "Transfer of funds unsuccessful: the bank account was closed or the name of its holder "
            "differs from ",
            '+'},
    Entries{"Debt Adjustment", "Debt Adjustment",
            "Debt Adjustment;Cross-Account Debt Adjustment against DE;"
            "Cross-Account Debt Adjustment for DE",
            '*'},
    Entries{"Transfers", "Micro Deposit", "Micro Deposit"},
    Entries{kOther, kOther, "Micro Deposit"},
    Entries{kOther, kOther, "Amazon Capital Services;Loan Payment;LoanPayment"},
    Entries{kOther, kOther, "Loan Advance;Loan Refund;LoanAdvance;LoanRefund", '+'},
    Entries{kOther, kOther, "Overpaid Fees Adjustment;Manual Processing Fee Reimbursement", '+'},
};

// E. Fees of the account, classic texts.
constexpr std::array kAccountFees{
    Entries{kOther, kOther,
            "Subscription Fee;Paid Services Fee;HighVolumeListing;Storage Fee;"
            "StorageRenewalBilling;Inventory Storage Overage Fee;FBAInboundTransportationFee;"
            "FBAInboundTransportationProgramFee;Inventory Placement Service Fee;"
            "FBA Inbound Placement Service Fee;Inbound Defect Fee;WarehousePrep;"
            "Manual Processing Fee;AGSGlobalInboundTransportation;"
            "Unplanned Service Fee - Barcode label missing;"
            "FBA International Freight Shipping Charge;"
            "FBA International Freight Duties and Taxes Charge;RemovalComplete;DisposalComplete;"
            "Shipping label purchase;Shipping label purchase for return;ReturnPostageBilling;"
            "PostageBilling;PostageBilling_Postage;EPR Pay on Behalf service fee;"
            "EPR Pay on Behalf eco-contribution;eco-contribution;Goodwill Concession"},
    Entries{kOther, kOther,
            "SubscriptionFeeCorrection;PostageRefund;PostageRefund_Postage;BuyerRecharge;"
            "A2ZGuaranteeRecovery;ChargeBackRecovery",
            '+'},
    Entries{kOther, kOther,
            "NonSubscriptionFeeAdj;CommissionCorrection;Fee Adjustment;MiscAdjustment;Adjustment;"
            "Promotion Adjustment",
            '*'},
    Entries{kOther, kOther,
            "StorageBillingCGST;StorageBillingSGST;StorageBillingIGST;RemovalCompleteCGST;"
            "RemovalCompleteSGST;DisposalCompleteCGST;DisposalCompleteSGST",
            '-', "IN"},
    Entries{kOther, "Capacity Reservation Fee", "Reservation Fee;Tax"},
    Entries{kOther, "Capacity Reservation Fee", "Performance Credits", '+'},
    Entries{kOther, "Amazon Warehousing & Distribution (AWD);other-transaction",
            "AWD Storage Fee;AWD Processing Fee;AWD Transportation Fee"},
    Entries{"SAFE-T Reimbursement", "Other transactions;other-transaction", "SAFE-T Reimbursement",
            '+'},
    Entries{"ServiceFee", "Cost of Advertising", "TransactionTotalAmount"},
    Entries{"ServiceFee", "Refund for Advertiser", "TransactionTotalAmount", '+'},
    Entries{"ServiceFee;Promotion Fee", "Deals", "Promotion Fee;Promotion Fee Special"},
    Entries{"Promotion Fee", "PromotionFee", "PromotionFee"},
    Entries{"CouponRedemptionFee", "CouponRedemptionFee", "Save 5 % on everything"},
    Entries{"Lightning Deal Fee", "LightningDealFee", "LightningDealFee;LightningDealFeeSpecial"},
    Entries{"Vine Enrollment Fee", "Vine Enrollment Fee", "Vine Enrollment Fee"},
    Entries{"SellerReviewEnrollmentPayment", "Review Enrollment Fee", "Early Reviewer Program fee"},
    Entries{"Grade and Resell Fees", "Grade and Resell Charge", "Grading"},
    Entries{"Fee Adjustment", "Item Fee Adjustment", "FBA Pick & Pack Fee", '*'},
    Entries{"TBYB Trial Shipment", "Amazon Fees", "TrialShipment"},
    Entries{"TBYB Customer Return Fee", "ItemFees", "FBACustomerReturnPerUnitFee"},
    Entries{"TBYB Order Payment", "ItemPrice", "Principal", '+'},
    Entries{"Storage Fee - Reversal;Storage Fee - Correction;other-transaction - Reversal;"
            "other-transaction - Correction",
            kOther, "Storage Fee", '+'},
};

// F. Fees as base fee, tax and discount. Their transaction-type is blank in some files.
constexpr std::array kNewLayoutFees{
    Entries{"FBAFees;", "FBA Inventory Storage Fee;FBA Long Term Storage Fee;AWD Storage Fee",
            kFeeParts},
    Entries{"FBAFees",
            "FBA Removal Order: Disposal Fee;FBA Removal Order: Return Fee;"
            "FBA Inbound Placement Service Fee;FBA Amazon-Partnered Carrier Shipment Fee;"
            "Inbound Transportation Program Fee;Inbound Defect Fee;AWD Processing Fee;"
            "AWD Transportation Fee;FBA Customer Returns Fee;"
            "FBA Customer Returns Fee (apparel) for ASIN: B0SIMULATE",
            kFeeParts},
    Entries{"",
            "FBA Removal Order: Disposal Fee;FBA Removal Order: Return Fee;"
            "FBA Inbound Placement Service Fee;FBA Amazon-Partnered Carrier Shipment Fee;"
            "Inbound Transportation Program Fee;Inbound Defect Fee;AWD Processing Fee;"
            "AWD Transportation Fee;FBA Customer Returns Fee",
            "Tax on fee"},
    Entries{"AmazonFees",
            "FBA fulfilment fee per unit - Correction;FBA fulfilment fee per unit - Reversal;"
            "Coupon Participation Fee;Coupon Performance Based Fee;Deal Participation Fee;"
            "Deal Performance Based Fee;Vine Enrollment Fee",
            kFeeParts},
};

// G. Reimbursements.
constexpr std::array kReimbursements{
    Entries{kOther, "FBA Inventory Reimbursement",
            "WAREHOUSE_LOST;WAREHOUSE_LOST_MANUAL;WAREHOUSE_DAMAGE;WAREHOUSE_DAMAGE_EXCEPTION;"
            "MISSING_FROM_INBOUND;INBOUND_CARRIER_DAMAGE;REMOVAL_ORDER_LOST;REVERSAL_REIMBURSEMENT;"
            "FREE_REPLACEMENT_REFUND_ITEMS;CS_ERROR_ITEMS;CS_ERROR_NON_ITEMIZED;GENERAL_ADJUSTMENT;"
            "RE_EVALUATION",
            '*'},
    Entries{kOther, "FBA Inventory Reimbursement",
            "INCORRECT_FEES_ITEMS;INCORRECT_FEES_NON_ITEMIZED;PREPFEE_REFUND", '+'},
    Entries{kOther, "FBA Inventory Reimbursement",
            "COMPENSATED_CLAWBACK;MISSING_FROM_INBOUND_CLAWBACK"},
    Entries{kOther, "MCF Inventory Reimbursement", "MULTICHANNEL_ORDER_LOST", '+'},
};

// H. Liquidation.
constexpr std::array kLiquidationRows{
    Entries{kLiquidations, "ItemPrice", "Principal", '+'},
    Entries{kLiquidations, "ItemPrice", "Tax=MarketplaceFacilitatorTax-Principal", '+', "US",
            "ItemWithheldTax"},
    Entries{kLiquidations, "ItemFees", "LiquidationsBrokerageFee"},
};

std::vector<std::string_view> alternatives(std::string_view text) {
  std::vector<std::string_view> out;
  while (true) {
    const auto end = std::min(text.find(';'), text.size());
    out.push_back(text.substr(0, end));
    if (end == text.size()) return out;
    text.remove_prefix(end + 1);
  }
}

bool names_an_order(std::string_view transaction_type) {
  return transaction_type.starts_with("Order") ||
         transaction_type.find("Refund") != std::string_view::npos ||
         transaction_type.starts_with("TBYB") || transaction_type.starts_with("Liquidations");
}

void add(const Entries& entries, std::vector<RareRow>& out) {
  for (const auto transaction_type : alternatives(entries.transaction_types)) {
    for (const auto amount_type : alternatives(entries.amount_types)) {
      for (const auto description : alternatives(entries.descriptions)) {
        RareRow row;
        const auto pair = entries.against.empty() ? description.size() : description.find('=');
        row.transaction_type = transaction_type;
        row.amount_type = amount_type;
        row.description = description.substr(0, pair);
        row.sign = description == kDiscount ? '+' : entries.sign;
        row.markets = entries.markets;
        row.of_order = names_an_order(transaction_type);
        if (!entries.against.empty()) {
          row.against_type = entries.against;
          row.against_description = description.substr(pair + 1);
        }
        out.push_back(std::move(row));
      }
    }
  }
}

std::vector<RareRow> all() {
  std::vector<RareRow> out;
  const auto add_all = [&out](const auto& table) {
    for (const Entries& entries : table) add(entries, out);
  };
  add_all(kOrders);
  add_all(kRefundRows);
  add_all(kTaxRows);
  add_all(kBalances);
  add_all(kAccountFees);
  add_all(kNewLayoutFees);
  add_all(kReimbursements);
  add_all(kLiquidationRows);
  return out;
}

}  // namespace

std::span<const RareRow> rare_rows() {
  static const std::vector<RareRow> rows = all();
  return rows;
}

bool occurs_in(const RareRow& row, std::string_view market) {
  std::string_view names = row.markets;
  if (names.empty()) return true;
  while (!names.empty()) {
    const auto end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == market) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

}  // namespace mlc::simulators::amazon
