#include "tests/scenarios/hub_world.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "amazon/settlement_report/settlement_reader.h"
#include "configuration/rule_files.h"
#include "configuration/shipped_rules.h"
#include "flow/engine.h"
#include "flow/opening.h"
#include "flow/outlook.h"
#include "flow/posting_guard.h"
#include "sap/master_reading.h"
#include "sap/posting_protocol.h"
#include "simulators/sap/landscape.h"
#include "simulators/sap/simulated_channel.h"
#include "tests/scenarios/scenario_file.h"

namespace mlc::scenarios {
namespace {

constexpr auto kWorkLease = std::chrono::minutes(10);
constexpr auto kLongestNap = std::chrono::minutes(30);

template <class T>
T must(Result<T> result) {
  if (!result) throw Failure{result.error().explain()};
  return std::move(*result);
}

ledger::RuleBook rule_book(const std::string& version, std::vector<ledger::Rule> rules,
                           const std::string& suspense_account) {
  ledger::RuleSet set{};
  set.name = "scenario";
  set.version = version;
  set.valid_from = *parse_date("2020-01-01");
  set.rules = std::move(rules);
  set.suspense_account = suspense_account;
  return must(ledger::RuleBook::make({std::move(set)}));
}

ledger::RuleBook rule_book(const Settings& settings) {
  if (!settings.rules.empty()) {
    return rule_book("2026-1", settings.rules, settings.suspense_account);
  }
  return must(ledger::RuleBook::make(
      {must(configuration::parse_rule_file(configuration::shipped_rules(), "us-sample.toml"))}));
}

// As the daemon does.
ledger::RuleBook bound(const ledger::RuleBook& rules, const Settings& settings,
                       const std::string& seller) {
  auto groups = must(ledger::MaterialGroups::parse(settings.material_groups, "material groups"));
  return rules.bound(seller, std::make_shared<const ledger::MaterialGroups>(std::move(groups)));
}

flow::Connection make_connection(const Settings& settings) {
  return {.tenant = TenantId("t"),
          .id = ConnectionId("us"),
          .selling_account = "A1SCENARIO",
          .currencies = {"CAD", "EGP", "EUR", "JPY", "USD"},
          .post_mode = settings.post_mode,
          .home_zone = must(runtime::TimeZone::find("America/Los_Angeles")),
          .cutover = *parse_date(settings.cutover),
          .sap = {"MLS", "100", "MLSCLNT100"},
          .company_code = settings.company_code,
          .company_codes = {kCompanyCode, "2000"},
          .document_type = "SA",
          .receivable_account = "0000140100",
          .receivable_profit_center = settings.receivable_profit_center,
          .marketplace_label = "US",
          .sap_decimals = settings.sap_decimals,
          .item_limit = settings.item_limit,
          .first_control = support::opening_document(),
          .times = {},
          .rules = rule_book(settings),
          .posting_model = settings.posting_model,
          .openings = settings.opening ? std::vector<ledger::Opening>{*settings.opening}
                                       : std::vector<ledger::Opening>{}};
}

// Thrown through the engine's stack when its process dies. No std::exception: nothing in the
// product may catch it.
struct Died {};

using BeforeCommit = std::function<void()>;

class MortalSession final : public abap::Session {
 public:
  MortalSession(std::unique_ptr<abap::Session> inner, bool& doomed, BeforeCommit& before_commit)
      : inner_(std::move(inner)), doomed_(doomed), before_commit_(before_commit) {}
  Result<abap::Structure> call(std::string_view function,
                               const abap::Structure& arguments) override {
    if (function == "BAPI_TRANSACTION_COMMIT") before_commit_();
    auto answer = inner_->call(function, arguments);
    if (answer || !doomed_) return answer;
    doomed_ = false;
    throw Died{};
  }
  bool is_open() const override { return inner_->is_open(); }
  std::uint64_t generation() const override { return inner_->generation(); }
  const abap::SystemAttributes& attributes() const override { return inner_->attributes(); }
  void abort() override { inner_->abort(); }

 private:
  std::unique_ptr<abap::Session> inner_;
  bool& doomed_;
  BeforeCommit& before_commit_;
};

class MortalChannel final : public abap::Channel {
 public:
  MortalChannel(abap::Channel& inner, bool& doomed, BeforeCommit before_commit)
      : inner_(inner), doomed_(doomed), before_commit_(std::move(before_commit)) {}
  Result<std::unique_ptr<abap::Session>> open() override {
    MLC_TRY(auto session, inner_.open());
    return std::unique_ptr<abap::Session>(
        std::make_unique<MortalSession>(std::move(session), doomed_, before_commit_));
  }

