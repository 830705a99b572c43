// How much of settlements a rule book maps, and what it lacks. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/rules.h"
#include "ledger/settlement.h"

namespace mlc::ledger {

// What becomes of a class.
enum class Mapping { kMissing, kSuspense, kRule };
[[nodiscard]] std::string_view to_word(Mapping mapping);  // "missing", "suspense", "rule"

struct CoveredClass {
  RowClass row_class;
  std::uint64_t rows = 0;
  Money sum;
  Money size;  // the sum without its sign; exact, because the rows of a class have one sign
  Mapping mapping = Mapping::kMissing;
  std::string rule;      // id; "suspense", or empty when missing
  std::string category;  // of the rule
  std::string account;   // in SAP's form; empty when missing or excluded
};

// Classes and their sums, all in one currency. `mapped` counts what a rule knows: rows that go to
// suspense are posted, but no rule knows them.
struct Coverage {
  std::uint64_t rows = 0;
  std::uint64_t mapped_rows = 0;
  Money size;  // of all rows, each without its sign
  Money mapped_size;
  std::vector<CoveredClass> classes;  // missing first, then suspense; then the larger first
};

// Errors: ledger.amount_overflow, ledger.mixed_currencies.
[[nodiscard]] Result<Coverage> cover(const std::vector<ClassTotal>& classes, const RuleBook& rules,
                                     Currency currency);
// Several settlements as one; equal classes stay apart. Errors: as `cover`.
[[nodiscard]] Result<Coverage> together(const Coverage& a, const Coverage& b);

// `part` of `whole` in hundredths of a percent, rounded down, so that 100.00 % means all of it;
// 10000 when there is nothing. `part` is at most `whole`.
[[nodiscard]] std::uint32_t share_of(std::uint64_t part, std::uint64_t whole);
// "99.87 %".
[[nodiscard]] std::string share_text(std::uint32_t share);

}  // namespace mlc::ledger
