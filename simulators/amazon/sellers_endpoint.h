// The Sellers API v1: which marketplaces an account sells in.
#pragma once

#include "net/http_message.h"
#include "net/url.h"
#include "simulators/amazon/accounts.h"

namespace mlc::simulators::amazon {

// getMarketplaceParticipations of a call that is allowed and within its quota.
[[nodiscard]] net::HttpResponse marketplace_participations(const SimulatedAccount& account,
                                                           const net::Parameters& parameters);

}  // namespace mlc::simulators::amazon
