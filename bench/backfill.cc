#include "bench/backfill.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "amazon/login_with_amazon.h"
#include "amazon/rate_limiter.h"
#include "amazon/reports_client.h"
#include "amazon/selling_partner_connection.h"
#include "amazon/settlement_report/settlement_reader.h"
#include "base/digest.h"
#include "bench/errors.h"
#include "bench/settlement_file.h"
#include "configuration/rule_files.h"
#include "configuration/shipped_rules.h"
#include "daemon/bucket_store.h"
#include "evidence/directory_vault.h"
#include "flow/discovery.h"
#include "flow/engine.h"
#include "flow/posting_guard.h"
#include "net/in_process_client.h"
#include "net/url.h"
#include "simulators/amazon/amazon_simulator.h"
#include "store/state_directory.h"

namespace mlc::bench {
namespace {

namespace simulated = simulators::amazon;

constexpr const char* kAgent = "ml-connector-bench/1 (Language=C++)";
constexpr const char* kTenant = "t";
constexpr std::uint32_t kPerStream = 2;
// Settlements end every 14 days and listings reach back three months: so many can only be there
// of a seller who is paid for several stores.
constexpr std::array kStreams{
    "DE",          "FR",          "IT",          "ES", "NL", "DE-invoiced", "FR-invoiced",
    "IT-invoiced", "ES-invoiced", "NL-invoiced", "UK", "SE", "PL"};

Instant start() { return *parse_instant("2026-03-02T06:00:00Z"); }

tl::unexpected<Error> failed(const std::string& detail) {
  return failure(kRunFailed, {{"run", "back-fill"}, {"detail", detail}});
}

double seconds_of(clockid_t clock) {
  constexpr double kNano = 1e-9;
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * kNano;
}

// What is asked for, told from the address alone.
std::string operation_of(const std::string& address) {
  const auto url = net::parse_url(address);
  if (!url) return "unknown";
  if (url->path.starts_with("/auth/")) return "login";
  if (url->path.starts_with("/reports/2021-06-30/documents/")) return "getReportDocument";
  if (url->path == "/reports/2021-06-30/reports") return "getReports";
  if (url->path.starts_with("/reports/2021-06-30/reports/")) return "getReport";
  return url->path.starts_with("/documents/") ? "document" : url->path;
}

// Simulated Amazon, and how often it was asked for what.
class CountedAmazon {
 public:
  CountedAmazon(simulated::Settings settings, runtime::ManualClock& clock, Duration latency)
      : amazon_(std::move(settings)), clock_(clock), latency_(latency) {}

  std::unique_ptr<net::HttpClient> client(std::uint32_t seller) {
    return net::in_process_client(
        [this, seller](const net::HttpRequest& request) { return ask(seller, request); });
  }
  [[nodiscard]] double processor() const { return processor_; }
  [[nodiscard]] std::map<std::string, CallsMade> calls() const {
    std::map<std::string, CallsMade> out;
    for (const auto& [key, made] : calls_) {
      CallsMade& all = out[key.first];
      all.all += made.all;
      all.refused += made.refused;
      all.most = std::max(all.most, made.all);
    }
    return out;
  }

 private:
  Result<net::HttpResponse> ask(std::uint32_t seller, const net::HttpRequest& request) {
    const double before = seconds_of(CLOCK_THREAD_CPUTIME_ID);
    clock_.advance(latency_ / 2);
    auto answer = amazon_.handle(request, clock_.now());
    clock_.advance(latency_ - latency_ / 2);
    CallsMade& made = calls_[{operation_of(request.url), seller}];
    made.all += 1;
    if (answer && answer->status == 429) made.refused += 1;
    processor_ += seconds_of(CLOCK_THREAD_CPUTIME_ID) - before;
    return answer;
  }

