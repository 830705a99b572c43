// The settlements of a selling account that follow one another. Pure; thread-safe.
//
// Amazon settles one account in several streams at the same time: one per currency, and within a
// currency one per account type (Standard Orders, Invoiced Orders), whose windows lie seconds apart
// and which no column of the report names. A settlement begins where the one before it ended and
// releases the reserve that the one before held back (Amazon's "Settlement Reports" page; rows
// "Current Reserve Amount" and "Previous Reserve Amount Balance").
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/settlement.h"

namespace mlc::ledger {

struct StreamSettlement {
  SettlementId id;
  Instant start;
  Instant end;
  Money held;      // "Current Reserve Amount": held back at its end, zero or negative
  Money released;  // "Previous Reserve Amount Balance": zero or positive
};

enum class Continuity {
  kFirst,         // nothing before it is known
  kFollows,       // begins where the one before ended and releases its reserve
  kReserveBreak,  // begins where the one before ended, but releases another amount
  kGap,           // the one before ended earlier: a settlement between is missing
  kUnclear,       // it may follow several, and nothing tells which
};
[[nodiscard]] std::string_view to_word(Continuity continuity);  // "first", "follows", "gap", ...

// Places in the list that `find_streams` was given.
struct StreamLink {
  std::size_t settlement = 0;
  Continuity continuity = Continuity::kFirst;
  std::optional<std::size_t> before;        // the one it follows; none for kFirst and kUnclear
  std::vector<std::size_t> perhaps_before;  // kUnclear: those it may follow
};

struct Stream {
  Currency currency;
  std::vector<StreamLink> links;  // in the order of time
};

// Amounts of a settlement's reserve rows, found by Amazon's descriptions in its class totals.
// Errors: ledger.money_overflow and whatever else Money::plus refuses.
[[nodiscard]] Result<StreamSettlement> to_stream_settlement(const SettlementHeader& header,
                                                            const std::vector<ClassTotal>& totals);

// Every settlement in exactly one stream. Between several that end where one begins, the reserve
// decides. A settlement that nothing ends at is the next after a gap of a stream that stopped at
// least twelve hours before (Amazon's shortest period is a day, and streams side by side lie
// seconds apart); when several stopped, or several may go on, a person must say. Independent of
// the order of the list; streams are ordered by currency and time.
[[nodiscard]] std::vector<Stream> find_streams(const std::vector<StreamSettlement>& settlements);

}  // namespace mlc::ledger
