// Lines per order, for rules whose assignment holds {order_id}: SAP SD billed the orders, and the
// settlement clears what each of them owes (posting model B).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/class_line.h"
#include "ledger/classify.h"

namespace mlc::ledger {

// Stands in the place of a document's key for a class whose rows go to the lines of their orders.
inline constexpr std::string_view kByOrder = "@order";

// The order-id as ZUONR holds it: without hyphens and blanks, because Amazon's 19 characters
// (3-7-7) are one too many.
[[nodiscard]] std::string order_text(std::string_view order_id);

// Whether the class's rule posts to the line of the row's order.
[[nodiscard]] bool is_by_order(const Resolved& resolved);

// Adds rows up per line and order. Memory is bounded: as many sums as the documents of a settlement
// could ever hold lines, twice (some come to zero); more is refused before it is kept. An order-id
// of 17 digits costs about 60 bytes. Not thread-safe.
class OrderLines {
 public:
  // `rules` must outlive it. At most `document_limit` documents of `item_limit` lines.
  OrderLines(const RuleBook& rules, SettlementId settlement, int item_limit, int document_limit);
  ~OrderLines();
  // Rows of other classes are passed over. `row_class` is the class of `number`; it is looked at
  // when the number comes for the first time. A row without an order-id goes to the settlement-id.
  // Errors: ledger.unit_too_large, ledger.amount_overflow, those of line_of.
  [[nodiscard]] Status add(ClassNumber number, const RowClass& row_class, std::string_view order_id,
                           const Money& amount);
  // One line per posting attributes and order, without those of zero, in the order of a journal.
  // Errors: ledger.field_too_long (an order-id that ZUONR cannot hold).
  [[nodiscard]] Result<std::vector<DocumentLine>> lines() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlc::ledger
