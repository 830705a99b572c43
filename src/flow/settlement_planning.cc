#include "flow/settlement_planning.h"

namespace mlc::flow {

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

std::vector<ports::LineageClass> with_destinations(
    const std::vector<ledger::ClassTotal>& classes,
    const std::vector<ledger::ClassDestination>& destinations) {
  std::vector<ports::LineageClass> out;
  out.reserve(destinations.size());
  for (const auto& destination : destinations) {
    const auto& total = classes[destination.number];
    out.push_back({total.row_class, destination.rule, destination.document, destination.item,
                   total.rows, total.sum.decimal()});
  }
  return out;
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

void take_over(ports::SettlementRecord& settlement, const std::string& manifest_hash,
               const ledger::Derivation& derivation) {
  settlement.manifest_hash = manifest_hash;
  settlement.posted = derivation.posted.decimal();
  settlement.netted = derivation.netted.decimal();
  settlement.excluded = derivation.excluded.decimal();
}

ports::RuleBookRecord to_record(const ports::SettlementRecord& settlement,
                                const ledger::RuleBook& rules, Instant now) {
  return {settlement.tenant, settlement.connection, rules.digest(), rules.text(), now};
}

Status keep_revision(ports::StoreTransaction& transaction,
                     const ports::SettlementRecord& settlement, char revision) {
  const std::string name = settlement.work.str() + " " + revision;
  MLC_TRY_STATUS(
      transaction.put_fact(settlement.tenant, "lineage " + name, settlement.lineage.str()));
  return transaction.put_fact(settlement.tenant, "rules " + name, settlement.rules_digest);
}

}  // namespace mlc::flow
