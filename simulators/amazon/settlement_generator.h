// Settlement reports of a seller, of the United States unless another market is asked for, made up
// from a seed. How a store writes is in market.h. Row kinds and layout follow Amazon's
// documentation of GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2 and values seen in real files.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "simulators/amazon/market.h"

namespace mlc::simulators::amazon {

// Consecutive settlements of 14 days. The same series gives the same bytes on every machine.
struct SettlementSeries {
  std::uint64_t seed = 1;
  Date anchor;                                // the UTC day on which the first settlement begins
  std::uint32_t rows = 200;                   // detail rows per settlement, exactly; at least 20
  const Market* market = &markets().front();  // the United States
  bool everything = false;   // also what is rare: half of the rows, others in each settlement
  Duration shift{};          // so much later than other series begins and ends every settlement
  std::string new_fee = {};  // amount-description of a fee that nobody has documented; empty: none
};

// A settlement's summary. Each begins when the one before ended and releases its reserve.
struct SettlementFacts {
  std::string id;  // eleven digits, rising
  Instant start;
  Instant end;
  Instant deposit;
  std::int64_t total_cents = 0;    // (yen for JPY) sum of all detail rows
  std::int64_t reserve_cents = 0;  // held back at its end; the next one releases it
  std::uint32_t rows = 0;          // detail rows
};

// Settlement `index` of the series, from 0. A `revision` above 0 is the same settlement issued
// again with that many more rows, and so with another total.
[[nodiscard]] SettlementFacts settlement_facts(const SettlementSeries& series, std::uint32_t index,
                                               std::uint32_t revision = 0);

// Writes the file in pieces as the market writes it: tabs, LF after every line.
void write_settlement(const SettlementSeries& series, std::uint32_t index, std::uint32_t revision,
                      const std::function<void(std::string_view)>& out);

// The same as one text.
[[nodiscard]] std::string settlement_text(const SettlementSeries& series, std::uint32_t index,
                                          std::uint32_t revision = 0);

}  // namespace mlc::simulators::amazon
