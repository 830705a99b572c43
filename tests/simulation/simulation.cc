#include "tests/simulation/simulation.h"

#include <algorithm>

#include "base/expect.h"
#include "flow/discovery.h"
#include "store/audit_log.h"
#include "tests/simulation/hub_worker.h"
#include "tests/simulation/person.h"

namespace mlc::simulation {
namespace {

constexpr auto kTrouble = std::chrono::hours(36);  // how long things go wrong
constexpr int kRounds = 80;                        // of the operator, four hours each, afterwards

void begin_discovery(Outside& outside) {
  const auto work = flow::discovery_work(*outside.connection, outside.clock.now());
  auto transaction = outside.store->begin();
  MLC_EXPECT(transaction && (*transaction)->add_work(work) && (*transaction)->commit());
}

void note_state(Outside& outside, const char* what) { outside.mishaps.note(what); }

// Old backups and snapshots, and what is done with them.
class Keeper {
 public:
  explicit Keeper(Outside& outside) : outside_(outside) {}

  void wake() {
    if (outside_.plan.restore_hub && !hub_) {
      auto taken = outside_.store->snapshot();
      MLC_EXPECT(taken.has_value());
      hub_ = std::move(*taken);
      note_state(outside_, "hub backed up");
    } else if (hub_ && !hub_done_ && outside_.random->below(3) == 0) {
      hub_done_ = true;
      if (outside_.plan.change_rules) {
        note_state(outside_, "rule file edited");
        outside_.connection->rules = rule_book(true);
      }
      if (outside_.random->below(2) == 0) {
        note_state(outside_, "hub restored");
        restore_into(*outside_.store);
      } else {
        restore_elsewhere();
      }
    }
    if (outside_.plan.restore_sap) wake_sap();
    if (outside_.plan.hands && outside_.random->below(4) == 0) meddle(outside_);
  }

  [[nodiscard]] bool has_backup() const { return hub_.has_value(); }
  // Whether a hub was set up elsewhere while the old one ran on.
  [[nodiscard]] bool two_copies() const { return old_ != nullptr; }

 private:
  void restore_into(store::MemoryStore& target) {
    MLC_EXPECT(target.restore_snapshot(*hub_, "anna", outside_.clock.now()).has_value());
  }

  // Another machine takes over from the backup while the old one still runs for a while.
  void restore_elsewhere() {
    note_state(outside_, "hub restored elsewhere");
    auto copy = store::open_memory_store(outside_.clock.now());
    MLC_EXPECT(copy.has_value());
    restore_into(**copy);
    old_ = std::move(outside_.store);
    outside_.store = std::move(*copy);
    outside_.scheduler.spawn("c", [this] { live(outside_, "c"); });
  }

  void wake_sap() {
    if (sap_done_ || outside_.random->below(3) != 0) return;
    outside_.sap->by_hand(outside_.clock.now(), [this](simulators::sap::Hands& hands) {
      if (!sap_taken_) {
        hands.snapshot("yesterday");
        sap_taken_ = true;
        note_state(outside_, "sap backed up");
      } else {
        sap_done_ = hands.restore("yesterday");
        note_state(outside_, "sap restored");
      }
    });
  }

