// Plays scenarios.
#pragma once

#include <string>

#include "tests/scenarios/scenario_file.h"

namespace mlc::scenarios {

// Plays every step; after each one SAP's books must add up to zero and hold no part twice. `name`
// is unique among the plays of the program. Throws Failure with file and line of the step.
void play(const Scenario& scenario, const std::string& name);

}  // namespace mlc::scenarios
