#include "operations/intercompany.h"

#include <algorithm>
#include <set>

#include "ledger/manifest.h"

namespace mlc::operations {
namespace {

bool posts_intercompany(const ledger::RuleBook& rules) {
  return std::ranges::any_of(rules.versions(), [](const ledger::RuleSet& version) {
    return std::ranges::any_of(version.rules, [](const ledger::Rule& rule) {
      return rule.result.nature == ledger::Nature::kIntercompany;
    });
  });
}

std::set<std::string> connections_of(const Hub& hub) {
  std::set<std::string> out;
  if (hub.world == nullptr) return out;
  for (const auto& connection : hub.world->connections) {
    if (posts_intercompany(connection.settings.rules)) out.insert(connection.settings.id.str());
  }
  return out;
}

Status add_lines(const Hub& hub, ports::StoreTransaction& transaction,
                 const ports::SettlementRecord& settlement, IntercompanyView& out) {
  MLC_TRY(const auto documents, transaction.documents(hub.tenant, settlement.work));
  for (const auto& document : documents) {
    if (document.outcome != "posted") continue;
    MLC_TRY(const auto text, transaction.manifest(hub.tenant, settlement.work, document.revision));
    if (!text) continue;
    MLC_TRY(const auto manifest, ledger::read_manifest(*text));
    for (const auto& planned : manifest.documents) {
      if (planned.key.text() != document.key) continue;
      for (const auto& line : planned.lines) {
        if (line.nature != ledger::Nature::kIntercompany) continue;
        out.lines.push_back({planned.company_code, document.key, line.item,
                             manifest.settlement.str(), line.amount, planned.posting_date});
      }
    }
  }
  return {};
}

bool is_at(const ledger::IntercompanyLine& line, const std::string& document, std::uint32_t item) {
  return line.document == document && line.item == item;
}

}  // namespace

Result<IntercompanyView> intercompany(const Hub& hub) {
  IntercompanyView out;
  const auto connections = connections_of(hub);
  if (connections.empty()) return out;
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  for (const auto& settlement : settlements) {
    if (!connections.contains(settlement.connection.str())) continue;
    MLC_TRY_STATUS(add_lines(hub, *transaction, settlement, out));
  }
  out.sides = ledger::match_sides(out.lines);
  return out;
}

std::optional<ledger::IntercompanyLine> other_side(const IntercompanyView& view,
                                                   const std::string& document,
                                                   std::uint32_t item) {
  for (const auto& [debit, credit] : view.sides.pairs) {
    if (is_at(view.lines[debit], document, item)) return view.lines[credit];
    if (is_at(view.lines[credit], document, item)) return view.lines[debit];
  }
  return std::nullopt;
}

}  // namespace mlc::operations
