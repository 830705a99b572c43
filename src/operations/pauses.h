// Letting a connection rest, and go on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "operations/hub.h"

namespace mlc::operations {

struct PauseChange {
  ConnectionId connection;
  std::optional<ports::PauseRecord> before;
  std::optional<ports::PauseRecord> now;  // none: it is not paused
  std::uint64_t asked_again = 0;          // of `resume`: work that had waited for it
};

// Pauses a connection, or all of the tenant when `connection` is empty: Amazon is not asked for it
// and nothing is sent to SAP, from the next step of whatever program moves work. What is on its way
// to SAP is finished; what is in doubt is read on; files may be imported, and are proved. Kept in
// the store with who asked and why; asked again, the later reason counts. Errors:
// operations.not_found, .no_connection, .read_only, the store's.
[[nodiscard]] Result<std::vector<PauseChange>> pause(const Hub& hub, const std::string& connection,
                                                     const std::string& reason);

// Lifts it, and asks for everything that waited for that. One that was not paused is left alone.
[[nodiscard]] Result<std::vector<PauseChange>> resume(const Hub& hub, const std::string& connection,
                                                      const std::string& reason);

// Paused connections among those of the configuration. Errors: the store's.
[[nodiscard]] Result<std::vector<ports::PauseRecord>> list_pauses(const Hub& hub);

}  // namespace mlc::operations
