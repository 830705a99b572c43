// What a reversal was asked to take back: these documents and no others, whatever is posted for the
// settlement meanwhile.
#pragma once

#include <string>
#include <vector>

#include "flow/step.h"

namespace mlc::flow {

struct ReversalOrder {
  std::string reason;  // STGRD
  std::vector<ports::PostedPart> parts;
};

// As kept in the work's memory: "REASON|PART:OBJ_KEY,PART:OBJ_KEY".
[[nodiscard]] std::string write_order(const ReversalOrder& order);
// The inverse. Errors: flow.bad_reversal_order.
[[nodiscard]] Result<ReversalOrder> read_order(const std::string& memory);

// The reversal of a settlement that is neither done nor given up, if there is one.
[[nodiscard]] Result<std::optional<ports::WorkRecord>> open_reversal(StepInput& input);

}  // namespace mlc::flow
