// The hub's books at one glance: what Amazon paid against what SAP holds.
#pragma once

#include <string>
#include <vector>

#include "operations/preview.h"

namespace mlc::operations {

struct CurrencySummary {
  std::string currency;
  std::uint64_t settlements = 0;
  std::uint64_t documents = 0;         // live in SAP
  std::uint64_t lines = 0;             // of these documents
  std::string deposits;                // Amazon's totals of the settlements, decimal text
  std::string receivable;              // what these documents hold on Amazon's receivable
  std::string difference;              // deposits - receivable
  std::vector<AccountTotal> accounts;  // of these documents; the receivable included
};

struct Summary {
  std::vector<CurrencySummary> currencies;  // of settlements that are in SAP's books
  std::uint64_t settlements = 0;            // all that stand for a settlement-id
  std::uint64_t posted = 0;
  std::uint64_t before_cutover = 0;
  std::uint64_t waiting = 0;  // neither posted nor before the cut-over
};

// Repeatable. Errors: the store's, ledger.bad_manifest.
[[nodiscard]] Result<Summary> summarize(const Hub& hub);

}  // namespace mlc::operations
