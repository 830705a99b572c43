#include "flow/netting_pass.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <queue>

#include "base/checked_arithmetic.h"
#include "flow/errors.h"
#include "flow/row_attributes.h"
#include "ledger/classify.h"
#include "ledger/errors.h"
#include "ledger/order_lines.h"
#include "ledger/rule_text.h"
#include "runtime/time_zone.h"

namespace mlc::flow {
namespace {

constexpr std::size_t kBuffers = std::size_t{8} << 20U;  // of all runs together while they merge
constexpr std::size_t kSmallestBuffer = 4096;
constexpr char kParting = '\x1f';  // between account and group in a key; no text holds it

// A record of a run: length of the key, the key, the sum; integers as the machine has them, because
// no other one reads them.
void add_record(std::string& out, const std::string& key, std::int64_t minor) {
  const auto size = static_cast<std::uint32_t>(key.size());
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out += key;
  out.append(reinterpret_cast<const char*>(&minor), sizeof minor);
}

Status add_to(std::int64_t& sum, std::int64_t minor) {
  const auto more = checked_add(sum, minor);
  if (!more) {
    return failure(ledger::kAmountOverflow,
                   {{"found", "the sum of an order"}, {"expected", "less than 2^63"}});
  }
  sum = *more;
  return {};
}

}  // namespace

// One run, a buffer at a time.
class SpillingSums::RunReader {
 public:
  RunReader(ports::ScratchFile& file, Run run, std::size_t buffer)
      : file_(file), run_(run), buffer_(buffer) {}

  // The next record; false at the end. A run ends with a record: less is flow.scratch_cut.
  Result<bool> next() {
    if (left() == 0) return false;
    std::uint32_t size = 0;
    MLC_TRY_STATUS(take(&size, sizeof size));
    if (size > left()) return failure(cut(size - left()));
    key.resize(size);
    MLC_TRY_STATUS(take(key.data(), size));
    MLC_TRY_STATUS(take(&minor, sizeof minor));
    return true;
  }

  std::string key{};
  std::int64_t minor = 0;

 private:
  [[nodiscard]] std::uint64_t left() const { return run_.end - run_.begin + bytes_.size() - at_; }

  [[nodiscard]] Error cut(std::uint64_t missing) const {
    return Error(kScratchCut,
                 {{"missing", std::to_string(missing)}, {"read", std::to_string(run_.begin)}});
  }

  Status read_more() {
    const auto wanted = std::min<std::uint64_t>(buffer_, run_.end - run_.begin);
    MLC_TRY(bytes_, file_.read(run_.begin, static_cast<std::size_t>(wanted)));
    if (bytes_.empty()) return failure(cut(run_.end - run_.begin));
    run_.begin += bytes_.size();
    at_ = 0;
    return {};
  }

  Status take(void* to, std::size_t count) {
    if (count > left()) return failure(cut(count - left()));
    auto* out = static_cast<char*>(to);
    while (count > 0) {
      if (at_ == bytes_.size()) MLC_TRY_STATUS(read_more());
      const std::size_t piece = std::min(count, bytes_.size() - at_);
      std::memcpy(out, bytes_.data() + at_, piece);
      out += piece;
      at_ += piece;
      count -= piece;
    }
    return {};
  }

