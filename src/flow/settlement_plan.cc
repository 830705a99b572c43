// proved -> planned: classes into a manifest, lineage with destinations.
#include "flow/errors.h"
#include "flow/netting_pass.h"
#include "flow/settlement_classes.h"
#include "flow/settlement_difference.h"
#include "flow/settlement_planning.h"
#include "flow/settlement_steps.h"
#include "flow/settlement_suspense.h"
#include "ledger/derive_difference.h"
#include "ledger/errors.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

struct Plan {
  ports::SettlementRecord settlement;
  std::vector<ledger::ClassTotal> classes;
  Base base;
};

Result<Plan> load(StepInput& input) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(auto settlement, transaction->settlement(input.work.tenant, input.work.id));
  MLC_TRY(auto classes, transaction->classes(input.work.tenant, input.work.id));
  MLC_TRY(auto base, base_of(*transaction, settlement));
  return Plan{std::move(settlement), std::move(classes), std::move(base)};
}

Result<Error> missing_rules(const Plan& plan, const std::vector<ledger::ClassNumber>& unmapped) {
  std::uint64_t rows = 0;
  ledger::Money amount = ledger::Money::zero(plan.settlement.header->total.currency());
  for (const auto number : unmapped) {
    rows += plan.classes[number].rows;
    MLC_TRY(amount, amount.plus(plan.classes[number].sum));
  }
  return Error(kNeedsRules, {{"rows", std::to_string(rows)},
                             {"amount", amount.decimal()},
                             {"currency", std::string(amount.currency().code())},
                             {"classes", std::to_string(unmapped.size())},
                             {"settlement", plan.settlement.header->id.str()}});
}

// The same rows, now with the places their money goes to.
Result<ObjectId> lineage_with_destinations(StepInput& input, const Plan& plan,
                                           const ledger::Derivation& derivation) {
  MLC_TRY(const auto old, input.world.vault.open_lineage(plan.settlement.lineage));
  MLC_TRY(const auto lineage, input.world.vault.begin_lineage());
  for (std::uint32_t i = 0; i < old->frames(); ++i) {
    MLC_TRY(const auto frame, old->frame(i));
    MLC_TRY_STATUS(lineage->add(frame));
  }
  return lineage->finish(with_destinations(plan.classes, derivation.destinations),
                         ports::LineageMark::kNone);
}

// The documents of the file, or what they add to those of an earlier one. That is posted on the day
// it is planned: the period of the first may be closed by then.
Result<ledger::Derivation> derive(StepInput& input, const Plan& plan,
                                  const Connection& connection) {
  const auto& header = *plan.settlement.header;
  ledger::DerivationInput wanted{header, plan.classes, posting_settings(connection, header),
                                 plan.settlement.revision};
  if (connection.rules.looks_at_orders()) {
    // Orders are not kept with the classes: the rows are read once more.
    MLC_TRY(auto read,
            classify(input.world, plan.settlement, connection, connection.rules, Orders::kAdd));
    wanted.order_lines = std::move(read.order_lines);
  }
  if (plan.base.works.empty()) return ledger::derive(wanted, connection.rules);
  wanted.first_part = plan.base.first_part;
  wanted.settings.posting_date = connection.home_zone.local_date(input.now);
  return ledger::derive_difference(wanted, connection.rules, plan.base.manifests);
}

std::string words_of(const Unnetted& unnetted, ledger::Currency currency) {
  std::string out;
  for (const auto& one : unnetted.first) {
    out += (out.empty() ? "" : "; ") + one.within + " " +
           ledger::Money::from_minor(one.minor, currency).decimal() + " on " + one.account;
  }
  return unnetted.orders > unnetted.first.size() ? out + "; ..." : out;
}

