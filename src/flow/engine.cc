#include "flow/engine.h"

#include <algorithm>

#include "base/expect.h"
#include "flow/errors.h"
#include "flow/step_table.h"

namespace mlc::flow {
namespace {

// Named here because flow sees ports only; the store's table is store/errors.h.
constexpr std::string_view kStoreLeaseLost = "store.lease_lost";
constexpr std::string_view kConfirm = "confirm";

const VerbRow* find_verb(const StateRow& row, std::string_view verb) {
  const auto at = std::ranges::find(row.verbs, verb, &VerbRow::verb);
  return at == row.verbs.end() ? nullptr : &*at;
}

std::string verbs_of(const StateRow& row) {
  std::string out;
  for (const VerbRow& verb : row.verbs) {
    if (!out.empty()) out += ", ";
    out += verb.verb;
  }
  return out.empty() ? "nothing" : out;
}

Decision unknown_verb(const ports::WorkRecord& work, const StateRow& row) {
  return refuse_request(work, Error(kWrongState, {{"verb", work.request->verb},
                                                  {"subject", work.kind + " " + work.subject},
                                                  {"state", work.state},
                                                  {"possible", verbs_of(row)}}));
}

// A fault that the step had no answer to. Whoever asked for it is told; otherwise it is tried again
// later, and after a send the work is looked for in SAP first, as after a crash.
Decision after_fault(const ports::WorkRecord& work, const StateRow& row, Instant now,
                     const Error& error) {
  if (work.request) return refuse_request(work, error);
  if (row.effect != Effect::kGuarded) return try_later(work, now, error);
  return try_later_in(std::string(row.resolve), work, now, error.with_written(Written::kPerhaps));
}

bool may_follow(const StateRow& row, const Decision& decision, const ports::WorkRecord& work) {
  if (decision.next == work.state) return true;
  if (std::ranges::find(row.next, decision.next) != row.next.end()) return true;
  if (!work.request) return false;
  const VerbRow* verb = find_verb(row, work.request->verb);
  return verb != nullptr && std::ranges::find(verb->next, decision.next) != verb->next.end();
}

const StateRow& row_of(const ports::WorkRecord& work) {
  const KindTable* table = find_table(work.kind);
  MLC_EXPECT(table != nullptr);
  const StateRow* row = table->find(work.state);
  MLC_EXPECT(row != nullptr);
  return *row;
}

ports::AuditEntry entry_for(const ports::WorkRecord& before, const Decision& decision, Instant now,
                            const std::string& worker) {
  ports::AuditEntry entry{now, worker, "state", before.kind + " " + before.subject, {}};
  if (before.request) {
    entry.actor = before.request->actor;
    entry.action = "request";
    entry.facts.push_back({"verb", before.request->verb});
    if (!before.request->argument.empty()) {
      entry.facts.push_back({"argument", before.request->argument});
    }
  }
  entry.facts.push_back({"from", before.state});
  entry.facts.push_back({"to", decision.next});
  if (decision.error) entry.facts.push_back({"error", std::string(decision.error->id())});
  if (decision.refusal) {
    entry.facts.push_back({"refused", std::string(decision.refusal->id())});
  }
  entry.facts.insert(entry.facts.end(), decision.facts.begin(), decision.facts.end());
  return entry;
}

ports::WorkRecord after(const ports::WorkRecord& before, const Decision& decision) {
  ports::WorkRecord work = before;
  work.state = decision.next;
  work.due_at = decision.due;
  if (decision.attempts == Attempts::kCount) work.attempts += 1;
  if (decision.attempts == Attempts::kReset) work.attempts = 0;
  if (before.request) work.refusal.reset();
  if (decision.refusal) {
    work.refusal = ports::to_stored(*decision.refusal);
  } else {
    work.error.reset();
    if (decision.error) work.error = ports::to_stored(*decision.error);
  }
  work.request.reset();
  if (decision.memory) work.memory = *decision.memory;
  return work;
}

// What the trail keeps of an answer that changes no state. It has facts of its own: what state and
// documents come to is told by whoever holds the work.
ports::AuditEntry late_entry(const ports::WorkRecord& work, const Decision& decision, Instant now,
                             const std::string& worker) {
  ports::AuditEntry entry{now, worker, "late_answer", work.kind + " " + work.subject, {}};
  entry.facts = {{"in", work.state}, {"answer", decision.next}};
  if (!decision.error) return entry;
  entry.facts.push_back({"error", std::string(decision.error->id())});
  entry.facts.push_back({"says", decision.error->text()});
  return entry;
}

// Whether SAP is read again when somebody asks for it in this state, or right after it. The other
// states read SAP by themselves before anything is settled.
bool settles(const StateRow& row) {
  return row.effect == Effect::kGuarded || find_verb(row, kConfirm) != nullptr;
}

bool is_news(const ports::WorkRecord& before, const Decision& decision) {
  const std::string_view error_before = before.error ? before.error->id : std::string_view{};
  const std::string_view error_now = decision.error ? decision.error->id() : std::string_view{};
  return before.request.has_value() || before.state != decision.next || error_before != error_now ||
         !decision.facts.empty();
}

}  // namespace

Result<Decision> Engine::ask_table(StepInput& input) const {
  const StateRow& row = row_of(input.work);
  if (input.work.request) {
    const VerbRow* verb = find_verb(row, input.work.request->verb);
    if (verb == nullptr) return unknown_verb(input.work, row);
    return verb->run(input);
  }
  // Found in a guarded state, the work was interrupted in it: nothing is repeated.
  if (row.effect == Effect::kGuarded) return go_on(std::string(row.resolve), input.now);
  if (row.waits != Waits::kStep) return wait_for_person(input.work.state);
  return row.step(input);
}

Decision Engine::decide(StepInput& input) const {
  auto decision = ask_table(input);
  if (decision) return std::move(*decision);
  return after_fault(input.work, row_of(input.work), input.now, decision.error());
}

Status Engine::apply(ports::WorkRecord& work, const Decision& decision, bool keep_lease) {
  MLC_EXPECT(may_follow(row_of(work), decision, work));
  const ports::WorkRecord before = work;
  work = after(before, decision);
  if (!keep_lease) work.owner.clear();
  MLC_TRY(const auto transaction, world_.store.begin());
  MLC_TRY_STATUS(transaction->save_work(work));
  if (decision.writes) MLC_TRY_STATUS(decision.writes(*transaction));
  const bool news = is_news(before, decision);
  const auto entry = entry_for(before, decision, world_.clock.now(), world_.worker);
  if (news) MLC_TRY_STATUS(transaction->append_audit(work.tenant, entry));
  MLC_TRY_STATUS(transaction->commit());
  work.revision += 1;
  if (news && told_) told_(before, decision, entry);
  return {};
}

// The worker was away too long, and another one has moved the work since. What this one wrote may
// be in SAP all the same, and what it read nobody else may have seen: it is told, and what counts
// as settled is read again at once instead of on the next day.
Status Engine::tell_late(const ports::WorkRecord& mine, const Decision& decision) {
  const Instant now = world_.clock.now();
  MLC_TRY(const auto transaction, world_.store.begin());
  MLC_TRY(const auto current, transaction->work(mine.tenant, mine.id));
  MLC_TRY_STATUS(
      transaction->append_audit(mine.tenant, late_entry(mine, decision, now, world_.worker)));
  if (!current.request && settles(row_of(current))) {
    const ports::Request request{std::string(kConfirm), "", world_.worker, now};
    MLC_TRY_STATUS(transaction->request_work(mine.tenant, mine.id, request));
  }
  return transaction->commit();
}

Result<bool> Engine::save(StepInput& input, const Decision& decision, bool keep_lease) {
  const ports::WorkRecord before = input.work;
  const Status applied = apply(input.work, decision, keep_lease);
  if (applied) return true;
  if (applied.error().id() == kStoreLeaseLost) {
    MLC_TRY_STATUS(tell_late(before, decision));
    return false;
  }
  // The store refused what the step wanted to write. When it cannot take the error either, it is
  // the store that is at fault.
  input.work = before;
  const Decision stumbled =
      after_fault(before, row_of(before), world_.clock.now(), applied.error());
  const Status kept = apply(input.work, stumbled, false);
  if (kept || kept.error().id() == kStoreLeaseLost) return false;
  return failure(applied.error());
}

Result<bool> Engine::run_one() {
  const Instant now = world_.clock.now();
  std::optional<ports::WorkRecord> claimed;
  {
    MLC_TRY(const auto transaction, world_.store.begin());
    MLC_TRY(claimed, transaction->claim_due_work(now, world_.worker, now + lease_));
    if (!claimed) MLC_TRY_STATUS(transaction->release_holders(world_.worker, now));
    MLC_TRY_STATUS(transaction->commit());
  }
  if (!claimed) return false;
  StepInput input{world_, std::move(*claimed), now};
  const Decision decision = decide(input);
  const KindTable* table = find_table(input.work.kind);
  const StateRow* next = table->find(decision.next);
  MLC_EXPECT(next != nullptr);
  // Entering a guarded state: the intent is durable first, then the effect follows at once under
  // the same lease. Nobody else starts it, and a restart does not either.
  const bool guarded = next->effect == Effect::kGuarded && decision.next != input.work.state;
  MLC_TRY(const bool saved, save(input, decision, guarded));
  if (saved && guarded) MLC_TRY_STATUS(send(input, *next));
  return true;
}

Status Engine::send(StepInput& input, const StateRow& row) {
  input.now = world_.clock.now();
  const auto outcome = row.step(input);
  MLC_TRY(const bool saved,
          save(input, outcome ? *outcome : after_fault(input.work, row, input.now, outcome.error()),
               false));
  static_cast<void>(saved);  // what an answer that came too late tells is found by reading
  return {};
}

Result<std::uint64_t> Engine::run_until_idle() {
  std::uint64_t steps = 0;
  while (true) {
    MLC_TRY(const bool moved, run_one());
    if (!moved) return steps;
    ++steps;
  }
}

}  // namespace mlc::flow
