// How a person names things, and what may be typed next.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operations/hub.h"

namespace mlc::operations {

// A piece of work with what the records around it say.
struct Named {
  ports::WorkRecord work;
  // Of a settlement its record; `exceptions` gives a reversal that of the settlement it reverses.
  std::optional<ports::SettlementRecord> settlement;
  // Of a settlement: a document of it is in SAP's books, as far as the hub knows.
  bool in_books = false;
};

// A settlement by its settlement-id, any work by its id. A settlement-id means the record that
// stands for it; others of the same id are named by work id.
// Errors: operations.not_found (with near names), .not_a_settlement_id, .ambiguous_name.
[[nodiscard]] Result<Named> find_named(const Hub& hub, const std::string& name);
// As above, settlements only.
[[nodiscard]] Result<Named> find_settlement(const Hub& hub, const std::string& name);

// What commands take for it: the settlement-id when the work's own record stands for it, else the
// work id.
[[nodiscard]] std::string name_of(const Named& named);

// What may be typed in the work's state, e.g. {"approve 28471003921", "retry 28471003921"};
// `reverse` only where something is in the books.
[[nodiscard]] std::vector<std::string> possible_commands(const Named& named);
// The same in one text: "`a`, `b`", or "nothing; it goes on by itself".
[[nodiscard]] std::string possible_text(const Named& named);
// The operator's words for a state, from the flow's table; empty for an unknown one.
[[nodiscard]] std::string words_of(const ports::WorkRecord& work);
// Arguments that `resolve` knows in a state.
[[nodiscard]] std::vector<std::string> resolve_arguments(const ports::WorkRecord& work);

// "; near it: a, b": candidates that differ from `wanted` in few characters, at most three. Empty
// for none.
[[nodiscard]] std::string near_text(const std::string& wanted,
                                    const std::vector<std::string>& candidates);
// operations.no_such_connection, with near names of those there are.
[[nodiscard]] Error no_such_connection(const std::string& name,
                                       const std::vector<std::string>& known);

}  // namespace mlc::operations
