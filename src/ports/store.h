// The hub's memory: work, settlements, documents, intents, look-ups, holders and the audit trail.
// One contract suite runs over every implementation.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/strong_id.h"
#include "base/time.h"
#include "ledger/adoption.h"
#include "ledger/settlement.h"
#include "ports/evidence.h"
#include "ports/unit.h"

namespace mlc::ports {

// An Error as it is kept: text and cure are those of the day.
struct StoredError {
  std::string id;
  std::string text;
  std::string cure;
  Written written = Written::kNo;
  std::vector<Fact> facts;
  friend bool operator==(const StoredError&, const StoredError&) = default;
};
[[nodiscard]] inline StoredError to_stored(const Error& error) {
  return {std::string(error.id()), error.text(), error.cure(), error.written(), error.facts()};
}

// A verb an operator asked for; the worker carries it out.
struct Request {
  std::string verb;      // "retry", "approve", "post", "reverse", "resolve", "confirm"
  std::string argument;  // e.g. "accept", "absent", a manifest hash, a reason
  std::string actor;
  Instant at;
  friend bool operator==(const Request&, const Request&) = default;
};

struct WorkRecord {
  TenantId tenant;
  WorkId id;
  std::string kind;     // "settlement", "discovery", "reversal", "outlook", "opening"
  std::string subject;  // unique with tenant and kind
  // Whose turn it is: due work of one lane does not hold up that of another, nor many lanes of one
  // seller those of another (put_lane). The connection's id; of a settlement that of the connection
  // which found it.
  std::string lane;
  std::string state;
  std::uint64_t revision = 0;  // rises with every save
  Instant due_at;              // kNever: waits for a person
  std::string owner;           // worker that holds the lease, empty when free
  Instant lease_until;
  Fence fence;                         // of the last claim
  std::uint32_t attempts = 0;          // failures in this state
  std::optional<StoredError> error;    // why it is in this state
  std::optional<StoredError> refusal;  // why the last request was refused; the state kept its error
  std::optional<Request> request;
  std::string memory;  // what the steps keep between runs, e.g. a page token
};

// Fact of the empty tenant: when this store was last restored from a backup, as an instant's text.
inline constexpr const char* kRestoredAtFact = "restored_at";

inline constexpr Instant kNever{Duration{253402300799000}};  // 9999-12-31T23:59:59Z

struct SettlementRecord {
  TenantId tenant;
  WorkId work;
  ConnectionId connection;
  std::string selling_account;
  std::string source;  // "amazon" or "import"
  std::string report_id;
  std::string report_document_id;
  std::string file_name;  // of an imported file
  Instant found_at;
  // After download:
  std::optional<StoredObject> object;
  std::string received_object;
  std::string content_type;
  std::string request_id;
  // After the proof:
  std::optional<ledger::SettlementHeader> header;
  bool holds_id = false;  // the one record that stands for its settlement-id
  std::uint64_t rows = 0;
  std::string layout;
  std::string charset;
  std::vector<std::string> unknown_columns;
  ObjectId lineage;
  std::string rules_digest;  // of the rule book that classified; kept by `put_rule_book`
  // After planning:
  std::string company_code;
  char revision = 'A';
  std::string manifest_hash;
  std::string posted;  // decimal texts of Derivation: P1 as shown to a person
  std::string netted;
  std::string excluded;
  // How its documents became the settlement's, when this hub did not post them as planned.
  ledger::Adoption adoption = ledger::Adoption::kNone;
  // Approval of exactly one manifest:
  std::string approved_hash;
  std::string approved_by;
  std::optional<Instant> approved_at;
};

// A rule book as a connection used it, kept for ever.
struct RuleBookRecord {
  TenantId tenant;
  ConnectionId connection;
  std::string digest;   // ledger::RuleBook::digest
  std::string content;  // ledger::RuleBook::text
  Instant first_used_at;
  friend bool operator==(const RuleBookRecord&, const RuleBookRecord&) = default;
};

struct DocumentRecord {
  TenantId tenant;
  WorkId work;
  std::string key;  // XBLNR
  std::string part;
  char revision = 'A';
  std::string company_code;
  std::string receivable;  // amount on the balancing line, decimal text
  std::string currency;
  std::uint32_t items = 0;
  std::string outcome;  // Outcome's word, "planned" before
  std::optional<ledger::DocumentNumber> number;
  std::optional<ledger::DocumentNumber> reversed_by;
  std::optional<Instant> confirmed_at;  // last time it was read back and equal
};

// A guarded unit that may be on its way.
struct IntentRecord {
  TenantId tenant;
  UnitId unit;
  WorkId work;
  std::string kind;  // "post", "reverse"
  SystemIdentity identity;
  std::string company_code;
  std::string content_hash;
  Instant at;
};

// One read made to prove presence or absence.
struct LookUpRecord {
  TenantId tenant;
  WorkId work;
  UnitId unit;
  Instant at;
  bool same_identity = false;
  ControlFinding control = ControlFinding::kNotAsked;
  bool update_records = false;  // some were pending
  std::string finding;          // ledger::Finding's word
};

// A company code of a system in which nothing is posted until a person lifts it.
struct StopRecord {
  TenantId tenant;
  SystemIdentity identity;
  std::string company_code;
  StoredError error;
  Instant at;
};

// Nothing new is begun for a connection until a person lifts it.
struct PauseRecord {
  TenantId tenant;
  ConnectionId connection;
  std::string actor;
  std::string reason;
  Instant at;
  friend bool operator==(const PauseRecord&, const PauseRecord&) = default;
};

// The last time that Amazon answered which reports there are.
struct PollRecord {
  TenantId tenant;
  ConnectionId connection;
  Instant began_at;                 // first page
  std::optional<Instant> ended_at;  // last page; none while pages are missing
  std::uint64_t reports = 0;        // listed that can be had
  std::uint64_t fresh = 0;          // of these, not known before
  std::optional<Instant> newest;    // when Amazon made the newest of them
  friend bool operator==(const PollRecord&, const PollRecord&) = default;
};

struct HolderRecord {
  SystemIdentity identity;
  std::string company_code;
  std::string owner;
  Instant lease_until;
  Fence fence;
};

struct AuditEntry {
  Instant at;
  std::string actor;    // "daemon", or the operator
  std::string action;   // "state", "request", "intent", "journal", "import", "restore", ...
  std::string subject;  // e.g. "settlement 28471003921"
  std::vector<Fact> facts;
};

// A learned rate bucket; numbers are opaque to the store.
struct BucketRecord {
  std::string key;
  std::string value;
};

// Everything in one transaction is kept or nothing. Not thread-safe; dropping it rolls back.
// Common errors: store.busy (later), store.disk_full, store.unreadable.
class StoreTransaction {
 public:
  virtual ~StoreTransaction() = default;
  [[nodiscard]] virtual Status commit() = 0;

