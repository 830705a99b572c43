#include "tests/simulation/world.h"

#include "base/expect.h"
#include "configuration/rule_files.h"
#include "configuration/shipped_rules.h"
#include "simulators/sap/landscape.h"

namespace mlc::simulation {
namespace {

namespace amazon_side = simulators::amazon;
namespace sap_side = simulators::sap;

Instant start() { return *parse_instant("2026-03-02T06:00:00Z"); }

template <class T>
T must(Result<T> result) {
  if (!result) std::fprintf(stderr, "%s\n", result.error().explain().c_str());
  MLC_EXPECT(result.has_value());
  return std::move(*result);
}

flow::Connection make_connection(const Plan& plan, ports::PositiveControl control) {
  flow::PostingTimes times;
  times.confirm_every = std::chrono::hours(12);
  return flow::Connection{.tenant = TenantId(std::string("t")),
                          .id = ConnectionId(std::string("us")),
                          .selling_account = "A1SIMULATEDSELLER",
                          .currencies = {"USD"},
                          .post_mode = flow::PostMode::kAuto,
                          .home_zone = must(runtime::TimeZone::find("America/Los_Angeles")),
                          .cutover = *parse_date("2025-01-01"),
                          .poll_every = std::chrono::hours(6),
                          .sap = {"MLS", "100", "MLSCLNT100"},
                          .company_code = "1000",
                          .company_codes = {"1000", "2000"},
                          .document_type = "SA",
                          .receivable_account = kReceivable,
                          .receivable_profit_center = "",
                          .marketplace_label = "US",
                          .sap_decimals = 2,
                          .item_limit = plan.item_limit,
                          .document_limit = 40,
                          .first_control = std::move(control),
                          .times = times,
                          .rules = rule_book(false)};
}

amazon_side::Settings amazon_settings(std::uint64_t seed, const Plan& plan) {
  amazon_side::Settings settings;
  settings.seed = seed;
  settings.anchor = utc_date(start() - std::chrono::days(14 * plan.settlements + 2));
  settings.settlements = plan.settlements;
  settings.rows = plan.rows;
  settings.faults = plan.amazon_faults;
  return settings;
}

Settled settled_by(const amazon_side::AmazonSimulator& amazon) {
  Settled out;
  for (std::uint32_t i = 0; i < amazon.settings().settlements; ++i) {
    const auto facts = amazon_side::settlement_facts(amazon.series(), i);
    out[facts.id] = facts.total_cents;
  }
  return out;
}

std::unique_ptr<sap_side::SapSystem> open_sap(const std::filesystem::path& books, const Plan& plan,
                                              simulators::FaultPlan& faults) {
  sap_side::SystemSettings settings;
  settings.books = books;
  settings.durable = false;
  if (plan.sap_drops_idle) settings.idle_limit = std::chrono::minutes(20);
  auto sap = must(sap_side::SapSystem::open(settings, sap_side::sample_landscape(), &faults));
  sap->by_hand(start(), [&](sap_side::Hands& hands) {
    for (const char* contract : {"Z_MLC_LOCK_POSTING", "Z_MLC_RESERVE_KEYS"}) {
      MLC_EXPECT(hands.install_function(contract, contract));
    }
  });
  return sap;
}

}  // namespace

ledger::RuleBook rule_book(bool edited) {
  auto set = must(configuration::parse_rule_file(configuration::shipped_rules(), "us-sample.toml"));
  for (auto& rule : set.rules) {
    if (edited && rule.id == "sale-principal") rule.result.account = "400100";
  }
  return must(ledger::RuleBook::make({std::move(set)}));
}

Outside::Outside(std::uint64_t seed, std::optional<sap::FenceStrength> fence)
    : random(runtime::seeded_random(seed)),
      plan(draw_plan(*random, fence)),
      clock(start()),
      scheduler(clock, *random),
      mishaps(scheduler, clock, *random, plan.odds),
      folder(std::to_string(seed)),
      sap_faults(plan.sap_faults),
      sap(open_sap(folder.path(), plan, sap_faults)),
      amazon(std::make_unique<amazon_side::AmazonSimulator>(amazon_settings(seed, plan))),
      vault(must(evidence::DirectoryVault::open(files, "evidence"))),
      store(must(store::open_memory_store(start()))),
      connection(make_connection(plan, support::opening_document())),
      settled(settled_by(*amazon)),
      witness(folder.path(), settled, [this](const std::string& line) { mishaps.note(line); }) {}

}  // namespace mlc::simulation
