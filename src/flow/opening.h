// opening: whether the balances that a person entered for the cut-over agree with Amazon's
// settlements and SAP's books.
#pragma once

#include <vector>

#include "flow/connection.h"
#include "flow/step.h"

namespace mlc::flow {

// Adds the work of each opening of a connection, due at once; one whose amounts were changed in the
// configuration since is compared again.
[[nodiscard]] Status add_openings(ports::StoreTransaction& transaction,
                                  const Connection& connection, Instant now);

}  // namespace mlc::flow
