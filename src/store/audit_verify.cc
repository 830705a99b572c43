#include <algorithm>
#include <charconv>
#include <map>

#include "store/audit_entry.h"
#include "store/audit_errors.h"
#include "store/audit_log.h"
#include "store/audit_merkle.h"

namespace mlc::store {
namespace {

using database::Row;
using database::Sql;
using database::Transaction;

constexpr Sql kWalk{"verify audit entries",
                    "SELECT position, subject, content, leaf_hash FROM audit_entry"
                    " WHERE tenant = ? AND position IS NOT NULL ORDER BY position"};
constexpr Sql kCountPending{"count unnumbered audit entries",
                            "SELECT COUNT(*) FROM audit_entry"
                            " WHERE tenant = ? AND position IS NULL"};
constexpr Sql kStoredTree{"verify audit tree",
                          "SELECT epoch, size, edge FROM audit_tree WHERE tenant = ?"};
constexpr Sql kStoredCheckpoints{"verify checkpoints",
                                 "SELECT epoch, size, note FROM audit_checkpoint"
                                 " WHERE tenant = ? ORDER BY epoch, size"};

// What somebody says about the log: `root` over the first `size` entries.
struct Claim {
  std::uint64_t size = 0;
  std::string where;
  std::uint64_t epoch = 0;
  Sha256 root{};
};

// Empty where the column holds another type, which then differs from what is expected.
std::string untrusted_text(const Row& row, std::size_t column) {
  const auto* text = std::get_if<std::string>(&row.at(column));
  return text == nullptr ? std::string() : *text;
}
std::string untrusted_blob(const Row& row, std::size_t column) {
  const auto* blob = std::get_if<database::Blob>(&row.at(column));
  return blob == nullptr ? std::string() : blob->bytes;
}
// A number that no entry can have where the column holds another type or a negative number.
std::uint64_t untrusted_number(const Row& row, std::size_t column) {
  const auto* number = std::get_if<std::int64_t>(&row.at(column));
  return number == nullptr || *number < 0 ? UINT64_MAX : static_cast<std::uint64_t>(*number);
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || std::to_string(number) != text) return std::nullopt;
  return number;
}

class Verification {
 public:
  Verification(Transaction& transaction, const AuditQuestion& question)
      : transaction_(transaction), question_(question) {}

  Result<AuditReport> run() {
    MLC_TRY_STATUS(read_claims());
    MLC_TRY_STATUS(transaction_.each(kWalk, {question_.tenant},
                                     [this](const Row& row) { return take_entry(row); }));
    MLC_TRY_STATUS(check_claims());
    MLC_TRY_STATUS(check_tree());
    MLC_TRY(const auto pending, transaction_.query_one(kCountPending, {question_.tenant}));
    report_.pending = static_cast<std::uint64_t>(pending->integer(0));
    report_.head.size = edge_.size();
    report_.head.root = edge_.root();
    return std::move(report_);
  }

 private:
  using Facts = std::vector<Fact>;

  tl::unexpected<Error> refuse(const ErrorKind& kind, Facts facts) const {
    facts.push_back({"tenant", question_.tenant.str()});
    return failure(kind, std::move(facts));
  }

  Status add_claim(std::string_view note, const std::string& where) {
    MLC_TRY(const Checkpoint checkpoint, open_checkpoint(note, where, question_.public_keys));
    const auto slash = checkpoint.origin.rfind('/');
    const auto epoch = number_of(std::string_view(checkpoint.origin).substr(slash + 1));
    if (!epoch || checkpoint.origin != audit_origin(question_.log_name, question_.tenant, *epoch)) {
      return refuse(kAuditOtherLog,
                    {{"where", where},
                     {"found", checkpoint.origin},
                     {"expected", audit_origin(question_.log_name, question_.tenant, 1)}});
    }
    claims_.push_back({checkpoint.size, where, *epoch, checkpoint.root});
    roots_[checkpoint.size] = {};
    return {};
  }

  Status take_stored_checkpoint(const Row& row) {
    const std::uint64_t epoch = untrusted_number(row, 0);
    const std::uint64_t size = untrusted_number(row, 1);
    const std::string note = untrusted_text(row, 2);
    const std::string where = "the stored checkpoint over " + std::to_string(size) +
                              " entries, epoch " + std::to_string(epoch);
    MLC_TRY_STATUS(add_claim(note, where));
    if (claims_.back().epoch == epoch && claims_.back().size == size) return {};
    return refuse(kAuditNotACheckpoint, {{"where", where},
                                         {"line", "1 or 2"},
                                         {"found", note.substr(0, 100)},
                                         {"expected", "its own epoch and size"}});
  }

