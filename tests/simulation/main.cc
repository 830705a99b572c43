// simulation [--seed N] [--seeds COUNT] [--first N] [--fence none|session_lock|z_wrapper]: runs
// seeds, prints what was counted, and for a failing one the command that replays it. --fence plays
// every seed against one strength instead of the drawn one.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tests/simulation/plan.h"
#include "tests/simulation/simulation.h"

namespace {

struct Options {
  std::uint64_t first = 1;
  std::uint64_t count = 200;
  bool diary = false;
  std::optional<mlc::sap::FenceStrength> fence;
};

struct Counts {
  unsigned long long seeds = 0;
  unsigned long long settlements = 0;
  unsigned long long crashes = 0;
  unsigned long long freezes = 0;
  unsigned long long posted_twice = 0;
  unsigned long long told = 0;
  unsigned long long undone = 0;
  unsigned long long failed = 0;
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--fence") options.fence = mlc::simulation::fence_of(argv[i + 1]);
    const std::uint64_t value = std::strtoull(argv[i + 1], nullptr, 10);
    if (name == "--seeds") options.count = value;
    if (name == "--first") options.first = value;
    if (name == "--seed") {
      options.first = value;
      options.count = 1;
      options.diary = true;
    }
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  std::map<std::string, Counts> by_fence;
  std::uint64_t failed = 0;
  for (std::uint64_t seed = options.first; seed < options.first + options.count; ++seed) {
    const auto verdict = mlc::simulation::run_seed(seed, options.fence);
    Counts& counts = by_fence[verdict.fence];
    ++counts.seeds;
    counts.crashes += verdict.crashes;
    counts.freezes += verdict.freezes;
    counts.settlements += verdict.settlements;
    counts.posted_twice += verdict.posted_twice;
    counts.told += verdict.told;
    counts.undone += verdict.undone;
    if (options.diary) std::printf("%s", verdict.diary.c_str());
    if (verdict.good) continue;
    ++failed;
    ++counts.failed;
    std::printf("seed %llu: %s\n  replay: simulation --seed %llu --fence %s\n",
                static_cast<unsigned long long>(seed), verdict.why.c_str(),
                static_cast<unsigned long long>(seed), verdict.fence.c_str());
  }
  for (const auto& [fence, counts] : by_fence) {
    std::printf(
        "fence %s: %llu seeds, %llu settlements, %llu crashes, %llu freezes, %llu documents posted "
        "twice, told by the hub %llu, undone by hand before they were seen %llu: %llu failed\n",
        fence.c_str(), counts.seeds, counts.settlements, counts.crashes, counts.freezes,
        counts.posted_twice, counts.told, counts.undone, counts.failed);
  }
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
