// The same rows under two rule books: which destination changes, and what would post differently.
// Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/classify.h"
#include "ledger/derive.h"
#include "ledger/rule_difference.h"

namespace mlc::ledger {

// The rows that are one class under both books.
struct TwofoldClass {
  ClassNumber first = 0;   // in first()
  ClassNumber second = 0;  // in second()
  std::uint64_t rows = 0;
  Money sum;
};

// Classifies rows under two books at once. Not thread-safe.
class TwofoldClassifier {
 public:
  // Both must outlive the classifier.
  TwofoldClassifier(const RuleBook& first, const RuleBook& second);
  // Errors: ledger.amount_overflow, ledger.mixed_currencies.
  [[nodiscard]] Status add(const RowAttributes& row, const Money& amount);
  [[nodiscard]] std::vector<ClassTotal> first() const { return first_.totals(); }
  [[nodiscard]] std::vector<ClassTotal> second() const { return second_.totals(); }
  // In the order of first appearance.
  [[nodiscard]] const std::vector<TwofoldClass>& classes() const { return classes_; }

 private:
  Classifier first_;
  Classifier second_;
  std::vector<TwofoldClass> classes_{};
  std::map<std::pair<ClassNumber, ClassNumber>, std::size_t> numbers_{};
};

// Rows that the two books send to different places, or that would be written differently there.
struct MovedClass {
  RowClass row_class;
  std::uint64_t rows = 0;
  Money sum;
  std::string rule;  // id, "suspense", or empty without one
  std::string other_rule;
  std::vector<ValueChange> values;  // posting attributes; `destination` names the kind of place
};

// Where amounts stand: an account of the books, with its cost centre; or a place outside of them.
struct Place {
  enum class Kind { kPosted, kNetted, kExcluded, kMissing };  // kMissing: no rule knows the rows
  Kind kind = Kind::kPosted;
  LineKind line_kind = LineKind::kGl;
  std::string account;      // of kExcluded the rule's id
  std::string cost_center;  // "?" where the rules name none for the marketplace
  friend auto operator<=>(const Place&, const Place&) = default;
};
// "post", "net-to-zero", "exclude", "no rule".
[[nodiscard]] std::string_view to_word(Place::Kind kind);

// What stands at a place under either book, debit positive. `period` is the month of the posting
// date, "2026-10".
struct PlaceAmounts {
  Place place;
  std::string period;
  Money first;
  Money second;
  Money difference;  // second - first
};

// One settlement under both books.
struct Replay {
  std::vector<MovedClass> moved;     // the larger first
  std::vector<PlaceAmounts> places;  // all, ordered by place; differences add up to 0.00
  std::optional<Error> first_held;   // why it would not be posted under the first book
  std::optional<Error> second_held;
};

// `posting_date` decides the period. What holds a settlement is what `derive` says to it; amounts
// are shown all the same, as if it were posted. Errors: ledger.amount_overflow.
[[nodiscard]] Result<Replay> replay(const TwofoldClassifier& rows, const SettlementHeader& header,
                                    Date posting_date, const RuleBook& first,
                                    const RuleBook& second);

// Several settlements of one currency as one. Errors: ledger.amount_overflow, .mixed_currencies.
[[nodiscard]] Status add_places(std::vector<PlaceAmounts>& to,
                                const std::vector<PlaceAmounts>& more);

}  // namespace mlc::ledger
