// Who may talk to the simulator.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulators/amazon/market.h"

namespace mlc::simulators::amazon {

// The settlements of one store that follow one another. Amazon pays each store of an account, and
// each account type, apart.
struct SimulatedStream {
  const Market* market = &markets().front();  // how they are written
  // Of the account type Invoiced Orders: beside the standard one, seconds apart, with its own
  // reserve and fewer rows.
  bool invoiced = false;
  // "US", "US-invoiced": what a fault plan, a command line and a configuration call it.
  [[nodiscard]] std::string name() const;
};

inline constexpr ErrorKind kBadMarkets{
    "simulators.bad_markets", "'{markets}' cannot be played by one selling account: {reason}.",
    "Name one or several of {known}, all of one region of Amazon's.", ExitCode::kBadInput};

// The stream of that name; nothing when there is none.
[[nodiscard]] std::optional<SimulatedStream> find_stream(std::string_view name);
// Those of one selling account. Errors: simulators.bad_markets (a name that is not known or stands
// twice, none at all, markets of several regions).
[[nodiscard]] Result<std::vector<SimulatedStream>> find_streams(std::span<const std::string> names);

// One selling account in one region with the one application that it authorised.
struct SimulatedAccount {
  std::string client_id = "amzn1.application-oa2-client.simulated";
  std::string client_secret = "amzn1.oa2-cs.v1.simulated-secret";
  std::string refresh_token = "Atzr|simulated-refresh-token";
  std::string selling_partner_id = "A1SIMULATEDSELLER";
  std::string region = "na";  // na, eu, fe
  std::vector<std::string> marketplace_ids = {"ATVPDKIKX0DER"};
  std::vector<SimulatedStream> streams = {SimulatedStream{}};
  // Roles: without them Amazon answers 403, in the same words as for the wrong region.
  bool has_finance_role = true;   // "Finance and Accounting": the Reports API for settlements
  bool has_insights_role = true;  // "Selling Partner Insights": the Sellers API
  // Limits in per cent of Amazon's defaults: large sellers are given more.
  std::int64_t limits_percent = 100;
};

// The account sells in the stores of these streams, of which there is at least one, and in no
// other.
void play(std::vector<SimulatedStream> streams, SimulatedAccount& account);

}  // namespace mlc::simulators::amazon
