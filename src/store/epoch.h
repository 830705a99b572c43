// The epoch of a store: the life between two restores. It leads every fence, so that nothing that
// was decided before a restore is mistaken for an answer of today.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/sql_session.h"

namespace mlc::store {

// The running epoch. Errors: store.damaged_record when there is none.
[[nodiscard]] Result<std::uint64_t> current_epoch(SqlSession& session);

// Begins an epoch above `highest_known` and every one of this store, and returns it. An epoch is
// named by the second it began, so that two restores of one backup, or a store begun anew after a
// loss, never meet in one number.
[[nodiscard]] Result<std::uint64_t> open_epoch(SqlSession& session, std::uint64_t highest_known,
                                               const std::string& actor, const std::string& reason,
                                               Instant now);

// Begins the first epoch; does nothing when there is one.
[[nodiscard]] Status begin_first_epoch(SqlSession& session, Instant now);

}  // namespace mlc::store
