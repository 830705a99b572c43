// What `exceptions` looks at: every piece of work, with what the records around it say.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "operations/names.h"

namespace mlc::operations {

struct Everything {
  // Of reversals with the settlement they reverse. A reversed settlement that a difference stands
  // on has flow.base_reversed as its error, unless it has another one.
  std::vector<Named> named;
  std::vector<ports::StopRecord> stops;
  std::set<std::string> on_suspense;  // works with rows on suspense that nobody moved
};

// Work of all kinds of the hub's tenant. Errors: the store's. Repeatable.
[[nodiscard]] Result<Everything> load_everything(const Hub& hub);

}  // namespace mlc::operations
