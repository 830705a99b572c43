// The hub's books at one glance: what Amazon paid against what SAP holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operations/preview.h"
#include "operations/standing.h"

namespace mlc::operations {

struct CurrencySummary {
  CurrencyTotal total;                 // what Amazon paid; `difference` there is what is not posted
  std::uint64_t documents = 0;         // live in SAP, of whatever revision
  std::uint64_t lines = 0;             // of these documents
  std::string receivable;              // what these documents hold on Amazon's receivable
  std::string difference;              // deposits - receivable
  std::vector<AccountTotal> accounts;  // of these documents; the receivable included
  // When these documents were last read in SAP: the one read longest ago, and the latest.
  std::optional<Instant> read_from;
  std::optional<Instant> read_until;
};

// Each settlement-id counts once: settlements = posted + reversed + waiting + before_cutover.
struct Summary {
  std::vector<CurrencySummary> currencies;
  std::uint64_t settlements = 0;
  std::uint64_t posted = 0;
  std::uint64_t reversed = 0;
  std::uint64_t before_cutover = 0;
  std::uint64_t waiting = 0;  // on its way into SAP, or in need of a person first
  // Settlements that do not follow the one before: after a gap, with another reserve, or unclear.
  std::uint64_t stream_breaks = 0;
};

// Repeatable. Errors: the store's, ledger.bad_manifest.
[[nodiscard]] Result<Summary> summarize(const Hub& hub);

}  // namespace mlc::operations
