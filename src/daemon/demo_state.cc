#include "daemon/demo_state.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/digest.h"
#include "configuration/hub_configuration.h"
#include "configuration/shipped_rules.h"
#include "daemon/errors.h"
#include "daemon/make_whole.h"
#include "flow/discovery.h"
#include "simulators/amazon/accounts.h"
#include "simulators/amazon/amazon_simulator.h"
#include "simulators/sap/landscape.h"
#include "store/files.h"

namespace mlc::daemon {
namespace {

namespace fs = std::filesystem;
namespace amazon = simulators::amazon;

constexpr std::uint32_t kRows = 200;
// Amazon lets so many be downloaded before it makes an account wait; the night does not wait.
constexpr std::uint32_t kDocumentsAtOnce = 15;
constexpr std::string_view kFaultPlan = "amazon-fault-plan.json";
// The market in whose last settlement Amazon charges a fee that no rule knows yet.
constexpr std::string_view kNewFeeMarket = "DE";

// A company code of the simulated SAP and what is customary there.
struct Company {
  const char* code;
  const char* receivable_account;
  std::string_view rules_name;
  std::string_view (*rules)();
};
constexpr Company kUnitedStates{"1000", "0000140100", configuration::kShippedRulesName,
                                &configuration::shipped_rules};
constexpr Company kGermany{"2000", "0000140110", configuration::kShippedGermanRulesName,
                           &configuration::shipped_german_rules};

// One selling account per region of Amazon's, and whose books its settlements go into.
struct Account {
  std::string_view region;
  const char* selling_partner;
  const Company& company;
  std::uint32_t settlements;  // of each market; fewer of many
};
constexpr std::array kAccounts{
    Account{"na", "A1SIMULATEDSELLER", kUnitedStates, 4},
    Account{"eu", "A2SIMULATEDSELLER", kGermany, 3},
    Account{"fe", "A3SIMULATEDSELLER", kUnitedStates, 2},
};

// One connection per currency of an account: Amazon pays each apart.
struct Payout {
  std::string_view currency;
  const char* connection;
  const char* label;
  const char* zone;
  std::int64_t decimals = 2;
  configuration::PostMode post = configuration::PostMode::kAuto;
};
constexpr std::array kPayouts{
    Payout{"USD", "us", "US", "America/Los_Angeles"},
    Payout{"CAD", "ca", "CA", "America/Toronto"},
    Payout{"MXN", "mx", "MX", "America/Mexico_City"},
    Payout{"BRL", "br", "BR", "America/Sao_Paulo"},
    Payout{"EUR", "eu", "EU", "Europe/Berlin"},
    Payout{"GBP", "uk", "UK", "Europe/London"},
    Payout{"SEK", "se", "SE", "Europe/Stockholm"},
    Payout{"PLN", "pl", "PL", "Europe/Warsaw"},
    Payout{"TRY", "tr", "TR", "Europe/Istanbul"},
    Payout{"AED", "ae", "AE", "Asia/Dubai"},
    Payout{"INR", "in", "IN", "Asia/Kolkata"},
    Payout{"AUD", "au", "AU", "Australia/Sydney"},
    Payout{"SGD", "sg", "SG", "Asia/Singapore"},
    Payout{"JPY", "jp", "JP", "Asia/Tokyo", 0, configuration::PostMode::kApprove},
};

configuration::SecretReference key_file(const std::string& name) {
  return {configuration::SecretReference::Kind::kFile, "keys/" + name};
}

std::string token_file(const Account& account) {
  return "amazon-refresh-token-" + std::string(account.region);
}

configuration::AmazonSettings amazon_settings(const DemoSettings& settings, const Account& account,
                                              const std::vector<std::string>& markets) {
  configuration::AmazonSettings out;
  out.endpoint = configuration::kSimulator;
  out.client_id = "amzn1.application-oa2-client.demo";
  out.client_secret = {key_file("amazon-client-secret")};
  out.refresh_token = key_file(token_file(account));
  // Other settlements for each account; a seed of 63 bits stays one.
  const auto number = static_cast<std::uint64_t>(&account - kAccounts.data());
  out.simulator.seed = settings.seed ^ (number << 12U);
  // Settlements end during their last day, at an hour of their own: a whole day lies between, so
  // that the demo is the same at every hour.
  out.simulator.anchor = std::chrono::floor<std::chrono::days>(settings.now) - std::chrono::days(1);
  const auto of_each = kDocumentsAtOnce / static_cast<std::uint32_t>(markets.size());
  out.simulator.settlements = std::clamp(of_each, 1U, account.settlements);
  out.simulator.rows = kRows;
  out.simulator.variety =
      settings.everything ? simulators::amazon::kEverything : simulators::amazon::kEveryday;
  out.simulator.markets = markets;
  if (std::ranges::find(markets, kNewFeeMarket) != markets.end()) {
    out.simulator.fault_plan = kFaultPlan;
  }
  return out;
}

configuration::SapSettings sap_settings(const DemoSettings& settings) {
  configuration::SapSettings out;
  out.transport =
      settings.sap_socket.empty() ? configuration::kSimulator : configuration::kSimulatorSocket;
  out.system_id = "MLS";
  out.client = "100";
  out.logical_system = "MLSCLNT100";
  out.user = "CONNECTOR";
  out.password = key_file("sap-password");
  out.books = "sap-simulator";
  out.socket = settings.sap_socket.string();
  return out;
}

configuration::ConnectionSettings connection_settings(const DemoSettings& settings,
                                                      const Account& account,
                                                      const Payout& payout) {
  const Company& company = account.company;
  configuration::ConnectionSettings out;
  out.id = ConnectionId(std::string(payout.connection));
  out.selling_account = account.selling_partner;
  out.region = account.region;
  out.currencies = {std::string(payout.currency)};
  out.marketplace_label = payout.label;
  out.home_zone = payout.zone;
  out.cutover = utc_date(settings.now - flow::kReportLookBack);
  out.post = payout.post;
  out.company_code = company.code;
  out.company_codes = {kUnitedStates.code, kGermany.code};
  out.document_type = "SA";
  out.receivable_account = company.receivable_account;
  out.sap_decimals = payout.decimals;
  out.rules = {std::string(company.rules_name)};
  out.sap = sap_settings(settings);
  const auto& opening = simulators::sap::kOpeningDocument;
  out.first_control =
      configuration::FirstControl{company.code, opening.belnr, opening.gjahr, opening.xblnr};
  return out;
}

// The simulated SAP answers in milliseconds, and nothing runs longer than seconds there.
configuration::TimeSettings demo_times() {
  configuration::TimeSettings out;
  out.longest_run = std::chrono::seconds(5);
  out.clock_skew = std::chrono::seconds(1);
  out.longest_call = std::chrono::seconds(2);
  out.holder_lease = std::chrono::minutes(1);
  out.unit_deadline = std::chrono::seconds(10);
  return out;
}

const Payout* payout_of(const amazon::Market& market) {
  const auto* const found = std::ranges::find(kPayouts, market.currency, &Payout::currency);
  return found == kPayouts.end() ? nullptr : found;
}

std::string known_markets() {
  std::string out;
  for (const amazon::Market& market : amazon::markets()) {
    if (payout_of(market) == nullptr) continue;
    out += (out.empty() ? "" : ", ") + std::string(market.name);
  }
  return out;
}

// The connections of one account, of which the first asks Amazon: what belongs to another is handed
// to it.
std::vector<configuration::ConnectionSettings> connections_of(
    const DemoSettings& settings, const Account& account, const std::vector<std::string>& markets) {
  std::vector<configuration::ConnectionSettings> out;
  for (const std::string& name : markets) {
    const Payout& payout = *payout_of(*amazon::find_stream(name)->market);
    const bool known = std::ranges::any_of(
        out, [&payout](const auto& other) { return other.id.str() == payout.connection; });
    if (!known) out.push_back(connection_settings(settings, account, payout));
  }
  if (!out.empty()) out.front().amazon = amazon_settings(settings, account, markets);
  return out;
}

Result<configuration::HubConfiguration> demo_configuration(const DemoSettings& settings) {
  std::map<std::string_view, std::vector<std::string>> by_region;
  for (const std::string& name : settings.markets) {
    const auto stream = amazon::find_stream(name);
    if (!stream || payout_of(*stream->market) == nullptr) {
      return failure(kUnknownMarket, {{"market", name}, {"known", known_markets()}});
    }
    auto& markets = by_region[stream->market->region];
    if (std::ranges::find(markets, name) == markets.end()) markets.push_back(name);
  }
  configuration::HubConfiguration out;
  for (const Account& account : kAccounts) {
    auto connections = connections_of(settings, account, by_region[account.region]);
    std::ranges::move(connections, std::back_inserter(out.connections));
  }
  out.times = demo_times();
  return out;
}

Status write_keys(const fs::path& directory) {
  MLC_TRY_STATUS(store::make_folder(directory / "keys"));
  MLC_TRY_STATUS(store::write_private_file(directory / "keys/amazon-client-secret",
                                           "amzn1.oa2-cs.v1." + to_hex(random_bytes(16)) + "\n"));
  for (const Account& account : kAccounts) {
    MLC_TRY_STATUS(store::write_private_file(directory / "keys" / token_file(account),
                                             "Atzr|" + to_hex(random_bytes(32)) + "\n"));
  }
  // The simulated system knows its user by this password; it protects nothing.
  return store::write_private_file(directory / "keys/sap-password", "initial1\n");
}

Status write_rules(const fs::path& directory) {
  MLC_TRY_STATUS(store::make_folder(directory / "rules"));
  for (const Company* company : {&kUnitedStates, &kGermany}) {
    MLC_TRY_STATUS(
        store::write_private_file(directory / company->rules_name, std::string(company->rules())));
  }
  return {};
}

// Amazon brings a fee that nobody has heard of, in the last settlement of one market.
Status write_fault_plan(const fs::path& directory,
                        const configuration::HubConfiguration& configuration) {
  for (const auto& connection : configuration.connections) {
    if (!connection.amazon || connection.amazon->simulator.fault_plan.empty()) continue;
    const std::string place = "settlement:" + std::string(kNewFeeMarket) + ":" +
                              std::to_string(connection.amazon->simulator.settlements);
    MLC_TRY_STATUS(store::write_private_file(
        directory / kFaultPlan,
        "{\"faults\": [{\"where\": \"" + place + "\", \"kind\": \"new_fee\"}]}\n"));
  }
  return {};
}

Status write_state(const fs::path& directory,
                   const configuration::HubConfiguration& configuration) {
  MLC_TRY_STATUS(store::make_folder(directory));
  MLC_TRY_STATUS(write_keys(directory));
  MLC_TRY_STATUS(write_rules(directory));
  MLC_TRY_STATUS(write_fault_plan(directory, configuration));
  return store::write_private_file(directory / configuration::kConfigurationFile,
                                   configuration::write_commented_configuration(configuration));
}

}  // namespace

std::vector<std::string> demo_markets() { return {"US", "CA", "DE", "FR", "UK", "JP"}; }

Status make_demo_state(const fs::path& directory, const DemoSettings& settings) {
  if (!store::is_empty_folder(directory)) {
    return failure(kDemoDirectoryInUse, {{"directory", directory.string()}});
  }
  MLC_TRY(const auto configuration, demo_configuration(settings));
  return make_whole(directory, [&configuration](const fs::path& folder) {
    return write_state(folder, configuration);
  });
}

}  // namespace mlc::daemon