  // --- work ---
  // False when the tenant has work of that kind and subject already; then nothing changes.
  [[nodiscard]] virtual Result<bool> add_work(const WorkRecord& work) = 0;
  // Says for which seller the work of a lane is done. A lane of which nobody said it stands for a
  // seller of its own. Repeatable.
  [[nodiscard]] virtual Status put_lane(const TenantId& tenant, const std::string& lane,
                                        const std::string& seller) = 0;
  // Work that is due (due_at <= now) or carries a request, and whose lease is over: of the seller
  // that was served longest ago the lane that was, and of it what is due longest. It is marked with
  // owner, lease and the next fence, and returned as then stored.
  [[nodiscard]] virtual Result<std::optional<WorkRecord>> claim_due_work(Instant now,
                                                                         const std::string& owner,
                                                                         Instant lease_until) = 0;
  // Errors: store.work_not_found.
  [[nodiscard]] virtual Result<WorkRecord> work(const TenantId& tenant, const WorkId& id) = 0;
  [[nodiscard]] virtual Result<std::vector<WorkRecord>> list_work(const TenantId& tenant,
                                                                  const std::string& kind) = 0;
  // Saves under the record's revision and fence and raises the revision; `owner` empty frees the
  // lease. A request that arrived meanwhile is kept. Errors: store.lease_lost.
  [[nodiscard]] virtual Status save_work(const WorkRecord& work) = 0;
  // Frees the work leases of an owner that is surely dead: its successor under the same name need
  // not wait for them. Fences stay, so an answer of the dead one is still discarded.
  [[nodiscard]] virtual Status free_leases(const std::string& owner) = 0;
  // Sets the request, whoever holds the lease; replaces an earlier one not yet carried out.
  [[nodiscard]] virtual Status request_work(const TenantId& tenant, const WorkId& id,
                                            const Request& request) = 0;
  // The earliest moment at which some work is due or a lease ends; nothing when all waits.
  [[nodiscard]] virtual Result<std::optional<Instant>> next_due() = 0;

