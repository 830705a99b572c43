// The detail rows of one made-up settlement, in order.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "simulators/amazon/market.h"

namespace mlc::simulators::amazon {

struct DetailRow {
  std::string_view transaction_type;
  std::string order_id;
  std::string shipment_id;
  std::string adjustment_id;
  std::string_view marketplace;
  std::string_view amount_type;
  std::string_view amount_description;
  std::int64_t cents = 0;  // of the smallest unit: yen for JPY
  std::string_view fulfillment;
  Instant posted;
  std::string order_item_code;
  std::string sku;
  std::uint32_t quantity = 0;  // 0: blank
  std::string promotion_id;
};

struct RowsPlan {
  std::uint64_t seed = 1;
  Instant start;
  Instant end;
  std::uint32_t rows = 200;
  std::int64_t released_cents = 0;  // the reserve of the settlement before; 0: none
  std::int64_t reserve_cents = 0;   // held back at the end
  const Market* market = nullptr;   // never null when rows are made
  // Half of the rows are of rare_rows.h, beginning with its row of this number (from 0, round and
  // round); without it only everyday rows are made.
  std::optional<std::uint32_t> first_rare;
  std::string new_fee;  // three rows of the account have this description; empty: none
};

// Calls `take` for exactly `rows` rows. The same plan gives the same rows.
void make_rows(const RowsPlan& plan, const std::function<void(const DetailRow&)>& take);

}  // namespace mlc::simulators::amazon
