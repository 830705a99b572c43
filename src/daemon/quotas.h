// What Amazon's limits leave a connection now.
#pragma once

#include <string>
#include <vector>

#include "amazon/rate_limiter.h"
#include "configuration/hub_configuration.h"
#include "ports/store.h"
#include "runtime/clock.h"

namespace mlc::daemon {

struct Quota {
  std::string operation;      // Amazon's operationId
  amazon::RateBucket bucket;  // as it is now; Amazon's defaults where nothing was called yet
};

// One per call of amazon/repeatable_calls.h, in its order; nothing for a connection without an
// Amazon side. Takes nothing from them. Repeatable; no transaction may be open on this thread.
// Errors: the store's.
[[nodiscard]] Result<std::vector<Quota>> quotas_of(
    const configuration::ConnectionSettings& settings, ports::Store& store,
    const runtime::Clock& clock);

}  // namespace mlc::daemon
