// When "we found nothing" proves that nothing is there and nothing will come.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace mlc::ledger {

// One look into SAP under the stem of a manifest that may have been posted.
struct AbsenceLook {
  Instant at;
  bool same_identity = false;    // system, client and logical system as in the intent
  bool nothing_found = false;    // no document of ours under the stem, in any status
  bool control_found = false;    // the positive control was found by the same reader
  bool control_missing = false;  // it was asked for and is gone: SAP went back in time
  bool update_pending = false;   // an update record of our user in any state
};

struct AbsenceLimits {
  Instant sent_at;
  Duration longest_run;  // SAP's longest work-process run
  Duration clock_skew;
};

enum class Absence {
  kProved,    // surely not there and not coming
  kNotYet,    // look again at `again_at`
  kUnproved,  // no waiting helps: a person must look (`reason`)
};

struct AbsenceVerdict {
  Absence absence = Absence::kNotYet;
  Instant again_at;
  std::string_view reason;  // "control_missing", "wrong_system", "no_control", "update_pending"
};

// Two looks that both find nothing, in the same system, with the positive control found and no
// update record pending; the last one later than send + longest run + clock skew. `looks` in order
// of time, all made for one intent, none of which found a document. Pure.
[[nodiscard]] AbsenceVerdict prove_absence(const std::vector<AbsenceLook>& looks,
                                           const AbsenceLimits& limits);

}  // namespace mlc::ledger
