// What a seed decides before a run begins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/clock.h"
#include "sap/posting_fence.h"
#include "simulators/fault_plan.h"
#include "tests/simulation/mishaps.h"

namespace mlc::simulation {

struct Plan {
  Odds odds;
  std::uint32_t settlements = 2;
  std::uint32_t rows = 20;
  int item_limit = 900;       // small ones make settlements of several documents
  bool restore_hub = false;   // the hub goes back to an old backup once
  bool change_rules = false;  // and finds another rule file than the one of its lost life
  bool restore_sap = false;   // SAP goes back to a snapshot once
  bool hands = false;         // somebody reverses or parks documents
  sap::FenceStrength fence = sap::FenceStrength::kNone;
  bool sap_drops_idle = false;  // SAP ends sessions whose client is silent
  std::chrono::minutes old_copy{
      20};  // how long the old hub lives on at most after a restore elsewhere
  std::vector<simulators::FaultOrder> sap_faults;
  std::vector<simulators::FaultOrder> amazon_faults;
  std::string words;  // for the diary
};

// "none", "session_lock" or "z_wrapper".
[[nodiscard]] std::string word_of(sap::FenceStrength fence);
[[nodiscard]] std::optional<sap::FenceStrength> fence_of(std::string_view word);

// `fence` replaces the strength that the seed draws; the rest of the plan stays the same.
[[nodiscard]] Plan draw_plan(runtime::Random& random, std::optional<sap::FenceStrength> fence);

}  // namespace mlc::simulation
