// Who may talk to the simulator.
#pragma once

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
  bool has_finance_role = true;               // without it the Reports API answers 403
};

}  // namespace mlc::simulators::amazon
