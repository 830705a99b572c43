// How everything stands, on one page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "operations/exceptions.h"

namespace mlc::operations {

struct StateCount {
  std::string state;
  std::string words;
  std::uint64_t settlements = 0;
};

// As the trail tells it.
struct LastError {
  Instant at;
  std::string id;
  std::string subject;  // "settlement us/...", "discovery us"
};

struct ConnectionStatus {
  ConnectionId id;
  std::string selling_account;
  std::string company_code;
  ports::SystemIdentity sap;
  std::optional<ports::PauseRecord> pause;
  std::optional<Instant> quiet_until;       // quiet hours that are now
  bool asks_amazon = false;                 // false: files are imported by hand only
  std::optional<ports::PollRecord> answer;  // Amazon's last
  std::optional<Instant> next_poll;         // none: never by itself
  std::optional<ports::StoredError> poll_error;
  std::vector<StateCount> states;  // of its settlements, in the order of a settlement's life
  // Among the last 1000 numbered entries of the trail; whether it has passed since is not told.
  std::optional<LastError> last_error;
  std::optional<ports::HolderRecord> holder;  // of posting, while its lease lasts
  std::optional<ports::StopRecord> stop;
  std::string why_nothing;  // said when it has no settlement, or Amazon had none
};

struct HubStatus {
  Instant now;
  std::vector<ConnectionStatus> connections;
  std::vector<ExceptionRow> exceptions;
  std::uint64_t awaiting_approval = 0;
  std::uint64_t stream_breaks = 0;
};

// The connections alone, without `last_error`, which needs the trail: for whoever looks often.
// Repeatable. Errors: the store's.
[[nodiscard]] Result<std::vector<ConnectionStatus>> connection_statuses(const Hub& hub);

// Connections are those of the configuration; without one that can be read there is none.
// Repeatable. Errors: the store's.
[[nodiscard]] Result<HubStatus> hub_status(const Hub& hub);

// Why nothing came of asking Amazon, in a sentence; empty when something is known. Pure.
[[nodiscard]] std::string why_nothing(const ConnectionStatus& connection);

}  // namespace mlc::operations