  ports::ScratchFile& file_;
  Run run_;
  std::size_t buffer_;
  std::string bytes_{};
  std::size_t at_ = 0;
};

Status SpillingSums::add(const std::string& key, std::int64_t minor) {
  MLC_TRY_STATUS(add_to(sums_[key], minor));
  return sums_.size() < most_ ? Status{} : write_run();
}

Status SpillingSums::write_run() {
  std::erase_if(sums_, [](const auto& entry) { return entry.second == 0; });
  // Only when forgetting made little room is the disk needed.
  if (sums_.size() < most_ / 2) return {};
  std::vector<std::pair<std::string, std::int64_t>> sorted(sums_.begin(), sums_.end());
  sums_.clear();
  std::ranges::sort(sorted);
  if (scratch_ == nullptr) {
    MLC_TRY(scratch_, vault_.scratch());
  }
  Run run{written_, written_};
  std::string bytes;
  for (const auto& [key, minor] : sorted) {
    add_record(bytes, key, minor);
    if (bytes.size() < kBuffers / 8) continue;
    MLC_TRY_STATUS(scratch_->append(bytes));
    run.end += bytes.size();
    bytes.clear();
  }
  MLC_TRY_STATUS(scratch_->append(bytes));
  run.end += bytes.size();
  written_ = run.end;
  runs_.push_back(run);
  return {};
}

Result<SpillingSums::Left> SpillingSums::finish(std::size_t shown) {
  Left out;
  const auto note = [&](const std::string& key, std::int64_t minor) {
    if (minor == 0) return;
    ++out.count;
    if (out.first.size() < shown) out.first.emplace_back(key, minor);
  };
  std::vector<std::pair<std::string, std::int64_t>> rest(sums_.begin(), sums_.end());
  sums_.clear();
  std::ranges::sort(rest);
  std::vector<std::unique_ptr<RunReader>> readers;
  const std::size_t buffer =
      std::max(kSmallestBuffer, kBuffers / std::max<std::size_t>(1, runs_.size()));
  // The smallest key first; the rest in memory takes part as a run of its own.
  using Head = std::pair<std::string, std::size_t>;
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
  for (const Run& run : runs_) {
    auto reader = std::make_unique<RunReader>(*scratch_, run, buffer);
    MLC_TRY(const bool more, reader->next());
    if (more) heads.emplace(reader->key, readers.size());
    readers.push_back(std::move(reader));
  }
  std::size_t next_rest = 0;
  while (!heads.empty() || next_rest < rest.size()) {
    const bool from_rest =
        heads.empty() || (next_rest < rest.size() && rest[next_rest].first <= heads.top().first);
    const std::string key = from_rest ? rest[next_rest].first : heads.top().first;
    std::int64_t sum = 0;
    if (from_rest) MLC_TRY_STATUS(add_to(sum, rest[next_rest++].second));
    while (!heads.empty() && heads.top().first == key) {
      const std::size_t at = heads.top().second;
      heads.pop();
      MLC_TRY_STATUS(add_to(sum, readers[at]->minor));
      MLC_TRY(const bool more, readers[at]->next());
      if (more) heads.emplace(readers[at]->key, at);
    }
    note(key, sum);
  }
  return out;
}

namespace {

class NettingSink final : public ports::RowSink {
 public:
  NettingSink(const World& world, const Connection& connection, bool all)
      : vault_(world.vault), connection_(connection), all_(all), dates_(connection.home_zone) {}

  Status on_header(const ledger::SettlementHeader& header) override {
    settlement_ = header.id;
    currency_ = header.total.currency();
    classifier_.emplace(connection_.rules);
    sums_.emplace(vault_, kOrdersInMemory);
    groups_.clear();
    return {};
  }

  Status on_rows(std::span<const ports::SettlementRow> rows) override {
    for (const ports::SettlementRow& row : rows) {
      const auto attributes = attributes_of(row, dates_.local_date(row.posted));
      MLC_TRY(const auto number, classifier_->add(attributes, row.amount));
      const std::string* group = group_of(number);
      if (group == nullptr) continue;
      MLC_TRY_STATUS(sums_->add(ledger::with_order(*group, order_of(row)), row.amount.minor()));
    }
    return {};
  }

  Status on_restart() override { return {}; }  // on_header begins anew

  Result<SpillingSums::Left> finish() { return sums_->finish(kShownOrders); }

 private:
  static std::string order_of(const ports::SettlementRow& row) {
    return row.order_id.empty() ? "(no order-id)" : std::string(row.order_id);
  }

  // Key with {order_id} in it; nullptr when the class is not looked at.
  const std::string* group_of(ledger::ClassNumber number) {
    if (number >= groups_.size()) groups_.resize(number + 1);
    auto& known = groups_[number];
    if (!known) known = make_group(classifier_->row_class(number));
    return known->empty() ? nullptr : &*known;
  }

  std::string make_group(const ledger::RowClass& row_class) const {
    const ledger::ClassTotal total{row_class, 0, ledger::Money::zero(*currency_)};
    auto netting = ledger::netting_of(ledger::resolve(total, connection_.rules), settlement_);
    if (!netting) return {};
    if (!netting->per_order()) {
      if (!all_) return {};
      netting->within += (netting->within.empty() ? "" : " ") + std::string(ledger::kOrderName);
    }
    return netting->account + kParting + netting->within;
  }

  ports::EvidenceVault& vault_;
  const Connection& connection_;
  bool all_;
  runtime::LocalDates dates_;
  SettlementId settlement_{};
  std::optional<ledger::Currency> currency_{};
  std::optional<ledger::Classifier> classifier_{};
  std::optional<SpillingSums> sums_{};
  std::vector<std::optional<std::string>> groups_{};  // by class; empty: not looked at
};

}  // namespace

Result<Unnetted> find_unnetted(const World& world, const ports::SettlementRecord& settlement,
                               const Connection& connection, bool all) {
  MLC_TRY(const auto evidence, world.vault.open(settlement.object->id));
  NettingSink sink(world, connection, all);
  MLC_TRY(const auto report, world.reader.read(*evidence, settlement.report_document_id, sink));
  static_cast<void>(report);  // it was proved when the file was read first
  MLC_TRY(const auto left, sink.finish());
  Unnetted out;
  out.orders = left.count;
  for (const auto& [key, minor] : left.first) {
    const auto parting = key.find(kParting);
    out.first.push_back({key.substr(0, parting), key.substr(parting + 1), minor});
  }
  return out;
}

}  // namespace mlc::flow
