#include "ledger/settlement_state.h"

#include "base/expect.h"

namespace mlc::ledger {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, kSettlementStateCount> kWords{
    "found",    "downloaded",      "proved",   "needs_rules", "planned",    "awaiting_approval",
    "posting",  "posted",          "in_doubt", "conflicts",   "incomplete", "deferred",
    "rejected", "partly_reversed", "reversed", "reissued",    "superseded", "before_cutover"};

}  // namespace

std::string_view to_word(SettlementState state) {
  const auto index = static_cast<std::size_t>(state);
  MLC_EXPECT(index < kWords.size());
  return kWords[index];
}

std::optional<SettlementState> settlement_state(std::string_view word) {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == word) return static_cast<SettlementState>(i);
  }
  return std::nullopt;
}

}  // namespace mlc::ledger