  // --- settlements ---
  // Errors of put: store.settlement_id_held (another record holds this settlement-id).
  [[nodiscard]] virtual Status put_settlement(const SettlementRecord& settlement) = 0;
  [[nodiscard]] virtual Result<SettlementRecord> settlement(const TenantId& tenant,
                                                            const WorkId& work) = 0;
  // The record that holds the settlement-id.
  [[nodiscard]] virtual Result<std::optional<SettlementRecord>> settlement_holder(
      const TenantId& tenant, const std::string& selling_account, const SettlementId& id) = 0;
  [[nodiscard]] virtual Result<std::vector<SettlementRecord>> list_settlements(
      const TenantId& tenant) = 0;
  [[nodiscard]] virtual Status put_classes(const TenantId& tenant, const WorkId& work,
                                           const std::vector<ledger::ClassTotal>& classes) = 0;
  [[nodiscard]] virtual Result<std::vector<ledger::ClassTotal>> classes(const TenantId& tenant,
                                                                        const WorkId& work) = 0;
  // Manifests are kept per revision letter as text; a revision is replaced until it was sent.
  [[nodiscard]] virtual Status put_manifest(const TenantId& tenant, const WorkId& work,
                                            char revision, const std::string& text) = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> manifest(const TenantId& tenant,
                                                                    const WorkId& work,
                                                                    char revision) = 0;
  // SAP's books hold another manifest of that revision: it takes the place of the planned one,
  // whatever was known of its documents, which are forgotten.
  [[nodiscard]] virtual Status replace_manifest(const TenantId& tenant, const WorkId& work,
                                                char revision, const std::string& text) = 0;

  // --- rules ---
  // Changes nothing when the connection's book of that digest is kept already.
  [[nodiscard]] virtual Status put_rule_book(const RuleBookRecord& book) = 0;
  [[nodiscard]] virtual Result<std::optional<RuleBookRecord>> rule_book(
      const TenantId& tenant, const ConnectionId& connection, const std::string& digest) = 0;
  // Those that the connection ever used, the one used first last.
  [[nodiscard]] virtual Result<std::vector<RuleBookRecord>> rule_books(
      const TenantId& tenant, const ConnectionId& connection) = 0;

  // --- documents ---
  [[nodiscard]] virtual Status put_document(const DocumentRecord& document) = 0;
  // Forgets documents of a revision that was never sent.
  [[nodiscard]] virtual Status drop_documents(const TenantId& tenant, const WorkId& work,
                                              char revision) = 0;
  [[nodiscard]] virtual Result<std::vector<DocumentRecord>> documents(const TenantId& tenant,
                                                                      const WorkId& work) = 0;
  [[nodiscard]] virtual Result<std::optional<DocumentRecord>> document_by_key(
      const TenantId& tenant, const std::string& key) = 0;
  [[nodiscard]] virtual Result<std::optional<DocumentRecord>> document_by_number(
      const TenantId& tenant, const ledger::DocumentNumber& number) = 0;
  // The document confirmed last in that company code of that system: the positive control.
  [[nodiscard]] virtual Result<std::optional<PositiveControl>> newest_confirmed(
      const TenantId& tenant, const SystemIdentity& identity, const std::string& company_code) = 0;
  [[nodiscard]] virtual Status put_control(const TenantId& tenant, const SystemIdentity& identity,
                                           const std::string& company_code,
                                           const PositiveControl& control, Instant at) = 0;

