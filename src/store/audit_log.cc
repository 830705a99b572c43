#include "store/audit_log.h"

#include "base/expect.h"
#include "store/audit_entry.h"
#include "store/audit_errors.h"
#include "store/audit_merkle.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using database::Transaction;

constexpr Sql kAppend{"append audit entry",
                      "INSERT INTO audit_entry (tenant, subject, content) VALUES (?, ?, ?)"};
constexpr Sql kPending{"find unnumbered audit entries",
                       "SELECT id, content FROM audit_entry"
                       " WHERE tenant = ? AND position IS NULL ORDER BY id LIMIT ?"};
constexpr Sql kNumber{"number audit entry",
                      "UPDATE audit_entry SET position = ?, leaf_hash = ?"
                      " WHERE id = ? AND position IS NULL"};
constexpr Sql kAppendNumbered{"append numbered audit entry",
                              "INSERT INTO audit_entry"
                              " (tenant, subject, content, position, leaf_hash)"
                              " VALUES (?, ?, ?, ?, ?)"};
constexpr Sql kTree{"read audit tree", "SELECT epoch, size, edge FROM audit_tree WHERE tenant = ?"};
constexpr Sql kPutTree{"write audit tree",
                       "INSERT INTO audit_tree (tenant, epoch, size, edge) VALUES (?, ?, ?, ?)"
                       " ON CONFLICT (tenant) DO UPDATE SET epoch = excluded.epoch,"
                       " size = excluded.size, edge = excluded.edge"};
constexpr Sql kKeepCheckpoint{"keep checkpoint",
                              "INSERT INTO audit_checkpoint (tenant, epoch, size, signed_at, note)"
                              " VALUES (?, ?, ?, ?, ?)"
                              " ON CONFLICT (tenant, epoch, size) DO UPDATE SET"
                              " signed_at = excluded.signed_at, note = excluded.note"};
constexpr Sql kSealed{"find a checkpoint",
                      "SELECT 1 FROM audit_checkpoint"
                      " WHERE tenant = ? AND epoch = ? AND size = ?"};
constexpr Sql kEntries{"read audit entries",
                       "SELECT position, content FROM audit_entry"
                       " WHERE tenant = ? AND position >= ? ORDER BY position LIMIT ?"};
constexpr Sql kEntriesOf{"read audit entries of a subject",
                         "SELECT position, content FROM audit_entry"
                         " WHERE tenant = ? AND subject = ? AND position >= ?"
                         " ORDER BY position LIMIT ?"};
constexpr Sql kHistory{"read the history of a subject",
                       "SELECT COALESCE(position, 0), content FROM audit_entry"
                       " WHERE tenant = ? AND subject = ? ORDER BY position IS NULL, position, id"};
constexpr Sql kTenants{"list audited tenants",
                       "SELECT DISTINCT tenant FROM audit_entry ORDER BY tenant"};

struct Tree {
  std::uint64_t epoch = 1;
  MerkleEdge edge;
  [[nodiscard]] AuditHead head() const { return {epoch, edge.size(), edge.root()}; }
};

Result<Tree> read_tree(Transaction& transaction, const TenantId& tenant) {
  MLC_TRY(const auto row, transaction.query_one(kTree, {tenant}));
  if (!row) return Tree{};
  const auto size = static_cast<std::uint64_t>(row->integer(1));
  auto edge = MerkleEdge::from(size, row->blob(2));
  if (!edge) {
    return failure(kAuditTreeChanged, {{"tenant", tenant.str()},
                                       {"where", "the stored tree"},
                                       {"from", "0"},
                                       {"to", std::to_string(size)},
                                       {"found", std::to_string(row->blob(2).size()) + " bytes"},
                                       {"expected", "32 for each subtree"}});
  }
  return Tree{static_cast<std::uint64_t>(row->integer(0)), std::move(*edge)};
}

Status write_tree(Transaction& transaction, const TenantId& tenant, const Tree& tree) {
  MLC_TRY_STATUS(transaction.execute(
      kPutTree, {tenant, tree.epoch, tree.edge.size(), database::Blob{tree.edge.bytes()}}));
  return {};
}

