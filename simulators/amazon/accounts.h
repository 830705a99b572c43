// Who may talk to the simulator.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulators/amazon/market.h"

namespace mlc::simulators::amazon {

// One selling account in one region with the one application that it authorised.
struct SimulatedAccount {
  std::string client_id = "amzn1.application-oa2-client.simulated";
  std::string client_secret = "amzn1.oa2-cs.v1.simulated-secret";
  std::string refresh_token = "Atzr|simulated-refresh-token";
  std::string selling_partner_id = "A1SIMULATEDSELLER";
  std::string region = "na";  // na, eu, fe
  std::vector<std::string> marketplace_ids = {"ATVPDKIKX0DER"};
  const Market* market = &markets().front();  // how its settlements are written
  // Roles: without them Amazon answers 403, in the same words as for the wrong region.
  bool has_finance_role = true;   // "Finance and Accounting": the Reports API for settlements
  bool has_insights_role = true;  // "Selling Partner Insights": the Sellers API
  // Limits in per cent of Amazon's defaults: large sellers are given more.
  std::int64_t limits_percent = 100;
};

}  // namespace mlc::simulators::amazon
