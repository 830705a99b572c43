// How a settlement counts when deposits are added up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "operations/settlement_list.h"

namespace mlc::operations {

// What Amazon paid is counted once per settlement-id; what is not to be in SAP's books is named
// apart.
enum class Standing {
  kPosted,    // in SAP's books
  kReversed,  // was in SAP's books, and is to be there again or was a mistake: a person knows
  kWaiting,   // is to be in SAP's books and is not yet
  kExcluded,  // older than the cut-over, put aside, or a second file of a settlement-id
};
[[nodiscard]] Standing standing_of(std::string_view state);
[[nodiscard]] std::string_view to_word(Standing standing);

// One Standing per row, in their order. A settlement-id counts once: for the row that stands for
// it, else for the first. A difference is posted when the files before it are, too. Pure.
[[nodiscard]] std::vector<Standing> standings_of(const std::vector<SettlementRow>& rows);

// What is not counted, by the state's word.
struct ExcludedTotal {
  std::string state;
  std::uint64_t settlements = 0;
  std::string amount;  // decimal text
};

// Per currency, of rows whose deposit is known: deposits = posted + waiting + reversed. The deposit
// of a difference is in several of these where the files before it stand elsewhere than itself:
// what is in SAP's books now is posted, to the cent.
struct CurrencyTotal {
  std::string currency;
  std::uint64_t settlements = 0;  // counted ones
  std::string deposits;           // decimal texts
  std::string posted;
  std::string waiting;
  std::string reversed;
  std::string difference;  // deposits - posted
  std::vector<ExcludedTotal> excluded;
};
// Errors: ledger.amount_overflow, ledger.bad_amount.
[[nodiscard]] Result<std::vector<CurrencyTotal>> totals_of(const std::vector<SettlementRow>& rows);

}  // namespace mlc::operations
