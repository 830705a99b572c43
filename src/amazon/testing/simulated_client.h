// The whole client against the simulated Amazon, in one process and on one clock.
#pragma once

#include <gtest/gtest.h>
#include <memory>

#include "amazon/reports_client.h"
#include "amazon/testing/memory_vault.h"
#include "simulators/amazon/amazon_simulator.h"

namespace mlc::amazon::testing {

// Everything a daemon would put together for one connection.
class SimulatedClient : public ::testing::Test {
 protected:
  // How the operator has configured the connection.
  struct Entered {
    std::vector<std::string> client_secrets;
    std::string refresh_token;
    Region region = Region::kNorthAmerica;
  };
  void start(simulators::amazon::Settings settings) {
    simulator_ = std::make_unique<simulators::amazon::AmazonSimulator>(std::move(settings));
    http_ = simulator_->in_process_client(clock_);
    const auto& account = simulator_->settings().accounts[0];
    connect({{account.client_secret}, account.refresh_token});
  }
  // A process that begins with what was entered; the quota's buckets are those of before.
  void connect(const Entered& entered) {
    const auto& account = simulator_->settings().accounts[0];
    LoginSettings login;
    login.client_id = account.client_id;
    for (const std::string& secret : entered.client_secrets) {
      login.client_secrets.emplace_back(secret);
    }
    login.refresh_token = Secret(entered.refresh_token);
    login.user_agent = "test/1";
    login_ = std::make_unique<LoginWithAmazon>(*http_, clock_, std::move(login));
    ConnectionSettings connection;
    connection.region = entered.region;
    connection.application = account.client_id;
    connection.account = account.selling_partner_id;
    connection.user_agent = "test/1";
    connection.counts = &counts_;
    connection_ = selling_partner_connection(*http_, *login_, limiter_, clock_, connection);
    ReportsSettings reports;
    reports.user_agent = "test/1";
    source_ = reports_client(*connection_, *http_, clock_, reports);
  }
  void SetUp() override {
    simulators::amazon::Settings settings;
    settings.rows = 60;
    start(settings);
  }
  void order(std::string where, std::string kind,
             std::map<std::string, std::string, std::less<>> parameters = {}) {
    simulator_->faults().add({std::move(where), 1, std::move(kind), std::move(parameters)});
  }
  std::vector<ports::ReportListing> list() {
    return source_->list_settlement_reports(Instant(), "").value().reports;
  }
  // What a scheduler does: comes back when the error says so.
  template <class Call>
  auto patiently(const Call& call) {
    auto result = call();
    for (int i = 0; !result && result.error().again() == Again::kLater && i < 20; ++i) {
      clock_.advance(result.error().wait().value_or(Duration(60'000)));
      result = call();
    }
    return result;
  }

  runtime::ManualClock clock_{parse_instant("2026-11-20T12:00:00Z").value()};
  std::unique_ptr<RateBucketStore> store_ = rate_buckets_in_memory();
  CallCounts counts_;
  RateLimiter limiter_{clock_, *store_, runtime::seeded_random(1)};
  std::unique_ptr<simulators::amazon::AmazonSimulator> simulator_;
  std::unique_ptr<net::HttpClient> http_;
  std::unique_ptr<LoginWithAmazon> login_;
  std::unique_ptr<SellingPartnerConnection> connection_;
  std::unique_ptr<ports::ReportSource> source_;
  MemoryVault vault_;
};

}  // namespace mlc::amazon::testing
