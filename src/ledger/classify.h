// Rows into classes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "ledger/rules.h"
#include "ledger/settlement.h"

namespace mlc::ledger {

inline constexpr std::uint32_t kNoSpelling = UINT32_MAX;

// Attributes of one row, UTF-8, as the file spells them.
struct RowAttributes {
  std::string_view transaction_type;
  std::string_view amount_type;
  std::string_view amount_description;
  std::string_view marketplace;
  std::string_view fulfillment;
  std::string_view sku;
  Date posted_local;  // the row's posted date in the stream's home zone
  // Rows with the same number have the same texts above `sku`; kNoSpelling says nothing.
  std::uint32_t spelling = kNoSpelling;
};

// Whether the rules tell classes apart by nothing but what a SpelledRow has.
[[nodiscard]] bool looks_at_spellings_only(const RuleBook& rules);

// A row that has the texts above `sku` of one that was added before with the same spelling.
struct SpelledRow {
  Date posted_local;
  std::int64_t minor = 0;  // of the currency of all rows
  std::uint32_t spelling = kNoSpelling;
};

// Numbers classes in order of first appearance and sums them exactly. Not thread-safe.
class Classifier {
 public:
  // `rules` must outlive the classifier.
  explicit Classifier(const RuleBook& rules);
  ~Classifier();
  // Errors: ledger.amount_overflow, ledger.mixed_currencies.
  [[nodiscard]] Result<ClassNumber> add(const RowAttributes& row, const Money& amount);
  // As `add` for each row, in their order; puts the classes into `numbers`, of the same size. Only
  // under rules that look at spellings alone.
  // Errors: ledger.amount_overflow; what came before that row is counted then.
  [[nodiscard]] Status add_spelled(std::span<const SpelledRow> rows,
                                   std::span<ClassNumber> numbers);
  // The attributes of a class that `add` returned; valid until the next `add`.
  [[nodiscard]] const RowClass& row_class(ClassNumber number) const;
  // Of all rows so far.
  [[nodiscard]] std::vector<ClassTotal> totals() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlc::ledger