  // --- guarded units ---
  [[nodiscard]] virtual Status put_intent(const IntentRecord& intent) = 0;
  // The latest intent of a work.
  [[nodiscard]] virtual Result<std::optional<IntentRecord>> latest_intent(const TenantId& tenant,
                                                                          const WorkId& work) = 0;
  [[nodiscard]] virtual Status add_journal(const TenantId& tenant, const JournalEntry& entry) = 0;
  [[nodiscard]] virtual Result<std::vector<JournalEntry>> journal(const TenantId& tenant,
                                                                  const UnitId& unit) = 0;
  [[nodiscard]] virtual Status add_look_up(const LookUpRecord& look_up) = 0;
  [[nodiscard]] virtual Result<std::vector<LookUpRecord>> look_ups(const TenantId& tenant,
                                                                   const UnitId& unit) = 0;

  // --- holders and stops ---
  // Takes or prolongs the lease of one system, client and company code. When another owner holds it
  // and `lease_until + grace` is not over at `now`, returns the other's record unchanged.
  [[nodiscard]] virtual Result<HolderRecord> acquire_holder(const HolderRecord& wanted, Instant now,
                                                            Duration grace) = 0;
  // Ends the leases of an owner that has nothing to do, so that others need not wait for their end.
  // What its last call may still be doing is what `grace` is for: it counts from now.
  [[nodiscard]] virtual Status release_holders(const std::string& owner, Instant now) = 0;
  [[nodiscard]] virtual Result<std::optional<HolderRecord>> holder(
      const SystemIdentity& identity, const std::string& company_code) = 0;
  [[nodiscard]] virtual Status put_stop(const StopRecord& stop) = 0;
  [[nodiscard]] virtual Status lift_stop(const TenantId& tenant, const SystemIdentity& identity,
                                         const std::string& company_code) = 0;
  [[nodiscard]] virtual Result<std::vector<StopRecord>> stops(const TenantId& tenant) = 0;

  // --- connections ---
  // Replaces the pause that is there.
  [[nodiscard]] virtual Status put_pause(const PauseRecord& pause) = 0;
  [[nodiscard]] virtual Status lift_pause(const TenantId& tenant,
                                          const ConnectionId& connection) = 0;
  [[nodiscard]] virtual Result<std::optional<PauseRecord>> pause(
      const TenantId& tenant, const ConnectionId& connection) = 0;
  [[nodiscard]] virtual Status put_poll(const PollRecord& poll) = 0;
  [[nodiscard]] virtual Result<std::optional<PollRecord>> poll(const TenantId& tenant,
                                                               const ConnectionId& connection) = 0;

  // --- the rest ---
  [[nodiscard]] virtual Status append_audit(const TenantId& tenant, const AuditEntry& entry) = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> fact(const TenantId& tenant,
                                                                const std::string& name) = 0;
  [[nodiscard]] virtual Status put_fact(const TenantId& tenant, const std::string& name,
                                        const std::string& value) = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> bucket(const std::string& key) = 0;
  [[nodiscard]] virtual Status put_bucket(const BucketRecord& bucket) = 0;
};

// Thread-safe; transactions of several threads and processes are serialised where they meet.
class Store {
 public:
  virtual ~Store() = default;
  [[nodiscard]] virtual Result<std::unique_ptr<StoreTransaction>> begin() = 0;
  // The epoch of this store: raised by every restore, leads every fence.
  [[nodiscard]] virtual std::uint64_t epoch() const = 0;
};

}  // namespace mlc::ports
