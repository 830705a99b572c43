#include "operations/order_rows.h"

#include <functional>

#include "ledger/order_lines.h"

namespace mlc::operations {
namespace {

using Look = std::function<void(std::uint64_t line, std::string order)>;

class OrderSink final : public ports::RowSink {
 public:
  OrderSink(std::string settlement, Look look, std::function<void()> forget)
      : settlement_(std::move(settlement)), look_(std::move(look)), forget_(std::move(forget)) {}

  Status on_header(const ledger::SettlementHeader& /*header*/) override { return {}; }
  Status on_rows(std::span<const ports::SettlementRow> rows) override {
    for (const auto& row : rows) {
      std::string order = ledger::order_text(row.order_id);
      look_(row.line, order.empty() ? settlement_ : std::move(order));
    }
    return {};
  }
  Status on_restart() override {
    forget_();
    return {};
  }

 private:
  std::string settlement_;
  Look look_;
  std::function<void()> forget_;
};

Status look_through(const Hub& hub, const Named& named, Look look, std::function<void()> forget) {
  const auto& settlement = *named.settlement;
  MLC_TRY(const auto evidence, hub.vault.open(settlement.object->id));
  OrderSink sink(settlement.header->id.str(), std::move(look), std::move(forget));
  MLC_TRY(const auto report, hub.reader.read(*evidence, name_of(named), sink));
  static_cast<void>(report);  // it was proved when the file was read first
  return {};
}

}  // namespace

Result<std::vector<std::uint64_t>> rows_of_order(const Hub& hub, const Named& named,
                                                 const std::string& order) {
  std::vector<std::uint64_t> out;
  MLC_TRY_STATUS(look_through(
      hub, named,
      [&](std::uint64_t line, const std::string& found) {
        if (found == order) out.push_back(line);
      },
      [&] { out.clear(); }));
  return out;
}

Result<std::optional<std::string>> order_of_row(const Hub& hub, const Named& named,
                                                std::uint64_t line) {
  std::optional<std::string> out;
  MLC_TRY_STATUS(look_through(
      hub, named,
      [&](std::uint64_t at, std::string found) {
        if (at == line) out = std::move(found);
      },
      [&] { out.reset(); }));
  return out;
}

}  // namespace mlc::operations
