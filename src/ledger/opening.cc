#include "ledger/opening.h"

#include <algorithm>

namespace mlc::ledger {
namespace {

// What several settlements say together of one balance.
struct Sum {
  Money amount;
  std::string settlements;

  Status add(const Money& more, const SettlementId& id) {
    MLC_TRY(amount, amount.plus(more));
    settlements += (settlements.empty() ? "" : ", ") + id.str();
    return {};
  }
};

class Chain {
 public:
  Chain(const std::vector<OpeningSettlement>& settlements, Currency currency, Date cutover)
      : settlements_(settlements),
        cutover_(cutover),
        owed_{Money::zero(currency), {}},
        held_{Money::zero(currency), {}},
        released_{Money::zero(currency), {}} {}

  Result<std::vector<OpeningWitness>> run() {
    for (const auto& one : settlements_) {
      const bool paid_later = is_before(one) && one.deposit >= cutover_;
      if (paid_later) MLC_TRY_STATUS(owed_.add(one.total, one.settlement.id));
    }
    std::vector<StreamSettlement> plain;
    for (const auto& one : settlements_) plain.push_back(one.settlement);
    for (const Stream& stream : find_streams(plain)) MLC_TRY_STATUS(add_stream(stream));
    std::vector<OpeningWitness> out;
    const bool knows_before =
        std::ranges::any_of(settlements_, [this](const auto& one) { return is_before(one); });
    if (knows_before) {
      out.push_back({"receivable",
                     owed_.settlements.empty() ? "no settlement was paid later"
                                               : "settlement " + owed_.settlements + " paid later",
                     owed_.amount});
    }
    add_witness("held back by settlement ", held_, out);
    add_witness("released by settlement ", released_, out);
    return out;
  }

 private:
  bool is_before(const OpeningSettlement& one) const { return one.end < cutover_; }

  Status add_stream(const Stream& stream) {
    const OpeningSettlement* last = nullptr;
    const OpeningSettlement* first = nullptr;
    for (const StreamLink& link : stream.links) {
      const auto& one = settlements_[link.settlement];
      if (is_before(one)) {
        last = &one;
      } else if (first == nullptr) {
        first = &one;
      }
    }
    if (last != nullptr) {
      MLC_TRY(const Money held, last->settlement.held.negated());
      MLC_TRY_STATUS(held_.add(held, last->settlement.id));
    }
    if (first == nullptr) return {};
    return released_.add(first->settlement.released, first->settlement.id);
  }

  static void add_witness(const std::string& words, const Sum& sum,
                          std::vector<OpeningWitness>& out) {
    if (!sum.settlements.empty()) out.push_back({"reserve", words + sum.settlements, sum.amount});
  }

  const std::vector<OpeningSettlement>& settlements_;
  Date cutover_;
  Sum owed_;
  Sum held_;
  Sum released_;
};

}  // namespace

Result<std::vector<OpeningWitness>> witnesses_of(const std::vector<OpeningSettlement>& settlements,
                                                 Currency currency, Date cutover) {
  return Chain(settlements, currency, cutover).run();
}

std::vector<OpeningWitness> contradictions(const Opening& opening,
                                           const std::vector<OpeningWitness>& witnesses) {
  std::vector<OpeningWitness> out;
  for (const auto& witness : witnesses) {
    const Money& entered = witness.balance == "receivable" ? opening.receivable : opening.reserve;
    if (!(witness.amount == entered)) out.push_back(witness);
  }
  return out;
}

}  // namespace mlc::ledger