  Status read_claims() {
    MLC_TRY_STATUS(
        transaction_.each(kStoredCheckpoints, {question_.tenant},
                          [this](const Row& row) { return take_stored_checkpoint(row); }));
    for (const EarlierCheckpoint& earlier : question_.earlier) {
      MLC_TRY_STATUS(add_claim(earlier.note, earlier.where));
    }
    roots_[0] = edge_.root();
    return {};
  }

  Status take_entry(const Row& row) {
    const std::uint64_t position = untrusted_number(row, 0);
    const std::string place = std::to_string(edge_.size());
    if (position != edge_.size()) {
      return refuse(kAuditEntryMissing, {{"position", place}, {"found", std::to_string(position)}});
    }
    const std::string content = untrusted_text(row, 2);
    const Sha256 leaf = merkle_leaf(content);
    if (untrusted_blob(row, 3) != as_bytes(leaf)) {
      return refuse(kAuditEntryChanged,
                    {{"position", place},
                     {"found", "its text hashes to " + to_hex(leaf)},
                     {"expected", to_hex(untrusted_blob(row, 3)) + " as numbered"},
                     {"content", content.substr(0, 500)}});
    }
    const auto entry = read_audit_entry(content);
    if (!entry || entry->subject != untrusted_text(row, 1)) {
      return refuse(kAuditEntryChanged, {{"position", place},
                                         {"found", "subject '" + untrusted_text(row, 1) + "'"},
                                         {"expected", "the subject of " + content.substr(0, 500)}});
    }
    if (entry->action == kEpochAction) MLC_TRY_STATUS(take_epoch({position, *entry, content}));
    edge_.add(leaf);
    if (const auto wanted = roots_.find(edge_.size()); wanted != roots_.end()) {
      wanted->second = edge_.root();
    }
    return {};
  }

  // The signature is over the entry as it was before its last fact.
  Status check_signed(const NumberedAuditEntry& opening) const {
    ports::AuditEntry entry = opening.entry;
    std::string signature;
    if (!entry.facts.empty() && entry.facts.back().name == kSignatureFact) {
      signature = entry.facts.back().value;
      entry.facts.pop_back();
    }
    const std::string origin = restore_origin(question_.log_name, question_.tenant);
    if (is_restore_signed(origin, write_audit_entry(entry), signature, question_.public_keys)) {
      return {};
    }
    return refuse(kAuditEpochUnsigned, {{"position", std::to_string(opening.position)},
                                        {"at", format_instant(entry.at)},
                                        {"actor", entry.actor}});
  }

  Status take_epoch(NumberedAuditEntry opening) {
    MLC_TRY_STATUS(check_signed(opening));
    const Error facts(kAuditEpochChanged, opening.entry.facts);
    const auto epoch = number_of(facts.fact("epoch"));
    const bool agrees = epoch && *epoch > report_.head.epoch &&
                        facts.fact("old_epoch") == std::to_string(report_.head.epoch) &&
                        facts.fact("old_size") == std::to_string(edge_.size()) &&
                        facts.fact("old_root") == to_base64(as_bytes(edge_.root()));
    if (!agrees) {
      return refuse(kAuditEpochChanged,
                    {{"position", std::to_string(opening.position)},
                     {"found", opening.content.substr(0, 500)},
                     {"expected", "one above epoch " + std::to_string(report_.head.epoch) + ", " +
                                      std::to_string(edge_.size()) + " entries and root " +
                                      to_base64(as_bytes(edge_.root()))}});
    }
    ends_[report_.head.epoch] = edge_.size();
    report_.head.epoch = *epoch;
    report_.epochs.push_back(std::move(opening));
    return {};
  }

  // The restore that dropped entries of the claim; nullptr when all of them must be there.
  [[nodiscard]] const ports::AuditEntry* dropped_by(const Claim& claim) const {
    const auto end = ends_.find(claim.epoch);
    if (end != ends_.end() && claim.size <= end->second) return nullptr;
    // The first restore that leads beyond the claim's epoch; none for an epoch of today or later.
    for (const NumberedAuditEntry& opening : report_.epochs) {
      const Error facts(kAuditEpochChanged, opening.entry.facts);
      if (number_of(facts.fact("epoch")).value_or(0) > claim.epoch) return &opening.entry;
    }
    return nullptr;
  }

