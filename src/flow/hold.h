// What keeps a connection from beginning anything new: a pause, or its quiet hours.
#pragma once

#include "flow/step.h"

namespace mlc::flow {

// flow.connection_paused, as everybody says it. Pure.
[[nodiscard]] Error paused_error(const ports::PauseRecord& pause);

// Set while the connection is paused: a decision that stays in `state` and looks again some minutes
// later, with flow.connection_paused. `resume` needs no help from here: it asks for the work again,
// and looking again is only for whoever missed that. Errors: the store's.
[[nodiscard]] Result<std::optional<Decision>> hold_paused(const StepInput& input,
                                                          const Connection& connection,
                                                          std::string_view state);

// The same before something is sent to SAP, where quiet hours hold as well (flow.quiet_hours).
[[nodiscard]] Result<std::optional<Decision>> hold_sending(const StepInput& input,
                                                           const Connection& connection,
                                                           std::string_view state);

}  // namespace mlc::flow
