// Rows into classes.
#pragma once

#include <cstdint>
#include <memory>
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

// Numbers classes in order of first appearance and sums them exactly. Not thread-safe.
class Classifier {
 public:
  // `rules` must outlive the classifier.
  explicit Classifier(const RuleBook& rules);
  ~Classifier();
  // Errors: ledger.amount_overflow, ledger.mixed_currencies.
  [[nodiscard]] Result<ClassNumber> add(const RowAttributes& row, const Money& amount);
  // The attributes of a class that `add` returned; valid until the next `add`.
  [[nodiscard]] const RowClass& row_class(ClassNumber number) const;
  // Of all rows so far.
  [[nodiscard]] std::vector<ClassTotal> totals() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlc::ledger
