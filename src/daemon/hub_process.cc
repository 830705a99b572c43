#include "daemon/hub_process.h"

#include <condition_variable>
#include <mutex>
#include <set>

#include "amazon/settlement_report/settlement_reader.h"
#include "base/digest.h"
#include "daemon/amazon_side.h"
#include "daemon/connections.h"
#include "daemon/engine_lock.h"
#include "daemon/errors.h"
#include "daemon/events.h"
#include "daemon/observer.h"
#include "daemon/sap_side.h"
#include "daemon/store_place.h"
#include "daemon/version.h"
#include "daemon/watchdog.h"
#include "daemon/work_events.h"
#include "daemon/worker_name.h"
#include "evidence/directory_vault.h"
#include "flow/engine.h"
#include "flow/opening.h"
#include "flow/outlook.h"
#include "flow/posting_guard.h"
#include "flow/step_table.h"
#include "store/audit_log.h"
#include "store/state_directory.h"

namespace mlc::daemon {
namespace {

// Fact of the empty tenant: the restore after which everything posted was asked to be read again.
constexpr const char* kConfirmedRestoreFact = "confirmed_restore";
// Fact of the empty tenant: for whom work was last moved; whoever looks at a store whose
// configuration cannot be read must know it.
constexpr const char* kTenantFact = "tenant";

std::vector<std::string> rule_files_of(const configuration::HubConfiguration& configuration) {
  std::vector<std::string> out;
  for (const auto& connection : configuration.connections) {
    out.insert(out.end(), connection.rules.begin(), connection.rules.end());
  }
  return out;
}

TenantId tenant_of(const configuration::HubConfiguration& configuration) {
  if (configuration.connections.empty()) return TenantId(std::string("default"));
  return configuration.connections.front().tenant;
}

}  // namespace

struct HubProcess::Parts {
  HubOptions options;
  std::unique_ptr<runtime::Clock> clock = runtime::system_clock();
  std::unique_ptr<store::StateDirectory> state;
  std::unique_ptr<evidence::DirectoryVault> vault;
  amazon::settlement_report::EvidenceSettlementReader reader;
  std::unique_ptr<store::AuditLog> audit;
  std::unique_ptr<flow::PostingGuard> guard;
  std::vector<std::unique_ptr<AmazonSide>> amazon_sides;
  std::vector<std::unique_ptr<SapSide>> sap_sides;
  std::optional<EngineLock> lock;
  std::optional<configuration::HubConfiguration> loaded;  // none where it cannot be read
  configuration::TimeSettings times;
  std::unique_ptr<flow::World> world;
  std::unique_ptr<flow::Engine> engine;
  std::unique_ptr<operations::Hub> hub;
  std::unique_ptr<Watchdog> watchdog;
  std::vector<Error> problems;  // of a hub that only looks
  configuration::ObserveSettings observe;
  std::unique_ptr<runtime::EventLog> events = runtime::silent_event_log();
  std::unique_ptr<Observer> observer;
  std::uint64_t steps = 0;
  Instant sealed_at{};
  Instant observed_at{};

