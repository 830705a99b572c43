// Where a seller sells: the answer of getMarketplaceParticipations (Sellers API v1).
#pragma once

#include <string>
#include <vector>

#include "amazon/selling_partner_stub.h"

namespace mlc::amazon {

struct Participation {
  std::string marketplace_id;
  std::string country;   // Amazon's code
  std::string currency;  // usual one of the store
  bool participating = false;
  bool suspended = false;  // has suspended listings
};

// Errors: amazon.unreadable_answer.
[[nodiscard]] Result<std::vector<Participation>> read_participations(const ApiAnswer& answer);

}  // namespace mlc::amazon
