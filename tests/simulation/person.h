// The people of a run: an operator who follows the cures, and those who meddle with SAP.
#pragma once

#include <string>
#include <vector>

#include "tests/simulation/world.h"

namespace mlc::simulation {

// Does for every settlement what its state's cure says. True when every settlement is where nothing
// more is to do.
[[nodiscard]] bool follow_the_cures(Outside& outside);

// Somebody reverses or parks one of our documents by hand.
void meddle(Outside& outside);

// Work of a kind, as stored.
[[nodiscard]] std::vector<ports::WorkRecord> all_work(Outside& outside, const std::string& kind);

}  // namespace mlc::simulation
