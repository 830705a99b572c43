// A hub in memory: a small file format, a SAP that keeps documents, and the real engine and store.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "database/database.h"
#include "evidence/directory_vault.h"
#include "evidence/memory_file_system.h"
#include "flow/engine.h"
#include "flow/posting_guard.h"
#include "operations/hub.h"
#include "ports/report_source.h"
#include "store/memory_store.h"

namespace mlc::operations::testing {

// Reads "type TAB amount type TAB description TAB marketplace TAB amount" below a header line;
// "total TAB settlement-id TAB amount" is the summary row and comes first; a fourth cell names its
// currency (USD), a fifth and sixth begin and end.
class PlainReader final : public ports::SettlementReader {
 public:
  [[nodiscard]] Result<ports::ReadReport> read(ports::EvidenceReader& evidence,
                                               const std::string& file,
                                               ports::RowSink& sink) override;
};

// Keeps what it is given; CHECK always finds nothing.
class KeepingSap final : public ports::UnitExecutor {
 public:
  [[nodiscard]] ports::PostResult post(const ports::PostUnit& unit) override;
  [[nodiscard]] ports::CheckResult check(const ports::PostUnit& unit) override;
  [[nodiscard]] Result<ports::LookUpResult> look_up(const ports::LookUpUnit& unit) override;
  [[nodiscard]] ports::ReverseResult reverse(const ports::ReverseUnit& unit) override;

  std::vector<ledger::PostedDocument> books;
  std::optional<Error> refuse;  // CHECK's answer, outcome rejected
  std::optional<Error> refuse_reversal;
  bool lose_answers = false;            // posts are kept, and their answer is lost
  std::function<void()> while_checked;  // what others do while CHECK runs
};

// Lists and gives what it was given, one report a page.
class ListingSource final : public ports::ReportSource {
 public:
  [[nodiscard]] Result<ports::ReportPage> list_settlement_reports(
      Instant since, const std::string& token) override;
  [[nodiscard]] Result<ports::ReportListing> report(const std::string& report_id) override;
  [[nodiscard]] Result<ports::ReceivedDocument> download(const std::string& report_document_id,
                                                         ports::EvidenceVault& vault) override;

  std::vector<std::string> contents;  // document "d0" and so on
  std::optional<Error> refuse;        // every call's answer
  std::size_t listings = 0;           // calls
  std::size_t downloads = 0;
};

class HubFixture {
 public:
  explicit HubFixture(flow::PostMode mode);

  // Imports and runs until idle; the work id.
  std::string import(const std::string& content, const std::string& file = "report.tsv",
                     const std::string& connection = "");
  void run();
  // From now on Amazon is asked for the connection.
  void add_discovery();
  std::string state_of(const std::string& name);
  void use_rules(const std::vector<std::string>& descriptions,
                 const std::string& reason = "because of ");

  runtime::ManualClock clock;
  evidence::MemoryFileSystem files;
  std::unique_ptr<store::MemoryStore> store;
  std::unique_ptr<evidence::DirectoryVault> vault;
  PlainReader reader;
  KeepingSap sap;
  ListingSource source;
  std::unique_ptr<flow::PostingGuard> guard;
  std::unique_ptr<store::AuditLog> audit;
  std::unique_ptr<flow::World> world;
  std::unique_ptr<flow::Engine> engine;
  std::unique_ptr<Hub> hub;
};

// Four rows: two sales, one fee, one refund; 100.00 + 50.00 - 22.50 - 27.50 = 100.00.
[[nodiscard]] std::string sample_file(const std::string& id = "28471003921");
// The same settlement with one sale of 10.00 more: 110.00.
[[nodiscard]] std::string longer_file();

}  // namespace mlc::operations::testing