 private:
  abap::Channel& inner_;
  bool& doomed_;
  BeforeCommit before_commit_;
};

}  // namespace

// Everything a process holds in its own memory.
struct HubWorld::Process {
  Process(HubWorld& outside, const std::string& name)
      : guard(*outside.store_, outside.clock_),
        simulated(*outside.sap_, outside.clock_),
        channel(simulated, outside.doomed_, [&outside] { outside.freeze_if_asked(); }),
        protocol(channel, guard, guard, outside.clock_, outside.sap_settings_),
        masters(channel, outside.sap_settings_),
        world{*outside.store_, *outside.vault_, reader, outside.clock_, guard, {}, name},
        engine(world, kWorkLease),
        audit(outside.store_->database(), "hub.example.org"),
        hub{*outside.store_, *outside.vault_, reader, outside.clock_,
            &world,          &audit,          {},     outside.connection_.tenant,
            "cli:anna",      nullptr,         {},     {}} {
    world.connections.push_back({outside.connection_, nullptr, &protocol, &masters});
    if (outside.second_) {
      world.connections.push_back({*outside.second_, nullptr, &protocol, &masters});
    }
  }
  flow::PostingGuard guard;
  simulators::sap::SimulatedChannel simulated;
  MortalChannel channel;
  sap::PostingProtocol protocol;
  sap::MasterReading masters;
  amazon::settlement_report::EvidenceSettlementReader reader;
  flow::World world;
  flow::Engine engine;
  store::AuditLog audit;
  operations::Hub hub;
};

HubWorld::HubWorld(const std::string& name, const Settings& settings)
    : folder_(name),
      suspense_account_(settings.suspense_account),
      clock_(settings.now),
      sap_(must(simulators::sap::SapSystem::open({.books = folder_.path(), .durable = false},
                                                 simulators::sap::sample_landscape(), &faults_))),
      books_(must(simulators::sap::Books::open(folder_.path(), false))),
      vault_(must(evidence::DirectoryVault::open(files_, "evidence"))),
      store_(must(store::open_memory_store(settings.now))),
      connection_(make_connection(settings)) {
  // The daemon refuses such a connection when it starts.
  const auto misfits = ledger::problems_of(connection_.rules, connection_.posting_model);
  if (!misfits.empty()) throw Failure{misfits.front().explain()};
  sap_settings_.user = "CONNECTOR";
  sap_settings_.site_messages = settings.site_messages;
  connection_.rules = bound(connection_.rules, settings, connection_.selling_account);
  if (settings.second_company) {
    second_ = connection_;
    second_->id = ConnectionId("de");
    second_->selling_account = "A2SCENARIO";
    second_->rules = bound(connection_.rules, settings, second_->selling_account);
    second_->company_code = "2000";
    second_->first_control.reset();
  }
  begin_openings();
  if (settings.looks_ahead) {
    const auto transaction = must(store_->begin());
    must(transaction->add_work(flow::outlook_work(connection_, clock_.now())));
    if (!transaction->commit()) throw Failure{"nobody looks ahead"};
  }
  start_process();
}

HubWorld::~HubWorld() = default;

void HubWorld::begin_openings() {
  const auto transaction = must(store_->begin());
  const bool added = flow::add_openings(*transaction, connection_, clock_.now()).has_value();
  if (!added || !transaction->commit()) throw Failure{"openings are not compared"};
}

void HubWorld::use_opening(const ledger::Opening& opening) {
  connection_.openings = {opening};
  begin_openings();
  start_process();
}

void HubWorld::start_process() {
  process_.reset();
  process_ = std::make_unique<Process>(*this, "hub-" + std::to_string(++processes_));
}

// Runs inside the paused process's own call: its stack waits here while the other one works.
void HubWorld::freeze_if_asked() {
  if (!freeze_) return;
  const Duration how_long = *std::exchange(freeze_, std::nullopt);
  auto frozen = std::move(process_);
  start_process();
  pass(how_long);
  process_ = std::move(frozen);
}

void HubWorld::use_rules(const std::string& version, std::vector<ledger::Rule> rules) {
  connection_.rules = rule_book(version, std::move(rules), suspense_account_);
  start_process();
}

void HubWorld::use_item_limit(int limit) {
  connection_.item_limit = limit;
  start_process();
}

void HubWorld::back_up_hub() { backup_ = must(store_->snapshot()); }

// As the daemon does: after a restore everything posted is asked to be read again.
void HubWorld::restore_hub() {
  if (!backup_) throw Failure{"no copy of the hub was made before"};
  if (!store_->restore_snapshot(*backup_, "anna", clock_.now())) throw Failure{"not restored"};
  const auto transaction = must(store_->begin());
  for (const auto& work : must(transaction->list_work(connection_.tenant, "settlement"))) {
    if (work.state != "posted") continue;
    const ports::Request request{"confirm", "", "hub", clock_.now()};
    if (!transaction->request_work(work.tenant, work.id, request)) throw Failure{"not asked"};
  }
  if (!transaction->commit()) throw Failure{"not asked"};
  start_process();
}

operations::Hub& HubWorld::hub() { return process_->hub; }

void HubWorld::work() {
  try {
    must(process_->engine.run_until_idle());
  } catch (const Died&) {
    start_process();
  }
}

Instant HubWorld::next_event(Instant end) {
  Instant next = std::min(end, clock_.now() + kLongestNap);
  if (const auto due = sap_->next_due()) next = std::min(next, *due);
  const auto transaction = must(store_->begin());
  if (const auto due = must(transaction->next_due())) next = std::min(next, *due);
  return std::max(next, std::min(end, clock_.now() + std::chrono::seconds(1)));
}

void HubWorld::pass(Duration duration) {
  const Instant end = clock_.now() + duration;
  work();
  while (clock_.now() < end) {
    clock_.set(next_event(end));
    sap_->tick(clock_.now());
    work();
  }
}

void HubWorld::pass_night() {
  const auto morning = std::chrono::floor<std::chrono::days>(clock_.now()) + std::chrono::hours(6);
  const Instant now = clock_.now();
  pass((now < morning ? morning : morning + std::chrono::days(1)) - now);
}

}  // namespace mlc::scenarios
