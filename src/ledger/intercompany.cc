#include "ledger/intercompany.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <tuple>

namespace mlc::ledger {
namespace {

auto order_of(const IntercompanyLine& line) {
  return std::tuple(std::chrono::sys_days(line.posting_date), line.company_code, line.document,
                    line.item);
}

bool are_sides(const IntercompanyLine& a, const IntercompanyLine& b) {
  return a.company_code != b.company_code && a.amount.currency() == b.amount.currency() &&
         a.amount.minor() == -b.amount.minor();
}

auto days_between(const IntercompanyLine& a, const IntercompanyLine& b) {
  return std::abs(
      (std::chrono::sys_days(a.posting_date) - std::chrono::sys_days(b.posting_date)).count());
}

}  // namespace

IntercompanySides match_sides(const std::vector<IntercompanyLine>& lines) {
  std::vector<std::size_t> order(lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t at) { return order_of(lines[at]); });
  std::vector<bool> taken(lines.size(), false);
  IntercompanySides out;
  for (const std::size_t one : order) {
    if (taken[one]) continue;
    std::optional<std::size_t> best;
    for (const std::size_t other : order) {
      if (taken[other] || other == one || !are_sides(lines[one], lines[other])) continue;
      const bool nearer =
          !best || days_between(lines[one], lines[other]) < days_between(lines[one], lines[*best]);
      if (nearer) best = other;
    }
    taken[one] = true;
    if (!best) {
      out.open.push_back(one);
      continue;
    }
    taken[*best] = true;
    const bool debit = !lines[one].amount.is_negative();
    out.pairs.emplace_back(debit ? one : *best, debit ? *best : one);
  }
  return out;
}

}  // namespace mlc::ledger
