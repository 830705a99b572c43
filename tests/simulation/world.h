// The outside of a run: clock, Amazon, SAP with its books, the shared store and evidence.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "evidence/directory_vault.h"
#include "evidence/memory_file_system.h"
#include "flow/connection.h"
#include "runtime/clock.h"
#include "simulators/amazon/amazon_simulator.h"
#include "simulators/sap/sap_system.h"
#include "store/memory_store.h"
#include "tests/simulation/auditor.h"
#include "tests/simulation/mishaps.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/scheduler.h"
#include "tests/simulation/witness.h"
#include "tests/support/books_folder.h"

namespace mlc::simulation {

inline constexpr const char* kReceivable = "0000140100";

// The shipped rules; `edited` posts what was sold to another account, under the same version.
[[nodiscard]] ledger::RuleBook rule_book(bool edited);

struct Outside {
  Outside(std::uint64_t seed, std::optional<sap::FenceStrength> fence);
  std::unique_ptr<runtime::Random> random;
  Plan plan;
  runtime::ManualClock clock;
  Scheduler scheduler;
  Mishaps mishaps;
  support::BooksFolder folder;
  simulators::FaultPlan sap_faults;
  std::unique_ptr<simulators::sap::SapSystem> sap;
  std::unique_ptr<simulators::amazon::AmazonSimulator> amazon;
  evidence::MemoryFileSystem files;
  std::unique_ptr<evidence::DirectoryVault> vault;
  std::unique_ptr<store::MemoryStore> store;
  std::optional<flow::Connection> connection;
  Settled settled;  // what Amazon settled
  Witness witness;
  bool over = false;  // workers end when they see it
};

}  // namespace mlc::simulation
