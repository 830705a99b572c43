#include "simulators/amazon/settlement_generator.h"

#include <algorithm>
#include <memory>

#include "runtime/clock.h"
#include "simulators/amazon/settlement_rows.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::chrono::days kPeriod{14};
constexpr std::chrono::hours kTimeOfDay{8};  // midnight on Amazon's home coast
constexpr std::uint32_t kFewestRows = 20;
constexpr std::string_view kHeader =
    "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\t"
    "currency\ttransaction-type\torder-id\tmerchant-order-id\tadjustment-id\tshipment-id\t"
    "marketplace-name\tamount-type\tamount-description\tamount\tfulfillment-id\tposted-date\t"
    "posted-date-time\torder-item-code\tmerchant-order-item-id\tmerchant-adjustment-item-id\t"
    "sku\tquantity-purchased\tpromotion-id\n";

// Independent of all other draws, so that neighbours agree about the reserve between them.
std::int64_t reserve_after(const SettlementSeries& series, std::uint32_t index) {
  const auto random = runtime::seeded_random(series.seed * 1'000'003 + index);
  return 5'000 + static_cast<std::int64_t>(random->below(90'000));
}

std::string id_of(const SettlementSeries& series, std::uint32_t index) {
  const auto random = runtime::seeded_random(series.seed);
  const std::uint64_t first = 20'000'000'000ULL + random->below(900'000'000) * 10;
  return std::to_string(first + std::uint64_t{index} * 98'765'431ULL);
}

RowsPlan plan_of(const SettlementSeries& series, std::uint32_t index, std::uint32_t revision) {
  RowsPlan plan;
  plan.seed = series.seed * 2'000'003 + index;
  plan.start =
      Instant(std::chrono::sys_days(series.anchor)) + kTimeOfDay + series.shift + kPeriod * index;
  plan.end = plan.start + kPeriod;
  plan.rows = std::max(series.rows, kFewestRows) + revision;
  plan.released_cents = index == 0 ? 0 : reserve_after(series, index - 1);
  plan.reserve_cents = reserve_after(series, index);
  plan.market = series.market;
  plan.new_fee = series.new_fee;
  // A rare kind takes two rows at most, so the next settlement goes on where this one ends.
  if (series.everything) plan.first_rare = index * (plan.rows / 4);
  return plan;
}

std::string line_of(const Market& market, const std::string& id, const DetailRow& row) {
  std::string line = id + "\t\t\t\t\t\t";
  const auto cell = [&line](std::string_view text) {
    line += text;
    line += '\t';
  };
  cell(row.transaction_type);
  cell(row.order_id);
  cell("");
  cell(row.adjustment_id);
  cell(row.shipment_id);
  cell(row.marketplace);
  cell(row.amount_type);
  cell(row.amount_description);
  cell(amount_text(market, row.cents));
  cell(row.fulfillment);
  cell(day_text(market, row.posted));
  cell(moment_text(market, row.posted));
  cell(row.order_item_code);
  cell("");
  cell("");
  cell(row.sku);
  cell(row.quantity == 0 ? "" : std::to_string(row.quantity));
  return line + row.promotion_id + "\n";
}

}  // namespace

SettlementFacts settlement_facts(const SettlementSeries& series, std::uint32_t index,
                                 std::uint32_t revision) {
  const RowsPlan plan = plan_of(series, index, revision);
  SettlementFacts facts;
  facts.id = id_of(series, index);
  facts.start = plan.start;
  facts.end = plan.end;
  facts.deposit = plan.end + std::chrono::days(2);
  facts.reserve_cents = plan.reserve_cents;
  make_rows(plan, [&facts](const DetailRow& row) {
    facts.total_cents += row.cents;
    ++facts.rows;
  });
  return facts;
}

void write_settlement(const SettlementSeries& series, std::uint32_t index, std::uint32_t revision,
                      const std::function<void(std::string_view)>& out) {
  const SettlementFacts facts = settlement_facts(series, index, revision);
  out(kHeader);
  const Market& market = *series.market;
  std::string summary = facts.id;
  for (const Instant instant : {facts.start, facts.end, facts.deposit}) {
    summary += "\t" + moment_text(market, instant);
  }
  summary += "\t" + amount_text(market, facts.total_cents) + "\t" + std::string(market.currency);
  out(summary + std::string(18, '\t') + "\n");
  make_rows(plan_of(series, index, revision),
            [&](const DetailRow& row) { out(line_of(market, facts.id, row)); });
}

std::string settlement_text(const SettlementSeries& series, std::uint32_t index,
                            std::uint32_t revision) {
  std::string text;
  write_settlement(series, index, revision, [&text](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace mlc::simulators::amazon