  Status open_state();
  Status connect(const configuration::HubConfiguration& configuration);
  Status add_connection(const configuration::ConnectionSettings& settings);
  void make_hub(TenantId tenant, std::vector<std::string> rule_files);
  Result<TenantId> last_tenant() const;
  Status begin_work();
  Status confirm_after_restore(ports::StoreTransaction& transaction) const;
  Status seal();
  Status look_around(bool now);
  // The log is for machines, not for people.
  bool logs_json() const {
    return options.log != nullptr && observe.log == configuration::kJsonLog;
  }
  void begin_log(const configuration::HubConfiguration& configuration);
  void tell_trouble(const Error& error);
  std::set<TenantId> tenants() const;
};

Status HubProcess::Parts::open_state() {
  store::StateDirectorySettings settings;
  settings.directory = options.state_directory;
  // A mistyped name must not become a state: it begins only where somebody put a configuration.
  settings.create =
      !options.read_only && store::path_exists(options.state_directory / store::kConfigurationFile);
  settings.look = options.read_only;
  MLC_TRY(settings.place,
          find_store(options.state_directory, options.state_directory, environment_variable));
  settings.now = clock->now();
  settings.chance = [](std::size_t count) { return random_bytes(count); };
  MLC_TRY(state, store::StateDirectory::open(settings));
  evidence::FileSystem& files = evidence::real_file_system();
  if (state->is_read_only()) {
    vault = evidence::DirectoryVault::look(files, state->evidence());
  } else {
    MLC_TRY(vault, evidence::DirectoryVault::open(files, state->evidence()));
  }
  audit = std::make_unique<store::AuditLog>(state->database(), state->log_name());
  guard = std::make_unique<flow::PostingGuard>(state->store(), *clock);
  return {};
}

Status HubProcess::Parts::add_connection(const configuration::ConnectionSettings& settings) {
  MLC_TRY(auto connection, make_connection(settings, times, state->path()));
  SideContext context{state->path(), *clock, state->store(), environment_variable};
  if (logs_json()) {
    context.tell = [this](const Error& notice) {
      events->write(kNotice, runtime::facts_of(notice));
    };
  }
  flow::ConnectionPorts ports{std::move(connection), nullptr, nullptr};
  if (settings.amazon && !options.read_only) {
    MLC_TRY(auto side, make_amazon_side(settings, context));
    ports.source = &side->source();
    amazon_sides.push_back(std::move(side));
  }
  if (state->is_read_only()) {
    // Whoever looks at a copy has neither SAP nor its password there.
    world->connections.push_back(std::move(ports));
    return {};
  }
  auto side = make_sap_side(settings, times, context, *guard);
  if (!side && !options.read_only) return failure(side.error());
  if (side) {
    ports.sap = &(*side)->executor();
    ports.masters = &(*side)->masters();
    sap_sides.push_back(std::move(*side));
  } else {
    problems.push_back(side.error());
  }
  world->connections.push_back(std::move(ports));
  return {};
}

void HubProcess::Parts::make_hub(TenantId tenant, std::vector<std::string> rule_files) {
  hub = std::make_unique<operations::Hub>(operations::Hub{state->store(),
                                                          *vault,
                                                          reader,
                                                          *clock,
                                                          world.get(),
                                                          audit.get(),
                                                          {state->signing_key().public_key},
                                                          std::move(tenant),
                                                          options.actor,
                                                          state.get(),
                                                          std::move(rule_files),
                                                          problems});
}

void HubProcess::Parts::begin_log(const configuration::HubConfiguration& configuration) {
  observe = configuration.observe;
  if (!logs_json()) return;
  events = runtime::json_event_log(*options.log, *clock);
  events->write(kHubStarted, {{"version", kVersion},
                              {"state", state->path().string()},
                              {"connections", std::to_string(configuration.connections.size())}});
}

Status HubProcess::Parts::connect(const configuration::HubConfiguration& configuration) {
  times = configuration.times;
  begin_log(configuration);
  world = std::make_unique<flow::World>(
      flow::World{state->store(), *vault, reader, *clock, *guard, {}, std::string(kOnlyWorker)});
  for (const auto& settings : configuration.connections) {
    const Status added = add_connection(settings);
    if (!added && !options.read_only) return added;
    if (!added) problems.push_back(added.error());
  }
  std::vector<std::string> files = rule_files_of(configuration);
  if (!problems.empty()) {
    // A file that is not there is named as a problem, and cannot be backed up.
    std::erase_if(files, [this](const std::string& file) {
      std::error_code error;
      return !std::filesystem::exists(state->path() / file, error);
    });
  }
  make_hub(tenant_of(configuration), std::move(files));
  return {};
}

Result<TenantId> HubProcess::Parts::last_tenant() const {
  MLC_TRY(const auto transaction, state->store().begin());
  MLC_TRY(const auto kept, transaction->fact(TenantId(), kTenantFact));
  return TenantId(kept.value_or("default"));
}

// What the engine needs once: its lock, the leases of the life before, discovery for every
// connection.
Status HubProcess::Parts::begin_work() {
  auto taken = EngineLock::take(state->path(), clock->now());
  if (!taken) {
    if (taken.error().is(kEngineElsewhere)) return {};
    return failure(std::move(taken).error());
  }
  lock.emplace(std::move(*taken));
  if (state->is_shared()) {
    MLC_TRY(world->worker, shared_worker_name(state->path()));
  }
  engine = std::make_unique<flow::Engine>(*world, times.step_lease, told_as_events(*events));
  watchdog = std::make_unique<Watchdog>(*guard, *clock, [this] {
    for (const auto& side : sap_sides) side->cut();
  });
  MLC_TRY(const auto transaction, state->store().begin());
  MLC_TRY_STATUS(transaction->free_leases(world->worker));
  MLC_TRY_STATUS(confirm_after_restore(*transaction));
  MLC_TRY_STATUS(transaction->put_fact(TenantId(), kTenantFact, hub->tenant.str()));
  for (const auto& connection : world->connections) {
    MLC_TRY_STATUS(transaction->put_lane(connection.settings.tenant, connection.settings.id.str(),
                                         connection.settings.selling_account));
    MLC_TRY(const bool new_outlook,
            transaction->add_work(flow::outlook_work(connection.settings, clock->now())));
    static_cast<void>(new_outlook);
    MLC_TRY_STATUS(flow::add_openings(*transaction, connection.settings, clock->now()));
    if (connection.source == nullptr) continue;
    ports::WorkRecord work;
    work.tenant = connection.settings.tenant;
    work.kind = "discovery";
    work.subject = connection.settings.id.str();
    work.lane = work.subject;
    work.id = WorkId("discovery-" + work.subject);
    work.state = std::string(flow::discovery_table().first);
    work.due_at = clock->now();
    MLC_TRY(const bool added, transaction->add_work(work));
    static_cast<void>(added);  // known since the first start
  }
  return transaction->commit();
}

// What was posted is read again at once when the store has gone back to a backup.
Status HubProcess::Parts::confirm_after_restore(ports::StoreTransaction& transaction) const {
  MLC_TRY(const auto restored, transaction.fact(TenantId(), ports::kRestoredAtFact));
  MLC_TRY(const auto confirmed, transaction.fact(TenantId(), kConfirmedRestoreFact));
  if (!restored || restored == confirmed) return {};
  const ports::Request request{"confirm", "", world->worker, clock->now()};
  for (const auto& tenant : tenants()) {
    MLC_TRY(const auto works, transaction.list_work(tenant, "settlement"));
    for (const auto& work : works) {
      if (work.state != "posted") continue;
      MLC_TRY_STATUS(transaction.request_work(tenant, work.id, request));
    }
  }
  return transaction.put_fact(TenantId(), kConfirmedRestoreFact, *restored);
}

std::set<TenantId> HubProcess::Parts::tenants() const {
  std::set<TenantId> out{hub->tenant};
  for (const auto& connection : world->connections) out.insert(connection.settings.tenant);
  return out;
}

Status HubProcess::Parts::seal() {
  sealed_at = clock->now();
  for (const auto& tenant : tenants()) {
    MLC_TRY(const auto note, audit->checkpoint(tenant, state->signing_key(), sealed_at));
    static_cast<void>(note);  // kept in the store
  }
  return {};
}

// Not at every turn: it reads the whole list.
Status HubProcess::Parts::look_around(bool now) {
  constexpr auto kEvery = std::chrono::seconds(10);
  if (observer == nullptr) return {};
  observer->turned(steps);
  if (!now && clock->now() - observed_at < kEvery) return {};
  observed_at = clock->now();
  MLC_TRY(auto seen, operations::observe(*hub));
  observer->publish(std::move(seen));
  return {};
}

void HubProcess::Parts::tell_trouble(const Error& error) {
  events->write(kHubTrouble, runtime::facts_of(error));
  if (observer != nullptr) observer->store_failed(error);
}

HubProcess::HubProcess(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
HubProcess::~HubProcess() { parts_->events->write(kHubStopped, {}); }

Result<std::unique_ptr<HubProcess>> HubProcess::open(const HubOptions& options) {
  auto parts = std::make_unique<Parts>();
  parts->options = options;
  MLC_TRY_STATUS(parts->open_state());
  auto configuration = configuration::load_configuration(parts->state->configuration());
  if (configuration) {
    parts->loaded = std::move(*configuration);
    MLC_TRY_STATUS(parts->connect(*parts->loaded));
  } else {
    if (!options.read_only) return failure(configuration.error());
    parts->problems.push_back(configuration.error());
    MLC_TRY(auto tenant, parts->last_tenant());
    parts->make_hub(std::move(tenant), {});
  }
  if (!options.read_only) MLC_TRY_STATUS(parts->begin_work());
  return std::unique_ptr<HubProcess>(new HubProcess(std::move(parts)));
}

operations::Hub& HubProcess::hub() { return *parts_->hub; }
store::StateDirectory& HubProcess::state() { return *parts_->state; }
const configuration::HubConfiguration* HubProcess::configuration() const {
  return parts_->loaded ? &*parts_->loaded : nullptr;
}
const runtime::Clock& HubProcess::clock() const { return *parts_->clock; }
bool HubProcess::runs_engine() const { return parts_->engine != nullptr; }

bool HubProcess::tells_people() const { return !parts_->logs_json(); }

Result<std::optional<std::string>> HubProcess::start_observer() {
  const auto address = configuration::parse_listen_address(parts_->observe.listen);
  if (!address) return std::nullopt;
  ObserverSettings settings{address->host, address->port, parts_->times.step_lease};
  parts_->observer = std::make_unique<Observer>(settings, *parts_->clock, [parts = parts_.get()] {
    std::vector<AmazonNumbers> out;
    for (const auto& side : parts->amazon_sides) out.push_back(side->numbers());
    return out;
  });
  MLC_TRY_STATUS(parts_->look_around(true));
  MLC_TRY_STATUS(parts_->observer->start());
  parts_->events->write(kListening, {{"address", parts_->observer->address()}});
  return parts_->observer->address();
}

Result<bool> HubProcess::take_engine() {
  if (!runs_engine()) MLC_TRY_STATUS(parts_->begin_work());
  return runs_engine();
}

Result<std::unique_ptr<AmazonSide>> HubProcess::open_amazon(
    const configuration::ConnectionSettings& settings) const {
  return make_amazon_side(settings, {parts_->state->path(), *parts_->clock, parts_->state->store(),
                                     environment_variable});
}

Result<std::optional<EngineHolder>> HubProcess::engine_holder() const {
  return EngineLock::look(parts_->state->path());
}

Status HubProcess::poll_now() {
  MLC_TRY(const auto transaction, parts_->state->store().begin());
  for (const auto& connection : parts_->world->connections) {
    if (connection.source == nullptr) continue;
    const WorkId work("discovery-" + connection.settings.id.str());
    const ports::Request request{"retry", "", parts_->options.actor, parts_->clock->now()};
    MLC_TRY_STATUS(transaction->request_work(connection.settings.tenant, work, request));
  }
  return transaction->commit();
}

Status HubProcess::run_until_idle(const Progress& progress) {
  if (!runs_engine()) {
    return failure(kEngineElsewhere, {{"directory", parts_->state->path().string()}});
  }
  while (true) {
    MLC_TRY(const bool moved, parts_->engine->run_one());
    if (!moved) return parts_->seal();
    ++parts_->steps;
    MLC_TRY_STATUS(parts_->look_around(false));
    if (progress) progress(parts_->steps);
  }
}

Status HubProcess::run_until_stopped(const std::stop_token& stop, const Progress& progress,
                                     const Trouble& trouble) {
  // Requests of other processes are noticed by looking; a second is what a person waits for.
  constexpr auto kLook = std::chrono::seconds(1);
  constexpr auto kAfterTrouble = std::chrono::seconds(30);
  if (!runs_engine()) return run_until_idle(progress);
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    Status ran = run_until_idle(progress);
    if (ran) ran = parts_->look_around(false);
    if (!ran) parts_->tell_trouble(ran.error());
    if (!ran && ran.error().again() != Again::kLater) return ran;
    // A locked store or a full disk passes: nothing was lost, and everything goes on from there.
    if (!ran && trouble) trouble(ran.error());
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, ran ? kLook : kAfterTrouble, [] { return false; });
  }
  return parts_->seal();
}

}  // namespace mlc::daemon
