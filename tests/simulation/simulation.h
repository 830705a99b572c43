// One run of the whole: two hubs' workers on one store, Amazon, SAP, a person, and mishaps, in one
// process, on virtual time, from one seed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sap/posting_fence.h"

namespace mlc::simulation {

struct Verdict {
  bool good = false;
  std::string why;    // what the auditor found wrong; empty when good
  std::string diary;  // mishaps in order
  std::uint64_t crashes = 0;
  std::uint64_t freezes = 0;
  std::uint64_t settlements = 0;
  std::uint64_t in_doubt = 0;      // times that work entered in_doubt
  std::string fence;               // its strength in this run
  std::uint64_t posted_twice = 0;  // documents that ever stood in SAP's books a second time
  std::uint64_t told = 0;          // of these, named by the hub
  std::uint64_t undone = 0;        // reversed by hand before any worker had read both
  std::uint64_t adopted = 0;       // settlements whose documents a restored hub took over
};

// The same seed gives the same run on every machine. `fence` replaces the strength that the seed
// draws, so that one run's mishaps can be played against each.
[[nodiscard]] Verdict run_seed(std::uint64_t seed, std::optional<sap::FenceStrength> fence = {});

}  // namespace mlc::simulation
