// ports::StoreTransaction in SQL. Private to this module: made by SqlStore. The statements live in
// one file per topic (work_records.cc, settlement_records.cc, ...).
#pragma once

#include "ports/store.h"
#include "store/sql_session.h"

namespace mlc::store {

class SqlTransaction final : public ports::StoreTransaction {
 public:
  SqlTransaction(SqlSession session, std::uint64_t epoch)
      : session_(std::move(session)), epoch_(epoch) {}

  [[nodiscard]] Status commit() override;

  [[nodiscard]] Result<bool> add_work(const ports::WorkRecord& work) override;
  [[nodiscard]] Status put_lane(const TenantId& tenant, const std::string& lane,
                                const std::string& seller) override;
  [[nodiscard]] Result<std::optional<ports::WorkRecord>> claim_due_work(
      Instant now, const std::string& owner, Instant lease_until) override;
  [[nodiscard]] Result<ports::WorkRecord> work(const TenantId& tenant, const WorkId& id) override;
  [[nodiscard]] Result<std::vector<ports::WorkRecord>> list_work(const TenantId& tenant,
                                                                 const std::string& kind) override;
  [[nodiscard]] Status save_work(const ports::WorkRecord& work) override;
  [[nodiscard]] Status free_leases(const std::string& owner) override;
  [[nodiscard]] Status request_work(const TenantId& tenant, const WorkId& id,
                                    const ports::Request& request) override;
  [[nodiscard]] Result<std::optional<Instant>> next_due() override;

  [[nodiscard]] Status put_settlement(const ports::SettlementRecord& settlement) override;
  [[nodiscard]] Result<ports::SettlementRecord> settlement(const TenantId& tenant,
                                                           const WorkId& work) override;
  [[nodiscard]] Result<std::optional<ports::SettlementRecord>> settlement_holder(
      const TenantId& tenant, const std::string& selling_account, const SettlementId& id) override;
  [[nodiscard]] Result<std::vector<ports::SettlementRecord>> list_settlements(
      const TenantId& tenant) override;
  [[nodiscard]] Status put_classes(const TenantId& tenant, const WorkId& work,
                                   const std::vector<ledger::ClassTotal>& classes) override;
  [[nodiscard]] Result<std::vector<ledger::ClassTotal>> classes(const TenantId& tenant,
                                                                const WorkId& work) override;
  [[nodiscard]] Status put_manifest(const TenantId& tenant, const WorkId& work, char revision,
                                    const std::string& text) override;
  [[nodiscard]] Result<std::optional<std::string>> manifest(const TenantId& tenant,
                                                            const WorkId& work,
                                                            char revision) override;
  [[nodiscard]] Status replace_manifest(const TenantId& tenant, const WorkId& work, char revision,
                                        const std::string& text) override;

  [[nodiscard]] Status put_rule_book(const ports::RuleBookRecord& book) override;
  [[nodiscard]] Result<std::optional<ports::RuleBookRecord>> rule_book(
      const TenantId& tenant, const ConnectionId& connection, const std::string& digest) override;
  [[nodiscard]] Result<std::vector<ports::RuleBookRecord>> rule_books(
      const TenantId& tenant, const ConnectionId& connection) override;

  [[nodiscard]] Status put_document(const ports::DocumentRecord& document) override;
  [[nodiscard]] Status drop_documents(const TenantId& tenant, const WorkId& work,
                                      char revision) override;
  [[nodiscard]] Result<std::vector<ports::DocumentRecord>> documents(const TenantId& tenant,
                                                                     const WorkId& work) override;
  [[nodiscard]] Result<std::optional<ports::DocumentRecord>> document_by_key(
      const TenantId& tenant, const std::string& key) override;
  [[nodiscard]] Result<std::optional<ports::DocumentRecord>> document_by_number(
      const TenantId& tenant, const ledger::DocumentNumber& number) override;
  [[nodiscard]] Result<std::optional<ports::PositiveControl>> newest_confirmed(
      const TenantId& tenant, const ports::SystemIdentity& identity,
      const std::string& company_code) override;
  [[nodiscard]] Status put_control(const TenantId& tenant, const ports::SystemIdentity& identity,
                                   const std::string& company_code,
                                   const ports::PositiveControl& control, Instant at) override;

  [[nodiscard]] Status put_intent(const ports::IntentRecord& intent) override;
  [[nodiscard]] Result<std::optional<ports::IntentRecord>> latest_intent(
      const TenantId& tenant, const WorkId& work) override;
  [[nodiscard]] Status add_journal(const TenantId& tenant,
                                   const ports::JournalEntry& entry) override;
  [[nodiscard]] Result<std::vector<ports::JournalEntry>> journal(const TenantId& tenant,
                                                                 const UnitId& unit) override;
  [[nodiscard]] Status add_look_up(const ports::LookUpRecord& look_up) override;
  [[nodiscard]] Result<std::vector<ports::LookUpRecord>> look_ups(const TenantId& tenant,
                                                                  const UnitId& unit) override;

  [[nodiscard]] Status release_holders(const std::string& owner, Instant now) override;
  [[nodiscard]] Result<ports::HolderRecord> acquire_holder(const ports::HolderRecord& wanted,
                                                           Instant now, Duration grace) override;
  [[nodiscard]] Result<std::optional<ports::HolderRecord>> holder(
      const ports::SystemIdentity& identity, const std::string& company_code) override;
  [[nodiscard]] Status put_stop(const ports::StopRecord& stop) override;
  [[nodiscard]] Status lift_stop(const TenantId& tenant, const ports::SystemIdentity& identity,
                                 const std::string& company_code) override;
  [[nodiscard]] Result<std::vector<ports::StopRecord>> stops(const TenantId& tenant) override;

  [[nodiscard]] Status put_pause(const ports::PauseRecord& pause) override;
  [[nodiscard]] Status lift_pause(const TenantId& tenant, const ConnectionId& connection) override;
  [[nodiscard]] Result<std::optional<ports::PauseRecord>> pause(
      const TenantId& tenant, const ConnectionId& connection) override;
  [[nodiscard]] Status put_poll(const ports::PollRecord& poll) override;
  [[nodiscard]] Result<std::optional<ports::PollRecord>> poll(
      const TenantId& tenant, const ConnectionId& connection) override;

  [[nodiscard]] Status append_audit(const TenantId& tenant,
                                    const ports::AuditEntry& entry) override;
  [[nodiscard]] Result<std::optional<std::string>> fact(const TenantId& tenant,
                                                        const std::string& name) override;
  [[nodiscard]] Status put_fact(const TenantId& tenant, const std::string& name,
                                const std::string& value) override;
  [[nodiscard]] Result<std::optional<std::string>> bucket(const std::string& key) override;
  [[nodiscard]] Status put_bucket(const ports::BucketRecord& bucket) override;

 private:
  // The SAP document of that revision, nothing while none is known.
  [[nodiscard]] Result<std::optional<std::string>> posted_document(const TenantId& tenant,
                                                                   const WorkId& work,
                                                                   char revision);
  [[nodiscard]] Status why_not_saved(const ports::WorkRecord& work);

  SqlSession session_;
  std::uint64_t epoch_;
};

}  // namespace mlc::store
