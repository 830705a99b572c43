#include "sap/guarded_unit.h"

#include "abap/errors.h"
#include "sap/errors.h"

namespace mlc::sap {
namespace {

using ports::JournalStep;
using ports::Outcome;

// An answer of SAP's function module itself: the session lives and can roll back.
bool leaves_session_open(const Error& error) {
  return error.is(abap::kException) || error.is(abap::kUnknownParameter) ||
         error.is(abap::kUnknownField) || error.is(abap::kValueTooLong) ||
         error.is(abap::kBadValue);
}

Ending ending_by_again(const Error& error) {
  const bool later = error.again() == Again::kLater;
  return {later ? Outcome::kDeferred : Outcome::kRejected, error.with_written(Written::kNo)};
}

}  // namespace

std::string text_of(const ports::SystemIdentity& identity) {
  return identity.system_id + "/" + identity.client + "/" + identity.logical_system;
}

Ending ending_of_call(const Error& error, const std::string& document, const Settings& settings) {
  if (!error.is(abap::kMessageAbort)) return ending_by_again(error);
  ports::BapiMessage message;
  message.type = 'A';
  message.id = error.fact("id");
  message.number = error.fact("number");
  message.text = error.fact("message");
  auto refusal = refusal_of({message}, document, settings.site_messages);
  return {refusal.outcome, refusal.error.caused_by(error)};
}

Status GuardedUnit::write_journal(JournalStep step, const std::string& detail) {
  step_ = ports::to_word(step);
  return bench_.journal.record({terms_.id, step, bench_.clock.now(), detail});
}

Status GuardedUnit::may_write() const {
  return bench_.holder.may_write(terms_.fence, terms_.deadline);
}

std::string GuardedUnit::user() const {
  return bench_.settings.user.empty() ? session_->session().attributes().user
                                      : bench_.settings.user;
}

std::optional<Ending> GuardedUnit::open(bool journalled) {
  if (journalled) {
    if (auto end = record(JournalStep::kStarted, "")) return end;
  }
  auto session = UnitSession::open(bench_.channel, bench_.current);
  if (!session) return not_sent(session.error());
  session_ = std::move(*session);
  reader_.emplace(session_->session(), bench_.settings.reader);
  const auto identity = reader_->identity();
  if (!identity) return not_sent(identity.error());
  identity_ = *identity;
  if (identity_ != terms_.expected) {
    return not_sent(Error(kWrongSystem,
                          {{"found", text_of(identity_)}, {"expected", text_of(terms_.expected)}}));
  }
  const FenceSettings& fence = bench_.settings.fence;
  const auto fenced = journalled ? hold_posting(*session_, fence, terms_.company_codes)
                                 : probe_fence(*session_, fence);
  if (!fenced) return not_sent(fenced.error());
  return std::nullopt;
}

std::optional<Ending> GuardedUnit::reserve(
    const std::vector<const ledger::LedgerDocument*>& documents) {
  const auto reserved = reserve_keys(*session_, bench_.settings.fence, documents);
  if (reserved) return std::nullopt;
  // Gives the keys' locks back early; the session's end would do the same.
  if (session_->is_usable()) static_cast<void>(session_->call(kRollback, {}));
  return not_sent(reserved.error());
}

std::optional<Ending> GuardedUnit::record(JournalStep step, const std::string& detail) {
  if (auto status = write_journal(step, detail); !status) {
    return Ending{Outcome::kDeferred, status.error().with_written(Written::kNo)};
  }
  return std::nullopt;
}

std::optional<Ending> GuardedUnit::announce(const std::string& detail) {
  return record(JournalStep::kPostSent, detail);
}

std::optional<Ending> GuardedUnit::send(const KnownFunction& function,
                                        const abap::Structure& arguments,
                                        const std::string& document, abap::Structure& answer) {
  if (auto status = may_write(); !status) {
    const Ending lost{Outcome::kDeferred, status.error().with_written(Written::kNo)};
    if (sent_) return roll_back(lost);
    note(JournalStep::kRolledBack, "nothing was sent");
    return lost;
  }
  auto result = session_->call(function, arguments);
  if (!result) return after_failed_send(result.error(), document);
  sent_ = true;
  answer = std::move(*result);
  auto messages = read_messages(answer);
  messages_.insert(messages_.end(), messages.begin(), messages.end());
  if (!any_error(messages)) return std::nullopt;
  auto refusal = refusal_of(messages, document, bench_.settings.site_messages);
  return roll_back({refusal.outcome, refusal.error});
}

// A closed session executed nothing of this call; but what was sent before stood in that session.
Ending GuardedUnit::after_failed_send(const Error& error, const std::string& document) {
  if (error.is(abap::kSessionClosed)) return sent_ ? in_doubt(error) : not_sent(error);
  if (!leaves_session_open(error)) return in_doubt(error);
  return roll_back(ending_of_call(error, document, bench_.settings));
}

std::optional<Ending> GuardedUnit::commit(const std::string& object_keys) {
  // The journal comes before the question to the holder: writing it takes time, and nothing but the
  // send may come between that question and the commit.
  if (auto status = write_journal(JournalStep::kCommitAboutToBeSent, object_keys); !status) {
    return roll_back({Outcome::kDeferred, status.error().with_written(Written::kNo)});
  }
  if (auto status = may_write(); !status) {
    return roll_back({Outcome::kDeferred, status.error().with_written(Written::kNo)});
  }
  const auto answer = session_->call(kCommit, {{"WAIT", "X"}});
  if (!answer) return in_doubt(answer.error());
  const auto messages = read_messages(*answer);
  messages_.insert(messages_.end(), messages.begin(), messages.end());
  if (any_error(messages)) {
    return in_doubt(Error(kCommitFailed, {{"causes", causes_of(messages)}}));
  }
  note(JournalStep::kCommitted, object_keys);
  return std::nullopt;
}

void GuardedUnit::note(JournalStep step, const std::string& detail) {
  static_cast<void>(write_journal(step, detail));
}

Ending GuardedUnit::not_sent(const Error& error) const { return ending_by_again(error); }

Ending GuardedUnit::in_doubt(const Error& error) const {
  if (error.exit_code() == ExitCode::kInDoubt) {
    return {Outcome::kInDoubt, error.with_written(Written::kPerhaps)};
  }
  return {
      Outcome::kInDoubt,
      Error(kBrokenAfterSend, {{"step", step_}}).caused_by(error).with_written(Written::kPerhaps)};
}

Ending GuardedUnit::roll_back(const Ending& because) {
  const auto answer = session_->call(kRollback, {});
  if (!answer) return in_doubt(answer.error());
  const auto messages = read_messages(*answer);
  if (any_error(messages)) {
    return in_doubt(Error(kCommitFailed, {{"causes", causes_of(messages)}}));
  }
  note(JournalStep::kRolledBack, because.error ? std::string(because.error->id()) : "");
  return because;
}

}  // namespace mlc::sap