// The subject as the leaf has it: bytes that are no UTF-8 are replaced there.
std::string subject_of(const std::string& content) {
  const auto entry = read_audit_entry(content);
  MLC_EXPECT(entry.has_value());
  return entry->subject;
}

ports::AuditEntry epoch_entry(const AuditEpoch& epoch, const AuditHead& old,
                              const std::string& origin, const SigningKey& key) {
  ports::AuditEntry entry{epoch.at, epoch.actor, std::string(kEpochAction), "audit log", {}};
  entry.facts = {{"epoch", std::to_string(epoch.epoch)},
                 {"old_epoch", std::to_string(old.epoch)},
                 {"old_size", std::to_string(old.size)},
                 {"old_root", to_base64(as_bytes(old.root))}};
  entry.facts.insert(entry.facts.end(), epoch.facts.begin(), epoch.facts.end());
  // Texts are signed as they are kept: bytes that are no UTF-8 are replaced by now.
  const std::string unsigned_text = write_audit_entry(entry);
  entry.facts.push_back({std::string(kSignatureFact), sign_restore(origin, unsigned_text, key)});
  return entry;
}

std::string origin_of(std::string_view log_name, const TenantId& tenant, std::string_view last) {
  std::string out(log_name);
  out += '/';
  for (const char c : tenant.str()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '_' || c == '-';
    out += plain ? std::string(1, c) : "%" + to_hex(std::string_view(&c, 1));
  }
  return out + "/" + std::string(last);
}

Result<NumberedAuditEntry> numbered(const Row& row, const TenantId& tenant) {
  auto entry = read_audit_entry(row.text(1));
  const auto position = static_cast<std::uint64_t>(row.integer(0));
  if (entry) return NumberedAuditEntry{position, std::move(*entry), row.text(1)};
  return failure(kAuditEntryChanged, {{"position", std::to_string(position)},
                                      {"tenant", tenant.str()},
                                      {"found", row.text(1).substr(0, 200)},
                                      {"expected", "an entry in canonical JSON"}});
}

}  // namespace

Status append_audit(Transaction& transaction, const TenantId& tenant,
                    const ports::AuditEntry& entry) {
  if (entry.action == kEpochAction) {
    return failure(kAuditReservedAction, {{"action", entry.action}});
  }
  const std::string content = write_audit_entry(entry);
  MLC_TRY_STATUS(transaction.execute(kAppend, {tenant, subject_of(content), content}));
  return {};
}

Result<AuditHead> sequence_audit(Transaction& transaction, const TenantId& tenant,
                                 std::size_t limit) {
  MLC_TRY(Tree tree, read_tree(transaction, tenant));
  MLC_TRY(const auto pending, transaction.query(kPending, {tenant, limit}));
  if (pending.empty()) return tree.head();
  for (const Row& row : pending) {
    const Sha256 leaf = merkle_leaf(row.text(1));
    const database::Blob bytes{std::string(as_bytes(leaf))};
    MLC_TRY_STATUS(transaction.execute(kNumber, {tree.edge.size(), bytes, row.integer(0)}));
    tree.edge.add(leaf);
  }
  MLC_TRY_STATUS(write_tree(transaction, tenant, tree));
  return tree.head();
}

Result<AuditHead> open_audit_epoch(Transaction& transaction, const TenantId& tenant,
                                   const AuditEpoch& epoch, const AuditSigner& signer) {
  MLC_TRY(Tree tree, read_tree(transaction, tenant));
  if (epoch.epoch <= tree.epoch) {
    return failure(kAuditEpochChanged, {{"position", std::to_string(tree.edge.size())},
                                        {"tenant", tenant.str()},
                                        {"found", "epoch " + std::to_string(epoch.epoch)},
                                        {"expected", "one above " + std::to_string(tree.epoch)}});
  }
  const std::string content = write_audit_entry(
      epoch_entry(epoch, tree.head(), restore_origin(signer.log_name, tenant), signer.key));
  const Sha256 leaf = merkle_leaf(content);
  const database::Blob bytes{std::string(as_bytes(leaf))};
  MLC_TRY_STATUS(transaction.execute(
      kAppendNumbered, {tenant, subject_of(content), content, tree.edge.size(), bytes}));
  tree.edge.add(leaf);
  tree.epoch = epoch.epoch;
  MLC_TRY_STATUS(write_tree(transaction, tenant, tree));
  return tree.head();
}

