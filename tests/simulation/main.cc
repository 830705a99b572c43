// simulation [--seed N] [--seeds COUNT] [--first N]: runs seeds, prints what was counted, and for a
// failing one the command that replays it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/simulation/simulation.h"

namespace {

struct Options {
  std::uint64_t first = 1;
  std::uint64_t count = 200;
  bool diary = false;
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
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
  std::uint64_t failed = 0;
  std::uint64_t crashes = 0;
  std::uint64_t freezes = 0;
  std::uint64_t settlements = 0;
  std::uint64_t duplicates = 0;
  for (std::uint64_t seed = options.first; seed < options.first + options.count; ++seed) {
    const auto verdict = mlc::simulation::run_seed(seed);
    crashes += verdict.crashes;
    freezes += verdict.freezes;
    settlements += verdict.settlements;
    duplicates += verdict.duplicates;
    if (options.diary) std::printf("%s", verdict.diary.c_str());
    if (verdict.good) continue;
    ++failed;
    std::printf("seed %llu: %s\n  replay: simulation --seed %llu\n",
                static_cast<unsigned long long>(seed), verdict.why.c_str(),
                static_cast<unsigned long long>(seed));
  }
  std::printf(
      "%llu seeds, %llu settlements, %llu crashes, %llu freezes, %llu duplicates found and "
      "repaired: %llu failed\n",
      static_cast<unsigned long long>(options.count), static_cast<unsigned long long>(settlements),
      static_cast<unsigned long long>(crashes), static_cast<unsigned long long>(freezes),
      static_cast<unsigned long long>(duplicates), static_cast<unsigned long long>(failed));
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
