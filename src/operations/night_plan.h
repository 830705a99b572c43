// What the coming hours bring.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "operations/hub.h"
#include "operations/stream_list.h"

namespace mlc::operations {

// A settlement that Amazon is expected to make, by the lengths of those before it.
struct ExpectedSettlement {
  std::string currency;
  std::string after;  // settlement-id of the last that is known
  Instant end;        // when its period ends, about
  bool late = false;  // its period ended more than two days ago
};

// Work that goes on by itself within the time.
struct DueWork {
  std::string kind;
  std::string state;
  std::string words;
  std::uint64_t count = 0;
  Instant first;
};

struct ConnectionPlan {
  ConnectionId id;
  std::optional<ports::PauseRecord> pause;
  std::vector<Instant> polls;                      // when Amazon is asked; none while paused
  std::uint64_t pages = 1;                         // calls of one asking, by the last answer
  std::vector<std::pair<Instant, Instant>> quiet;  // nothing is sent to SAP
  std::vector<ExpectedSettlement> expected;
  std::uint64_t to_download = 0;  // found, not downloaded
  std::uint64_t to_approve = 0;   // wait for a person
  std::vector<DueWork> due;
};

struct NightPlan {
  Instant from;
  Instant until;
  std::vector<ConnectionPlan> connections;
};

// For one connection, or all when the name is empty. Repeatable. Errors:
// operations.no_such_connection, .no_connection, .read_only, the store's.
[[nodiscard]] Result<NightPlan> night_plan(const Hub& hub, const std::string& connection,
                                           Duration span);

// What follows in a stream until `until`; a period counts as long as the middle one of the last
// five. Nothing for a stream without settlements. Pure.
[[nodiscard]] std::vector<ExpectedSettlement> expected_in(const StreamView& stream, Instant now,
                                                          Instant until);

}  // namespace mlc::operations
