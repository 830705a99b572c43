// Runs seeds, prints what was counted, and for a failing one the command that replays it.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exit_code.h"
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

constexpr const char* kUsage =
    "usage: simulation [--seed N] [--seeds COUNT] [--first N] [--fence STRENGTH]\n"
    "  --seed N          plays this seed alone and tells its diary\n"
    "  --seeds COUNT     how many seeds (200)\n"
    "  --first N         the first of them (1)\n"
    "  --fence STRENGTH  none, session_lock or z_wrapper, instead of what a seed draws\n"
    "ends with 0 when every seed is good, 1 when one failed, 2 when these words are wrong\n";

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// False: the words cannot be used.
bool take(std::string_view name, std::string_view value, Options& options) {
  if (name == "--fence") {
    options.fence = mlc::simulation::fence_of(value);
    return options.fence.has_value();
  }
  const auto number = number_of(value);
  if (!number) return false;
  if (name == "--seeds") {
    options.count = *number;
  } else if (name == "--first") {
    options.first = *number;
  } else if (name == "--seed") {
    options.first = *number;
    options.count = 1;
    options.diary = true;
  } else {
    return false;
  }
  return true;
}

std::optional<Options> parse(const std::vector<std::string_view>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    if (i + 1 == words.size() || !take(words[i], words[i + 1], options)) return std::nullopt;
  }
  return options;
}

bool play(const Options& options) {
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
  return failed == 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  for (const std::string_view word : words) {
    if (word != "--help" && word != "-h") continue;
    std::fputs(kUsage, stdout);
    return EXIT_SUCCESS;
  }
  const auto options = parse(words);
  if (!options) {
    std::fputs(kUsage, stderr);
    return static_cast<int>(mlc::ExitCode::kUsage);
  }
  return play(*options) ? EXIT_SUCCESS : EXIT_FAILURE;
}
