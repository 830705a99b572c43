// What a running hub tells Prometheus, named after what an operator asks (docs/formats/observe.md).
#pragma once

#include <optional>
#include <vector>

#include "amazon/call_counts.h"
#include "amazon/renewals.h"
#include "operations/observation.h"
#include "runtime/metrics_text.h"

namespace mlc::daemon {

// One connection's Amazon side.
struct AmazonNumbers {
  ConnectionId connection;
  std::vector<amazon::CallCount> calls;
  amazon::RenewalDates dates;
};

// What is true of this program now, whatever the store says.
struct ProcessNumbers {
  Instant now{};
  Instant started_at{};
  std::uint64_t steps = 0;
  std::uint64_t store_errors = 0;
  std::vector<AmazonNumbers> amazon;
};

// Every kind, in the order in which they are told.
[[nodiscard]] const std::vector<const runtime::MetricKind*>& metric_kinds();

// Without an observation only what the program knows by itself. Pure.
[[nodiscard]] std::vector<runtime::Sample> samples_of(
    const ProcessNumbers& process, const std::optional<operations::Observation>& observation);

}  // namespace mlc::daemon
