// proved -> planned: classes into a manifest, lineage with destinations.
#include <set>

#include "flow/errors.h"
#include "flow/settlement_steps.h"
#include "ledger/derive.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

struct Plan {
  ports::SettlementRecord settlement;
  std::vector<ledger::ClassTotal> classes;
};

Result<Plan> load(StepInput& input) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(auto settlement, transaction->settlement(input.work.tenant, input.work.id));
  MLC_TRY(auto classes, transaction->classes(input.work.tenant, input.work.id));
  return Plan{std::move(settlement), std::move(classes)};
}

ledger::PostingSettings posting_settings(const Connection& connection,
                                         const ledger::SettlementHeader& header) {
  ledger::PostingSettings out;
  out.company_code = connection.company_code;
  out.document_type = connection.document_type;
  out.receivable_account = connection.receivable_account;
  out.receivable_profit_center = connection.receivable_profit_center;
  out.marketplace_label = connection.marketplace_label;
  out.posting_date = connection.home_zone.local_date(header.end);
  out.document_date = out.posting_date;
  out.sap_decimals = connection.sap_decimals;
  out.item_limit = connection.item_limit;
  out.document_limit = connection.document_limit;
  return out;
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
  std::vector<ports::LineageFrame> frames;
  for (std::uint32_t i = 0; i < old->frames(); ++i) {
    MLC_TRY(auto frame, old->frame(i));
    frames.push_back(std::move(frame));
  }
  std::vector<ports::LineageClass> classes;
  for (const auto& destination : derivation.destinations) {
    const auto& total = plan.classes[destination.number];
    classes.push_back({total.row_class, destination.rule, destination.document, destination.item,
                       total.rows, total.sum.decimal()});
  }
  return input.world.vault.store_lineage(frames, classes);
}

ports::DocumentRecord planned_document(const ports::SettlementRecord& settlement,
                                       const ledger::LedgerDocument& document) {
  ports::DocumentRecord out;
  out.tenant = settlement.tenant;
  out.work = settlement.work;
  out.key = document.key.text();
  out.part = document.key.part;
  out.revision = document.key.revision;
  out.company_code = document.company_code;
  out.currency = std::string(document.currency.code());
  out.items = static_cast<std::uint32_t>(document.lines.size());
  out.outcome = "planned";
  for (const auto& line : document.lines) {
    if (line.nature == ledger::Nature::kReceivable) out.receivable = line.amount.decimal();
  }
  return out;
}

Writes save(ports::SettlementRecord settlement, ledger::Manifest manifest) {
  return [settlement = std::move(settlement),
          manifest = std::move(manifest)](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_settlement(settlement));
    // Under its letter too, so that a document stays explained after the next revision was planned.
    MLC_TRY_STATUS(transaction.put_fact(
        settlement.tenant, "lineage " + settlement.work.str() + " " + manifest.revision,
        settlement.lineage.str()));
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
  ledger::DerivationInput derivation_input{*plan.settlement.header, plan.classes,
                                           posting_settings(settings, *plan.settlement.header),
                                           plan.settlement.revision};
  auto derivation = ledger::derive(derivation_input, settings.rules);
  if (!derivation) {
    return wait_for_person(word(State::kRejected), std::move(derivation).error());
  }
  MLC_TRY(plan.settlement.lineage, lineage_with_destinations(input, plan, *derivation));
  plan.settlement.manifest_hash = derivation->manifest.content_hash;
  plan.settlement.posted = derivation->posted.decimal();
  plan.settlement.netted = derivation->netted.decimal();
  plan.settlement.excluded = derivation->excluded.decimal();
  plan.settlement.adopted = false;
  Decision decision = go_on(word(State::kPlanned), input.now);
  decision.facts = {{"manifest", derivation->manifest.content_hash},
                    {"documents", std::to_string(derivation->manifest.documents.size())},
                    {"rules", derivation->manifest.rules_version}};
  decision.writes = save(std::move(plan.settlement), std::move(derivation->manifest));
  return decision;
}

}  // namespace mlc::flow
