// Asking Amazon now instead of when the schedule says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operations/hub.h"

namespace mlc::operations {

struct SyncAsked {
  ConnectionId connection;
  WorkId work;
};

// Asks for the discovery of a connection, or of all that ask Amazon and are not paused when the
// name is empty. Amazon's limits hold as ever. Errors: operations.no_such_connection,
// .no_connection, .read_only; for one that was named flow.connection_paused and
// flow.no_report_source; the store's.
[[nodiscard]] Result<std::vector<SyncAsked>> ask_amazon(const Hub& hub,
                                                        const std::string& connection);

struct SyncResult {
  ConnectionId connection;
  bool answered = false;  // Amazon's list was read to its end since then
  std::optional<ports::PollRecord> answer;
  std::optional<ports::StoredError> error;  // why not
  std::optional<Instant> next_poll;
  std::string words;  // what came of it, one sentence
};
// What became of it since `since`. Repeatable. Errors: the store's.
[[nodiscard]] Result<std::vector<SyncResult>> sync_results(const Hub& hub,
                                                           const std::vector<SyncAsked>& asked,
                                                           Instant since);

}  // namespace mlc::operations
