// A hub's worker as a process: it is put together, works, dies and comes back.
#pragma once

#include <string>

#include "tests/simulation/world.h"

namespace mlc::simulation {

// Lives until `outside.over`, or until its hub was set up again elsewhere and somebody switched the
// old one off. After a crash a new life begins some minutes later under a new name,
// so that nothing but leases and fences stands between the two.
void live(Outside& outside, const std::string& name);

}  // namespace mlc::simulation
