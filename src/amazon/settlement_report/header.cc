#include "amazon/settlement_report/header.h"

#include <algorithm>
#include <cstring>

#include "amazon/settlement_report/errors.h"
#include "amazon/settlement_report/row.h"

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::array<std::string_view, kColumnCount> kNames{"settlement-id",
                                                            "settlement-start-date",
                                                            "settlement-end-date",
                                                            "deposit-date",
                                                            "total-amount",
                                                            "currency",
                                                            "transaction-type",
                                                            "order-id",
                                                            "merchant-order-id",
                                                            "adjustment-id",
                                                            "shipment-id",
                                                            "marketplace-name",
                                                            "amount-type",
                                                            "amount-description",
                                                            "amount",
                                                            "fulfillment-id",
                                                            "posted-date",
                                                            "posted-date-time",
                                                            "order-item-code",
                                                            "merchant-order-item-id",
                                                            "merchant-adjustment-item-id",
                                                            "sku",
                                                            "quantity-purchased",
                                                            "promotion-id"};

// Without these a row cannot be told from the summary row or cannot be booked.
constexpr std::array kMandatory{
    Column::kSettlementId, Column::kTotalAmount,       Column::kCurrency, Column::kTransactionType,
    Column::kAmountType,   Column::kAmountDescription, Column::kAmount};

// "Amount Type" and "amount-type" are one name; both have been seen.
std::string normalised(std::string_view name) {
  std::string out;
  for (const char c : trimmed(name)) {
    const bool blank = c == ' ';
    if (blank && out.ends_with('-')) continue;
    out += blank ? '-' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

}  // namespace

std::string_view column_name(Column column) { return kNames[static_cast<std::size_t>(column)]; }

void split_cells(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  const char* at = line.data();
  const char* const end = at + line.size();
  while (at != end) {
    const auto left = static_cast<std::size_t>(end - at);
    const auto* tab = static_cast<const char*>(std::memchr(at, '\t', left));
    if (tab == nullptr) break;
    cells.emplace_back(at, static_cast<std::size_t>(tab - at));
    at = tab + 1;
  }
  cells.emplace_back(at, static_cast<std::size_t>(end - at));
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Result<Header> Header::read(const Line& line, const std::vector<std::string_view>& cells,
                            const std::string& file) {
  Header out;
  for (const std::string_view cell : cells) out.names_.emplace_back(trimmed(cell));
  while (!out.names_.empty() && out.names_.back().empty()) out.names_.pop_back();
  for (std::size_t at = 0; at < out.names_.size(); ++at) {
    if (out.names_[at].empty()) continue;
    const auto known = std::ranges::find(kNames, normalised(out.names_[at]));
    if (known == kNames.end()) {
      out.unknown_.push_back(at);
      continue;
    }
    std::size_t& position = out.positions_[static_cast<std::size_t>(known - kNames.begin())];
    if (position != kAbsent) {
      return failure(kDuplicateColumn, {{"file", file},
                                        {"line", std::to_string(line.number)},
                                        {"column", std::string(*known)},
                                        {"column_number", std::to_string(at + 1)},
                                        {"first", std::to_string(position + 1)},
                                        {"found", "two columns"},
                                        {"expected", "one column"}});
    }
    position = at;
  }
  std::vector<std::string> missing;
  for (const Column column : kMandatory) {
    if (out.position(column) == kAbsent) missing.emplace_back(column_name(column));
  }
  if (missing.empty()) return out;
  return failure(kMissingColumns, {{"file", file},
                                   {"line", std::to_string(line.number)},
                                   {"missing", joined(missing)},
                                   {"found", shown(joined(out.names_))},
                                   {"expected", joined(missing)}});
}

std::string_view Header::name(std::size_t position) const {
  return position < names_.size() ? std::string_view(names_[position]) : std::string_view();
}

std::vector<std::string> Header::unknown_columns() const {
  std::vector<std::string> out;
  for (const std::size_t at : unknown_) out.push_back(names_[at]);
  return out;
}

}  // namespace mlc::amazon::settlement_report
