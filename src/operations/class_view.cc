#include "operations/class_view.h"

#include <algorithm>

#include "ledger/order_lines.h"
#include "ledger/rule_book_text.h"
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

bool same_rule(const ledger::Rule& a, const ledger::Rule& b) {
  return a.why == b.why && a.match == b.match && a.result == b.result;
}

// The rules of the time a revision was classified, beside those of today.
class RulesThenAndNow {
 public:
  RulesThenAndNow(std::optional<ledger::RuleBook> kept, const ledger::RuleBook* today)
      : kept_(std::move(kept)), today_(today) {}

  [[nodiscard]] const ledger::Rule* then(const ClassView& view) const {
    return find_rule(kept_ ? &*kept_ : today_, view.rules_version, view.rule);
  }

  // As it was posted, without amount.
  [[nodiscard]] std::optional<ledger::DocumentLine> order_line(
      const ClassView& view, const ports::SettlementRecord& settlement) const {
    const ledger::RuleBook* book = kept_ ? &*kept_ : today_;
    if (book == nullptr || !settlement.header) return std::nullopt;
    const ledger::ClassTotal total{view.row_class, view.rows,
                                   ledger::Money::zero(settlement.header->total.currency())};
    auto line = ledger::line_of(ledger::resolve(total, *book), settlement.header->id);
    return line ? std::optional(std::move(*line)) : std::nullopt;
  }

  [[nodiscard]] RuleToday today(const ClassView& view) const {
    const ledger::Rule* used = then(view);
    if (used == nullptr) return RuleToday::kUnknown;
    if (!kept_) return RuleToday::kNotKept;
    if (today_ == nullptr) return RuleToday::kUnknown;
    const ledger::Rule* now = find_rule(today_, view.rules_version, view.rule);
    if (now == nullptr) return RuleToday::kGone;
    return same_rule(*used, *now) ? RuleToday::kSame : RuleToday::kChanged;
  }

  [[nodiscard]] const ledger::RuleBook* now() const { return today_; }

 private:
  std::optional<ledger::RuleBook> kept_;
  const ledger::RuleBook* today_;
};

Result<RulesThenAndNow> rules_of(const Hub& hub, const Named& named, char revision) {
  MLC_TRY(const std::string digest, rules_digest_of(hub, named, revision));
  const ports::SettlementRecord& settlement = *named.settlement;
  const ledger::RuleBook* today = rule_book(hub, settlement);
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto record, transaction->rule_book(hub.tenant, settlement.connection, digest));
  if (!record) return RulesThenAndNow({}, today);
  MLC_TRY(auto kept, ledger::read_rule_book(record->content, record->digest));
  return RulesThenAndNow(std::move(kept), today);
}

// What was kept by name when a revision was planned.
Result<std::optional<std::string>> kept_of_revision(const Hub& hub, const Named& named,
                                                    const std::string& what, char revision) {
  MLC_TRY(const auto transaction, hub.store.begin());
  return transaction->fact(hub.tenant, what + " " + named.work.id.str() + " " + revision);
}

Destination destination_of(const ports::LineageClass& stored, const ledger::Rule* rule,
                           const std::string& state) {
  if (stored.rule == ledger::kSuspenseRule) return Destination::kSuspense;
  if (stored.document == ledger::kByOrder) return Destination::kOrder;
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
    case Destination::kOrder: return "order";
    case Destination::kSuspense: return "suspense";
    case Destination::kNetted: return "netted";
    case Destination::kExcluded: return "excluded";
    case Destination::kNeedsRule: return "needs rule";
    case Destination::kHeld: return "held";
  }
  return "held";
}

std::string_view to_word(RuleToday today) {
  switch (today) {
    case RuleToday::kUnknown: return "unknown";
    case RuleToday::kSame: return "same";
    case RuleToday::kChanged: return "changed";
    case RuleToday::kGone: return "gone";
    case RuleToday::kNotKept: return "not kept";
  }
  return "unknown";
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
  MLC_TRY(const auto kept, kept_of_revision(hub, named, "lineage", revision));
  return kept ? ObjectId(*kept) : settlement.lineage;
}

Result<std::string> rules_digest_of(const Hub& hub, const Named& named, char revision) {
  const ports::SettlementRecord& settlement = *named.settlement;
  if (revision == settlement.revision) return settlement.rules_digest;
  MLC_TRY(const auto kept, kept_of_revision(hub, named, "rules", revision));
  return kept.value_or(settlement.rules_digest);
}

Result<ledger::Adoption> adoption_of(const Hub& hub, const Named& named, char revision) {
  MLC_TRY(const ObjectId id, lineage_of(hub, named, revision));
  MLC_TRY(const auto lineage, hub.vault.open_lineage(id));
  if (lineage->mark() == ports::LineageMark::kAdopted) return ledger::Adoption::kTotals;
  const bool latest = revision == named.settlement->revision;
  return latest ? named.settlement->adoption : ledger::Adoption::kNone;
}

Result<std::vector<ClassView>> class_views(const Hub& hub, const Named& named, char revision) {
  MLC_TRY(const ObjectId id, lineage_of(hub, named, revision));
  MLC_TRY(const auto lineage, hub.vault.open_lineage(id));
  MLC_TRY(const RulesThenAndNow rules, rules_of(hub, named, revision));
  std::vector<ClassView> out;
  for (const ports::LineageClass& stored : lineage->classes()) {
    ClassView view;
    view.number = static_cast<ledger::ClassNumber>(out.size());
    view.row_class = stored.row_class;
    view.rows = stored.rows;
    view.amount = stored.sum;
    view.rule = stored.rule;
    view.rules_version = stored.row_class.rules_version;
    if (stored.document != ledger::kByOrder) view.document = stored.document;
    view.item = stored.item;
    const ledger::Rule* rule = rules.then(view);
    if (rule != nullptr) view.why = rule->why;
    view.rule_today = rules.today(view);
    view.destination = destination_of(stored, rule, named.work.state);
    if (view.destination == Destination::kOrder) {
      view.order_line = rules.order_line(view, *named.settlement);
    }
    // A held settlement names the classes that hold it, not those that wait with them.
    if (view.destination == Destination::kNeedsRule && has_rule(rules.now(), view.row_class)) {
      view.destination = Destination::kHeld;
    }
    out.push_back(std::move(view));
  }
  return out;
}

}  // namespace mlc::operations
