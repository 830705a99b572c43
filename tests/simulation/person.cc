#include "tests/simulation/person.h"

#include "base/expect.h"

namespace mlc::simulation {
namespace {

using simulators::sap::BookKey;
using simulators::sap::Hands;

constexpr auto kFarOff = std::chrono::minutes(50);

std::unique_ptr<ports::StoreTransaction> open(Outside& outside) {
  auto transaction = outside.store->begin();
  MLC_EXPECT(transaction.has_value());
  return std::move(*transaction);
}

void ask(Outside& outside, const ports::WorkRecord& work, const char* verb, const char* argument) {
  outside.mishaps.note("person: " + work.state + " -> " + verb + " " + argument);
  auto transaction = open(outside);
  const ports::Request request{verb, argument, "anna", outside.clock.now()};
  MLC_EXPECT(transaction->request_work(work.tenant, work.id, request).has_value());
  MLC_EXPECT(transaction->commit().has_value());
}

std::string settlement_id(Outside& outside, const ports::WorkRecord& work) {
  const auto settlement = open(outside)->settlement(work.tenant, work.id);
  if (!settlement || !settlement->header) return {};
  return settlement->header->id.str();
}

void lift_stops(Outside& outside) {
  auto transaction = open(outside);
  const auto stops = transaction->stops(outside.connection->tenant);
  MLC_EXPECT(stops.has_value());
  for (const auto& stop : *stops) {
    outside.mishaps.note("person: lifts the stop of " + stop.company_code + " " + stop.error.id);
    MLC_EXPECT(transaction->lift_stop(stop.tenant, stop.identity, stop.company_code).has_value());
    // SAP was restored: the control to be found from now on is the one of the onboarding.
    MLC_EXPECT(transaction
                   ->put_control(stop.tenant, stop.identity, stop.company_code,
                                 *outside.connection->first_control, outside.clock.now())
                   .has_value());
  }
  MLC_EXPECT(transaction->commit().has_value());
}

BookKey to_key(const BookedKey& key) { return {key.bukrs, key.belnr, key.gjahr}; }

AuditedSettlement look_up(Outside& outside, const std::string& id) {
  return audit_books(outside.folder.path(), outside.settled, kReceivable).settlements.at(id);
}

void reverse(Outside& outside, const BookedKey& key) {
  outside.mishaps.note("somebody reverses " + key.belnr);
  outside.witness.look();
  outside.sap->by_hand(outside.clock.now(), [&](Hands& hands) { hands.reverse(to_key(key)); });
  outside.witness.look();
}

// Only what the hub names as doubled is reversed: an operator knows nothing else.
void reverse_named(Outside& outside, const ports::StoredError& error,
                   const AuditedSettlement& found) {
  if (!error.id.ends_with(".duplicate_found")) return;
  for (const auto& key : found.spare_keys) {
    if (error.text.find(key.text()) != std::string::npos) reverse(outside, key);
  }
}

void solve_conflict(Outside& outside, const ports::WorkRecord& work) {
  const auto found = look_up(outside, settlement_id(outside, work));
  if (work.error) reverse_named(outside, *work.error, found);
  for (const auto& key : found.parked_keys) {
    outside.sap->by_hand(outside.clock.now(),
                         [&](Hands& hands) { hands.post_parked(to_key(key)); });
  }
  const std::string id = work.error ? work.error->id : "";
  const bool differs = id == "sap.differs_in_sap" || id == "flow.conflicts";
  if (differs && outside.plan.change_rules) {
    outside.mishaps.note("person: puts the rule file back under which it was posted");
    outside.connection->rules = rule_book(false);
  }
  ask(outside, work, "retry", "");
}

// SM13: repeats stopped updates and deletes those that are refused again. How many became
// documents.
int clear_updates(Outside& outside) {
  int repeated = 0;
  outside.sap->by_hand(outside.clock.now(), [&](Hands& hands) {
    repeated = hands.repeat_stopped_updates();
    hands.delete_stopped_updates();
  });
  return repeated;
}

bool is_because(const ports::WorkRecord& work, std::string_view error) {
  return work.error && work.error->id == error;
}

// The operator looks into SAP: repeats stopped updates, then answers for what is there. One in
// three forgets SM13 and answers at once: the hub must refuse that as long as it is dangerous.
void solve_doubt(Outside& outside, const ports::WorkRecord& work) {
  if (is_because(work, "flow.absence_unproved") && outside.random->below(3) == 0) {
    ask(outside, work, "resolve", "absent");
    return;
  }
  const int repeated = clear_updates(outside);
  lift_stops(outside);
  const bool absent = look_up(outside, settlement_id(outside, work)).absent() && repeated == 0;
  if (absent) {
    ask(outside, work, "resolve", "absent");
  } else {
    ask(outside, work, "retry", "");
  }
}

void help_deferred(Outside& outside, const ports::WorkRecord& work) {
  lift_stops(outside);
  if (!is_because(work, "flow.updates_after_restore") && !is_because(work, "sap.updates_pending")) {
    return;
  }
  outside.mishaps.note("person: repeats stopped updates");
  clear_updates(outside);
}

bool unproved(Outside& outside, const ports::WorkRecord& work) {
  return work.due_at > outside.clock.now() + kFarOff || is_because(work, "flow.absence_unproved") ||
         is_because(work, "flow.updates_pending");
}

// A reversal is final for the hub. Who restored SAP to a time before it looks there again.
bool reversed_for_good(Outside& outside, const ports::WorkRecord& work) {
  if (!outside.plan.restore_sap) return true;
  if (look_up(outside, settlement_id(outside, work)).absent()) return true;
  ask(outside, work, "retry", "");
  return false;
}

// Returns whether nothing more is to do.
bool follow(Outside& outside, const ports::WorkRecord& work) {
  const std::string& state = work.state;
  if (state == "posted" || state == "seen") return true;
  if (state == "reversed") return reversed_for_good(outside, work);
  if (state == "in_doubt" && unproved(outside, work)) solve_doubt(outside, work);
  if (state == "conflicts") solve_conflict(outside, work);
  if (state == "incomplete") ask(outside, work, "resolve", "complete");
  if (state == "partly_reversed") ask(outside, work, "post", "");
  if (state == "rejected") ask(outside, work, "retry", "");
  if (state == "deferred") help_deferred(outside, work);
  return false;
}

}  // namespace

std::vector<ports::WorkRecord> all_work(Outside& outside, const std::string& kind) {
  auto list = open(outside)->list_work(outside.connection->tenant, kind);
  MLC_EXPECT(list.has_value());
  return std::move(*list);
}

bool follow_the_cures(Outside& outside) {
  bool all_rest = true;
  const auto works = all_work(outside, "settlement");
  for (const auto& work : works) {
    if (!follow(outside, work)) all_rest = false;
  }
  return all_rest && works.size() >= outside.settled.size();
}

void meddle(Outside& outside) {
  const auto works = all_work(outside, "settlement");
  if (works.empty()) return;
  const auto& work = works[outside.random->below(works.size())];
  const std::string id = settlement_id(outside, work);
  if (id.empty()) return;
  const auto keys = look_up(outside, id).live_keys;
  if (!keys.empty()) reverse(outside, keys[outside.random->below(keys.size())]);
}

}  // namespace mlc::simulation
