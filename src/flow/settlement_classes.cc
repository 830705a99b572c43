#include "flow/settlement_classes.h"

namespace mlc::flow {
namespace {

// Puts each row's class number where its line is: one vector per evidence frame.
class LineagePlacer {
 public:
  explicit LineagePlacer(const ports::EvidenceReader& evidence)
      : evidence_(evidence), frames_(evidence.object().frames) {}

  void place(std::uint64_t line, ledger::ClassNumber number) {
    const std::uint64_t index = line - 1;
    while (frame_ + 1 < frames_.size() && evidence_.lines_before(frame_ + 1) <= index) ++frame_;
    auto& classes = frames_[frame_].classes;
    classes.resize(index - evidence_.lines_before(frame_) + 1, ports::kNoClass);
    classes.back() = number;
  }

  std::vector<ports::LineageFrame> finish() {
    for (std::uint32_t i = 0; i + 1 < frames_.size(); ++i) {
      frames_[i].classes.resize(evidence_.lines_before(i + 1) - evidence_.lines_before(i),
                                ports::kNoClass);
    }
    return std::move(frames_);
  }

 private:
  const ports::EvidenceReader& evidence_;
  std::vector<ports::LineageFrame> frames_;
  std::uint32_t frame_ = 0;
};

// Classifies rows while they are read.
class ClassifyingSink final : public ports::RowSink {
 public:
  ClassifyingSink(const Connection& connection, const ledger::RuleBook& rules,
                  const ports::EvidenceReader& evidence)
      : connection_(connection), classifier_(rules), placer_(evidence) {}

  Status on_header(const ledger::SettlementHeader& /*header*/) override { return {}; }

  Status on_rows(std::span<const ports::SettlementRow> rows) override {
    for (const ports::SettlementRow& row : rows) {
      const ledger::RowAttributes attributes{row.transaction_type,
                                             row.amount_type,
                                             row.amount_description,
                                             row.marketplace,
                                             row.fulfillment,
                                             row.sku,
                                             connection_.home_zone.local_date(row.posted)};
      MLC_TRY(const auto number, classifier_.add(attributes, row.amount));
      placer_.place(row.line, number);
    }
    return {};
  }

  const std::vector<ledger::ClassTotal>& totals() const { return classifier_.totals(); }
  std::vector<ports::LineageFrame> frames() { return placer_.finish(); }

 private:
  const Connection& connection_;
  ledger::Classifier classifier_;
  LineagePlacer placer_;
};

std::string name_of(const ports::SettlementRecord& settlement) {
  return settlement.file_name.empty() ? settlement.report_document_id : settlement.file_name;
}

}  // namespace

Result<Classified> classify(const World& world, const ports::SettlementRecord& settlement,
                            const Connection& connection, const ledger::RuleBook& rules) {
  MLC_TRY(const auto evidence, world.vault.open(settlement.object->id));
  ClassifyingSink sink(connection, rules, *evidence);
  MLC_TRY(auto report, world.reader.read(*evidence, name_of(settlement), sink));
  return Classified{std::move(report), sink.totals(), sink.frames()};
}

}  // namespace mlc::flow
