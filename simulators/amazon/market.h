// How Amazon writes settlement reports in different stores: amounts, dates, letters and words.
// From Amazon's documentation and changelog, and from files that others have described.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mlc::simulators::amazon {

enum class DayStyle : std::uint8_t {
  kDashed,
  kDotted,
  kYearSlash,
  kDayFirst,
  kDayFirstShort,
  kMonthFirstShort
};

// What a country adds to orders.
enum class Custom : std::uint8_t {
  kNone,
  kPoints,             // Japan: points that the seller grants
  kCollectedAtSource,  // India: tax that Amazon hands to the state, and tax on its fees
};

struct Market {
  std::string_view name;            // "DE"
  std::string_view region;          // of the Selling Partner API
  std::string_view marketplace_id;  // Amazon, "Marketplace IDs"
  std::string_view marketplace;     // as `marketplace-name` spells it
  std::string_view other_spelling;  // the same again where only one is known
  std::string_view currency;
  bool whole_units = false;  // amounts without decimals
  char decimal_mark = '.';
  std::string_view thousands;  // the mark, empty for none
  DayStyle posted_day = DayStyle::kDashed;
  DayStyle moment_day = DayStyle::kDashed;  // of all dates with a time
  std::string_view zone;                    // behind times, with its blank
  std::string_view charset;                 // as a Content-Type names it
  std::string_view sku_tail;  // letters of the country in that charset; some SKUs end so
  // What takes the tax off again that Amazon hands on; empty where the seller keeps it.
  std::string_view withheld_on_principal;
  std::string_view withheld_on_shipping;
  Custom custom = Custom::kNone;
};

// "US" is the first.
[[nodiscard]] std::span<const Market> markets();
// nullptr when there is none of that name.
[[nodiscard]] const Market* find_market(std::string_view name);

// An amount of the currency's smallest unit, a day and a moment as the market writes them.
[[nodiscard]] std::string amount_text(const Market& market, std::int64_t minor);
[[nodiscard]] std::string day_text(const Market& market, Instant instant);
[[nodiscard]] std::string moment_text(const Market& market, Instant instant);

}  // namespace mlc::simulators::amazon
