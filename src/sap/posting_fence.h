// The fence inside SAP that a site may install: docs/formats/sap-fence.md is its contract.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/manifest.h"
#include "sap/unit_session.h"

namespace mlc::sap {

// What keeps a second holder from posting while one is frozen between its check and its send.
enum class FenceStrength {
  kNone,         // nothing: a duplicate is found afterwards
  kSessionLock,  // a lock held by the posting ABAP session until it ends
  kZWrapper,     // the documents' keys, written in the same unit of work into a table of their own
};

struct FenceSettings {
  FenceStrength strength = FenceStrength::kNone;
  std::string lock_function = "Z_MLC_LOCK_POSTING";  // the site's names of the two modules
  std::string key_function = "Z_MLC_RESERVE_KEYS";
};

// Every function returns success at once where the strength does not ask for it. Errors, all with
// nothing written: sap.fence_missing, sap.fence_wrong, sap.fence_failed, and those of
// abap::Session::call.

// Whether the modules of the strength are there; locks nothing. Repeatable.
[[nodiscard]] Status probe_fence(UnitSession& session, const FenceSettings& fence);

// session_lock: the session holds posting into these company codes until it ends. Repeatable.
// Also errors: sap.posting_held.
[[nodiscard]] Status hold_posting(UnitSession& session, const FenceSettings& fence,
                                  const std::vector<std::string>& company_codes);

// z_wrapper: the keys of the documents become part of the open unit of work. Guarded.
// Also errors: sap.key_in_use, sap.key_taken.
[[nodiscard]] Status reserve_keys(UnitSession& session, const FenceSettings& fence,
                                  const std::vector<const ledger::LedgerDocument*>& documents);

}  // namespace mlc::sap
