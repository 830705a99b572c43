// Posts, checks, reads and reverses in SAP: exactly once, whatever breaks.
#pragma once

#include "abap/channel.h"
#include "ports/unit.h"
#include "runtime/clock.h"
#include "sap/settings.h"
#include "sap/unit_session.h"

namespace mlc::sap {

// Each unit uses one session of its own. The order of a post: journal, identity, the fence's lock,
// look-up (every company code and status, positive control), CHECK of all parts, the fence's keys,
// journal, holder, POST of all parts, journal with the OBJ_KEYs, holder, COMMIT with WAIT,
// read-back. A break before POST was
// sent surely wrote nothing; every later one is in doubt and is never sent again. One holder at a
// time; only `abort_current` may come from another thread.
class PostingProtocol final : public ports::UnitExecutor {
 public:
  // Everything outlives the protocol.
  PostingProtocol(abap::Channel& channel, ports::StepJournal& journal, ports::HolderCheck& holder,
                  const runtime::Clock& clock, Settings settings);

  [[nodiscard]] ports::PostResult post(const ports::PostUnit& unit) override;
  [[nodiscard]] ports::CheckResult check(const ports::PostUnit& unit) override;
  // Reads whatever system answers; the caller compares LookUpResult::identity with its intent.
  // Errors: those of DocumentReader and of abap::Channel::open.
  [[nodiscard]] Result<ports::LookUpResult> look_up(const ports::LookUpUnit& unit) override;
  [[nodiscard]] ports::ReverseResult reverse(const ports::ReverseUnit& unit) override;

  // Cuts the session of the unit that runs now, if any. Thread-safe.
  void abort_current() { current_.abort(); }

 private:
  abap::Channel& channel_;
  ports::StepJournal& journal_;
  ports::HolderCheck& holder_;
  const runtime::Clock& clock_;
  Settings settings_;
  CurrentSession current_;
};

}  // namespace mlc::sap
