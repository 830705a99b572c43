#include "flow/settlement_classes.h"

#include "flow/row_attributes.h"
#include "ledger/order_lines.h"

namespace mlc::flow {
namespace {

// Puts each row's class number where its line is, and hands one frame after the other to the
// lineage as soon as its rows are known.
class LineagePlacer {
 public:
  LineagePlacer(const ports::EvidenceReader& evidence,
                std::unique_ptr<ports::LineageWriter> lineage)
      : evidence_(evidence), lineage_(std::move(lineage)) {
    begin_frame(0);
  }

  Status place(std::uint64_t line, ledger::ClassNumber number) {
    const std::uint64_t index = line - 1;
    while (index >= end_) MLC_TRY_STATUS(end_frame());
    auto& classes = frame_.classes;
    const auto at = static_cast<std::size_t>(index - begin_);
    if (at == classes.size()) {
      classes.push_back(number);
    } else {
      classes.resize(at + 1, ports::kNoClass);
      classes.back() = number;
    }
    return {};
  }

  // Lines in ascending order; most batches are lines that follow one another inside one frame.
  Status place_all(std::span<const ports::PlainRow> rows,
                   std::span<const ledger::ClassNumber> numbers) {
    const std::uint64_t first = rows.front().line - 1;
    const std::uint64_t last = rows.back().line - 1;
    auto& classes = frame_.classes;
    if (last - first + 1 == rows.size() && last < end_ && first - begin_ >= classes.size()) {
      classes.resize(first - begin_, ports::kNoClass);
      classes.insert(classes.end(), numbers.begin(), numbers.end());
      return {};
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      MLC_TRY_STATUS(place(rows[i].line, numbers[i]));
    }
    return {};
  }

  // The lineage with all its frames.
  Result<std::unique_ptr<ports::LineageWriter>> finish() {
    while (number_ < evidence_.object().frames) MLC_TRY_STATUS(end_frame());
    return std::move(lineage_);
  }

 private:
  [[nodiscard]] bool is_last() const { return number_ + 1 >= evidence_.object().frames; }

  void begin_frame(std::uint32_t number) {
    number_ = number;
    frame_.classes.clear();
    if (number_ >= evidence_.object().frames) return;
    begin_ = evidence_.lines_before(number_);
    end_ = is_last() ? UINT64_MAX : evidence_.lines_before(number_ + 1);
  }

  Status end_frame() {
    if (!is_last()) frame_.classes.resize(end_ - begin_, ports::kNoClass);
    MLC_TRY_STATUS(lineage_->add(frame_));
    begin_frame(number_ + 1);
    return {};
  }

  const ports::EvidenceReader& evidence_;
  std::unique_ptr<ports::LineageWriter> lineage_;
  ports::LineageFrame frame_;  // what is known of the present one
  std::uint32_t number_ = 0;
  std::uint64_t begin_ = 0;  // lines before it
  std::uint64_t end_ = 0;    // and before the next one
};

// Classifies rows while they are read.
class ClassifyingSink final : public ports::RowSink {
 public:
  ClassifyingSink(const Connection& connection, const ledger::RuleBook& rules, Orders orders,
                  ports::EvidenceVault& vault, const ports::EvidenceReader& evidence)
      : dates_(connection.home_zone),
        connection_(connection),
        rules_(rules),
        adds_orders_(orders == Orders::kAdd && rules.looks_at_orders()),
        vault_(vault),
        evidence_(evidence) {}

  Status on_header(const ledger::SettlementHeader& header) override {
    MLC_TRY(auto lineage, vault_.begin_lineage());
    classifier_.emplace(rules_);
    if (adds_orders_) {
      orders_.emplace(rules_, header.id, connection_.item_limit, connection_.document_limit);
    }
    placer_.emplace(evidence_, std::move(lineage));
    return {};
  }

  Status on_rows(std::span<const ports::SettlementRow> rows) override {
    for (const ports::SettlementRow& row : rows) {
      MLC_TRY(const auto number,
              classifier_->add(attributes_of(row, local_date(row.posted)), row.amount));
      MLC_TRY_STATUS(placer_->place(row.line, number));
      if (!orders_) continue;
      MLC_TRY_STATUS(
          orders_->add(number, classifier_->row_class(number), row.order_id, row.amount));
    }
    return {};
  }

  [[nodiscard]] bool knows_spellings() const override {
    return !adds_orders_ && ledger::looks_at_spellings_only(rules_);
  }

  Status on_plain_rows(std::span<const ports::PlainRow> rows) override {
    spelled_.resize(rows.size());
    numbers_.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      spelled_[i].posted_local = local_date(rows[i].posted);
      spelled_[i].minor = rows[i].minor;
      spelled_[i].spelling = rows[i].spelling;
    }
    MLC_TRY_STATUS(classifier_->add_spelled(spelled_, numbers_));
    return placer_->place_all(rows, numbers_);
  }

  Status on_restart() override {
    placer_.reset();  // with the file it had begun
    orders_.reset();
    classifier_.reset();
    return {};
  }

  Result<std::unique_ptr<ports::LineageWriter>> lineage() { return placer_->finish(); }
  [[nodiscard]] std::vector<ledger::ClassTotal> totals() const { return classifier_->totals(); }
  [[nodiscard]] Result<std::vector<ledger::DocumentLine>> order_lines() const {
    return orders_ ? orders_->lines() : std::vector<ledger::DocumentLine>{};
  }

 private:
  Date local_date(Instant posted) {
    if (posted != posted_) {
      posted_ = posted;
      posted_local_ = dates_.local_date(posted);
    }
    return posted_local_;
  }

  runtime::LocalDates dates_;
  Instant posted_ = Instant::min();  // of the row before
  Date posted_local_{};
  const Connection& connection_;
  const ledger::RuleBook& rules_;
  bool adds_orders_;
  ports::EvidenceVault& vault_;
  const ports::EvidenceReader& evidence_;
  std::vector<ledger::SpelledRow> spelled_;  // of the batch
  std::vector<ledger::ClassNumber> numbers_;
  std::optional<ledger::Classifier> classifier_;
  std::optional<LineagePlacer> placer_;
  std::optional<ledger::OrderLines> orders_;
};

std::string name_of(const ports::SettlementRecord& settlement) {
  return settlement.file_name.empty() ? settlement.report_document_id : settlement.file_name;
}

}  // namespace

Result<Classified> classify(const World& world, const ports::SettlementRecord& settlement,
                            const Connection& connection, const ledger::RuleBook& rules,
                            Orders orders) {
  MLC_TRY(const auto evidence, world.vault.open(settlement.object->id));
  ClassifyingSink sink(connection, rules, orders, world.vault, *evidence);
  MLC_TRY(auto report, world.reader.read(*evidence, name_of(settlement), sink));
  MLC_TRY(auto lineage, sink.lineage());
  MLC_TRY(auto order_lines, sink.order_lines());
  return Classified{std::move(report), sink.totals(), std::move(lineage), std::move(order_lines)};
}

}  // namespace mlc::flow
