#include "flow/settlement_posting.h"

#include <algorithm>

#include "base/digest.h"
#include "flow/errors.h"
#include "flow/settlement_steps.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    out.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

// The keys of what was posted and the numbers that SAP answered stand in the same order.
std::vector<ledger::SentDocument> sent_in(const std::vector<ports::JournalEntry>& journal) {
  std::vector<std::string> keys;
  std::vector<std::string> numbers;
  for (const auto& entry : journal) {
    if (entry.step == ports::JournalStep::kPostSent) keys = split(entry.detail);
    if (entry.step == ports::JournalStep::kCommitAboutToBeSent) numbers = split(entry.detail);
  }
  std::vector<ledger::SentDocument> out;
  for (std::size_t i = 0; i < std::min(keys.size(), numbers.size()); ++i) {
    const auto number = ledger::parse_object_key(numbers[i]);
    if (number) out.push_back({keys[i], *number});
  }
  return out;
}

bool has_key(const ledger::Manifest& manifest, const std::string& key) {
  return std::ranges::any_of(manifest.documents,
                             [&](const auto& document) { return document.key.text() == key; });
}

// Of the manifest's documents only: earlier revisions have numbers of their own.
Result<std::vector<ledger::SentDocument>> load_sent(
    ports::StoreTransaction& transaction, const ports::WorkRecord& work,
    const ledger::Manifest& manifest, const std::vector<ports::DocumentRecord>& documents) {
  std::vector<ledger::SentDocument> out;
  MLC_TRY(const auto intent, transaction.latest_intent(work.tenant, work.id));
  if (intent) {
    MLC_TRY(const auto journal, transaction.journal(work.tenant, intent->unit));
    out = sent_in(journal);
  }
  for (const auto& document : documents) {
    if (!document.number) continue;
    ledger::SentDocument known{document.key, *document.number};
    if (std::ranges::find(out, known) == out.end()) out.push_back(std::move(known));
  }
  std::erase_if(out, [&](const auto& sent) { return !has_key(manifest, sent.key); });
  return out;
}

std::string unit_content(const PostingSubject& subject, const ports::HolderRecord& holder,
                         const ports::WorkRecord& work) {
  const auto& sap = subject.settings().sap;
  return subject.manifest.content_hash + "|" + subject.manifest.revision + "|" + sap.system_id +
         "|" + sap.client + "|" + sap.logical_system + "|" + std::to_string(holder.fence.epoch) +
         "." + std::to_string(holder.fence.counter) + "|" + work.id.str() + "|" +
         std::to_string(work.fence.epoch) + "." + std::to_string(work.fence.counter);
}

}  // namespace

Result<PostingSubject> load_posting_subject(StepInput& input) {
  PostingSubject subject;
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(subject.settlement, transaction->settlement(input.work.tenant, input.work.id));
  MLC_TRY(subject.connection,
          find_connection(input.world, subject.settlement.tenant, subject.settlement.connection));
  MLC_TRY(const auto text,
          transaction->manifest(input.work.tenant, input.work.id, subject.settlement.revision));
  MLC_TRY(subject.manifest, ledger::read_manifest(text.value_or("")));
  MLC_TRY(subject.documents, transaction->documents(input.work.tenant, input.work.id));
  MLC_TRY(subject.sent, load_sent(*transaction, input.work, subject.manifest, subject.documents));
  MLC_TRY(subject.control, transaction->newest_confirmed(input.work.tenant, subject.settings().sap,
                                                         subject.settings().company_code));
  if (!subject.control) subject.control = subject.settings().first_control;
  MLC_TRY(subject.base, base_of(*transaction, subject.settlement));
  return subject;
}

ports::PostUnit make_unit(const StepInput& input, const PostingSubject& subject,
                          const ports::HolderRecord& holder) {
  ports::PostUnit unit;
  unit.id = UnitId(to_hex(sha256(unit_content(subject, holder, input.work))));
  unit.expected = subject.settings().sap;
  unit.manifest = subject.manifest;
  unit.company_codes = subject.settings().company_codes;
  unit.deadline = std::min(input.now + subject.settings().times.unit_deadline, holder.lease_until);
  unit.fence = holder.fence;
  unit.complete = input.work.memory == kCompleteMemory;
  unit.control = subject.control;
  unit.other_parts = subject.base.other_parts;
  unit.bases = subject.base.manifests;
  return unit;
}

ports::LookUpUnit make_look_up(const PostingSubject& subject, bool read_update_records) {
  ports::LookUpUnit unit{subject.settings().sap, subject.manifest.stem,
                         subject.settings().company_codes, subject.control, read_update_records};
  for (const auto& sent : subject.sent) unit.numbers.push_back(sent.number);
  return unit;
}

ledger::NumberedJudgement judge_found(const PostingSubject& subject,
                                      const ports::LookUpResult& found) {
  const auto own =
      ledger::without_parts(found.documents, subject.manifest.stem, subject.base.other_parts);
  return ledger::judge(subject.manifest, own, found.by_number, subject.sent, found.user);
}

Decision defer_under_stop(const StepInput& input, const std::string& company_code,
                          const std::string& reason) {
  return wait_until(
      word(State::kDeferred), input.now + std::chrono::hours(1),
      Error(kCompanyCodeStopped, {{"company_code", company_code}, {"reason", reason}}));
}

void add_stop(Decision& decision, const StepInput& input, const PostingSubject& subject,
              const Error& error) {
  ports::StopRecord stop{input.work.tenant, subject.settings().sap, subject.settings().company_code,
                         ports::to_stored(error), input.now};
  decision.facts.push_back({"stopped", subject.settings().company_code});
  decision.writes = [stop = std::move(stop), before = std::move(decision.writes)](
                        ports::StoreTransaction& transaction) -> Status {
    if (before) MLC_TRY_STATUS(before(transaction));
    return transaction.put_stop(stop);
  };
}

}  // namespace mlc::flow
