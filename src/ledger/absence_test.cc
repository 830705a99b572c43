#include "ledger/absence.h"

#include <gtest/gtest.h>

namespace mlc::ledger {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kSent = *parse_instant("2026-03-02T06:00:00Z");
const AbsenceLimits kLimits{kSent, hours(1), minutes(2)};

AbsenceLook look(Duration after_send) {
  return {kSent + after_send, true, true, true, false, false};
}

struct Case {
  const char* situation;
  std::vector<AbsenceLook> looks;
  Absence wanted;
  const char* reason;
};

AbsenceLook with(AbsenceLook base, bool AbsenceLook::*field, bool value) {
  base.*field = value;
  return base;
}

std::vector<Case> cases() {
  const AbsenceLook early = look(minutes(5));
  const AbsenceLook late = look(minutes(63));
  const auto late_with = [&](bool AbsenceLook::*field, bool value) {
    return std::vector<AbsenceLook>{early, with(late, field, value)};
  };
  return {
      {"nobody looked", {}, Absence::kNotYet, ""},
      {"one early look", {early}, Absence::kNotYet, ""},
      {"two early looks", {early, look(minutes(30))}, Absence::kNotYet, ""},
      {"one late look", {late}, Absence::kNotYet, ""},
      {"exactly at the limit is not later", {early, look(minutes(62))}, Absence::kNotYet, ""},
      {"an early and a late look", {early, late}, Absence::kProved, ""},
      {"two late looks", {late, look(minutes(64))}, Absence::kProved, ""},
      {"another system", late_with(&AbsenceLook::same_identity, false), Absence::kUnproved,
       "wrong_system"},
      {"control gone: SAP went back in time", late_with(&AbsenceLook::control_missing, true),
       Absence::kUnproved, "control_missing"},
      {"no control known or readable", late_with(&AbsenceLook::control_found, false),
       Absence::kUnproved, "no_control"},
      {"a stopped update", late_with(&AbsenceLook::update_pending, true), Absence::kUnproved,
       "update_pending"},
      {"the early look was blind, so it does not count",
       {with(early, &AbsenceLook::control_found, false), late},
       Absence::kNotYet,
       ""},
      {"an update was pending early and is gone now",
       {with(early, &AbsenceLook::update_pending, true), late, look(minutes(64))},
       Absence::kProved,
       ""},
  };
}

TEST(AbsenceTest, IsProvedOnlyByTwoSoundLooksTheLastLateEnough) {
  for (const Case& row : cases()) {
    const AbsenceVerdict verdict = prove_absence(row.looks, kLimits);
    EXPECT_EQ(verdict.absence, row.wanted) << row.situation;
    EXPECT_EQ(verdict.reason, row.reason) << row.situation;
  }
}

TEST(AbsenceTest, NotYetSaysWhenToLookAgain) {
  const AbsenceVerdict verdict = prove_absence({look(minutes(5))}, kLimits);
  EXPECT_GT(verdict.again_at, kSent + minutes(62));
  EXPECT_LT(verdict.again_at, kSent + minutes(63));
}

}  // namespace
}  // namespace mlc::ledger
