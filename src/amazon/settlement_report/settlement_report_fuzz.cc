// Any bytes: no crash, the same answer however they are cut into pieces and whether rows are taken
// whole or as plain ones, rows that are exactly the bytes at their place, and no accepted content
// without its last byte.
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

// What of an amount of a row every way of reading must say alike.
struct Seen {
  std::uint64_t line;
  std::uint32_t column;  // 0 where a plain row does not say it
  std::int64_t minor;
  Instant posted;
  std::uint32_t spelling;
  bool operator==(const Seen& other) const {
    return line == other.line && minor == other.minor && posted == other.posted &&
           (column == other.column || column == 0 || other.column == 0);
  }
};

// Holds rows against the bytes at their place, and what they share against one another. Takes
// rows of known spellings as plain ones, or all of them whole.
class CheckingSink final : public ports::RowSink {
 public:
  CheckingSink(std::string_view content, bool knows_spellings)
      : content_(content), knows_(knows_spellings) {}
  [[nodiscard]] bool knows_spellings() const override { return knows_; }
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
      for (const std::string_view text : {row.transaction_type, row.amount_type, row.sku}) {
        MLC_EXPECT(!first_invalid_utf8(text));
      }
      see_spelling(row);
      MLC_TRY_STATUS(see({row.line, row.column, row.amount.minor(), row.posted, row.spelling}));
    }
    return {};
  }
  Status on_plain_rows(std::span<const ports::PlainRow> rows) override {
    MLC_EXPECT(knows_ && header_seen_ && !rows.empty() && rows.size() <= kBatchRows);
    for (const ports::PlainRow& row : rows) {
      MLC_EXPECT(row.spelling < spellings_.size());
      MLC_TRY_STATUS(see({row.line, 0, row.minor, row.posted, row.spelling}));
    }
    return {};
  }
  Status on_restart() override {
    *this = CheckingSink(content_, knows_);
    return {};
  }
  [[nodiscard]] std::uint64_t rows() const { return seen_.size(); }
  [[nodiscard]] const std::vector<Seen>& seen() const { return seen_; }
  [[nodiscard]] const std::optional<ledger::Money>& sum() const { return sum_; }
  // The texts of a row; empty where it has no spelling.
  [[nodiscard]] std::string_view texts_of(const Seen& row) const {
    return row.spelling == ledger::kNoSpelling ? std::string_view() : spellings_[row.spelling];
  }

 private:
  Status see(const Seen& row) {
    const auto place = std::pair(row.line, row.column);
    MLC_EXPECT(place > last_);
    last_ = place;
    MLC_TRY(sum_, sum_->plus(ledger::Money::from_minor(row.minor, sum_->currency())));
    seen_.push_back(row);
    return {};
  }

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
  bool knows_;
  std::vector<std::string> spellings_;
  bool header_seen_ = false;
  std::pair<std::uint64_t, std::uint32_t> last_{0, 0};
  std::vector<Seen> seen_;
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

// What the import uses: one reading where the first frame lets the rest be guessed.
std::string outcome_of_frames(std::string_view content, std::size_t piece, CheckingSink& sink) {
  PiecesEvidence evidence(content, piece);
  const auto parsed = read_report(evidence, "fuzz", sink);
  if (!parsed) return parsed.error().explain();
  MLC_EXPECT(parsed->report.rows == sink.rows());
  MLC_EXPECT(parsed->report.sum == *sink.sum());
  return words_of(parsed->report);
}

// What became of the content, as one text that two readings can be compared by.
std::string outcome(std::string_view content, std::size_t piece, CheckingSink& sink) {
  ReportSurvey first("fuzz");
  feed(content, piece, first);
  auto survey = first.finish();
  if (!survey) return survey.error().explain();
  SettlementReportParser second("fuzz", std::move(*survey), sink);
  feed(content, piece, second);
  const auto parsed = second.finish();
  if (!parsed) return parsed.error().explain();
  MLC_EXPECT(parsed->report.rows == sink.rows());
  MLC_EXPECT(parsed->report.sum == *sink.sum());
  MLC_EXPECT(content.ends_with('\n'));
  return words_of(parsed->report);
}

std::string outcome(std::string_view content, std::size_t piece) {
  CheckingSink sink(content, false);
  return outcome(content, piece, sink);
}

// Plain rows, and the whole ones among them, say what whole ones say.
void expect_same_rows(const CheckingSink& plain, const CheckingSink& whole) {
  MLC_EXPECT(plain.seen() == whole.seen());
  for (std::size_t at = 0; at < plain.seen().size(); ++at) {
    const std::string_view texts = plain.texts_of(plain.seen()[at]);
    const std::string_view others = whole.texts_of(whole.seen()[at]);
    MLC_EXPECT(texts == others || texts.empty() || others.empty());
  }
}

void check(std::string_view content, std::size_t piece) {
  CheckingSink at_once(content, false);
  const std::string whole = outcome(content, std::max<std::size_t>(content.size(), 1), at_once);
  MLC_EXPECT(outcome(content, piece) == whole);
  for (const bool knows_spellings : {false, true}) {
    CheckingSink sink(content, knows_spellings);
    MLC_EXPECT(outcome_of_frames(content, piece, sink) == whole);
    if (whole.starts_with("accepted")) expect_same_rows(sink, at_once);
  }
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

// The first byte tells the size of the pieces: such that cut nearly every line, or such that hold
// several.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view content(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t told = data[0];
  const std::size_t piece = told < 128 ? told + 1 : (told - 127) * 64;
  mlc::amazon::settlement_report::check(content, piece);
  return 0;
}
