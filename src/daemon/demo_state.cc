#include "daemon/demo_state.h"

#include "base/digest.h"
#include "configuration/hub_configuration.h"
#include "configuration/shipped_rules.h"
#include "daemon/errors.h"
#include "simulators/sap/landscape.h"
#include "store/files.h"

namespace mlc::daemon {
namespace {

namespace fs = std::filesystem;

constexpr int kSettlements = 4;
constexpr int kRows = 200;

configuration::SecretReference key_file(const char* name) {
  return {configuration::SecretReference::Kind::kFile, std::string("keys/") + name};
}

configuration::AmazonSettings amazon_settings(const DemoSettings& settings) {
  configuration::AmazonSettings out;
  out.endpoint = configuration::kSimulator;
  out.client_id = "amzn1.application-oa2-client.demo";
  out.client_secret = {key_file("amazon-client-secret")};
  out.refresh_token = key_file("amazon-refresh-token");
  out.simulator.seed = settings.seed;
  // Settlements end during their last day, at an hour of their own: a whole day lies between, so
  // that the demo is the same at every hour.
  out.simulator.anchor = std::chrono::floor<std::chrono::days>(settings.now) - std::chrono::days(1);
  out.simulator.settlements = kSettlements;
  out.simulator.rows = kRows;
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

configuration::ConnectionSettings connection_settings(const DemoSettings& settings) {
  configuration::ConnectionSettings out;
  out.id = ConnectionId("us");
  out.selling_account = "A1SIMULATEDSELLER";
  out.region = "na";
  out.currencies = {"USD"};
  out.marketplace_label = "US";
  out.home_zone = "America/Los_Angeles";
  out.cutover = utc_date(settings.now - std::chrono::days(89));
  out.post = configuration::PostMode::kAuto;
  out.company_code = "1000";
  out.company_codes = {"1000", "2000"};
  out.document_type = "SA";
  out.receivable_account = "0000140100";
  out.rules = {std::string(configuration::kShippedRulesName)};
  out.amazon = amazon_settings(settings);
  out.sap = sap_settings(settings);
  const auto& opening = simulators::sap::kOpeningDocument;
  out.first_control =
      configuration::FirstControl{"1000", opening.belnr, opening.gjahr, opening.xblnr};
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

Status write_keys(const fs::path& directory) {
  MLC_TRY_STATUS(store::make_folder(directory / "keys"));
  MLC_TRY_STATUS(store::write_private_file(directory / "keys/amazon-client-secret",
                                           "amzn1.oa2-cs.v1." + to_hex(random_bytes(16)) + "\n"));
  MLC_TRY_STATUS(store::write_private_file(directory / "keys/amazon-refresh-token",
                                           "Atzr|" + to_hex(random_bytes(32)) + "\n"));
  // The simulated system knows its user by this password; it protects nothing.
  return store::write_private_file(directory / "keys/sap-password", "initial1\n");
}

}  // namespace

Status make_demo_state(const fs::path& directory, const DemoSettings& settings) {
  if (!store::is_empty_folder(directory)) {
    return failure(kDemoDirectoryInUse, {{"directory", directory.string()}});
  }
  MLC_TRY_STATUS(store::make_folder(directory));
  MLC_TRY_STATUS(write_keys(directory));
  MLC_TRY_STATUS(store::make_folder(directory / "rules"));
  MLC_TRY_STATUS(store::write_private_file(directory / configuration::kShippedRulesName,
                                           std::string(configuration::shipped_rules())));
  configuration::HubConfiguration configuration;
  configuration.connections = {connection_settings(settings)};
  configuration.times = demo_times();
  return store::write_private_file(directory / configuration::kConfigurationFile,
                                   configuration::write_commented_configuration(configuration));
}

}  // namespace mlc::daemon