  simulated::AmazonSimulator amazon_;
  runtime::ManualClock& clock_;
  const Duration latency_;
  std::map<std::pair<std::string, std::uint32_t>, CallsMade> calls_;
  double processor_ = 0;
};

std::string name_of(std::uint32_t seller) { return "A" + std::to_string(1'000'000 + seller); }

Result<simulated::SimulatedAccount> account_of(std::uint32_t seller, std::uint32_t settlements) {
  const auto count = static_cast<std::ptrdiff_t>(settlements / kPerStream);
  const std::vector<std::string> names(kStreams.begin(), kStreams.begin() + count);
  MLC_TRY(auto streams, simulated::find_streams(names));
  simulated::SimulatedAccount out;  // of the application that all share
  out.selling_partner_id = name_of(seller);
  out.refresh_token += "-" + name_of(seller);
  simulated::play(std::move(streams), out);
  return out;
}

Result<simulated::Settings> amazon_settings(const BackfillShape& shape) {
  simulated::Settings out;
  out.anchor = utc_date(start() - std::chrono::days(14 * kPerStream + 2));
  out.settlements = kPerStream;
  out.rows = shape.rows;
  out.accounts.clear();
  for (std::uint32_t i = 0; i < shape.sellers; ++i) {
    MLC_TRY(auto account, account_of(i, shape.settlements));
    out.accounts.push_back(std::move(account));
  }
  return out;
}

Result<flow::Connection> connection_of(std::uint32_t seller, const ledger::RuleBook& rules) {
  MLC_TRY(auto zone, runtime::TimeZone::find("Europe/Berlin"));
  return flow::Connection{.tenant = TenantId(std::string(kTenant)),
                          .id = ConnectionId(name_of(seller)),
                          .selling_account = name_of(seller),
                          .currencies = {"EUR", "GBP", "SEK", "PLN"},
                          .home_zone = std::move(zone),
                          // What lies before it is proved, and ends there: SAP is not needed.
                          .cutover = *parse_date("2027-01-01"),
                          .sap = {"ECS", "800", "ECSCLNT800"},
                          .company_code = "DE01",
                          .company_codes = {"DE01"},
                          .document_type = "SA",
                          .receivable_account = "140000",
                          .receivable_profit_center = "",
                          .marketplace_label = "EU",
                          .first_control = {},
                          .times = {},
                          .rules = rules};
}

amazon::LoginSettings login_settings(const simulated::SimulatedAccount& account) {
  amazon::LoginSettings out;
  out.client_id = account.client_id;
  out.client_secrets = {Secret(account.client_secret)};
  out.refresh_token = Secret(account.refresh_token);
  out.user_agent = kAgent;
  return out;
}

amazon::ConnectionSettings connection_settings(const simulated::SimulatedAccount& account) {
  amazon::ConnectionSettings out;
  out.region = amazon::Region::kEurope;
  out.application = account.client_id;
  out.account = account.selling_partner_id;
  out.user_agent = kAgent;
  return out;
}

amazon::ReportsSettings reports_settings() {
  amazon::ReportsSettings out;
  out.user_agent = kAgent;
  return out;
}

// The way to Amazon of one seller.
struct Side {
  Side(CountedAmazon& amazon, std::uint32_t seller, const simulated::SimulatedAccount& account,
       amazon::RateLimiter& limiter, const runtime::Clock& clock)
      : http(amazon.client(seller)),
        tokens(*http, clock, login_settings(account)),
        connection(amazon::selling_partner_connection(*http, tokens, limiter, clock,
                                                      connection_settings(account))),
        source(amazon::reports_client(*connection, *http, clock, reports_settings())) {}

  std::unique_ptr<net::HttpClient> http;
  amazon::LoginWithAmazon tokens;
  std::unique_ptr<amazon::SellingPartnerConnection> connection;
  std::unique_ptr<ports::ReportSource> source;
};

// When each seller's settlements were through, and what went wrong.
struct Watch {
  std::map<std::string, Instant> last;  // by lane
  std::uint64_t proved = 0;
  std::optional<std::string> trouble;

