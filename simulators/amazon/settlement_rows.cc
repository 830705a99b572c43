#include "simulators/amazon/settlement_rows.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/clock.h"
#include "simulators/amazon/rare_rows.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::string_view kOrder = "Order";
constexpr std::string_view kRefund = "Refund";
constexpr std::string_view kOther = "other-transaction";
constexpr std::string_view kPrice = "ItemPrice";
constexpr std::string_view kFees = "ItemFees";
constexpr std::string_view kWithheld = "ItemWithheldTax";

constexpr std::uint32_t kSkus = 40;
// Most rows of an order, without and with what a country adds.
constexpr std::size_t kLargestGroup = 8;
constexpr std::size_t kLargestGroupWithCustom = 11;

// In basis points; 0 stands for states without sales tax.
constexpr std::array<std::int64_t, 6> kTaxRates{0, 600, 625, 725, 825, 888};

std::int64_t share(std::int64_t cents, std::int64_t basis_points) {
  return (cents * basis_points + 5'000) / 10'000;
}

struct Article {
  std::string sku;
  std::int64_t price = 0;
  std::int64_t fulfillment_fee = 0;
};

class Maker {
 public:
  Maker(const RowsPlan& plan, const std::function<void(const DetailRow&)>& take)
      : plan_(plan),
        take_(take),
        random_(runtime::seeded_random(plan.seed)),
        largest_group_(plan.market->custom == Custom::kNone ? kLargestGroup
                                                            : kLargestGroupWithCustom) {}

  void make() {
    first_rows();
    rare_rows_from(plan_.first_rare);
    const std::uint32_t last = plan_.reserve_cents != 0 ? 1 : 0;
    while (left() > last) {
      if (left() - last < largest_group_) {
        reimbursement();
      } else if (chance(8)) {
        refund();
      } else if (chance(40)) {
        reimbursement();
      } else {
        order();
      }
    }
    if (last != 0) account_row(kOther, kOther, "Current Reserve Amount", -plan_.reserve_cents);
  }

 private:
  std::uint32_t left() const { return plan_.rows - made_; }
  bool chance(std::uint64_t one_in) { return random_->below(one_in) == 0; }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low +
           static_cast<std::int64_t>(random_->below(static_cast<std::uint64_t>(high - low + 1)));
  }
  std::string digits(std::size_t count) {
    std::string out(1, static_cast<char>('1' + random_->below(9)));
    while (out.size() < count) out += static_cast<char>('0' + random_->below(10));
    return out;
  }
  std::string letters(std::size_t count) {
    constexpr std::string_view kAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    std::string out;
    while (out.size() < count) out += kAlphabet[random_->below(kAlphabet.size())];
    return out;
  }
  Instant some_time() {
    const auto seconds = static_cast<std::uint64_t>((plan_.end - plan_.start).count() / 1000);
    return plan_.start + std::chrono::seconds(random_->below(seconds));
  }
  // Prices hang on the article, not on the settlement.
  Article article() {
    const auto number = static_cast<std::int64_t>(random_->below(kSkus));
    Article out;
    out.sku = "MLC-" + std::to_string(1000 + number * 7);
    if (number % 4 == 0) out.sku += plan_.market->sku_tail;
    out.price = 999 + number * 437;
    out.fulfillment_fee = 322 + number * 19;
    return out;
  }

  void emit(DetailRow& row, std::string_view type, std::string_view description,
            std::int64_t cents) {
    row.amount_type = type;
    row.amount_description = description;
    row.cents = cents;
    take_(row);
    ++made_;
  }

  void account_row(std::string_view transaction, std::string_view type,
                   std::string_view description, std::int64_t cents) {
    DetailRow row;
    row.transaction_type = transaction;
    row.posted = some_time();
    emit(row, type, description, cents);
  }

  void first_rows() {
    if (plan_.released_cents != 0) {
      account_row(kOther, kOther, "Previous Reserve Amount Balance", plan_.released_cents);
    }
    account_row(kOther, kOther, "Subscription Fee", -3999);
    account_row(kOther, kOther, "Storage Fee", -between(900, 24'000));
    account_row("ServiceFee", "Cost of Advertising", "TransactionTotalAmount",
                -between(2'000, 50'000));
    account_row("ServiceFee", "Cost of Advertising", "TransactionTotalAmount",
                -between(2'000, 50'000));
    account_row(kOther, kOther, "RemovalComplete", -between(50, 900));
    for (int i = 0; i < 3 && !plan_.new_fee.empty(); ++i) {
      account_row(kOther, kOther, plan_.new_fee, -between(1'500, 9'000));
    }
  }

  void rare_rows_from(std::optional<std::uint32_t> first) {
    if (!first) return;
    std::vector<const RareRow*> here;
    for (const RareRow& row : rare_rows()) {
      if (occurs_in(row, plan_.market->name)) here.push_back(&row);
    }
    const std::uint32_t enough = made_ + plan_.rows / 2;
    for (std::size_t i = *first; made_ + 2 <= enough; ++i) rare(*here[i % here.size()]);
  }

  void rare(const RareRow& of) {
    DetailRow row;
    if (of.of_order) {
      row = item_row(of.transaction_type, article(), chance(2));
      // An order without its marketplace is real.
      if (chance(20)) row.marketplace = "";
    } else {
      row.transaction_type = of.transaction_type;
      row.posted = some_time();
      // Fees of the newer layout name shipments and removals where an order's id stands.
      if (of.transaction_type == "FBAFees") row.order_id = "FBA" + letters(9);
    }
    const bool negative = of.sign == '-' || (of.sign == '*' && chance(2));
    const std::int64_t cents = between(100, 4'000) * (negative ? -1 : 1);
    emit(row, of.amount_type, of.description, cents);
    if (!of.against_type.empty()) emit(row, of.against_type, of.against_description, -cents);
  }

  DetailRow item_row(std::string_view transaction, const Article& article, bool by_amazon) {
    DetailRow row;
    row.transaction_type = transaction;
    row.order_id = digits(3) + "-" + digits(7) + "-" + digits(7);
    // Both spellings occur in one account.
    row.marketplace = chance(10) ? plan_.market->other_spelling : plan_.market->marketplace;
    row.fulfillment = by_amazon ? "AFN" : "MFN";
    row.posted = some_time();
    row.order_item_code = digits(14);
    row.sku = article.sku;
    return row;
  }

  // At most kLargestGroup rows.
  void order() {
    const Article article = this->article();
    const bool by_amazon = !chance(5);
    DetailRow row = item_row(kOrder, article, by_amazon);
    row.shipment_id = "D" + letters(8);
    const auto pieces = chance(6) ? std::int64_t{2} : std::int64_t{1};
    const std::int64_t price = article.price * pieces;
    const std::int64_t rate = kTaxRates.at(random_->below(kTaxRates.size()));
    row.quantity = static_cast<std::uint32_t>(pieces);
    emit(row, kPrice, "Principal", price);
    row.quantity = 0;
    tax(row, share(price, rate), "Tax", plan_.market->withheld_on_principal);
    if (chance(3)) shipping(row, rate, by_amazon);
    emit(row, kFees, "Commission", -share(price, 1'500));
    if (by_amazon) emit(row, kFees, "FBAPerUnitFulfillmentFee", -article.fulfillment_fee * pieces);
    if (chance(12)) {
      row.promotion_id = "PLM-" + digits(6);
      emit(row, "Promotion", "Principal", -share(price, 1'000));
      row.promotion_id.clear();
    }
    custom(row, price);
  }

  void custom(DetailRow& row, std::int64_t price) {
    if (plan_.market->custom == Custom::kPoints && chance(3)) {
      emit(row, "Points", "PointsGranted", -std::max<std::int64_t>(1, share(price, 100)));
    }
    if (plan_.market->custom != Custom::kCollectedAtSource) return;
    emit(row, kFees, "Commission IGST", -share(share(price, 1'500), 1'800));
    emit(row, "ItemTCS", "TCS-IGST", -share(price, 50));
    emit(row, "ItemTDS", "TDS (Section 194-O)", -share(price, 10));
  }

  // What Amazon collects for the state and keeps: two rows that net to zero. Where the seller owes
  // the tax, only the first.
  void tax(DetailRow& row, std::int64_t cents, std::string_view collected,
           std::string_view withheld) {
    if (cents == 0) return;
    emit(row, kPrice, collected, cents);
    if (!withheld.empty()) emit(row, kWithheld, withheld, -cents);
  }

  void shipping(DetailRow& row, std::int64_t rate, bool by_amazon) {
    const std::int64_t cents = between(299, 1'299);
    emit(row, kPrice, "Shipping", cents);
    if (!by_amazon) {
      tax(row, share(cents, rate), "ShippingTax", plan_.market->withheld_on_shipping);
    } else if (chance(2)) {
      row.promotion_id = "Free Shipping " + digits(4);
      emit(row, "Promotion", "Shipping", -cents);
      row.promotion_id.clear();
    } else {
      emit(row, kFees, "ShippingChargeback", -cents);
    }
  }

  void refund() {
    const Article article = this->article();
    DetailRow row = item_row(kRefund, article, !chance(5));
    row.adjustment_id = digits(14);
    const std::int64_t commission = share(article.price, 1'500);
    const std::int64_t rate = kTaxRates.at(random_->below(kTaxRates.size()));
    emit(row, kPrice, "Principal", -article.price);
    tax(row, -share(article.price, rate), "Tax", plan_.market->withheld_on_principal);
    emit(row, kFees, "Commission", commission);
    emit(row, kFees, "RefundCommission", -std::min<std::int64_t>(500, share(commission, 2'000)));
  }

  void reimbursement() {
    const Article article = this->article();
    DetailRow row;
    row.transaction_type = kOther;
    row.posted = some_time();
    row.sku = article.sku;
    row.adjustment_id = digits(11);
    const bool back = chance(9);
    constexpr std::array<std::string_view, 4> kReasons{
        "WAREHOUSE_LOST", "WAREHOUSE_DAMAGE", "REVERSAL_REIMBURSEMENT", "MISSING_FROM_INBOUND"};
    emit(row, "FBA Inventory Reimbursement",
         back ? "COMPENSATED_CLAWBACK" : kReasons.at(random_->below(kReasons.size())),
         back ? -share(article.price, 8'000) : share(article.price, 8'000));
  }

  const RowsPlan& plan_;
  const std::function<void(const DetailRow&)>& take_;
  std::unique_ptr<runtime::Random> random_;
  const std::size_t largest_group_;
  std::uint32_t made_ = 0;
};

}  // namespace

void make_rows(const RowsPlan& plan, const std::function<void(const DetailRow&)>& take) {
  Maker(plan, take).make();
}

}  // namespace mlc::simulators::amazon
