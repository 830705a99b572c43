#include "operations/explain_order.h"

#include <algorithm>

#include "flow/settlement_difference.h"
#include "ledger/line_order.h"
#include "ledger/rule_text.h"
#include "operations/order_rows.h"

namespace mlc::operations {
namespace {

// The order that stands in the line's assignment by the class's template.
std::optional<std::string> order_on(const ClassView& view, const ledger::DocumentLine& line) {
  if (!view.order_line) return std::nullopt;
  ledger::DocumentLine wanted = *view.order_line;
  const auto order = ledger::order_in(wanted.assignment, line.assignment);
  wanted.assignment = line.assignment;
  return ledger::same_attributes(wanted, line) ? order : std::nullopt;
}

std::optional<OrderPlace> find_in(const ledger::Manifest& manifest,
                                  const ledger::DocumentLine& wanted) {
  for (const auto& document : manifest.documents) {
    for (const auto& line : document.lines) {
      if (!ledger::same_attributes(line, wanted)) continue;
      OrderPlace out{{}, line};
      out.document.key = document.key.text();
      return out;
    }
  }
  return std::nullopt;
}

// Of the settlement's own letters, the last first, and then of the files before it.
Result<std::vector<ledger::Manifest>> manifests_of(const Hub& hub,
                                                   ports::StoreTransaction& transaction,
                                                   const ports::SettlementRecord& settlement) {
  std::vector<ledger::Manifest> out;
  for (char letter = settlement.revision; letter >= 'A'; --letter) {
    MLC_TRY(const auto text, transaction.manifest(hub.tenant, settlement.work, letter));
    if (!text) continue;
    MLC_TRY(auto manifest, ledger::read_manifest(*text));
    out.push_back(std::move(manifest));
  }
  MLC_TRY(auto base, flow::base_of(transaction, settlement));
  out.insert(out.end(), base.manifests.begin(), base.manifests.end());
  return out;
}

}  // namespace

bool may_carry(const ClassView& view, const ledger::DocumentLine& line) {
  return view.destination == Destination::kOrder && order_on(view, line).has_value();
}

Result<std::vector<EvidenceRow>> rows_on_order_line(const Hub& hub, const Named& named,
                                                    ports::EvidenceReader& evidence,
                                                    ports::LineageReader& lineage,
                                                    const std::vector<ClassView>& classes,
                                                    const ledger::DocumentLine& line) {
  std::vector<EvidenceRow> out;
  std::optional<std::string> order;
  for (const auto& view : classes) {
    if (!order) order = order_on(view, line);
  }
  if (!order) return out;
  MLC_TRY(const auto lines, rows_of_order(hub, named, *order));
  for (const auto number : lines) {
    MLC_TRY(auto row, read_row(evidence, lineage, number, name_of(named)));
    const bool mine = std::ranges::find(classes, row.number, &ClassView::number) != classes.end();
    if (mine) out.push_back(std::move(row));
  }
  return out;
}

Result<std::optional<OrderPlace>> place_of_order(const Hub& hub, const Named& named,
                                                 const ClassView& view, std::uint64_t row) {
  if (!view.order_line) return std::optional<OrderPlace>{};
  MLC_TRY(const auto order, order_of_row(hub, named, row));
  if (!order) return std::optional<OrderPlace>{};
  ledger::DocumentLine wanted = *view.order_line;
  wanted.assignment = ledger::with_order(wanted.assignment, *order);
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto manifests, manifests_of(hub, *transaction, *named.settlement));
  for (const auto& manifest : manifests) {
    auto found = find_in(manifest, wanted);
    if (!found) continue;
    MLC_TRY(const auto record, transaction->document_by_key(hub.tenant, found->document.key));
    if (record) found->document = *record;
    return found;
  }
  return std::optional<OrderPlace>{};
}

}  // namespace mlc::operations