std::string audit_origin(std::string_view log_name, const TenantId& tenant, std::uint64_t epoch) {
  return origin_of(log_name, tenant, std::to_string(epoch));
}

std::string restore_origin(std::string_view log_name, const TenantId& tenant) {
  return origin_of(log_name, tenant, "restore");
}

Result<AuditHead> AuditLog::sequence(const TenantId& tenant) {
  for (std::optional<std::uint64_t> before;;) {
    MLC_TRY(auto transaction, database_.begin());
    MLC_TRY(const AuditHead head, sequence_audit(transaction, tenant));
    MLC_TRY_STATUS(transaction.commit());
    if (before == head.size) return head;
    before = head.size;
  }
}

Result<AuditHead> AuditLog::head(const TenantId& tenant) {
  MLC_TRY(auto transaction, database_.read());
  MLC_TRY(const Tree tree, read_tree(transaction, tenant));
  return tree.head();
}

Result<std::string> AuditLog::checkpoint(const TenantId& tenant, const SigningKey& key,
                                         Instant now) {
  MLC_TRY_STATUS(sequence(tenant));
  MLC_TRY(auto transaction, database_.begin());
  MLC_TRY(const AuditHead head, sequence_audit(transaction, tenant));
  const std::string note =
      sign_checkpoint({audit_origin(log_name_, tenant, head.epoch), head.size, head.root}, key);
  MLC_TRY_STATUS(transaction.execute(kKeepCheckpoint, {tenant, head.epoch, head.size, now, note}));
  MLC_TRY_STATUS(transaction.commit());
  return note;
}

Status AuditLog::seal(const TenantId& tenant, const SigningKey& key, Instant now) {
  {
    MLC_TRY(auto transaction, database_.read());
    MLC_TRY(const auto pending, transaction.query(kPending, {tenant, 1}));
    MLC_TRY(const Tree tree, read_tree(transaction, tenant));
    MLC_TRY(const auto sealed,
            transaction.query_one(kSealed, {tenant, tree.epoch, tree.edge.size()}));
    if (pending.empty() && sealed) return {};
  }
  MLC_TRY_STATUS(checkpoint(tenant, key, now));
  return {};
}

Result<AuditReport> AuditLog::verify(const TenantId& tenant, std::vector<std::string> public_keys,
                                     std::vector<EarlierCheckpoint> earlier) {
  MLC_TRY(auto transaction, database_.read());
  return verify_audit(transaction, {tenant, log_name_, std::move(public_keys), std::move(earlier)});
}

Result<std::vector<NumberedAuditEntry>> AuditLog::entries(
    const TenantId& tenant, std::uint64_t from, std::size_t limit,
    const std::optional<std::string>& subject) {
  MLC_TRY(auto transaction, database_.read());
  MLC_TRY(const auto rows, subject ? transaction.query(kEntriesOf, {tenant, *subject, from, limit})
                                   : transaction.query(kEntries, {tenant, from, limit}));
  std::vector<NumberedAuditEntry> out;
  for (const Row& row : rows) {
    MLC_TRY(auto entry, numbered(row, tenant));
    out.push_back(std::move(entry));
  }
  return out;
}

Result<RecordCheck> AuditLog::check_records(const TenantId& tenant) {
  MLC_TRY(auto transaction, database_.read());
  return store::check_records(std::move(transaction), tenant);
}

Result<std::vector<ports::AuditEntry>> AuditLog::history(const TenantId& tenant,
                                                         const std::string& subject) {
  MLC_TRY(auto transaction, database_.read());
  MLC_TRY(const auto rows, transaction.query(kHistory, {tenant, subject}));
  std::vector<ports::AuditEntry> out;
  for (const Row& row : rows) {
    MLC_TRY(auto entry, numbered(row, tenant));
    out.push_back(std::move(entry.entry));
  }
  return out;
}

Result<std::vector<TenantId>> AuditLog::tenants() {
  MLC_TRY(auto transaction, database_.read());
  MLC_TRY(const auto rows, transaction.query(kTenants));
  std::vector<TenantId> out;
  for (const Row& row : rows) out.emplace_back(row.text(0));
  return out;
}

}  // namespace mlc::store
