#include "bench/import_jobs.h"

#include <fstream>

#include "amazon/settlement_report/settlement_reader.h"
#include "base/digest.h"
#include "bench/errors.h"
#include "configuration/rule_files.h"
#include "evidence/directory_vault.h"
#include "evidence/memory_file_system.h"
#include "flow/engine.h"
#include "flow/posting_guard.h"
#include "flow/settlement_classes.h"
#include "operations/import_file.h"
#include "store/memory_store.h"
#include "store/state_directory.h"

namespace mlc::bench {
namespace {

using amazon::settlement_report::EvidenceSettlementReader;

Result<flow::Connection> connection_with(const std::filesystem::path& rules) {
  MLC_TRY(auto zone, runtime::TimeZone::find("America/Los_Angeles"));
  MLC_TRY(auto book, configuration::read_rule_files({rules}));
  return flow::Connection{.tenant = TenantId("default"),
                          .id = ConnectionId("us"),
                          .selling_account = "A1",
                          .currencies = {"USD"},
                          .home_zone = std::move(zone),
                          .cutover = *parse_date("2026-01-01"),
                          .sap = {"ECS", "800", "ECSCLNT800"},
                          .company_code = "US01",
                          .company_codes = {"US01"},
                          .document_type = "SA",
                          .receivable_account = "140000",
                          .receivable_profit_center = "",
                          .marketplace_label = "US",
                          .first_control = {},
                          .times = {},
                          .rules = std::move(book)};
}

// Gives a plain file as every object; lineage is kept in memory.
class PlainVault final : public ports::EvidenceVault {
 public:
  PlainVault(const PlainIndex& file, ports::EvidenceVault& lineage)
      : file_(file), lineage_(lineage) {}
  Result<std::unique_ptr<ports::EvidenceWriter>> begin() override { return lineage_.begin(); }
  Result<std::unique_ptr<ports::EvidenceReader>> open(const ObjectId& /*id*/) override {
    return read_plain_file(file_);
  }
  Result<std::unique_ptr<ports::LineageWriter>> begin_lineage() override {
    return lineage_.begin_lineage();
  }
  Result<std::unique_ptr<ports::LineageReader>> open_lineage(const ObjectId& id) override {
    return lineage_.open_lineage(id);
  }
  Result<std::unique_ptr<ports::ScratchFile>> scratch() override { return lineage_.scratch(); }
  std::vector<Error> verify() override { return lineage_.verify(); }

 private:
  const PlainIndex& file_;
  ports::EvidenceVault& lineage_;
};

std::vector<ports::LineageClass> classes_of(const std::vector<ledger::ClassTotal>& totals) {
  std::vector<ports::LineageClass> out;
  out.reserve(totals.size());
  for (const auto& total : totals) {
    out.push_back({total.row_class, "", "", 0, total.rows, total.sum.decimal()});
  }
  return out;
}

std::string answer(std::uint64_t rows, std::size_t classes, const ledger::Money& sum,
                   const ObjectId& lineage) {
  return std::to_string(rows) + " rows, " + std::to_string(classes) + " classes, " + sum.decimal() +
         ", lineage " + lineage.str().substr(0, 16);
}

// Work of the engine from "downloaded" to "proved": one step.
Result<std::string> prove(operations::Hub& hub, const operations::Imported& imported) {
  flow::Engine engine(*hub.world, std::chrono::minutes(10));
  MLC_TRY(const bool moved, engine.run_one());
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto work, transaction->work(hub.tenant, imported.work));
  if (!moved || work.state != "proved") {
    const std::string why = work.error ? ": " + work.error->id + " " + work.error->text : "";
    return failure(kRunFailed, {{"run", "import"}, {"detail", "it is " + work.state + why}});
  }
  MLC_TRY(const auto settlement, transaction->settlement(hub.tenant, imported.work));
  MLC_TRY(const auto classes, transaction->classes(hub.tenant, imported.work));
  return answer(settlement.rows, classes.size(), settlement.header->total, settlement.lineage);
}

}  // namespace

struct PlainHub {
  flow::Connection connection;
  std::unique_ptr<runtime::Clock> clock;
  std::unique_ptr<ports::Store> store;
};

Result<std::shared_ptr<PlainHub>> plain_hub(const std::filesystem::path& rules) {
  MLC_TRY(auto connection, connection_with(rules));
  auto clock = runtime::system_clock();
  MLC_TRY(auto store, store::open_memory_store(clock->now()));
  return std::make_shared<PlainHub>(
      PlainHub{std::move(connection), std::move(clock), std::move(store)});
}

Result<std::string> classify_plain(const PlainHub& hub, const PlainIndex& file) {
  evidence::MemoryFileSystem files;
  MLC_TRY(const auto lineage, evidence::DirectoryVault::open(files, "/evidence"));
  PlainVault vault(file, *lineage);
  EvidenceSettlementReader reader;
  flow::PostingGuard guard(*hub.store, *hub.clock);
  const flow::World world{*hub.store, vault, reader, *hub.clock, guard, {}, "bench"};
  ports::SettlementRecord settlement;
  settlement.object = ports::StoredObject{};
  settlement.file_name = file.file.filename().string();
  MLC_TRY(const auto found, flow::classify(world, settlement, hub.connection, hub.connection.rules,
                                           flow::Orders::kLeave));
  MLC_TRY(const auto id,
          found.lineage->finish(classes_of(found.totals), ports::LineageMark::kNone));
  return answer(found.report.rows, found.totals.size(), found.report.sum, id);
}

Result<std::string> import_whole(const std::filesystem::path& file,
                                 const std::filesystem::path& rules,
                                 const std::filesystem::path& folder) {
  MLC_TRY(auto connection, connection_with(rules));
  const auto clock = runtime::system_clock();
  store::StateDirectorySettings settings;
  settings.directory = folder;
  settings.create = true;
  settings.now = clock->now();
  settings.chance = [](std::size_t count) { return random_bytes(count); };
  MLC_TRY(const auto state, store::StateDirectory::open(settings));
  MLC_TRY(const auto vault,
          evidence::DirectoryVault::open(evidence::real_file_system(), state->evidence()));
  EvidenceSettlementReader reader;
  flow::PostingGuard guard(state->store(), *clock);
  flow::World world{state->store(), *vault, reader, *clock, guard, {}, "bench"};
  world.connections.push_back({std::move(connection), nullptr, nullptr});
  operations::Hub hub{state->store(),      *vault,  reader,      *clock, &world, nullptr, {},
                      TenantId("default"), "bench", state.get(), {},     {}};
  std::ifstream content(file, std::ios::binary);
  MLC_TRY(const auto imported,
          operations::import_file(hub, "", file.filename().string(), content, {}));
  return prove(hub, imported);
}

}  // namespace mlc::bench
