#include "sap/reverse_run.h"

#include "sap/accounting_document.h"
#include "sap/errors.h"

namespace mlc::sap {
namespace {

using ports::JournalStep;
using ports::Outcome;

std::string state_of(const std::optional<ledger::PostedDocument>& found) {
  if (!found) return "no such document";
  if (found->reverses) return "a reversal document itself";
  return found->is_parked() ? "parked" : "status '" + std::string(1, found->status) + "'";
}

std::vector<std::string> written_company_codes(const std::vector<ports::PostedPart>& parts) {
  std::vector<std::string> out;
  for (const auto& part : parts) out.push_back(part.number.company_code);
  return out;
}

}  // namespace

ReverseRun::ReverseRun(const Bench& bench, const ports::ReverseUnit& unit)
    : unit_(unit),
      guard_(bench, {unit.id, unit.expected, unit.deadline, unit.fence,
                     written_company_codes(unit.parts)}) {}

ports::ReverseResult ReverseRun::run() {
  const Ending end = run_guarded();
  return {end.outcome, reversals_, guard_.messages(), end.error};
}

Ending ReverseRun::run_guarded() {
  if (auto end = guard_.open(true)) return *end;
  if (auto end = look_up()) return *end;
  if (auto end = guard_.record(JournalStep::kLookedUp, numbers())) return *end;
  if (wanted_.empty()) return {Outcome::kPosted, std::nullopt};
  if (auto end = send_all()) return *end;
  if (auto end = guard_.commit(object_keys_)) return *end;
  return read_back();
}

std::optional<Ending> ReverseRun::look_up() {
  for (const ports::PostedPart& part : unit_.parts) {
    const auto found = guard_.reader().document(part.number);
    if (!found) return guard_.not_sent(found.error());
    if (auto end = sort_in(part, *found)) return end;
  }
  return std::nullopt;
}

std::optional<Ending> ReverseRun::sort_in(const ports::PostedPart& part,
                                          const std::optional<ledger::PostedDocument>& found) {
  if (found && found->reversed_by) {
    reversals_.push_back(*found->reversed_by);
    return std::nullopt;
  }
  if (found && found->is_live()) {
    wanted_.push_back(part.number);
    return std::nullopt;
  }
  return guard_.not_sent(
      Error(kNotReversible, {{"document", part.number.text()}, {"found", state_of(found)}}));
}

std::optional<Ending> ReverseRun::send_all() {
  if (auto end = guard_.announce(numbers())) return end;
  for (const auto& number : wanted_) {
    abap::Structure answer;
    const auto arguments = reversal_arguments(number, guard_.identity().logical_system,
                                              unit_.reason, unit_.posting_date);
    if (auto end = guard_.send(kReverseDocument, arguments, number.text(), answer)) return end;
    object_keys_ += (object_keys_.empty() ? "" : ",") + abap::text_of(answer, "OBJ_KEY");
  }
  return std::nullopt;
}

Ending ReverseRun::read_back() {
  std::string missing;
  for (const auto& number : wanted_) {
    const auto found = guard_.reader().document(number);
    if (!found) return guard_.in_doubt(found.error());
    if (*found && (*found)->reversed_by)
      reversals_.push_back(*(*found)->reversed_by);
    else
      missing += (missing.empty() ? "" : ", ") + number.text();
  }
  if (!missing.empty()) {
    return guard_.in_doubt(Error(kNotVisibleYet, {{"documents", "the reversal of " + missing}}));
  }
  guard_.note(JournalStep::kReadBack, numbers());
  return {Outcome::kPosted, std::nullopt};
}

std::string ReverseRun::numbers() const {
  std::string out;
  for (const auto& number : wanted_) out += (out.empty() ? "" : ",") + number.text();
  return out;
}

}  // namespace mlc::sap
