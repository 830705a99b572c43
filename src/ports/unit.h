// Units: typed work executed beside SAP. The hub plans and decides; the executor runs the steps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/strong_id.h"
#include "base/time.h"
#include "ledger/manifest.h"
#include "ledger/posted_document.h"

namespace mlc::ports {

// Which SAP this is; an intent is bound to it.
struct SystemIdentity {
  std::string system_id;       // SID
  std::string client;          // MANDT
  std::string logical_system;  // T000-LOGSYS
  friend bool operator==(const SystemIdentity&, const SystemIdentity&) = default;
};

// A row of RETURN (BAPIRET2).
struct BapiMessage {
  char type = 'E';     // S I W E A
  std::string id;      // class, e.g. "RW"
  std::string number;  // 3 digits
  std::string text;
  std::string parameter;
  int row = 0;
  std::string field;
  [[nodiscard]] bool is_error() const { return type == 'E' || type == 'A'; }
  friend bool operator==(const BapiMessage&, const BapiMessage&) = default;
};

enum class Outcome {
  kPosted,
  kAlreadyPosted,
  kConflicts,
  kIncomplete,
  kReversed,
  kPartlyReversed,
  kRejected,
  kDeferred,
  kInDoubt
};
[[nodiscard]] constexpr std::string_view to_word(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPosted: return "posted";
    case Outcome::kAlreadyPosted: return "already_posted";
    case Outcome::kConflicts: return "conflicts";
    case Outcome::kIncomplete: return "incomplete";
    case Outcome::kReversed: return "reversed";
    case Outcome::kPartlyReversed: return "partly_reversed";
    case Outcome::kRejected: return "rejected";
    case Outcome::kDeferred: return "deferred";
    case Outcome::kInDoubt: return "in_doubt";
  }
  return "in_doubt";
}

// The fence of a posting holder: epoch of the store, then a counter.
struct Fence {
  std::uint64_t epoch = 0;
  std::uint64_t counter = 0;
  friend auto operator<=>(const Fence&, const Fence&) = default;
};

// A document that must be found by the same reader before absence counts.
struct PositiveControl {
  ledger::DocumentNumber number;
  std::string reference;  // its XBLNR
};

struct PostUnit {
  UnitId id;  // hash of the content: manifest hash, identity, revision, epoch
  SystemIdentity expected;
  ledger::Manifest manifest;
  std::vector<std::string> company_codes;  // of the connection: the look-up searches them all
  Instant deadline;
  Fence fence;
  // A person decided to complete a set: parts that are live and equal stay as they are, and only
  // absent or reversed parts are posted. Otherwise a live part stops the unit.
  bool complete = false;
  // Parts under the stem that belong to other manifests of the settlement: passed over. `bases` are
  // those of them that this one adds to; all must stand in the books as they are.
  std::vector<std::string> other_parts{};
  std::vector<ledger::Manifest> bases{};
  std::optional<PositiveControl> control;  // must be found by the look-up before the first post
};

// Reads what SAP has; repeatable. Also the evidence for "in doubt".
struct LookUpUnit {
  SystemIdentity expected;
  std::string stem;
  std::vector<std::string> company_codes;
  std::optional<PositiveControl> control;
  bool read_update_records = false;  // VBHDR rows of our user
  // Documents to be read by their key as well, unless they are found under the stem.
  std::vector<ledger::DocumentNumber> numbers{};
};

// State of the one record that stands for a table of updates that cannot be read.
inline constexpr std::string_view kUnreadableUpdates = "unreadable";

struct UpdateRecord {
  std::string key;
  std::string user;
  std::string state;  // VBSTATE as SAP shows it, or kUnreadableUpdates
};

enum class ControlFinding { kNotAsked, kFound, kMissing, kUnreadable };

struct LookUpResult {
  SystemIdentity identity;
  std::vector<ledger::PostedDocument> documents;
  std::vector<ledger::PostedDocument> by_number;  // those of LookUpUnit::numbers that exist
  std::string user;                               // whose name our documents carry
  ControlFinding control = ControlFinding::kNotAsked;
  std::vector<UpdateRecord> update_records;
  Duration longest_run{};  // rdisp/max_wprun_time as configured for the system
};

// CHECK for all parts after a look-up; writes nothing.
struct CheckResult {
  ledger::Judgement judgement;
  std::vector<BapiMessage> messages;     // of CHECK
  Outcome outcome = Outcome::kDeferred;  // kPosted means: CHECK found nothing against posting
  std::optional<Error> error;
};

struct PostedPart {
  std::string part;
  ledger::DocumentNumber number;
};

struct PostResult {
  Outcome outcome = Outcome::kInDoubt;
  std::vector<PostedPart> parts;  // live documents of the manifest, when known
  ledger::Judgement judgement;    // of the last read
  std::vector<BapiMessage> messages;
  std::optional<Error> error;  // named cause of everything but posted
};

struct ReverseUnit {
  UnitId id;
  SystemIdentity expected;
  std::vector<PostedPart> parts;
  std::string reason;  // STGRD
  Date posting_date;
  Instant deadline;
  Fence fence;
};

struct ReverseResult {
  Outcome outcome = Outcome::kInDoubt;  // kPosted: every part has STBLG now
  std::vector<ledger::DocumentNumber> reversals;
  std::vector<BapiMessage> messages;
  std::optional<Error> error;
};

// How far a guarded unit came; written durably before each send.
enum class JournalStep {
  kStarted,
  kLookedUp,
  kChecked,
  kPostSent,
  kCommitAboutToBeSent,
  kCommitted,
  kReadBack,
  kRolledBack
};
[[nodiscard]] constexpr std::string_view to_word(JournalStep step) {
  switch (step) {
    case JournalStep::kStarted: return "started";
    case JournalStep::kLookedUp: return "looked_up";
    case JournalStep::kChecked: return "checked";
    case JournalStep::kPostSent: return "post_sent";
    case JournalStep::kCommitAboutToBeSent: return "commit_about_to_be_sent";
    case JournalStep::kCommitted: return "committed";
    case JournalStep::kReadBack: return "read_back";
    case JournalStep::kRolledBack: return "rolled_back";
  }
  return "started";
}

struct JournalEntry {
  UnitId unit;
  JournalStep step = JournalStep::kStarted;
  Instant at;
  std::string detail;  // e.g. the OBJ_KEYs, comma separated
};

// Durable when it returns. Thread-safe.
class StepJournal {
 public:
  virtual ~StepJournal() = default;
  [[nodiscard]] virtual Status record(const JournalEntry& entry) = 0;
};

// Whether we may still write: asked right before POST and right before COMMIT. Thread-safe.
class HolderCheck {
 public:
  virtual ~HolderCheck() = default;
  // Errors: flow.lease_lost, flow.deadline_passed.
  [[nodiscard]] virtual Status may_write(const Fence& fence, Instant deadline) = 0;
};

// One SAP system and client. Not thread-safe: one holder uses it at a time.
class UnitExecutor {
 public:
  virtual ~UnitExecutor() = default;
  [[nodiscard]] virtual PostResult post(const PostUnit& unit) = 0;                 // guarded
  [[nodiscard]] virtual CheckResult check(const PostUnit& unit) = 0;               // repeatable
  [[nodiscard]] virtual Result<LookUpResult> look_up(const LookUpUnit& unit) = 0;  // repeatable
  [[nodiscard]] virtual ReverseResult reverse(const ReverseUnit& unit) = 0;        // guarded
};

}  // namespace mlc::ports