// Rules may ask for every order to net. Where only the sum of a class pair must and does not, the
// orders that break it are looked for all the same: a person has to see them.
Result<std::optional<Error>> orders_in_the_way(const StepInput& input, const Plan& plan,
                                               const Connection& connection,
                                               const Result<ledger::Derivation>& derivation) {
  const bool broken = !derivation && derivation.error().is(ledger::kNotNetted);
  const bool asked = derivation && connection.rules.nets_per_order();
  if (!broken && !asked) return std::optional<Error>{};
  MLC_TRY(const auto unnetted, find_unnetted(input.world, plan.settlement, connection, broken));
  if (unnetted.orders == 0) return std::optional<Error>{};
  const auto currency = plan.settlement.header->total.currency();
  return std::optional(
      Error(ledger::kOrdersNotNetted, {{"count", std::to_string(unnetted.orders)},
                                       {"orders", words_of(unnetted, currency)},
                                       {"sum", derivation ? "" : derivation.error().text()}}));
}

Writes save(ports::SettlementRecord settlement, ledger::Manifest manifest,
            ports::RuleBookRecord rules, Suspense suspense) {
  return [settlement = std::move(settlement), manifest = std::move(manifest),
          rules = std::move(rules),
          suspense = std::move(suspense)](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_rule_book(rules));
    MLC_TRY_STATUS(transaction.put_settlement(settlement));
    MLC_TRY_STATUS(keep_suspense(transaction, settlement, suspense));
    MLC_TRY_STATUS(keep_revision(transaction, settlement, manifest.revision));
    MLC_TRY_STATUS(transaction.put_manifest(settlement.tenant, settlement.work, manifest.revision,
                                            ledger::write_manifest(manifest)));
    MLC_TRY_STATUS(
        transaction.drop_documents(settlement.tenant, settlement.work, manifest.revision));
    for (const auto& document : manifest.documents) {
      MLC_TRY_STATUS(transaction.put_document(planned_document(settlement, document)));
    }
    return {};
  };
}

}  // namespace

Result<Decision> plan_step(StepInput& input) {
  MLC_TRY(Plan plan, load(input));
  MLC_TRY(const auto* connection,
          find_connection(input.world, plan.settlement.tenant, plan.settlement.connection));
  const Connection& settings = connection->settings;
  if (plan.settlement.rules_digest != settings.rules.digest()) {
    // The rules changed since the rows were classified; they are read again.
    return go_on(word(State::kDownloaded), input.now);
  }
  const auto unmapped = ledger::unmapped(plan.classes, settings.rules);
  if (!unmapped.empty()) {
    MLC_TRY(auto error, missing_rules(plan, unmapped));
    return wait_for_person(word(State::kNeedsRules), std::move(error));
  }
  auto derivation = derive(input, plan, settings);
  MLC_TRY(const auto unnetted, orders_in_the_way(input, plan, settings, derivation));
  if (unnetted) return wait_for_person(word(State::kRejected), *unnetted);
  if (!derivation && derivation.error().again() == Again::kLater) {
    return try_later(input.work, input.now, std::move(derivation).error());
  }
  if (!derivation) {
    return wait_for_person(word(State::kRejected), std::move(derivation).error());
  }
  MLC_TRY(plan.settlement.lineage, lineage_with_destinations(input, plan, *derivation));
  take_over(plan.settlement, derivation->manifest.content_hash, *derivation);
  plan.settlement.adoption = ledger::Adoption::kNone;
  Decision decision = go_on(word(State::kPlanned), input.now);
  decision.facts = {{"manifest", derivation->manifest.content_hash},
                    {"documents", std::to_string(derivation->manifest.documents.size())},
                    {"rules", derivation->manifest.rules_version},
                    {"rule_book", settings.rules.digest()},
                    {"lineage", plan.settlement.lineage.str()}};
  MLC_TRY(auto suspense, suspense_of(plan.classes, derivation->destinations));
  tell_suspense(suspense, decision.facts);
  auto rules = to_record(plan.settlement, settings.rules, input.now);
  decision.writes = save(std::move(plan.settlement), std::move(derivation->manifest),
                         std::move(rules), std::move(suspense));
  return decision;
}

}  // namespace mlc::flow
