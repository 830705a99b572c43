#include "daemon/amazon_side.h"

#include <algorithm>
#include <iostream>

#include "amazon/login_with_amazon.h"
#include "amazon/rate_limiter.h"
#include "amazon/renewals.h"
#include "amazon/reports_client.h"
#include "amazon/selling_partner_connection.h"
#include "daemon/bucket_store.h"
#include "daemon/errors.h"
#include "daemon/noticing_source.h"
#include "daemon/version.h"
#include "net/http_client.h"
#include "simulators/amazon/amazon_simulator.h"
#include "simulators/amazon/faults.h"

namespace mlc::daemon {
namespace {

namespace simulated = simulators::amazon;

Result<amazon::Region> region_of(const configuration::ConnectionSettings& settings) {
  for (const auto region :
       {amazon::Region::kNorthAmerica, amazon::Region::kEurope, amazon::Region::kFarEast}) {
    if (settings.region == amazon::to_word(region)) return region;
  }
  return failure(kUnknownRegion, {{"connection", settings.id.str()}, {"region", settings.region}});
}

struct Keys {
  std::vector<Secret> client_secrets;
  Secret refresh_token;
};

// Plays Amazon on a loopback port of this process.
struct Simulator {
  std::unique_ptr<simulated::AmazonSimulator> simulator;
  std::unique_ptr<runtime::Sleeper> sleeper;
  std::unique_ptr<net::HttpServer> server;
};

// The stores the simulator plays: those of the configuration, or the first of the region.
Result<std::vector<simulated::SimulatedStream>> streams_of(
    const configuration::ConnectionSettings& settings) {
  std::vector<std::string> names = settings.amazon->simulator.markets;
  if (names.empty()) {
    const auto of_region =
        std::ranges::find(simulated::markets(), settings.region, &simulated::Market::region);
    names = {std::string(of_region->name)};
  }
  MLC_TRY(auto streams, simulated::find_streams(names));
  const std::string_view region = streams.front().market->region;
  if (region == settings.region) return streams;
  return failure(kMarketsElsewhere, {{"connection", settings.id.str()},
                                     {"market", streams.front().name()},
                                     {"region", settings.region},
                                     {"found", std::string(region)}});
}

Result<std::vector<simulators::FaultOrder>> faults_of(
    const configuration::AmazonSimulatorSettings& wanted, const SideContext& context) {
  if (wanted.fault_plan.empty()) return std::vector<simulators::FaultOrder>();
  return simulated::read_fault_plan(context.state_directory / wanted.fault_plan);
}

Result<simulated::Settings> simulator_settings(const configuration::ConnectionSettings& settings,
                                               const Keys& keys, const SideContext& context) {
  const auto& wanted = settings.amazon->simulator;
  constexpr int kDaysEach = 14;
  const auto story = std::chrono::days(kDaysEach * static_cast<int>(wanted.settlements));
  simulated::Settings out;
  out.seed = wanted.seed;
  out.anchor = utc_date(wanted.anchor - story);
  out.settlements = wanted.settlements;
  out.rows = wanted.rows;
  simulated::SimulatedAccount account;
  account.client_id = settings.amazon->client_id;
  account.client_secret = std::string(keys.client_secrets.front().reveal());
  account.refresh_token = std::string(keys.refresh_token.reveal());
  account.selling_partner_id = settings.selling_account;
  out.everything = wanted.variety == simulated::kEverything;
  MLC_TRY(auto streams, streams_of(settings));
  simulated::play(std::move(streams), account);
  out.accounts = {std::move(account)};
  MLC_TRY(out.faults, faults_of(wanted, context));
  return out;
}

std::map<amazon::Region, std::string> regions_below(const std::string& address) {
  std::map<amazon::Region, std::string> out;
  for (const auto region :
       {amazon::Region::kNorthAmerica, amazon::Region::kEurope, amazon::Region::kFarEast}) {
    out[region] = address + std::string(amazon::to_word(region));
  }
  return out;
}

void tell_operator(const Error& notice) { std::cerr << notice.explain() << "\n" << std::flush; }

Result<Keys> read_keys(const configuration::AmazonSettings& settings, const SideContext& context) {
  Keys out;
  for (const auto& reference : settings.client_secret) {
    MLC_TRY(auto secret,
            configuration::read_secret(reference, context.state_directory, context.environment));
    out.client_secrets.push_back(std::move(secret));
  }
  MLC_TRY(out.refresh_token,
          configuration::read_secret(settings.refresh_token, context.state_directory,
                                     context.environment));
  return out;
}

class Side final : public AmazonSide {
 public:
  Side(const SideContext& context, Simulator simulator, net::HttpClientSettings http)
      : simulator_(std::move(simulator)),
        http_settings_(std::move(http)),
        http_(net::curl_http_client(http_settings_)),
        buckets_(context.store),
        clock_(context.clock),
        tell_(context.tell ? context.tell : &tell_operator),
        limiter_(context.clock, buckets_,
                 runtime::seeded_random(
                     static_cast<std::uint64_t>(context.clock.now().time_since_epoch().count()))) {}