  // A restore names how long the log was that it gave up, and its root.
  Status take_superseded(const Claim& claim, const ports::AuditEntry& restore) {
    const Error facts(kAuditEpochChanged, restore.facts);
    const auto size = number_of(facts.fact("replaced_size"));
    if (size && facts.fact("replaced_epoch") == std::to_string(claim.epoch)) {
      const std::string root = to_hex(claim.root);
      if (claim.size > *size) {
        return refuse(kAuditNeverWasSoLong, {{"where", claim.where},
                                             {"found", std::to_string(claim.size)},
                                             {"epoch", std::to_string(claim.epoch)},
                                             {"at", format_instant(restore.at)},
                                             {"expected", std::to_string(*size)}});
      }
      if (claim.size == *size && facts.fact("replaced_root") != root) {
        return refuse(kAuditTreeChanged,
                      {{"where", claim.where},
                       {"from", std::to_string(agreed_)},
                       {"to", std::to_string(claim.size)},
                       {"found", std::string(facts.fact("replaced_root")) + " as the restore at " +
                                     format_instant(restore.at) + " says"},
                       {"expected", root}});
      }
    }
    report_.superseded.push_back({claim.where, restore.at, restore.actor});
    return {};
  }

  Status check_claims() {
    std::ranges::stable_sort(claims_, {}, &Claim::size);
    for (const Claim& claim : claims_) {
      if (const auto* restore = dropped_by(claim)) {
        MLC_TRY_STATUS(take_superseded(claim, *restore));
        continue;
      }
      if (claim.size > edge_.size() || claim.epoch > report_.head.epoch) {
        return refuse(kAuditTruncated, {{"found", std::to_string(edge_.size())},
                                        {"where", claim.where},
                                        {"expected", std::to_string(claim.size)}});
      }
      if (const Sha256 root = roots_.at(claim.size); root != claim.root) {
        return tree_changed(claim.where, claim.size, root, to_base64(as_bytes(claim.root)));
      }
      agreed_ = claim.size;
      ++report_.checkpoints;
    }
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> tree_changed(const std::string& where, std::uint64_t size,
                                                   const Sha256& found,
                                                   const std::string& expected) const {
    return refuse(kAuditTreeChanged, {{"where", where},
                                      {"from", std::to_string(agreed_)},
                                      {"to", std::to_string(size)},
                                      {"found", to_base64(as_bytes(found))},
                                      {"expected", expected}});
  }

  Status check_tree() {
    MLC_TRY(const auto row, transaction_.query_one(kStoredTree, {question_.tenant}));
    const std::uint64_t size = row ? untrusted_number(*row, 1) : 0;
    if (size > edge_.size()) {
      return refuse(kAuditTruncated, {{"found", std::to_string(edge_.size())},
                                      {"where", "the stored tree"},
                                      {"expected", std::to_string(size)}});
    }
    const std::string edge = row ? untrusted_blob(*row, 2) : std::string();
    if (size == edge_.size() && edge == edge_.bytes()) return check_tree_epoch(row);
    const auto stored = MerkleEdge::from(size, edge);
    return tree_changed("the stored tree of " + std::to_string(size) + " entries", edge_.size(),
                        edge_.root(), stored ? to_base64(as_bytes(stored->root())) : "unreadable");
  }

  Status check_tree_epoch(const std::optional<Row>& row) {
    if (!row || untrusted_number(*row, 0) == report_.head.epoch) return {};
    return refuse(kAuditEpochChanged,
                  {{"position", std::to_string(edge_.size())},
                   {"found", "epoch " + std::to_string(untrusted_number(*row, 0))},
                   {"expected", "epoch " + std::to_string(report_.head.epoch)}});
  }

  Transaction& transaction_;
  const AuditQuestion& question_;
  AuditReport report_;
  MerkleEdge edge_;  // over the entries walked so far
  std::vector<Claim> claims_;
  std::map<std::uint64_t, Sha256> roots_;        // at the sizes that claims speak of
  std::map<std::uint64_t, std::uint64_t> ends_;  // epoch -> size at which a restore left it
  std::uint64_t agreed_ = 0;                     // the largest size found right
};

}  // namespace

Result<AuditReport> verify_audit(Transaction& transaction, const AuditQuestion& question) {
  return Verification(transaction, question).run();
}

}  // namespace mlc::store
