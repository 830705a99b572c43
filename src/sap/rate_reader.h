// What predicts local amounts: currency of a company code, rate type, exchange rate. Writes
// nothing.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "abap/channel.h"
#include "base/result.h"
#include "base/time.h"
#include "ledger/translation.h"
#include "sap/table_reader.h"

namespace mlc::sap {

struct RateQuestion {
  std::string document_type;  // BLART: T003-KURST names its rate type, M when empty
  std::string from;           // WAERS of the document
  std::string to;             // WAERS of the company code
  Date day;                   // translation date
  friend auto operator<=>(const RateQuestion&, const RateQuestion&) = default;
};

// kMissing: SAP has no rate, and its customizing (TCURV) does not let it derive one. kUnknown: SAP
// may derive one from another pair, or the tables cannot be read here; nothing is predicted then,
// and SAP's own CHECK decides.
enum class RateState { kFound, kMissing, kUnknown };

struct TableRate {
  RateState state = RateState::kUnknown;
  std::string rate_type;                     // KURST, empty when it cannot be read
  std::optional<ledger::ExchangeRate> rate;  // when found
  std::optional<std::pair<std::int64_t, std::int64_t>> factors;  // FFACT, TFACT, where known
};

// A cell of type DEC 9.5 ("0.73125", "1.08500-") in units of 10^-5. Nothing when it is no such
// number, or longer than what RFC_READ_TABLE is known to show right (7 digits): it may have lost
// its sign.
[[nodiscard]] std::optional<std::int64_t> parse_rate(std::string_view cell);

// By key through RFC_READ_TABLE: T001, T003, TCURR, TCURF, TCURV. One per session; an answer is
// kept, so that what was read before a post is what its read-back compares with. Not thread-safe.
// All functions are repeatable. Errors: those of sap::read_table, except that a table which may not
// be read or refuses our fields gives nothing or kUnknown.
class RateReader {
 public:
  RateReader(abap::Session& session, ReaderLimits limits) : session_(session), limits_(limits) {}

  // T001-WAERS; nothing when there is no such company code.
  [[nodiscard]] Result<std::optional<std::string>> local_currency(const std::string& company_code);
  // TCURR on the day, with the factors of TCURF, or of TCURR where TCURF has no row.
  [[nodiscard]] Result<TableRate> rate(const RateQuestion& question);

 private:
  using Rows = std::optional<std::vector<TableRow>>;
  [[nodiscard]] Result<Rows> read(const TableShape& shape, const std::vector<Words>& conditions);
  [[nodiscard]] Result<std::optional<std::string>> rate_type(const std::string& document_type);
  [[nodiscard]] Result<Rows> newest(const TableShape& shape, const std::string& rate_type,
                                    const RateQuestion& question);
  [[nodiscard]] Result<TableRate> look_up(const RateQuestion& question);
  [[nodiscard]] Result<RateState> without_row(const std::string& rate_type);
  abap::Session& session_;
  ReaderLimits limits_;
  std::map<std::string, std::optional<std::string>> currencies_{};
  std::map<RateQuestion, TableRate> rates_{};
};

}  // namespace mlc::sap
