// Opening balances at a cut-over, beside what Amazon's settlements and SAP's books say of them.
// Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/streams.h"

namespace mlc::ledger {

// What a person entered for a connection's settlements of one currency.
struct Opening {
  Money receivable;  // what Amazon owed at the cut-over and pays from then on
  Money reserve;     // what Amazon held back at the cut-over; positive
  friend bool operator==(const Opening&, const Opening&) = default;
};

// A settlement as the comparison sees it.
struct OpeningSettlement {
  StreamSettlement settlement;
  Money total;
  Date end;      // local day of its end: before the cut-over it is never posted
  Date deposit;  // local day of its deposit
};

// Something that says what a balance was.
struct OpeningWitness {
  std::string balance;  // "receivable" or "reserve"
  std::string source;   // "settlement 20612345671 held back", "SAP account 0000140100", ...
  Money amount;
  friend bool operator==(const OpeningWitness&, const OpeningWitness&) = default;
};

// What the settlements say. Receivable: totals of those that ended before the cut-over and are paid
// on that day or later. Reserve: what the last one before the cut-over of each stream held back,
// and what the first one after it released. Nothing is said of a balance that no settlement knows.
// Errors: ledger.amount_overflow, ledger.mixed_currencies.
[[nodiscard]] Result<std::vector<OpeningWitness>> witnesses_of(
    const std::vector<OpeningSettlement>& settlements, Currency currency, Date cutover);

// The witnesses that say another amount than was entered, in their order.
[[nodiscard]] std::vector<OpeningWitness> contradictions(
    const Opening& opening, const std::vector<OpeningWitness>& witnesses);

}  // namespace mlc::ledger
