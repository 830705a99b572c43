// One posting holder per system, client and company code; and what stops a company code.
#pragma once

#include <optional>

#include "flow/step.h"

namespace mlc::flow {

// Takes or prolongs the lease for this worker; when another holds it, the other's record.
[[nodiscard]] Result<ports::HolderRecord> take_holder(StepInput& input, const Connection& settings);
// Comes back when the other's lease and its longest call are over, or after one such call to see
// whether it has ended its lease before.
[[nodiscard]] Decision wait_for_holder(const StepInput& input, const Connection& settings,
                                       const ports::HolderRecord& other);
[[nodiscard]] Result<std::optional<ports::StopRecord>> stop_of(ports::Store& store,
                                                               const TenantId& tenant,
                                                               const Connection& settings);
// Errors after which nothing may be posted into the company code until a person lifts the stop.
[[nodiscard]] bool stops_company_code(const Error& error);
// When this store was last restored from a backup; nothing when it never was.
[[nodiscard]] Result<std::optional<Instant>> restored_at(ports::Store& store);

}  // namespace mlc::flow
