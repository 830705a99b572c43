// Any bytes: no crash, the same answer however they are cut into pieces, rows that are exactly the
// bytes at their place, and no accepted content without its last byte.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "amazon/settlement_report/settlement_reader.h"
#include "amazon/settlement_report/settlement_report_parser.h"
#include "base/expect.h"
#include "base/utf8.h"

namespace mlc::amazon::settlement_report {
namespace {

class CheckingSink final : public ports::RowSink {
 public:
  explicit CheckingSink(std::string_view content) : content_(content) {}
  Status on_header(const ledger::SettlementHeader& header) override {
    MLC_EXPECT(!header_seen_);
    header_seen_ = true;
    sum_ = ledger::Money::zero(header.total.currency());
    return {};
  }
  Status on_rows(std::span<const ports::SettlementRow> rows) override {
    MLC_EXPECT(header_seen_ && !rows.empty() && rows.size() <= kBatchRows);
    for (const ports::SettlementRow& row : rows) {
      MLC_EXPECT(content_.substr(row.offset, row.raw.size()) == row.raw);
      const auto place = std::pair(row.line, row.column);
      MLC_EXPECT(place > last_);
      last_ = place;
      for (const std::string_view text : {row.transaction_type, row.amount_type, row.sku}) {
        MLC_EXPECT(!first_invalid_utf8(text));
      }
      MLC_TRY(sum_, sum_->plus(row.amount));
      ++rows_;
      see_spelling(row);
    }
    return {};
  }
  Status on_restart() override {
    *this = CheckingSink(content_);
    return {};
  }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] const std::optional<ledger::Money>& sum() const { return sum_; }

 private:
  // The same number, the same texts.
  void see_spelling(const ports::SettlementRow& row) {
    if (row.spelling == ledger::kNoSpelling) return;
    std::string texts;
    for (const std::string_view text : {row.transaction_type, row.marketplace, row.amount_type,
                                        row.amount_description, row.fulfillment}) {
      texts += text;
      texts += '\t';
    }
    MLC_EXPECT(row.spelling <= spellings_.size());
    if (row.spelling == spellings_.size()) spellings_.push_back(texts);
    MLC_EXPECT(spellings_[row.spelling] == texts);
  }

  std::string_view content_;
  std::vector<std::string> spellings_;
  bool header_seen_ = false;
  std::pair<std::uint64_t, std::uint32_t> last_{0, 0};
  std::uint64_t rows_ = 0;
  std::optional<ledger::Money> sum_;
};

// The content in frames that may cut lines.
class PiecesEvidence final : public ports::EvidenceReader {
 public:
  PiecesEvidence(std::string_view content, std::size_t piece) : content_(content), piece_(piece) {
    object_.frames = static_cast<std::uint32_t>((content.size() + piece - 1) / piece);
  }
  const ports::StoredObject& object() const override { return object_; }
  Result<std::string_view> frame(std::uint32_t index) override {
    frame_ = content_.substr(index * piece_, piece_);
    return frame_;
  }
  std::uint64_t frame_offset(std::uint32_t index) const override { return index * piece_; }
  std::uint64_t lines_before(std::uint32_t /*index*/) const override { return 0; }

 private:
  std::string_view content_;
  std::size_t piece_;
  std::string frame_;
  ports::StoredObject object_;
};

template <class Reading>
void feed(std::string_view content, std::size_t piece, Reading& reading) {
  for (std::size_t at = 0; at < content.size(); at += piece) {
    const std::string copy(content.substr(at, piece));
    if (!reading.feed(copy)) return;
  }
}

std::string words_of(const ports::ReadReport& report) {
  return "accepted " + std::to_string(report.rows) + " " + report.sum.decimal() + " " +
         report.layout + " " + report.charset + " " + report.decimal_mark + " " +
         report.date_pattern;
}

// The same by what the import uses: one reading where the first frame lets the rest be guessed.
std::string outcome_of_frames(std::string_view content, std::size_t piece) {
  PiecesEvidence evidence(content, piece);
  CheckingSink sink(content);
  const auto parsed = read_report(evidence, "fuzz", sink);
  if (!parsed) return parsed.error().explain();
  MLC_EXPECT(parsed->report.rows == sink.rows());
  MLC_EXPECT(parsed->report.sum == *sink.sum());
  return words_of(parsed->report);
}

// What became of the content, as one text that two readings can be compared by.
std::string outcome(std::string_view content, std::size_t piece) {
  ReportSurvey first("fuzz");
  feed(content, piece, first);
  auto survey = first.finish();
  if (!survey) return survey.error().explain();
  CheckingSink sink(content);
  SettlementReportParser second("fuzz", std::move(*survey), sink);
  feed(content, piece, second);
  const auto parsed = second.finish();
  if (!parsed) return parsed.error().explain();
  MLC_EXPECT(parsed->report.rows == sink.rows());
  MLC_EXPECT(parsed->report.sum == *sink.sum());
  MLC_EXPECT(content.ends_with('\n'));
  return words_of(parsed->report);
}

void check(std::string_view content, std::size_t piece) {
  const std::string whole = outcome(content, std::max<std::size_t>(content.size(), 1));
  MLC_EXPECT(outcome(content, piece) == whole);
  MLC_EXPECT(outcome_of_frames(content, piece) == whole);
  if (!whole.starts_with("accepted")) return;
  content.remove_suffix(1);
  // What is left ends with a line end only when the last line was blank.
  if (content.ends_with('\n')) {
    MLC_EXPECT(outcome(content, piece) == whole);
  } else {
    MLC_EXPECT(!outcome(content, piece).starts_with("accepted"));
  }
}

}  // namespace
}  // namespace mlc::amazon::settlement_report

// The first byte is the size of the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view content(reinterpret_cast<const char*>(data) + 1, size - 1);
  mlc::amazon::settlement_report::check(content, std::size_t{data[0]} + 1);
  return 0;
}
