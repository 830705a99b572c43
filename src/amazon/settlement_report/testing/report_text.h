// Settlement reports for tests, and what reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/settlement_report_parser.h"
#include "ports/evidence.h"
#include "ports/settlement_reader.h"

namespace mlc::amazon::settlement_report::testing {

// The 24 names of the layout V2, tab separated, without line end.
[[nodiscard]] std::string header_line();
[[nodiscard]] std::string summary_line(std::string_view total, std::string_view currency = "USD");
// One detail row of settlement 20612345671, posted 2026-10-05 08:14:22 UTC.
[[nodiscard]] std::string detail_line(std::string_view type, std::string_view amount_type,
                                      std::string_view description, std::string_view amount);
// The lines with LF after each.
[[nodiscard]] std::string file_of(const std::vector<std::string>& lines);
// `line` with the 1-based cell replaced.
[[nodiscard]] std::string with_cell(std::string_view line, std::size_t number,
                                    std::string_view cell);
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);

// A settlement of amazon.com with 31 rows of every kind; adds up to 1412.36 USD. No rows at its
// end add up to zero, so that no shorter file ties.
[[nodiscard]] std::vector<std::string> sample_lines();

// Keeps copies of everything that was handed over.
class RowLog final : public ports::RowSink {
 public:
  Status on_header(const ledger::SettlementHeader& header) override;
  Status on_rows(std::span<const ports::SettlementRow> rows) override;
  Status on_restart() override;

  std::vector<std::string> headers;  // settlement ids
  // "line@offset|type|order|marketplace|amount-type|description|fulfilment|sku|posted|amount|raw"
  std::vector<std::string> rows;
  std::size_t largest_batch = 0;
  std::size_t batches = 0;
  std::size_t restarts = 0;  // what was handed over before is forgotten
};

struct Reading {
  Result<ParsedReport> parsed;
  RowLog log;
};
// Parses `bytes` in pieces of `piece` bytes (0: all at once) and checks the control identity.
[[nodiscard]] Reading read_bytes(std::string_view bytes, std::size_t piece = 0);
// The id of the refusal, "accepted" when there is none.
[[nodiscard]] std::string outcome(std::string_view bytes);

// Evidence in memory with frames of a fixed size (they may cut lines).
class MemoryEvidence final : public ports::EvidenceReader {
 public:
  MemoryEvidence(std::string content, std::size_t frame_size);
  const ports::StoredObject& object() const override { return object_; }
  Result<std::string_view> frame(std::uint32_t index) override;
  std::uint64_t frame_offset(std::uint32_t index) const override;
  std::uint64_t lines_before(std::uint32_t index) const override;

  std::uint32_t frames_read = 0;

 private:
  std::string content_;
  std::size_t frame_size_;
  std::string frame_;  // what was asked for last
  ports::StoredObject object_;
};

}  // namespace mlc::amazon::settlement_report::testing
