// What posting and reversing have in common: one session, a journal before each send, the holder
// asked before POST and COMMIT, and one answer to every break.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "abap/channel.h"
#include "ports/unit.h"
#include "runtime/clock.h"
#include "sap/document_reader.h"
#include "sap/settings.h"
#include "sap/unit_session.h"

namespace mlc::sap {

// What a unit works with; everything outlives it.
struct Bench {
  abap::Channel& channel;
  ports::StepJournal& journal;
  ports::HolderCheck& holder;
  const runtime::Clock& clock;
  const Settings& settings;
  CurrentSession& current;
};

struct UnitTerms {
  UnitId id;
  ports::SystemIdentity expected;
  Instant deadline;
  ports::Fence fence;
  std::vector<std::string> company_codes;  // that the unit writes into
};

// How a unit ended before its last step.
struct Ending {
  ports::Outcome outcome = ports::Outcome::kInDoubt;
  std::optional<Error> error;
};

// Steps return nothing to go on, or how the unit ended. Not thread-safe.
class GuardedUnit {
 public:
  GuardedUnit(const Bench& bench, UnitTerms terms) : bench_(bench), terms_(std::move(terms)) {}

  // Opens the session and compares system id, client and logical system. `journalled` units record
  // `started` first and hold posting where the fence says so; others only ask whether the fence is
  // there. Nothing was written when it ends here.
  [[nodiscard]] std::optional<Ending> open(bool journalled);
  // The fence's keys of the documents join the unit of work. It ends with sap.key_taken when others
  // posted meanwhile. Nothing was written when it ends here.
  [[nodiscard]] std::optional<Ending> reserve(
      const std::vector<const ledger::LedgerDocument*>& documents);
  // Only before the first send: an entry that cannot be written defers the unit.
  [[nodiscard]] std::optional<Ending> record(ports::JournalStep step, const std::string& detail);
  // Journal `post_sent`; from the next `send` on every break is in doubt.
  [[nodiscard]] std::optional<Ending> announce(const std::string& detail);
  // One guarded call. The holder is asked right before it. An error in RETURN rolls everything
  // back.
  [[nodiscard]] std::optional<Ending> send(const KnownFunction& function,
                                           const abap::Structure& arguments,
                                           const std::string& document, abap::Structure& answer);
  // Journal `commit_about_to_be_sent` with the keys, holder, BAPI_TRANSACTION_COMMIT with WAIT.
  [[nodiscard]] std::optional<Ending> commit(const std::string& object_keys);
  // Best effort after the commit: SAP's books say more than a missing journal entry.
  void note(ports::JournalStep step, const std::string& detail);

  // Surely nothing written: deferred when waiting can help, else rejected.
  [[nodiscard]] Ending not_sent(const Error& error) const;
  [[nodiscard]] Ending in_doubt(const Error& error) const;
  // Rolls back what was sent; in doubt when even that was not confirmed.
  [[nodiscard]] Ending roll_back(const Ending& because);

  [[nodiscard]] UnitSession& session() { return *session_; }
  [[nodiscard]] DocumentReader& reader() { return *reader_; }
  [[nodiscard]] const ports::SystemIdentity& identity() const { return identity_; }
  [[nodiscard]] std::string user() const;
  [[nodiscard]] std::vector<ports::BapiMessage>& messages() { return messages_; }
  [[nodiscard]] const Settings& settings() const { return bench_.settings; }

 private:
  [[nodiscard]] Status write_journal(ports::JournalStep step, const std::string& detail);
  [[nodiscard]] Status may_write() const;
  [[nodiscard]] Ending after_failed_send(const Error& error, const std::string& document);
  const Bench& bench_;
  UnitTerms terms_;
  std::unique_ptr<UnitSession> session_;
  std::optional<DocumentReader> reader_;
  ports::SystemIdentity identity_;
  std::vector<ports::BapiMessage> messages_;
  std::string step_ = "open";
  bool sent_ = false;
};

// An error of CHECK or of a call that surely wrote nothing, by the message table where it is one.
[[nodiscard]] Ending ending_of_call(const Error& error, const std::string& document,
                                    const Settings& settings);
// "SID/client/logical system".
[[nodiscard]] std::string text_of(const ports::SystemIdentity& identity);

}  // namespace mlc::sap
