// The document that every look-up must find before absence counts, chosen anew after SAP went back
// in time.
#pragma once

#include <optional>
#include <string>

#include "operations/hub.h"

namespace mlc::operations {

// The youngest document of ours in the company code that SAP still has, read through the
// connection's own executor; else the one named at onboarding. Nothing when there is neither.
// Reads at most `kControlsAsked` documents in SAP. Repeatable.
// Errors: operations.read_only, the store's and the executor's.
inline constexpr std::size_t kControlsAsked = 50;
[[nodiscard]] Result<std::optional<ports::PositiveControl>> control_still_there(
    const Hub& hub, const ports::SystemIdentity& identity, const std::string& company_code);

}  // namespace mlc::operations
