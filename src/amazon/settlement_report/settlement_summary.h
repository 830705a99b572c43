// What a settlement report holds, for a person who decides whether to import it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "amazon/settlement_report/settlement_report_parser.h"
#include "ledger/rules.h"
#include "ports/settlement_reader.h"

namespace mlc::amazon::settlement_report {

// Rows that agree in the four texts and in the category that the rules give them.
struct SummaryGroup {
  std::string transaction_type;
  std::string amount_type;
  std::string amount_description;
  std::string marketplace;
  std::string category;  // of the rule that wins; empty without a rule or without a rule book
  std::uint64_t rows = 0;
  ledger::Money amount;
};

// Everything known about one file. Of an unreadable file only `file` and `errors` are filled.
struct SettlementSummary {
  std::string file;
  std::string layout;
  std::string settlement_id;
  std::string currency;
  std::string charset;
  std::string decimal_mark;
  std::string date_pattern;
  std::uint64_t rows = 0;
  std::uint64_t rows_without_date = 0;
  std::optional<ledger::Money> total;
  std::optional<ledger::Money> sum;
  std::optional<ledger::Money> difference;  // sum - total; absent when too large to be counted
  bool ties = false;
  // Rows without a rule and without a suspense account; absent without a rule book.
  std::optional<std::uint64_t> quarantined_rows;
  std::optional<ledger::Money> quarantined_amount;
  std::vector<SummaryGroup> groups;  // sorted by their texts
  std::vector<std::string> unknown_columns;
  std::vector<Error> errors;  // why it is unreadable, or settlement_report.sum_differs
};

// Collects rows into groups; feed it as the sink of a parser. Not thread-safe.
class SummaryBuilder final : public ports::RowSink {
 public:
  // `rules` may be null: then no category and no quarantine is known. It must outlive the builder.
  // The rule version follows the UTC day of the posted date.
  explicit SummaryBuilder(std::string file, const ledger::RuleBook* rules = nullptr);
  ~SummaryBuilder() override;

  [[nodiscard]] Status on_header(const ledger::SettlementHeader& header) override;
  // Errors: ledger.amount_overflow.
  [[nodiscard]] Status on_rows(std::span<const ports::SettlementRow> rows) override;
  [[nodiscard]] Status on_restart() override;

  // `parsed` is what the parser said at the end. To be called once.
  [[nodiscard]] SettlementSummary finish(const Result<ParsedReport>& parsed);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// read_report into a SummaryBuilder. Thread-safe; repeatable.
[[nodiscard]] SettlementSummary summarize(ports::EvidenceReader& evidence, const std::string& file,
                                          const ledger::RuleBook* rules = nullptr);

}  // namespace mlc::amazon::settlement_report
