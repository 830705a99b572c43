// How near the first night of sellers comes to what Amazon's published limits allow, on a virtual
// clock. Exit 1 when it takes more than 1.05 times as long.
//   backfill_benchmark [SELLERS [SETTLEMENTS [ROWS]]]
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/backfill.h"

namespace mlc::bench {
namespace {

// Usage plans as Amazon publishes them in its models (reports_2021-06-30.json, August 2026), a
// bucket per seller and application. Written down here a second time on purpose: the connector is
// measured by Amazon's figures, not by what its own limiter makes of them.
struct PublishedLimit {
  const char* operation;
  double rate;  // calls a second
  double burst;
  double page;  // reports that one call can bring
};
constexpr std::array kPublished{PublishedLimit{"getReports", 0.0222, 10, 100},
                                PublishedLimit{"getReportDocument", 0.0167, 15, 1}};
constexpr double kWanted = 1.05;

double seconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::duration<double>>(duration).count();
}

// From the fewest calls that bring so many settlements of one seller, so that calls made in vain
// do not count in our favour. Sellers have buckets of their own: more of them need no more time.
double bound_of(std::uint32_t settlements) {
  double out = 0;
  for (const auto& limit : kPublished) {
    const double calls = std::ceil(settlements / limit.page);
    const double lacking = std::max(0.0, calls - limit.burst);
    std::printf("  %-18s %2.0f calls at least, %2.0f at once, then %.4f a second: %7.1f s\n",
                limit.operation, calls, limit.burst, limit.rate, lacking / limit.rate);
    out = std::max(out, lacking / limit.rate);
  }
  return out;
}

void print_calls(const Backfill& found) {
  for (const auto& [operation, made] : found.calls) {
    std::printf("  %-18s %7llu calls, %llu at most of one seller, %llu answered 429\n",
                operation.c_str(), static_cast<unsigned long long>(made.all),
                static_cast<unsigned long long>(made.most),
                static_cast<unsigned long long>(made.refused));
  }
}

void print_processor(const Backfill& found, const BackfillShape& shape, double bound) {
  const double ours = found.processor - found.simulator;
  const double each = ours / shape.sellers;
  std::printf("  processor: %.3f s a seller, %.1f s in all (and %.1f s of simulated Amazon)\n",
              each, ours, found.simulator);
  std::printf("  %llu steps, %.1f a settlement; at Amazon's pace one core serves %.0f sellers\n",
              static_cast<unsigned long long>(found.steps),
              static_cast<double>(found.steps) / static_cast<double>(found.proved), bound / each);
}

// Whether it was near enough; nothing but the error when it did not get through.
Result<bool> measure_backfill(const BackfillShape& shape) {
  std::printf("%u seller%s, %u settlements of %u rows each, %lld ms from request to answer\n",
              shape.sellers, shape.sellers == 1 ? "" : "s", shape.settlements, shape.rows,
              static_cast<long long>(shape.latency.count()));
  const double bound = bound_of(shape.settlements);
  MLC_TRY(const auto found, run_backfill(shape));
  print_calls(found);
  print_processor(found, shape, bound);
  const double elapsed = seconds(found.elapsed);
  std::printf(
      "  proved: %llu settlements, the first seller's after %.1f s, the last one's after "
      "%.1f s\n",
      static_cast<unsigned long long>(found.proved), seconds(found.first), elapsed);
  const double ratio = elapsed / bound;
  std::printf("gate  elapsed / bound of Amazon's limits (%.1f s): %.4f, wanted at most %.2f: %s\n",
              bound, ratio, kWanted, ratio <= kWanted ? "met" : "NOT met");
  return ratio <= kWanted;
}

}  // namespace
}  // namespace mlc::bench

int main(int count, char** words) {
  const auto number = [&](int place, std::uint32_t otherwise) {
    return count > place ? static_cast<std::uint32_t>(std::strtoul(words[place], nullptr, 10))
                         : otherwise;
  };
  mlc::bench::BackfillShape many;
  many.sellers = number(1, 1'000);
  many.settlements = std::clamp(number(2, many.settlements) / 2 * 2, 16U, many.settlements);
  many.rows = std::max(number(3, many.rows), 80U);
  mlc::bench::BackfillShape one = many;
  one.sellers = 1;
  one.latency = std::chrono::milliseconds(300);
  bool met = true;
  for (const auto& shape : {one, many}) {
    const auto near = mlc::bench::measure_backfill(shape);
    if (!near) std::fprintf(stderr, "%s\n", near.error().explain().c_str());
    met = near && *near && met;
  }
  return met ? EXIT_SUCCESS : EXIT_FAILURE;
}
