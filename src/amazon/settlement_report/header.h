// The header row: which column of the file is which.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/line_splitter.h"
#include "base/result.h"

namespace mlc::amazon::settlement_report {

// The columns of the layout V2 in Amazon's order (Amazon, "Settlement Reports").
enum class Column : std::uint8_t {
  kSettlementId,
  kSettlementStartDate,
  kSettlementEndDate,
  kDepositDate,
  kTotalAmount,
  kCurrency,
  kTransactionType,
  kOrderId,
  kMerchantOrderId,
  kAdjustmentId,
  kShipmentId,
  kMarketplaceName,
  kAmountType,
  kAmountDescription,
  kAmount,
  kFulfillmentId,
  kPostedDate,
  kPostedDateTime,
  kOrderItemCode,
  kMerchantOrderItemId,
  kMerchantAdjustmentItemId,
  kSku,
  kQuantityPurchased,
  kPromotionId,
};
inline constexpr std::size_t kColumnCount = 24;

// "settlement-id"
[[nodiscard]] std::string_view column_name(Column column);

// Cells of a line, split at TAB; quotes are ordinary characters. `cells` is cleared first.
void split_cells(std::string_view line, std::vector<std::string_view>& cells);

// Without blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// Immutable after `read`.
class Header {
 public:
  static constexpr std::size_t kAbsent = SIZE_MAX;

  // `cells` are those of `line`. Names are compared in lower case, trimmed, with inner blanks as
  // hyphens. Blank names and unknown names are kept as columns that nothing reads.
  // Errors: settlement_report.missing_columns, .duplicate_column.
  [[nodiscard]] static Result<Header> read(const Line& line,
                                           const std::vector<std::string_view>& cells,
                                           const std::string& file);

  // 0-based position, kAbsent when the file does not have the column.
  [[nodiscard]] std::size_t position(Column column) const {
    return positions_[static_cast<std::size_t>(column)];
  }
  // Number of columns, blank trailing names not counted.
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  // The name at a position in the file's spelling, empty when there is none.
  [[nodiscard]] std::string_view name(std::size_t position) const;
  // Names that the layout does not know, in the file's order and spelling.
  [[nodiscard]] std::vector<std::string> unknown_columns() const;

 private:
  Header() { positions_.fill(kAbsent); }
  std::array<std::size_t, kColumnCount> positions_{};
  std::vector<std::string> names_;
  std::vector<std::size_t> unknown_;
};

}  // namespace mlc::amazon::settlement_report
