#include "ledger/absence.h"

#include <algorithm>

namespace mlc::ledger {
namespace {

bool counts(const AbsenceLook& look) {
  return look.same_identity && look.nothing_found && look.control_found && !look.update_pending;
}

}  // namespace

AbsenceVerdict prove_absence(const std::vector<AbsenceLook>& looks, const AbsenceLimits& limits) {
  const Instant settled = limits.sent_at + limits.longest_run + limits.clock_skew;
  if (looks.empty()) return {Absence::kNotYet, limits.sent_at, {}};
  const AbsenceLook& last = looks.back();
  if (!last.same_identity) return {Absence::kUnproved, last.at, "wrong_system"};
  if (last.control_missing) return {Absence::kUnproved, last.at, "control_missing"};
  if (last.at <= settled) {
    return {Absence::kNotYet, settled + std::chrono::milliseconds(1), {}};
  }
  // A stopped update stays until a person repeats or deletes it; waiting does not help.
  if (last.update_pending) return {Absence::kUnproved, last.at, "update_pending"};
  if (!last.control_found) return {Absence::kUnproved, last.at, "no_control"};
  if (!last.nothing_found) return {Absence::kUnproved, last.at, "found"};
  if (std::ranges::count_if(looks, counts) >= 2) return {Absence::kProved, last.at, {}};
  return {Absence::kNotYet, last.at + std::chrono::seconds(30), {}};
}

}  // namespace mlc::ledger