  void on(const ports::WorkRecord& work, const flow::Decision& decision, Instant now) {
    if (decision.next == "before_cutover") {
      proved += 1;
      last[work.lane] = now;
    } else if (decision.next == "rejected" || decision.next == "refused") {
      trouble = work.kind + " " + work.subject + " is " + decision.next;
      if (decision.error) *trouble += ": " + decision.error->text();
    }
  }
};

Status add_discovery(ports::Store& store, const flow::Connection& connection) {
  const auto work = flow::discovery_work(connection, start());
  MLC_TRY(const auto transaction, store.begin());
  MLC_TRY_STATUS(transaction->put_lane(work.tenant, work.lane, connection.selling_account));
  MLC_TRY(const bool added, transaction->add_work(work));
  if (!added) return failed("discovery is there already");
  return transaction->commit();
}

// Moves the clock to when something is due.
Status wait_for_work(ports::Store& store, runtime::ManualClock& clock) {
  constexpr std::chrono::hours kPatience{12};
  MLC_TRY(const auto transaction, store.begin());
  MLC_TRY(const auto due, transaction->next_due());
  if (!due || *due > start() + kPatience) return failed("nothing moves any more");
  clock.set(std::max(*due, clock.now() + Duration(1)));
  return {};
}

Status move_all(flow::Engine& engine, ports::Store& store, runtime::ManualClock& clock,
                const Watch& watch, std::uint64_t wanted, std::uint64_t& steps) {
  while (watch.proved < wanted) {
    MLC_TRY(const bool moved, engine.run_one());
    if (watch.trouble) return failed(*watch.trouble);
    steps += moved ? 1 : 0;
    if (!moved) MLC_TRY_STATUS(wait_for_work(store, clock));
  }
  return {};
}

Result<std::unique_ptr<store::StateDirectory>> new_state(const std::filesystem::path& folder) {
  store::StateDirectorySettings settings;
  settings.directory = folder / "state";
  settings.create = true;
  settings.now = start();
  settings.chance = [](std::size_t count) { return random_bytes(count); };
  return store::StateDirectory::open(settings);
}

// Everything a hub is made of, of one application with many sellers.
struct Night {
  Night(simulated::Settings of_amazon, Duration latency,
        std::unique_ptr<store::StateDirectory> directory,
        std::unique_ptr<evidence::DirectoryVault> evidence)
      : settings(std::move(of_amazon)),
        counted(settings, clock, latency),
        state(std::move(directory)),
        vault(std::move(evidence)),
        buckets(state->store()),
        limiter(clock, buckets, runtime::seeded_random(7)),
        guard(state->store(), clock),
        world{state->store(), *vault, reader, clock, guard, {}, "bench"} {}

  Status add_seller(std::uint32_t seller, const ledger::RuleBook& rules) {
    sides.emplace_back(counted, seller, settings.accounts[seller], limiter, clock);
    MLC_TRY(auto connection, connection_of(seller, rules));
    MLC_TRY_STATUS(add_discovery(state->store(), connection));
    world.connections.push_back({std::move(connection), sides.back().source.get()});
    return {};
  }
  Result<Backfill> run(std::uint64_t wanted);

  runtime::ManualClock clock{start()};
  simulated::Settings settings;
  CountedAmazon counted;
  std::unique_ptr<store::StateDirectory> state;
  std::unique_ptr<evidence::DirectoryVault> vault;
  daemon::BucketStore buckets;
  amazon::RateLimiter limiter;
  amazon::settlement_report::EvidenceSettlementReader reader;
  flow::PostingGuard guard;
  flow::World world;
  std::deque<Side> sides;
};

Result<Backfill> Night::run(std::uint64_t wanted) {
  Watch watch;
  flow::Engine engine(world, std::chrono::minutes(10),
                      [&](const auto& before, const auto& decision, const auto& /*entry*/) {
                        watch.on(before, decision, clock.now());
                      });
  Backfill out;
  const double begun = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
  MLC_TRY_STATUS(move_all(engine, state->store(), clock, watch, wanted, out.steps));
  out.processor = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - begun;
  out.simulator = counted.processor();
  out.calls = counted.calls();
  out.proved = watch.proved;
  const auto [first, last] =
      std::ranges::minmax_element(watch.last, {}, [](const auto& entry) { return entry.second; });
  out.first = first->second - start();
  out.elapsed = last->second - start();
  return out;
}

}  // namespace

Result<Backfill> run_backfill(const BackfillShape& shape) {
  MLC_TRY(auto settings, amazon_settings(shape));
  const TemporaryFolder folder;
  MLC_TRY(auto state, new_state(folder.path()));
  MLC_TRY(auto vault,
          evidence::DirectoryVault::open(evidence::real_file_system(), state->evidence()));
  MLC_TRY(auto rule_set,
          configuration::parse_rule_file(configuration::shipped_rules(), "us-sample.toml"));
  MLC_TRY(const auto rules, ledger::RuleBook::make({std::move(rule_set)}));
  Night night(std::move(settings), shape.latency, std::move(state), std::move(vault));
  for (std::uint32_t i = 0; i < shape.sellers; ++i) MLC_TRY_STATUS(night.add_seller(i, rules));
  return night.run(std::uint64_t{shape.sellers} * shape.settlements);
}

}  // namespace mlc::bench
