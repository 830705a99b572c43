#include "sap/post_run.h"

#include <algorithm>
#include <set>

#include "sap/accounting_document.h"
#include "sap/assignment_hints.h"
#include "sap/errors.h"
#include "sap/posting_verdict.h"

namespace mlc::sap {
namespace {

using ports::JournalStep;
using ports::Outcome;

Error control_error(const ports::PositiveControl& control, ports::ControlFinding finding) {
  const bool unreadable = finding == ports::ControlFinding::kUnreadable;
  return Error(kControlMissing, {{"document", control.number.text()},
                                 {"reference", control.reference},
                                 {"company_code", control.number.company_code},
                                 {"found", unreadable ? "not readable" : "nothing of that kind"}});
}

Error pending_error(const std::vector<ports::UpdateRecord>& updates, const std::string& user,
                    const std::string& stem) {
  std::set<std::string> states;
  for (const auto& update : updates) states.insert("state " + update.state);
  std::string words;
  for (const auto& state : states) words += (words.empty() ? "" : ", ") + state;
  return Error(kUpdatesPending, {{"count", std::to_string(updates.size())},
                                 {"user", user},
                                 {"states", std::move(words)},
                                 {"stem", stem}});
}

std::vector<std::string> written_company_codes(const ledger::Manifest& manifest) {
  std::vector<std::string> out;
  for (const auto& document : manifest.documents) out.push_back(document.company_code);
  return out;
}

}  // namespace

Result<ports::ControlFinding> find_control(DocumentReader& reader,
                                           const std::optional<ports::PositiveControl>& control) {
  if (!control) return ports::ControlFinding::kNotAsked;
  const auto found = reader.document(control->number);
  if (!found && found.error().is(kReadRightMissing)) return ports::ControlFinding::kUnreadable;
  if (!found) return failure(found.error());
  // Another reference under the same number means that SAP drew the number a second time.
  const bool same = *found && (*found)->reference == control->reference;
  return same ? ports::ControlFinding::kFound : ports::ControlFinding::kMissing;
}

PostRun::PostRun(const Bench& bench, const ports::PostUnit& unit)
    : unit_(unit),
      guard_(bench, {unit.id, unit.expected, unit.deadline, unit.fence,
                     written_company_codes(unit.manifest)}) {}

ports::PostResult PostRun::post() {
  const Ending end = run_guarded();
  ports::PostResult out{end.outcome, live_parts(judgement_), judgement_, guard_.messages(),
                        end.error};
  // What SAP numbered is worth knowing even where nobody could read it back.
  if (out.parts.empty() && end.outcome == Outcome::kInDoubt) {
    for (const Prepared& part : parts_) {
      if (!part.number.number.empty()) out.parts.push_back({part.document->key.part, part.number});
    }
  }
  return out;
}

ports::CheckResult PostRun::check() {
  const Ending end = run_check();
  return {judgement_, guard_.messages(), end.outcome, end.error};
}

// A manifest that was cut or changed on its way here must not reach SAP.
std::optional<Ending> PostRun::validate() const {
  if (auto status = ledger::validate(unit_.manifest); !status) {
    return guard_.not_sent(status.error());
  }
  if (!unit_.manifest.documents.empty()) return std::nullopt;
  return guard_.not_sent(Error(kEmptyManifest, {{"settlement", unit_.manifest.settlement.str()}}));
}

Ending PostRun::run_guarded() {
  if (auto end = validate()) return *end;
  if (auto end = guard_.open(true)) return *end;
  if (auto end = look_up()) return *end;
  const auto finding = std::string(ledger::to_word(judgement_.finding));
  if (auto end = guard_.record(JournalStep::kLookedUp, finding)) return *end;
  if (auto end = prepare()) return *end;
  if (auto end = check_all()) return *end;
  if (auto end = guard_.record(JournalStep::kChecked, keys())) return *end;
  if (auto end = reserve_all()) return *end;
  if (auto end = post_all()) return *end;
  if (auto end = commit_all()) return *end;
  return read_back();
}

Ending PostRun::run_check() {
  if (auto end = validate()) return *end;
  if (auto end = guard_.open(false)) return *end;
  if (auto end = look_up()) return *end;
  if (auto end = prepare()) return *end;
  if (auto end = check_all()) return *end;
  return {Outcome::kPosted, std::nullopt};
}

std::optional<Ending> PostRun::look_up() {
  const auto control = find_control(guard_.reader(), unit_.control);
  if (!control) return guard_.not_sent(control.error());
  if (*control == ports::ControlFinding::kUnreadable) {
    return guard_.not_sent(
        Error(kReadRightMissing,
              {{"user", guard_.user()}, {"table", "BKPF or BSEG"}, {"key", "NOT_AUTHORIZED"}}));
  }
  if (*control == ports::ControlFinding::kMissing) {
    return guard_.not_sent(control_error(*unit_.control, *control));
  }
  // A lock ends with its session; an update that it left behind may still become a document. They
  // come before the documents: one that becomes a document meanwhile is then seen as such.
  if (guard_.settings().fence.strength == FenceStrength::kSessionLock) {
    auto updates = guard_.reader().update_records(guard_.user());
    if (!updates) return guard_.not_sent(updates.error());
    updates_ = std::move(*updates);
  }
  return read_and_judge();
}

std::optional<Ending> PostRun::read_and_judge() {
  const auto documents =
      guard_.reader().documents_under(unit_.manifest.stem, company_codes_of(unit_));
  if (!documents) return guard_.not_sent(documents.error());
  judgement_ = judge_own(*documents);
  base_finding_.clear();
  for (const auto& base : unit_.bases) {
    const auto finding = ledger::judge(base, ledger::of_manifest(*documents, base)).finding;
    if (finding == ledger::Finding::kAlreadyPosted) continue;
    base_finding_ =
        base.documents.front().key.text() + " (" + std::string(ledger::to_word(finding)) + ")";
  }
  return std::nullopt;
}

ledger::Judgement PostRun::judge_own(const std::vector<ledger::PostedDocument>& documents) const {
  return ledger::judge(unit_.manifest,
                       ledger::without_parts(documents, unit_.manifest.stem, unit_.other_parts));
}

std::optional<Ending> PostRun::prepare() {
  PostPlan plan = plan_post(unit_.manifest, judgement_, unit_.complete);
  if (plan.end) return plan.end;
  if (!base_finding_.empty()) {
    return guard_.not_sent(
        Error(kBaseNotPosted, {{"stem", unit_.manifest.stem}, {"base", base_finding_}}));
  }
  if (!updates_.empty()) {
    return guard_.not_sent(pending_error(updates_, guard_.user(), unit_.manifest.stem));
  }
  for (const auto* document : plan.documents) {
    auto arguments = posting_arguments(*document, guard_.user());
    if (!arguments) return guard_.not_sent(arguments.error());
    if (auto end = find_rate(*document)) return end;
    parts_.push_back({document, std::move(*arguments), {}});
  }
  return std::nullopt;
}

// A rate that nobody entered yet is no fault of the document: it waits, and nothing is sent.
std::optional<Ending> PostRun::find_rate(const ledger::LedgerDocument& document) {
  auto& rates = guard_.reader().rates();
  const auto local = rates.local_currency(document.company_code);
  if (!local) return guard_.not_sent(local.error());
  const std::string from(document.currency.code());
  if (!*local || **local == from) return std::nullopt;
  const auto found = rates.rate({document.document_type, from, **local, document.posting_date});
  if (!found) return guard_.not_sent(found.error());
  if (found->state != RateState::kMissing) return std::nullopt;
  return guard_.not_sent(Error(kRateMissing, {{"from", from},
                                              {"to", **local},
                                              {"type", found->rate_type},
                                              {"day", format_date(document.posting_date)},
                                              {"document", document.key.text()},
                                              {"company_code", document.company_code}}));
}

// All parts are checked even when one fails, so that a person sees every cause at once.
std::optional<Ending> PostRun::check_all() {
  std::vector<ports::BapiMessage> errors;
  std::string refused;
  for (const Prepared& part : parts_) {
    const std::string key = part.document->key.text();
    const auto answer = guard_.session().call(kCheckDocument, part.arguments);
    if (!answer) return ending_of_call(answer.error(), key, guard_.settings());
    auto messages = read_messages(*answer);
    const auto hinted =
        add_hints(guard_.session().session(), *part.document, guard_.settings().reader, messages);
    if (!hinted) return guard_.not_sent(hinted.error());
    guard_.messages().insert(guard_.messages().end(), messages.begin(), messages.end());
    if (!any_error(messages)) continue;
    errors.insert(errors.end(), messages.begin(), messages.end());
    refused += (refused.empty() ? "" : ", ") + key;
  }
  if (errors.empty()) return std::nullopt;
  auto refusal = refusal_of(errors, refused, guard_.settings().site_messages);
  return Ending{refusal.outcome, refusal.error};
}

std::optional<Ending> PostRun::reserve_all() {
  std::vector<const ledger::LedgerDocument*> documents;
  for (const Prepared& part : parts_) documents.push_back(part.document);
  auto end = guard_.reserve(documents);
  if (!end || !end->error || !end->error->is(kKeyTaken)) return end;
  return after_taken_keys();
}

// Key and document are written together, so SAP's books say what became of the keys.
std::optional<Ending> PostRun::after_taken_keys() {
  if (auto end = read_and_judge()) return end;
  PostPlan plan = plan_post(unit_.manifest, judgement_, unit_.complete);
  if (plan.end) return plan.end;
  return guard_.not_sent(Error(kKeyWithoutDocument, {{"keys", keys()}}));
}

std::optional<Ending> PostRun::post_all() {
  if (auto end = guard_.announce(keys())) return end;
  for (Prepared& part : parts_) {
    abap::Structure answer;
    auto end = guard_.send(kPostDocument, part.arguments, part.document->key.text(), answer);
    if (end) return end;
    if ((end = take_number(part, answer))) return end;
  }
  return std::nullopt;
}

std::optional<Ending> PostRun::take_number(Prepared& part, const abap::Structure& answer) {
  const std::string& key = abap::text_of(answer, "OBJ_KEY");
  const auto number = parse_object_key(key);
  if (number && number->company_code == part.document->company_code) {
    part.number = *number;
    return std::nullopt;
  }
  return guard_.roll_back(
      {Outcome::kRejected,
       Error(kNoDocumentNumber,
             {{"document", part.document->key.text()},
              {"found", key},
              {"expected", "BELNR, BUKRS " + part.document->company_code + " and GJAHR"}})});
}

std::optional<Ending> PostRun::commit_all() { return guard_.commit(object_keys()); }

Ending PostRun::read_back() {
  std::vector<const ledger::LedgerDocument*> sent;
  std::vector<std::optional<ledger::PostedDocument>> by_key;
  for (const Prepared& part : parts_) {
    auto found = guard_.reader().document(part.number);
    if (!found) return guard_.in_doubt(found.error());
    sent.push_back(part.document);
    by_key.push_back(std::move(*found));
  }
  auto documents = guard_.reader().documents_under(unit_.manifest.stem, company_codes_of(unit_));
  if (!documents) return guard_.in_doubt(documents.error());
  mark_our_rates(*documents);
  judgement_ = judge_own(*documents);
  const Ending end = verdict_after_post(unit_.manifest, sent, by_key, judgement_);
  guard_.note(JournalStep::kReadBack, std::string(ports::to_word(end.outcome)));
  return end;
}

// The rates of what we just sent were read before it: they are the ones that SAP had to take.
void PostRun::mark_our_rates(std::vector<ledger::PostedDocument>& documents) const {
  for (auto& document : documents) {
    const bool ours = std::ranges::any_of(
        parts_, [&](const Prepared& part) { return part.number == document.number; });
    if (ours && document.translation) {
      document.translation->table_is_of = ledger::TableOf::kPosting;
    }
  }
}

std::string PostRun::keys() const {
  std::string out;
  for (const Prepared& part : parts_) {
    out += (out.empty() ? "" : ",") + part.document->key.text();
  }
  return out;
}

std::string PostRun::object_keys() const {
  std::string out;
  for (const Prepared& part : parts_) out += (out.empty() ? "" : ",") + object_key(part.number);
  return out;
}

}  // namespace mlc::sap
