#include "tests/simulation/mishap_store.h"

namespace mlc::simulation {
namespace {

using namespace ports;  // NOLINT(google-build-using-namespace): this file only repeats the port

class MishapTransaction final : public StoreTransaction {
 public:
  MishapTransaction(std::unique_ptr<StoreTransaction> inner, Mishaps& mishaps, Witness& witness)
      : inner_(std::move(inner)), mishaps_(mishaps), witness_(witness) {}
  Status commit() override {
    mishaps_.die_before_commit();
    auto status = inner_->commit();
    inner_.reset();  // the transaction is over before the process dies
    if (status) tell_witness();
    mishaps_.after("commit");
    return status;
  }
  Result<bool> add_work(const WorkRecord& work) override { return inner_->add_work(work); }
  Status put_lane(const TenantId& tenant, const std::string& lane,
                  const std::string& seller) override {
    return inner_->put_lane(tenant, lane, seller);
  }
  Result<std::optional<WorkRecord>> claim_due_work(Instant now, const std::string& owner,
                                                   Instant lease_until) override {
    witness_.has_decided(mishaps_.turn());
    return inner_->claim_due_work(now, owner, lease_until);
  }
  Result<WorkRecord> work(const TenantId& tenant, const WorkId& id) override {
    return inner_->work(tenant, id);
  }
  Result<std::vector<WorkRecord>> list_work(const TenantId& tenant,
                                            const std::string& kind) override {
    return inner_->list_work(tenant, kind);
  }
  Status save_work(const WorkRecord& work) override {
    if (work.kind != "discovery") {
      const std::string why = work.error ? " " + work.error->id : "";
      mishaps_.note(work.id.str().substr(0, 4) + " -> " + work.state + why + " until " +
                    format_instant(work.due_at));
    }
    MLC_TRY_STATUS(inner_->save_work(work));
    decides_ = true;
    const bool of_doubles = work.error && work.error->id.ends_with(".duplicate_found");
    if (of_doubles) said_.push_back(work.error->text);
    return {};
  }
  Status free_leases(const std::string& owner) override { return inner_->free_leases(owner); }
  Status request_work(const TenantId& tenant, const WorkId& id, const Request& request) override {
    return inner_->request_work(tenant, id, request);
  }
  Result<std::optional<Instant>> next_due() override { return inner_->next_due(); }
  Status put_settlement(const SettlementRecord& settlement) override {
    return inner_->put_settlement(settlement);
  }
  Result<SettlementRecord> settlement(const TenantId& tenant, const WorkId& work) override {
    return inner_->settlement(tenant, work);
  }
  Result<std::optional<SettlementRecord>> settlement_holder(const TenantId& tenant,
                                                            const std::string& selling_account,
                                                            const SettlementId& id) override {
    return inner_->settlement_holder(tenant, selling_account, id);
  }
  Result<std::vector<SettlementRecord>> list_settlements(const TenantId& tenant) override {
    return inner_->list_settlements(tenant);
  }
  Status put_classes(const TenantId& tenant, const WorkId& work,
                     const std::vector<ledger::ClassTotal>& classes) override {
    return inner_->put_classes(tenant, work, classes);
  }
  Result<std::vector<ledger::ClassTotal>> classes(const TenantId& tenant,
                                                  const WorkId& work) override {
    return inner_->classes(tenant, work);
  }
  Status put_manifest(const TenantId& tenant, const WorkId& work, char revision,
                      const std::string& text) override {
    return inner_->put_manifest(tenant, work, revision, text);
  }
  Result<std::optional<std::string>> manifest(const TenantId& tenant, const WorkId& work,
                                              char revision) override {
    return inner_->manifest(tenant, work, revision);
  }
  Status replace_manifest(const TenantId& tenant, const WorkId& work, char revision,
                          const std::string& text) override {
    return inner_->replace_manifest(tenant, work, revision, text);
  }
  Status put_rule_book(const RuleBookRecord& book) override { return inner_->put_rule_book(book); }
  Result<std::optional<RuleBookRecord>> rule_book(const TenantId& tenant,
                                                  const ConnectionId& connection,
                                                  const std::string& digest) override {
    return inner_->rule_book(tenant, connection, digest);
  }
  Result<std::vector<RuleBookRecord>> rule_books(const TenantId& tenant,
                                                 const ConnectionId& connection) override {
    return inner_->rule_books(tenant, connection);
  }
  Status put_document(const DocumentRecord& document) override {
    return inner_->put_document(document);
  }
  Status drop_documents(const TenantId& tenant, const WorkId& work, char revision) override {
    return inner_->drop_documents(tenant, work, revision);
  }
  Result<std::vector<DocumentRecord>> documents(const TenantId& tenant,
                                                const WorkId& work) override {
    return inner_->documents(tenant, work);
  }
  Result<std::optional<DocumentRecord>> document_by_key(const TenantId& tenant,
                                                        const std::string& key) override {
    return inner_->document_by_key(tenant, key);
  }
  Result<std::optional<DocumentRecord>> document_by_number(
      const TenantId& tenant, const ledger::DocumentNumber& number) override {
    return inner_->document_by_number(tenant, number);
  }
  Result<std::optional<PositiveControl>> newest_confirmed(
      const TenantId& tenant, const SystemIdentity& identity,
      const std::string& company_code) override {
    return inner_->newest_confirmed(tenant, identity, company_code);
  }
  Status put_control(const TenantId& tenant, const SystemIdentity& identity,
                     const std::string& company_code, const PositiveControl& control,
                     Instant at) override {
    return inner_->put_control(tenant, identity, company_code, control, at);
  }
  Status put_intent(const IntentRecord& intent) override { return inner_->put_intent(intent); }
  Result<std::optional<IntentRecord>> latest_intent(const TenantId& tenant,
                                                    const WorkId& work) override {
    return inner_->latest_intent(tenant, work);
  }
  Status add_journal(const TenantId& tenant, const JournalEntry& entry) override {
    return inner_->add_journal(tenant, entry);
  }
  Result<std::vector<JournalEntry>> journal(const TenantId& tenant, const UnitId& unit) override {
    return inner_->journal(tenant, unit);
  }
  Status add_look_up(const LookUpRecord& look_up) override { return inner_->add_look_up(look_up); }
  Result<std::vector<LookUpRecord>> look_ups(const TenantId& tenant, const UnitId& unit) override {
    return inner_->look_ups(tenant, unit);
  }
  Result<HolderRecord> acquire_holder(const HolderRecord& wanted, Instant now,
                                      Duration grace) override {
    return inner_->acquire_holder(wanted, now, grace);
  }
  Status release_holders(const std::string& owner, Instant now) override {
    return inner_->release_holders(owner, now);
  }
  Result<std::optional<HolderRecord>> holder(const SystemIdentity& identity,
                                             const std::string& company_code) override {
    return inner_->holder(identity, company_code);
  }
  Status put_stop(const StopRecord& stop) override { return inner_->put_stop(stop); }
  Status lift_stop(const TenantId& tenant, const SystemIdentity& identity,
                   const std::string& company_code) override {
    return inner_->lift_stop(tenant, identity, company_code);
  }
  Result<std::vector<StopRecord>> stops(const TenantId& tenant) override {
    return inner_->stops(tenant);
  }
  Status put_pause(const PauseRecord& pause) override { return inner_->put_pause(pause); }
  Status lift_pause(const TenantId& tenant, const ConnectionId& connection) override {
    return inner_->lift_pause(tenant, connection);
  }
  Result<std::optional<PauseRecord>> pause(const TenantId& tenant,
                                           const ConnectionId& connection) override {
    return inner_->pause(tenant, connection);
  }
  Status put_poll(const PollRecord& poll) override { return inner_->put_poll(poll); }
  Result<std::optional<PollRecord>> poll(const TenantId& tenant,
                                         const ConnectionId& connection) override {
    return inner_->poll(tenant, connection);
  }
  Status append_audit(const TenantId& tenant, const AuditEntry& entry) override {
    if (entry.action == "late_answer") mishaps_.note("late answer " + entry.facts.at(1).value);
    return inner_->append_audit(tenant, entry);
  }
  Result<std::optional<std::string>> fact(const TenantId& tenant,
                                          const std::string& name) override {
    return inner_->fact(tenant, name);
  }
  Status put_fact(const TenantId& tenant, const std::string& name,
                  const std::string& value) override {
    return inner_->put_fact(tenant, name, value);
  }
  Result<std::optional<std::string>> bucket(const std::string& key) override {
    return inner_->bucket(key);
  }
  Status put_bucket(const BucketRecord& bucket) override { return inner_->put_bucket(bucket); }

 private:
  void tell_witness() {
    for (const auto& words : said_) witness_.was_told(words);
    if (decides_) witness_.has_decided(mishaps_.turn());
  }
  std::unique_ptr<StoreTransaction> inner_;
  Mishaps& mishaps_;
  Witness& witness_;
  std::vector<std::string> said_;
  bool decides_ = false;
};

}  // namespace

Result<std::unique_ptr<StoreTransaction>> MishapStore::begin() {
  mishaps_.before("begin");
  MLC_TRY(auto transaction, inner_.begin());
  return std::unique_ptr<StoreTransaction>(
      std::make_unique<MishapTransaction>(std::move(transaction), mishaps_, witness_));
}

}  // namespace mlc::simulation
