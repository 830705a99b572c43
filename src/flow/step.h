// What a step sees and what it decides.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "flow/connection.h"
#include "ports/evidence.h"
#include "ports/settlement_reader.h"
#include "ports/store.h"
#include "runtime/clock.h"

namespace mlc::flow {

class PostingGuard;

// The engine's view of the outside. One World per worker; only store and vault are shared.
struct World {
  ports::Store& store;
  ports::EvidenceVault& vault;
  ports::SettlementReader& reader;
  const runtime::Clock& clock;
  PostingGuard& guard;
  std::vector<ConnectionPorts> connections;
  std::string worker;  // name of this worker, unique among living ones
};

// Errors: flow.unknown_connection.
[[nodiscard]] Result<const ConnectionPorts*> find_connection(const World& world,
                                                             const TenantId& tenant,
                                                             const ConnectionId& id);

// The connection of the same tenant and selling account that takes settlements in `currency`
// (ISO 4217). Errors: flow.other_currency.
[[nodiscard]] Result<const ConnectionPorts*> find_by_currency(const World& world,
                                                              const Connection& finder,
                                                              std::string_view currency);

// Writes of a step; they run in the transaction that saves the next state.
using Writes = std::function<Status(ports::StoreTransaction&)>;

// What a decision does to the work's count of failures.
enum class Attempts { kReset, kKeep, kCount };

// Where the work goes next. Made by the functions below; the engine adds the audit entry.
struct Decision {
  std::string next;
  Instant due;                   // kNever waits for a person
  std::optional<Error> error;    // why it waits or ended there
  std::optional<Error> refusal;  // of the request: the work keeps state, due time and error
  Attempts attempts = Attempts::kReset;
  std::vector<Fact> facts;  // for the audit trail
  Writes writes;
  std::optional<std::string> memory;  // replaces the work's memory
};

[[nodiscard]] Decision go_on(std::string next, Instant now);
[[nodiscard]] Decision wait_until(std::string next, Instant due, std::optional<Error> error = {});
[[nodiscard]] Decision wait_for_person(std::string next, std::optional<Error> error = {});
// Whether our own count of the other side's limits put the call off: it was not made, and nothing
// has failed.
[[nodiscard]] bool is_put_off(const Error& error);
// Stays in the state and comes back after the error's own wait, or after a growing pause
// (30 s doubling to 1 h). What was put off comes back when the limits allow the call, however often
// that happens.
[[nodiscard]] Decision try_later(const ports::WorkRecord& work, Instant now, Error error);
// The same pause, but in another state.
[[nodiscard]] Decision try_later_in(std::string next, const ports::WorkRecord& work, Instant now,
                                    Error error);
// The request is refused: whoever asked is told why, and the work stays as if nobody had asked.
[[nodiscard]] Decision refuse_request(const ports::WorkRecord& work, Error why);

struct StepInput {
  World& world;
  ports::WorkRecord work;
  Instant now;
};

// A step decides from state, facts and now, and does its effect. It never sleeps. An error is a
// fault that the step does not know how to answer: the engine keeps it with the work, which is
// tried again later, and goes on with other work.
using Step = Result<Decision> (*)(StepInput&);

}  // namespace mlc::flow
