// Hands moved by a fault plan.
#pragma once

#include "simulators/fault_plan.h"
#include "simulators/sap/hands.h"

namespace mlc::simulators::sap {

// Does what the order says when it is one for a hand; returns whether it was.
bool move_hand(Hands& hands, const FaultOrder& order, Instant now);

}  // namespace mlc::simulators::sap
