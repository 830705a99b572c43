// What a seed decides before a run begins.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/clock.h"
#include "simulators/fault_plan.h"
#include "tests/simulation/mishaps.h"

namespace mlc::simulation {

struct Plan {
  Odds odds;
  std::uint32_t settlements = 2;
  std::uint32_t rows = 20;
  int item_limit = 900;      // small ones make settlements of several documents
  bool restore_hub = false;  // the hub goes back to an old backup once
  bool restore_sap = false;  // SAP goes back to a snapshot once
  bool hands = false;        // somebody reverses or parks documents
  std::vector<simulators::FaultOrder> sap_faults;
  std::vector<simulators::FaultOrder> amazon_faults;
  std::string words;  // for the diary
};

[[nodiscard]] Plan draw_plan(runtime::Random& random);

}  // namespace mlc::simulation
