// The states of a settlement, written the same in database, JSON, console and documents.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace mlc::ledger {

enum class SettlementState {
  kFound,             // a report is listed at Amazon, not yet downloaded
  kDownloaded,        // evidence is stored
  kProved,            // sum = total to the cent
  kNeedsRules,        // rows without a rule: waits for a person
  kPlanned,           // manifest derived
  kAwaitingApproval,  // waits for a person
  kPosting,           // the unit is on its way: a restart resolves, never repeats
  kPosted,            // read back and equal
  kInDoubt,           // perhaps written: only reads until proved
  kConflicts,         // SAP holds our key with other content, or twice, or parked
  kIncomplete,        // SAP holds some parts only
  kDeferred,          // surely nothing written; tries again by itself
  kRejected,          // SAP or a check refused it; nothing written; waits for a person
  kPartlyReversed,    // somebody reversed some parts
  kReversed,          // all parts reversed
  kReissued,          // Amazon sent other bytes for a known settlement-id: held
  kSuperseded,        // a person decided for another file; terminal until reinstated
  kBeforeCutover,     // proved, never posted
};

inline constexpr int kSettlementStateCount = 18;

[[nodiscard]] std::string_view to_word(SettlementState state);  // "needs_rules"
[[nodiscard]] std::optional<SettlementState> settlement_state(std::string_view word);

}  // namespace mlc::ledger
