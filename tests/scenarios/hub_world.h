// Hub and SAP of one scenario in one process, on a clock that stands still until a step moves it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence/directory_vault.h"
#include "evidence/memory_file_system.h"
#include "flow/connection.h"
#include "operations/hub.h"
#include "runtime/clock.h"
#include "sap/settings.h"
#include "simulators/sap/books_file.h"
#include "simulators/sap/sap_system.h"
#include "store/memory_store.h"
#include "tests/support/books_folder.h"

namespace mlc::scenarios {

inline constexpr const char* kCompanyCode = "1000";

// What the Given steps decide.
struct Settings {
  Instant now{};
  flow::PostMode post_mode = flow::PostMode::kAuto;
  std::string company_code = kCompanyCode;
  std::string receivable_profit_center;
  std::string cutover = "2026-01-01";
  std::optional<ledger::Opening> opening;
  bool second_company = false;  // connection "de": another seller, posted into company code 2000
  ledger::PostingModel posting_model = ledger::PostingModel::kSalesJournal;
  int item_limit = 900;
  int sap_decimals = 2;
  std::vector<sap::SiteMessage> site_messages;
  bool looks_ahead = false;         // SAP is asked every day what the coming month brings
  bool may_double = false;          // SAP may hold two documents of one part before the last step
  std::vector<ledger::Rule> rules;  // instead of the shipped ones, when there are any
  std::string suspense_account;     // of those rules
  std::string material_groups;      // the mapping of SKUs, as its file would be
};

class HubWorld {
 public:
  // `name` is unique among the living worlds of the program.
  HubWorld(const std::string& name, const Settings& settings);
  ~HubWorld();
  HubWorld(const HubWorld&) = delete;
  HubWorld& operator=(const HubWorld&) = delete;

  // The hub does what is due now.
  void work();
  // Time goes by, and what becomes due in hub or SAP happens in its order.
  void pass(Duration duration);
  // Until the next 06:00 UTC.
  void pass_night();
  // The process ends when SAP's next answer is lost; another one with another name follows it.
  void die_at_next_break() { doomed_ = true; }
  // The process is paused right before its next COMMIT, when everything was asked already, and
  // another one takes its place meanwhile. Then it goes on as if no time had passed.
  void freeze_before_commit(Duration how_long) { freeze_ = how_long; }
  // Somebody edits what the hub is configured with; a new process reads it.
  void use_rules(const std::string& version, std::vector<ledger::Rule> rules);
  void use_item_limit(int limit);
  void use_opening(const ledger::Opening& opening);
  // A copy of the hub's store, and going back to it. Amazon's bytes stay; SAP knows nothing of it.
  void back_up_hub();
  void restore_hub();

  [[nodiscard]] operations::Hub& hub();
  [[nodiscard]] const flow::Connection& connection() const { return connection_; }
  [[nodiscard]] simulators::FaultPlan& faults() { return faults_; }
  [[nodiscard]] simulators::sap::SapSystem& sap() { return *sap_; }
  // SAP's books, read beside the running system.
  [[nodiscard]] simulators::sap::Books& books() { return *books_; }
  [[nodiscard]] Instant now() const { return clock_.now(); }
  [[nodiscard]] store::MemoryStore& store() { return *store_; }

 private:
  struct Process;
  void start_process();
  void begin_openings();
  void freeze_if_asked();
  [[nodiscard]] Instant next_event(Instant end);

  support::BooksFolder folder_;
  std::string suspense_account_;
  runtime::ManualClock clock_;
  simulators::FaultPlan faults_;
  std::unique_ptr<simulators::sap::SapSystem> sap_;
  std::unique_ptr<simulators::sap::Books> books_;
  evidence::MemoryFileSystem files_;
  std::unique_ptr<evidence::DirectoryVault> vault_;
  std::unique_ptr<store::MemoryStore> store_;
  flow::Connection connection_;
  std::optional<flow::Connection> second_;
  sap::Settings sap_settings_;
  std::optional<store::StoreSnapshot> backup_;
  bool doomed_ = false;
  std::optional<Duration> freeze_;
  int processes_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace mlc::scenarios
