// The import of a large settlement, beside DuckDB's aggregation of the same file: ratios, because
// other programs may use the machine. Exit 1 when something fails or a gate is missed.
//   import_benchmark [ROWS [RUNS]]
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "bench/duckdb_process.h"
#include "bench/import_jobs.h"
#include "bench/measured.h"
#include "bench/settlement_file.h"

namespace mlc::bench {
namespace {

constexpr double kMargin = 1.1;
constexpr std::uint64_t kPeakLimitKib = std::uint64_t{48} * 1024;

struct Series {
  std::vector<double> wall;
  std::vector<double> user;
  std::vector<double> kernel;
  std::uint64_t peak_kib = 0;
  std::string answer;

  void add(const Measured& one) {
    wall.push_back(one.wall);
    user.push_back(one.user);
    kernel.push_back(one.kernel);
    peak_kib = std::max(peak_kib, one.peak_kib);
    answer = one.answer;
  }
};

void print_series(const char* name, const Series& one) {
  const auto [least, most] = std::ranges::minmax_element(one.wall);
  std::printf("%-34s wall %6.3f s (%.3f to %.3f), user %6.3f s", name, median(one.wall), *least,
              *most, median(one.user));
  if (!one.kernel.empty()) std::printf(", kernel %.3f s", median(one.kernel));
  if (one.peak_kib > 0) {
    std::printf(", VmHWM %.1f MiB", static_cast<double>(one.peak_kib) / 1024);
  }
  std::printf("\n%34s %s\n", "", one.answer.c_str());
}

bool print_gate(const std::string& what, double found, double limit, bool at_most) {
  const bool met = at_most ? found <= limit * kMargin : found >= limit / kMargin;
  std::printf("gate  %-58s %7.3f, wanted %s %.2f: %s\n", what.c_str(), found,
              at_most ? "at most" : "at least", limit, met ? "met" : "NOT met");
  return met;
}

void print_machine() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name") || line.starts_with("flags")) {
      std::printf("%s\n", line.c_str());
    }
    if (line.starts_with("flags")) break;
  }
}

struct Inputs {
  std::filesystem::path file;
  std::filesystem::path many;  // 12,000 classes
  std::filesystem::path rules;
  std::filesystem::path folder;
  std::shared_ptr<PlainHub> hub;
  PlainIndex plain;
  PlainIndex plain_many;
  double many_bytes = 0;
  int runs = 7;
};

struct Results {
  Series one_core;
  Series whole;
  Series many_classes;
  Series duckdb_one;
  Series duckdb_two;
};

Status run_duckdb(DuckDbProcess& duckdb, int threads, const Inputs& in, Series& out) {
  MLC_TRY(const auto run, duckdb.aggregate(threads, in.file));
  out.wall.push_back(run.wall);
  out.user.push_back(run.user);
  out.answer = run.answer + " (groups, rows, sum)";
  return {};
}

Status run_round(DuckDbProcess& duckdb, const Inputs& in, Results& out) {
  MLC_TRY_STATUS(run_duckdb(duckdb, 1, in, out.duckdb_one));
  MLC_TRY(const auto one_core,
          measure("one core", [&in] { return classify_plain(*in.hub, in.plain); }));
  out.one_core.add(one_core);
  MLC_TRY_STATUS(run_duckdb(duckdb, 2, in, out.duckdb_two));
  const auto state = in.folder / "state";
  MLC_TRY(const auto whole,
          measure("whole import", [&] { return import_whole(in.file, in.rules, state); }));
  std::filesystem::remove_all(state);
  out.whole.add(whole);
  MLC_TRY(const auto many,
          measure("12,000 classes", [&in] { return classify_plain(*in.hub, in.plain_many); }));
  out.many_classes.add(many);
  return {};
}

// Whether all are met.
bool print_gates(const Inputs& in, const Results& out) {
  constexpr double kGiga = 1e9;
  const auto peak =
      std::max({out.one_core.peak_kib, out.whole.peak_kib, out.many_classes.peak_kib});
  const std::array met{
      print_gate("one core / DuckDB, one thread",
                 median(out.one_core.wall) / median(out.duckdb_one.wall), 0.2, true),
      print_gate("the same in processor seconds (user)",
                 median(out.one_core.user) / median(out.duckdb_one.user), 0.2, true),
      print_gate("one core, 12,000 classes, GB/s",
                 in.many_bytes / kGiga / median(out.many_classes.wall), 0.8, false),
      print_gate("whole import / DuckDB, two threads",
                 median(out.whole.wall) / median(out.duckdb_two.wall), 1.0, true),
      print_gate("peak resident memory, MiB", static_cast<double>(peak) / 1024,
                 static_cast<double>(kPeakLimitKib) / 1024, true)};
  return std::ranges::all_of(met, [](bool one) { return one; });
}

// Whether all gates are met.
Result<bool> run(Inputs in, std::uint32_t rows) {
  const TemporaryFolder temporary;
  in.folder = temporary.path();
  in.file = in.folder / "settlement.txt";
  in.many = in.folder / "many-classes.txt";
  SettlementShape shape{.rows = rows};
  MLC_TRY(const auto bytes, write_settlement_file(shape, in.file));
  constexpr std::uint32_t kManyClasses = 12'000;
  shape.classes = kManyClasses;
  MLC_TRY(const auto many_bytes, write_settlement_file(shape, in.many));
  MLC_TRY(in.hub, plain_hub(in.rules));
  in.plain = index_plain_file(in.file);
  in.plain_many = index_plain_file(in.many);
  in.many_bytes = static_cast<double>(many_bytes);
  std::printf("%u rows, %.1f MB; %d rounds, everything once a round\n", rows,
              static_cast<double>(bytes) / 1e6, in.runs);
  MLC_TRY(auto duckdb, DuckDbProcess::start("bench/duckdb.mjs", "build/bench-modules"));
  Results out;
  Results warm_up;
  MLC_TRY_STATUS(run_duckdb(duckdb, 2, in, warm_up.duckdb_two));
  for (int round = 0; round < in.runs; ++round) MLC_TRY_STATUS(run_round(duckdb, in, out));
  print_series("DuckDB, one thread", out.duckdb_one);
  print_series("DuckDB, two threads", out.duckdb_two);
  print_series("rows to lineage, one core", out.one_core);
  print_series("the same with 12,000 classes", out.many_classes);
  print_series("whole import, two cores", out.whole);
  return print_gates(in, out);
}

}  // namespace
}  // namespace mlc::bench

int main(int count, char** words) {
  constexpr std::uint32_t kRows = 2'000'000;
  constexpr int kRuns = 7;
  const auto rows =
      count > 1 ? static_cast<std::uint32_t>(std::strtoul(words[1], nullptr, 10)) : kRows;
  mlc::bench::Inputs in;
  in.rules = "rules/us-sample.toml";
  in.runs = count > 2 ? static_cast<int>(std::strtol(words[2], nullptr, 10)) : kRuns;
  mlc::bench::print_machine();
  const mlc::Result<bool> met = mlc::bench::run(std::move(in), rows);
  if (!met) std::fprintf(stderr, "%s\n", met.error().explain().c_str());
  return met && *met ? EXIT_SUCCESS : EXIT_FAILURE;
}
