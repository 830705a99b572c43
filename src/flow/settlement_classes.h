// A settlement's file into classes of rows: when it is proved, and again under an earlier rule book
// when documents in SAP may have been made with it.
#pragma once

#include <memory>
#include <vector>

#include "flow/step.h"
#include "ledger/classify.h"

namespace mlc::flow {

struct Classified {
  ports::ReadReport report;
  std::vector<ledger::ClassTotal> totals;
  // With the class of every line, one frame per evidence frame; to be finished once.
  std::unique_ptr<ports::LineageWriter> lineage;
  std::vector<ledger::DocumentLine> order_lines{};  // where they were asked for
};

// Whether lines per order are added up, where the rules post any (ledger/order_lines.h).
enum class Orders { kLeave, kAdd };

// Reads the stored bytes and begins a lineage file, which is gone again unless it is finished;
// repeatable. `settlement` has its object. Errors: the vault's (also a full disk), the
// reader's, ledger.amount_overflow, ledger.mixed_currencies; with orders also those of OrderLines.
[[nodiscard]] Result<Classified> classify(const World& world,
                                          const ports::SettlementRecord& settlement,
                                          const Connection& connection,
                                          const ledger::RuleBook& rules, Orders orders);

}  // namespace mlc::flow