  void connect(const configuration::ConnectionSettings& settings, amazon::Region region,
               Keys keys) {
    const std::string agent = user_agent();
    amazon::LoginSettings login;
    login.client_id = settings.amazon->client_id;
    login.client_secrets = std::move(keys.client_secrets);
    login.refresh_token = std::move(keys.refresh_token);
    login.user_agent = agent;
    amazon::ConnectionSettings connection;
    connection.region = region;
    connection.application = settings.amazon->client_id;
    connection.account = settings.selling_account;
    connection.user_agent = agent;
    connection.counts = &counts_;
    if (simulator_.server != nullptr) {
      login.address = simulator_.server->address() + "/auth/o2/token";
      connection.endpoint = simulator_.server->address() + "/" + settings.region;
      connection.other_endpoints = regions_below(simulator_.server->address() + "/");
    } else {
      if (!settings.amazon->login_endpoint.empty()) login.address = settings.amazon->login_endpoint;
      connection.endpoint = settings.amazon->endpoint;
    }
    api_address_ = connection.endpoint.empty() ? amazon::endpoint(region) : connection.endpoint;
    login_address_ = login.address;
    tokens_ = std::make_unique<amazon::LoginWithAmazon>(*http_, clock_, std::move(login));
    connection_ =
        amazon::selling_partner_connection(*http_, *tokens_, limiter_, clock_, connection);
    amazon::ReportsSettings reports;
    reports.user_agent = agent;
    reports.document_bytes = settings.largest_report.bytes;
    reports_ = amazon::reports_client(*connection_, *http_, clock_, reports);
    id_ = settings.id;
    dates_ = {settings.amazon->secret_rotated_on, settings.amazon->authorised_on};
    source_ = noticing_source(
        *reports_,
        [this] {
          auto out = connection_->notices();
          for (auto& due : amazon::renewals_due(dates_, clock_.now())) {
            out.push_back(std::move(due));
          }
          return out;
        },
        tell_);
  }

  ports::ReportSource& source() override { return *source_; }
  AmazonProbe probe() override {
    return {*connection_, *tokens_, api_address_, login_address_, http_settings_};
  }
  [[nodiscard]] AmazonNumbers numbers() const override { return {id_, counts_.all(), dates_}; }

 private:
  Simulator simulator_;
  const net::HttpClientSettings http_settings_;
  std::string api_address_;
  std::string login_address_;
  std::unique_ptr<net::HttpClient> http_;
  BucketStore buckets_;
  const runtime::Clock& clock_;
  const std::function<void(const Error&)> tell_;
  amazon::RateLimiter limiter_;
  amazon::CallCounts counts_;
  ConnectionId id_;
  amazon::RenewalDates dates_;
  std::unique_ptr<amazon::LoginWithAmazon> tokens_;
  std::unique_ptr<amazon::SellingPartnerConnection> connection_;
  std::unique_ptr<ports::ReportSource> reports_;
  std::unique_ptr<ports::ReportSource> source_;
};

Result<Simulator> start_simulator(const configuration::ConnectionSettings& settings,
                                  const Keys& keys, const SideContext& context) {
  Simulator out;
  if (settings.amazon->endpoint != configuration::kSimulator) return out;
  MLC_TRY(auto wanted, simulator_settings(settings, keys, context));
  out.simulator = std::make_unique<simulated::AmazonSimulator>(std::move(wanted));
  out.sleeper = runtime::thread_sleeper();
  MLC_TRY(out.server, out.simulator->serve(0, context.clock, *out.sleeper));
  return out;
}

}  // namespace

Result<std::unique_ptr<AmazonSide>> make_amazon_side(
    const configuration::ConnectionSettings& settings, const SideContext& context) {
  MLC_TRY(const auto region, region_of(settings));
  MLC_TRY(Keys keys, read_keys(*settings.amazon, context));
  MLC_TRY(auto simulator, start_simulator(settings, keys, context));
  net::HttpClientSettings http;
  http.proxy_from_environment = settings.amazon->proxy == configuration::kEnvironment;
  if (!http.proxy_from_environment) http.proxy = settings.amazon->proxy;
  auto side = std::make_unique<Side>(context, std::move(simulator), std::move(http));
  side->connect(settings, region, std::move(keys));
  return std::unique_ptr<AmazonSide>(std::move(side));
}

}  // namespace mlc::daemon
