// What Amazon lets run out, and when a person should hear of it.
// Sources: SP-API documentation, "Rotate your Application's LWA Credentials" (every 180 days) and
// "Renew Authorizations" (public applications, every 365 days; self-authorised ones never).
#pragma once

#include <optional>
#include <vector>

#include "base/error.h"
#include "base/time.h"

namespace mlc::amazon {

// What the operator wrote down; Amazon has no call that tells it.
struct RenewalDates {
  std::optional<Date> secret_rotated;  // day on which the newest client secret was made
  std::optional<Date> authorised;  // day of the seller's authorisation; public applications only
};

inline constexpr std::chrono::days kSecretLife{180};
inline constexpr std::chrono::days kAuthorisationLife{365};
// So many days before the end the notices begin.
inline constexpr std::chrono::days kRenewalNotice{30};

// At most one notice of each: amazon.secret_ends_soon or .secret_overdue,
// amazon.authorisation_ends_soon or .authorisation_overdue. Pure.
[[nodiscard]] std::vector<Error> renewals_due(const RenewalDates& dates, Instant now);

}  // namespace mlc::amazon