  Outside& outside_;
  std::optional<store::StoreSnapshot> hub_;
  std::unique_ptr<store::MemoryStore> old_;
  bool hub_done_ = false;
  bool sap_taken_ = false;
  bool sap_done_ = false;
};

// Who edits the rule file after a restore has a backup of the first minutes: only then are there
// documents that the restored hub does not know, posted under other rules than its own.
Duration next_wake(Outside& outside, const Keeper& keeper) {
  const bool early = outside.plan.change_rules && !keeper.has_backup();
  return std::chrono::minutes(1 + outside.random->below(early ? 20 : 240));
}

void people(Outside& outside, Keeper& keeper) {
  const Instant calm = outside.clock.now() + kTrouble;
  while (outside.clock.now() < calm) {
    outside.scheduler.sleep_until(outside.clock.now() + next_wake(outside, keeper));
    keeper.wake();
  }
  outside.mishaps.calm();
  note_state(outside, "calm");
  for (int i = 0; i < kRounds; ++i) {
    outside.scheduler.sleep_until(outside.clock.now() + std::chrono::hours(4));
    const bool all_rest = follow_the_cures(outside);
    if (all_rest && i > 8) break;  // long enough for every posted one to be confirmed
  }
  outside.over = true;
}

std::string describe(const ports::WorkRecord& work) {
  return work.state + (work.error ? " (" + work.error->id + ": " + work.error->text + ")" : "");
}

std::string judge_one(Outside& outside, const Audit& audit, const std::string& id,
                      std::int64_t total) {
  auto transaction = outside.store->begin();
  const auto holder =
      (*transaction)
          ->settlement_holder(outside.connection->tenant, outside.connection->selling_account,
                              SettlementId(id));
  if (!holder || !*holder) return id + " is unknown to the hub";
  const auto work = (*transaction)->work((*holder)->tenant, (*holder)->work);
  const AuditedSettlement& found = audit.settlements.at(id);
  if (work->state == "reversed" && outside.plan.hands) {
    return found.absent() ? "" : id + " is reversed for the hub but live in SAP";
  }
  if (work->state != "posted") return id + " ended as " + describe(*work);
  if (found.doubled()) return id + " is in SAP twice and the hub calls it posted";
  if (!found.posted_once()) return id + " is posted for the hub but not in SAP";
  if (found.receivable != total) {
    return id + " is " + std::to_string(found.receivable) + " cents in SAP, Amazon settled " +
           std::to_string(total);
  }
  return {};
}

std::string judge_all(Outside& outside) {
  const Audit audit = audit_books(outside.folder.path(), outside.settled, kReceivable);
  for (const auto& [id, total] : outside.settled) {
    std::string why = judge_one(outside, audit, id, total);
    if (!why.empty()) return why;
  }
  return {};
}

// None: one document, or two *and* the hub named both unless a hand undid one before any worker had
// read them; and only where a process was frozen or two copies of the hub ran at once. The fences
// inside SAP: one document, always.
std::string judge_duplicates(Outside& outside, Verdict& verdict, bool two_copies) {
  const Twice twice = outside.witness.judge();
  verdict.posted_twice = twice.posted;
  verdict.told = twice.told;
  verdict.undone = twice.undone;
  const bool fenced = outside.plan.fence != sap::FenceStrength::kNone;
  const bool doubled = twice.posted > 0;
  if (fenced && doubled) return "a duplicate under fence " + verdict.fence;
  if (doubled && verdict.freezes == 0 && !two_copies) return "a duplicate without a frozen process";
  return twice.fault;
}

std::uint64_t adopted_in(Outside& outside) {
  auto transaction = outside.store->begin();
  MLC_EXPECT(transaction.has_value());
  const auto settlements = (*transaction)->list_settlements(outside.connection->tenant);
  MLC_EXPECT(settlements.has_value());
  return static_cast<std::uint64_t>(std::ranges::count_if(
      *settlements, [](const auto& one) { return one.adoption != ledger::Adoption::kNone; }));
}

// After all that happened the records are what the audit trail tells, and name evidence that is
// there: no false alarm, and no change that nobody told of.
std::string judge_trail(Outside& outside) {
  store::AuditLog log(outside.store->database(), "simulation");
  const auto check = log.check_records(outside.connection->tenant);
  if (!check) return check.error().explain();
  if (!check->differences.empty()) return check->differences.front().text();
  for (const auto& object : check->objects) {
    if (!outside.vault->open(ObjectId(object.id))) return "object " + object.id + " is missing";
  }
  for (const auto& lineage : check->lineages) {
    if (!outside.vault->open_lineage(ObjectId(lineage.id))) {
      return "lineage " + lineage.id + " is missing";
    }
  }
  return {};
}

std::optional<Instant> next_event(Outside& outside) { return outside.sap->next_due(); }

}  // namespace

Verdict run_seed(std::uint64_t seed, std::optional<sap::FenceStrength> fence) {
  Verdict verdict;
  Outside outside(seed, fence);
  outside.mishaps.note("plan: " + outside.plan.words);
  begin_discovery(outside);
  Keeper keeper(outside);  // holds the old store as long as old workers may use it
  outside.scheduler.spawn("a", [&] { live(outside, "a"); });
  outside.scheduler.spawn("b", [&] { live(outside, "b"); });
  outside.scheduler.spawn("people", [&] { people(outside, keeper); });
  outside.scheduler.run([&] {
    outside.sap->tick(outside.clock.now());
    outside.witness.look();
    return next_event(outside);
  });
  verdict.diary = outside.mishaps.diary();
  verdict.crashes = outside.mishaps.crashes();
  verdict.freezes = outside.mishaps.freezes();
  verdict.settlements = outside.settled.size();
  verdict.adopted = adopted_in(outside);
  verdict.fence = word_of(outside.plan.fence);
  verdict.why = judge_all(outside);
  const std::string doubled = judge_duplicates(outside, verdict, keeper.two_copies());
  if (!doubled.empty()) verdict.why = doubled;
  if (verdict.why.empty()) verdict.why = judge_trail(outside);
  verdict.good = verdict.why.empty();
  return verdict;
}

}  // namespace mlc::simulation
