#include "operations/class_view.h"

#include <algorithm>

#include "operations/errors.h"

namespace mlc::operations {
namespace {

const ledger::Rule* find_rule(const ledger::RuleBook* book, const std::string& version,
                              const std::string& id) {
  const ledger::RuleSet* set = book == nullptr ? nullptr : book->find(version);
  if (set == nullptr) return nullptr;
  const auto at = std::ranges::find(set->rules, id, &ledger::Rule::id);
  return at == set->rules.end() ? nullptr : &*at;
}

Destination destination_of(const ports::LineageClass& stored, const ledger::Rule* rule,
                           const std::string& state) {
  if (!stored.document.empty()) return Destination::kDocument;
  if (stored.rule.empty()) {
    return state == "needs_rules" ? Destination::kNeedsRule : Destination::kHeld;
  }
  const bool excluded = rule != nullptr && rule->result.treatment == ledger::Treatment::kExclude;
  return excluded ? Destination::kExcluded : Destination::kNetted;
}

bool has_rule(const ledger::RuleBook* book, const ledger::RowClass& row_class) {
  if (book == nullptr) return false;
  if (book->match(row_class) != nullptr) return true;
  const ledger::RuleSet* set = book->find(row_class.rules_version);
  return set != nullptr && !set->suspense_account.empty();
}

}  // namespace

std::string_view to_word(Destination destination) {
  switch (destination) {
    case Destination::kDocument: return "document";
    case Destination::kNetted: return "netted";
    case Destination::kExcluded: return "excluded";
    case Destination::kNeedsRule: return "needs rule";
    case Destination::kHeld: return "held";
  }
  return "held";
}

const ledger::RuleBook* rule_book(const Hub& hub, const ports::SettlementRecord& settlement) {
  if (hub.world == nullptr) return nullptr;
  const auto connection =
      flow::find_connection(*hub.world, settlement.tenant, settlement.connection);
  return connection ? &(*connection)->settings.rules : nullptr;
}

Result<ObjectId> lineage_of(const Hub& hub, const Named& named, char revision) {
  const ports::SettlementRecord& settlement = *named.settlement;
  if (settlement.lineage.empty()) {
    return failure(kNotRead, {{"name", name_of(named)},
                              {"state", named.work.state},
                              {"words", words_of(named.work)},
                              {"possible", possible_text(named)}});
  }
  if (revision == settlement.revision) return settlement.lineage;
  // An earlier revision: its lineage was kept by name when it was planned.
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto kept,
          transaction->fact(hub.tenant, "lineage " + named.work.id.str() + " " + revision));
  return kept ? ObjectId(*kept) : settlement.lineage;
}

Result<std::vector<ClassView>> class_views(const Hub& hub, const Named& named, char revision) {
  MLC_TRY(const ObjectId id, lineage_of(hub, named, revision));
  MLC_TRY(const auto lineage, hub.vault.open_lineage(id));
  const ledger::RuleBook* book = rule_book(hub, *named.settlement);
  std::vector<ClassView> out;
  for (const ports::LineageClass& stored : lineage->classes()) {
    ClassView view;
    view.number = static_cast<ledger::ClassNumber>(out.size());
    view.row_class = stored.row_class;
    view.rows = stored.rows;
    view.amount = stored.sum;
    view.rule = stored.rule;
    view.rules_version = stored.row_class.rules_version;
    view.document = stored.document;
    view.item = stored.item;
    const ledger::Rule* rule = find_rule(book, view.rules_version, stored.rule);
    if (rule != nullptr) view.why = rule->why;
    view.destination = destination_of(stored, rule, named.work.state);
    // A held settlement names the classes that hold it, not those that wait with them.
    if (view.destination == Destination::kNeedsRule && has_rule(book, view.row_class)) {
      view.destination = Destination::kHeld;
    }
    out.push_back(std::move(view));
  }
  return out;
}

}  // namespace mlc::operations
