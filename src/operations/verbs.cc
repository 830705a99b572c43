#include "operations/verbs.h"

#include <algorithm>

#include "flow/errors.h"
#include "flow/reversal_order.h"
#include "flow/step_table.h"
#include "operations/errors.h"
#include "operations/positive_control.h"
#include "operations/request.h"

namespace mlc::operations {
namespace {

bool knows(const ports::WorkRecord& work, std::string_view verb) {
  const flow::KindTable* table = flow::find_table(work.kind);
  const flow::StateRow* row = table == nullptr ? nullptr : table->find(work.state);
  if (row == nullptr) return false;
  return std::ranges::find(row->verbs, verb, &flow::VerbRow::verb) != row->verbs.end();
}

Error wrong_state(const Named& named, const std::string& verb) {
  const std::string what = named.settlement ? "settlement " : named.work.kind + " ";
  return Error(flow::kWrongState, {{"verb", verb},
                                   {"subject", what + name_of(named)},
                                   {"state", named.work.state},
                                   {"possible", possible_text(named)}});
}

Result<Asked> ask(const Hub& hub, Named named, const std::string& verb,
                  const std::string& argument) {
  MLC_TRY(const auto transaction, hub.store.begin());
  // Read again under the lock: the state may have moved since the name was looked up.
  MLC_TRY(named.work, transaction->work(hub.tenant, named.work.id));
  if (!knows(named.work, verb)) return failure(wrong_state(named, verb));
  MLC_TRY_STATUS(write_request(hub, *transaction, named.work, verb, argument));
  MLC_TRY_STATUS(transaction->commit());
  return Asked{std::move(named), verb, argument};
}

Error nothing_planned(const Named& named) {
  return Error(kNothingPlanned, {{"name", name_of(named)},
                                 {"state", named.work.state},
                                 {"words", words_of(named.work)},
                                 {"possible", possible_text(named)}});
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

bool is_stopped_by(const ports::WorkRecord& work) {
  return work.error && work.error->id == flow::kCompanyCodeStopped.id;
}

std::string fact_of(const ports::StoredError& error, std::string_view name) {
  const auto at = std::ranges::find(error.facts, name, &Fact::name);
  return at == error.facts.end() ? "" : at->value;
}

// Deferred settlements that only waited for the stop.
Result<std::size_t> retry_stopped(const Hub& hub, ports::StoreTransaction& transaction,
                                  const std::string& company_code) {
  std::size_t count = 0;
  MLC_TRY(const auto works, transaction.list_work(hub.tenant, "settlement"));
  for (const auto& work : works) {
    if (!is_stopped_by(work) || !knows(work, "retry")) continue;
    if (fact_of(*work.error, "company_code") != company_code) continue;
    MLC_TRY_STATUS(write_request(hub, transaction, work, "retry", ""));
    ++count;
  }
  return count;
}

}  // namespace

Result<Asked> approve(const Hub& hub, const std::string& name, const std::string& manifest) {
  MLC_TRY(Named named, find_settlement(hub, name));
  if (!knows(named.work, "approve")) return failure(wrong_state(named, "approve"));
  if (named.settlement->manifest_hash.empty()) return failure(nothing_planned(named));
  const std::string wanted = manifest.empty() ? named.settlement->manifest_hash : manifest;
  if (wanted.size() < 8 || !named.settlement->manifest_hash.starts_with(wanted)) {
    return failure(flow::kApprovalOutdated,
                   {{"approved", wanted},
                    {"planned", named.settlement->manifest_hash.substr(0, 8)},
                    {"settlement", name}});
  }
  return ask(hub, std::move(named), "approve", wanted);
}

Result<Asked> post(const Hub& hub, const std::string& name, const std::string& revision) {
  MLC_TRY(Named named, find_settlement(hub, name));
  if (!knows(named.work, "post")) return failure(wrong_state(named, "post"));
  const char current = named.settlement->revision;
  const std::string next(1, static_cast<char>(current + 1));
  if (revision != next) {
    return failure(kRevisionNeeded,
                   {{"name", name}, {"current", std::string(1, current)}, {"next", next}});
  }
  return ask(hub, std::move(named), "post", revision);
}

Result<Asked> reverse(const Hub& hub, const std::string& name, const std::string& reason) {
  MLC_TRY(Named named, find_settlement(hub, name));
  return ask(hub, std::move(named), "reverse", reason);
}

Result<Asked> retry(const Hub& hub, const std::string& name) {
  MLC_TRY(Named named, find_named(hub, name));
  return ask(hub, std::move(named), "retry", "");
}

Result<Asked> resolve(const Hub& hub, const std::string& name, const std::string& decision) {
  MLC_TRY(Named named, find_named(hub, name));
  if (!knows(named.work, "resolve")) return failure(wrong_state(named, "resolve"));
  const auto possible = resolve_arguments(named.work);
  if (std::ranges::find(possible, decision) == possible.end()) {
    return failure(
        flow::kWrongArgument,
        {{"state", named.work.state}, {"argument", decision}, {"possible", joined(possible)}});
  }
  return ask(hub, std::move(named), "resolve", decision);
}

namespace {

Result<std::vector<ports::StopRecord>> stops_of(const Hub& hub, const std::string& company_code) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(auto stops, transaction->stops(hub.tenant));
  std::erase_if(stops, [&](const auto& stop) { return stop.company_code != company_code; });
  if (stops.empty()) return failure(kNoStop, {{"company_code", company_code}});
  return stops;
}

Status lift(const Hub& hub, ports::StoreTransaction& transaction, const ports::StopRecord& stop,
            const std::optional<ports::PositiveControl>& control) {
  const Instant now = hub.clock.now();
  MLC_TRY_STATUS(transaction.lift_stop(hub.tenant, stop.identity, stop.company_code));
  std::vector<Fact> facts{{"reason", stop.error.text}};
  if (control) {
    MLC_TRY_STATUS(
        transaction.put_control(hub.tenant, stop.identity, stop.company_code, *control, now));
    facts.push_back({"control", control->number.text()});
  }
  return transaction.append_audit(
      hub.tenant,
      {now, hub.actor, "stop lifted", "company code " + stop.company_code, std::move(facts)});
}

}  // namespace

Result<std::size_t> lift_stop(const Hub& hub, const std::string& company_code) {
  MLC_TRY(const auto stops, stops_of(hub, company_code));
  std::vector<std::optional<ports::PositiveControl>> controls;
  for (const auto& stop : stops) {
    // The document that was to be found may be the very one that SAP lost.
    MLC_TRY(auto control, control_still_there(hub, stop.identity, company_code));
    controls.push_back(std::move(control));
  }
  MLC_TRY(const auto transaction, hub.store.begin());
  for (std::size_t i = 0; i < stops.size(); ++i) {
    MLC_TRY_STATUS(lift(hub, *transaction, stops[i], controls[i]));
  }
  MLC_TRY(const std::size_t retried, retry_stopped(hub, *transaction, company_code));
  MLC_TRY_STATUS(transaction->commit());
  return retried;
}

Result<std::optional<ports::WorkRecord>> open_reversal(const Hub& hub, const WorkId& settlement) {
  MLC_TRY(const auto transaction, hub.store.begin());
  return flow::open_reversal(*transaction, hub.tenant, settlement);
}

Result<bool> rests(const Hub& hub, const WorkId& work) {
  const Instant now = hub.clock.now();
  const auto moves = [now](const ports::WorkRecord& record) {
    return record.request.has_value() || record.due_at <= now;
  };
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto record, transaction->work(hub.tenant, work));
  if (moves(record)) return false;
  MLC_TRY(const auto reversals, flow::reversals_of(*transaction, hub.tenant, work));
  return std::ranges::none_of(reversals, moves);
}

}  // namespace mlc::operations
