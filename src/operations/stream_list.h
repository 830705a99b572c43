// Which settlements follow one another, and where one is missing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/streams.h"
#include "operations/hub.h"

namespace mlc::operations {

struct StreamRow {
  std::string settlement_id;
  std::string connection;
  std::string state;
  Instant start;
  Instant end;
  std::string held;      // reserve held back at its end, decimal text, zero or negative
  std::string released;  // reserve of the one before
  std::vector<std::string> marketplaces;  // that its rows name
  ledger::Continuity continuity = ledger::Continuity::kFirst;
  std::string before;                       // settlement-id of the one it follows
  std::optional<Instant> before_ended;      // when that one ended
  std::string before_held;                  // and what it held back
  std::vector<std::string> perhaps_before;  // when that is unclear
};

// Settlements of one currency and one selling account that follow one another.
struct StreamView {
  std::string selling_account;
  std::string currency;
  std::vector<StreamRow> rows;  // in the order of time
  // What rows of its settlements name as marketplace-name, in the order of the alphabet and
  // whatever their case once: by it a person tells streams of one currency apart.
  std::vector<std::string> marketplaces{};
};

// Settlements that were read and stand for their settlement-id; those held as second files are left
// out. `connection` keeps streams that have a settlement of it; empty: all. Repeatable.
// Errors: the store's.
[[nodiscard]] Result<std::vector<StreamView>> list_streams(const Hub& hub,
                                                           const std::string& connection);

// How many settlements a person should look at: after a gap, with a reserve that was not held so,
// or in an unclear order.
[[nodiscard]] std::uint64_t breaks_in(const std::vector<StreamView>& streams);

}  // namespace mlc::operations
