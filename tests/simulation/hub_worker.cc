#include "tests/simulation/hub_worker.h"

#include <algorithm>

#include "amazon/login_with_amazon.h"
#include "amazon/rate_limiter.h"
#include "amazon/reports_client.h"
#include "amazon/selling_partner_connection.h"
#include "amazon/settlement_report/settlement_reader.h"
#include "flow/engine.h"
#include "flow/posting_guard.h"
#include "sap/posting_protocol.h"
#include "simulators/sap/simulated_channel.h"
#include "tests/simulation/doubles.h"
#include "tests/simulation/mishap_store.h"

namespace mlc::simulation {
namespace {

constexpr const char* kAgent = "ml-connector-simulation/1 (Language=C++)";

amazon::LoginSettings login_settings() {
  const simulators::amazon::SimulatedAccount account;
  amazon::LoginSettings out;
  out.client_id = account.client_id;
  out.client_secrets = {Secret(account.client_secret)};
  out.refresh_token = Secret(account.refresh_token);
  out.user_agent = kAgent;
  return out;
}

amazon::ConnectionSettings connection_settings() {
  const simulators::amazon::SimulatedAccount account;
  amazon::ConnectionSettings out;
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

// Everything a process holds in its own memory.
struct Process {
  Process(Outside& outside, const std::string& name)
      : store(*outside.store, outside.mishaps, outside.witness),
        guard(store, outside.clock),
        inner_channel(*outside.sap, outside.clock),
        channel(inner_channel, outside.mishaps, outside.witness),
        protocol(channel, guard, guard, outside.clock, sap_settings(outside)),
        http(outside.amazon->in_process_client(outside.clock)),
        buckets(amazon::rate_buckets_in_memory()),
        limiter(outside.clock, *buckets, runtime::seeded_random(7)),
        tokens(*http, outside.clock, login_settings()),
        connection(amazon::selling_partner_connection(*http, tokens, limiter, outside.clock,
                                                      connection_settings())),
        inner_source(amazon::reports_client(*connection, *http, outside.clock, reports_settings())),
        source(*inner_source, outside.mishaps),
        world{store, *outside.vault, reader, outside.clock, guard, {}, name},
        engine(world, std::chrono::minutes(10)) {
    world.connections.push_back({*outside.connection, &source, &protocol});
  }

  static sap::Settings sap_settings(const Outside& outside) {
    sap::Settings out;
    out.user = "CONNECTOR";
    out.fence.strength = outside.plan.fence;
    return out;
  }

  MishapStore store;
  flow::PostingGuard guard;
  simulators::sap::SimulatedChannel inner_channel;
  MishapChannel channel;
  sap::PostingProtocol protocol;
  std::unique_ptr<net::HttpClient> http;
  std::unique_ptr<amazon::RateBucketStore> buckets;
  amazon::RateLimiter limiter;
  amazon::LoginWithAmazon tokens;
  std::unique_ptr<amazon::SellingPartnerConnection> connection;
  std::unique_ptr<ports::ReportSource> inner_source;
  MishapSource source;
  amazon::settlement_report::EvidenceSettlementReader reader;
  flow::World world;
  flow::Engine engine;
};

Instant next_look(Outside& outside, Process& process) {
  std::optional<Instant> due;
  if (auto transaction = process.store.begin()) {
    if (const auto next = (*transaction)->next_due()) due = *next;
  }
  // Time may have moved while the store was asked.
  const Instant soon = outside.clock.now() + std::chrono::seconds(1);
  const Instant later = outside.clock.now() + std::chrono::minutes(30);
  return std::clamp(due.value_or(later), soon, later);
}

// Whether the hub was set up again elsewhere, from a backup, on another store than `mine`.
bool is_elsewhere(const Outside& outside, const store::MemoryStore* mine) {
  return outside.store.get() != mine;
}

// Somebody switches an old machine off, but not at once.
class SwitchedOff {
 public:
  SwitchedOff(Outside& outside, const store::MemoryStore* mine) : outside_(outside), mine_(mine) {}
  bool now() {
    if (!is_elsewhere(outside_, mine_)) return false;
    if (!at_) {
      const auto most = static_cast<std::uint64_t>(outside_.plan.old_copy.count()) * 60;
      at_ = outside_.clock.now() + std::chrono::seconds(outside_.random->below(most));
    }
    return outside_.clock.now() >= *at_;
  }

 private:
  Outside& outside_;
  const store::MemoryStore* mine_;
  std::optional<Instant> at_;
};

// Ends when somebody edited the rule files: a new process reads them.
void work(Outside& outside, const std::string& name) {
  SwitchedOff off(outside, outside.store.get());
  Process process(outside, name);
  const auto edited = [&, mine = outside.store.get(), rules = outside.connection->rules.digest()] {
    return !is_elsewhere(outside, mine) && rules != outside.connection->rules.digest();
  };
  while (!outside.over && !off.now() && !edited()) {
    const auto moved = process.engine.run_one();
    if (!moved) outside.mishaps.note(name + ": " + std::string(moved.error().id()));
    if (moved && *moved) continue;
    outside.scheduler.sleep_until(next_look(outside, process));
  }
}

}  // namespace

void live(Outside& outside, const std::string& name) {
  const store::MemoryStore* mine = outside.store.get();
  for (int life = 1; !outside.over && !is_elsewhere(outside, mine); ++life) {
    try {
      work(outside, name + "." + std::to_string(life));
    } catch (const Crash&) {
      outside.witness.forget(name);
      const auto pause = std::chrono::seconds(1 + outside.random->below(900));
      outside.scheduler.sleep_until(outside.clock.now() + pause);
    }
  }
}

}  // namespace mlc::simulation
