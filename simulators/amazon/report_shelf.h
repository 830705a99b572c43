// The reports Amazon holds: which there are at a moment, and the bytes behind them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "simulators/amazon/accounts.h"
#include "simulators/amazon/settlement_generator.h"
#include "simulators/fault_plan.h"

namespace mlc::simulators::amazon {

struct ShelvedReport {
  std::string report_id;
  std::string document_id;
  std::string selling_partner_id;
  std::vector<std::string> marketplace_ids;
  Instant created;
  Instant visible;                   // when listings begin to show it
  Instant done;                      // until then IN_PROGRESS and without a document
  std::string final_state = "DONE";  // or CANCELLED, FATAL: these have no document
  Instant data_start;
  Instant data_end;
  SettlementSeries series;
  std::uint32_t index = 0;     // of the settlement in its series
  std::uint32_t revision = 0;  // above 0: issued again with other bytes
  bool gzip = false;           // the document is stored compressed
};

struct ShelfSettings {
  std::uint64_t seed = 1;
  Date anchor;
  std::uint32_t settlements = 6;  // per stream
  std::uint32_t rows = 200;
  bool everything = false;
};

// Which stream of which account; both count from 0.
struct StreamPlace {
  std::size_t account = 0;
  std::size_t stream = 0;
};

// The series that a stream's settlements come from.
[[nodiscard]] SettlementSeries series_of_stream(const ShelfSettings& settings, StreamPlace place,
                                                const SimulatedAccount& account);

// A report appears three hours after its settlement's end, DONE at once: settlement reports are
// made by Amazon, not asked for. Places in the fault plan are "settlement:1", "settlement:2", ...
// (of each stream of each account, in their order) and "settlement:DE:1", ... (of the streams of
// that name). Kinds:
//   new_fee      `name` (Pallet Exchange Fee): three rows of a fee that nobody has documented
// The others have `hours` (24):
//   reissue      the same settlement with other bytes under another report id, so much later
//   repeat       the same bytes under another report id, so much later
//   late         the report is listed so much later than its createdTime says
//   in_progress  it is listed at once, and DONE so much later
//   cancelled    another report id, so much later, that was CANCELLED
//   fatal        another report id, so much later, that ended FATAL
// Not thread-safe.
class ReportShelf {
 public:
  // Both must outlive it.
  ReportShelf(ShelfSettings settings, const std::vector<SimulatedAccount>& accounts,
              FaultPlan& plan);

  // Reports of the account created in [since, until] and visible at `now`, newest first.
  [[nodiscard]] std::vector<const ShelvedReport*> created(const std::string& selling_partner_id,
                                                          Instant since, Instant until,
                                                          Instant now);
  // nullptr when there is none (that is done) at `now`; ids are unique over all accounts here.
  [[nodiscard]] const ShelvedReport* by_report_id(const std::string& id, Instant now);
  [[nodiscard]] const ShelvedReport* by_document_id(const std::string& id, Instant now);
  // As it is stored: gzip where the report says so, unless it is wanted `inflated`.
  [[nodiscard]] static std::string document(const ShelvedReport& report, bool inflated);

 private:
  void fill(Instant now);
  void fill(StreamPlace place, Instant now);
  void shelve(StreamPlace place, std::uint32_t index);
  void obey(const std::vector<FaultOrder>& orders, ShelvedReport report);
  void add(ShelvedReport report);

  const ShelfSettings settings_;
  const std::vector<SimulatedAccount>& accounts_;
  FaultPlan& plan_;
  // Settlements so far, per account and stream.
  std::vector<std::vector<std::uint32_t>> shelved_;
  std::map<std::string, ShelvedReport> reports_;             // by report id
  std::map<std::string, const ShelvedReport*> by_document_;  // those with a document, by its id
};

}  // namespace mlc::simulators::amazon
