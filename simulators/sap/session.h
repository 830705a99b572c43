// One ABAP session's own memory, and the locks of all of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "abap/value.h"
#include "base/result.h"
#include "base/time.h"
#include "simulators/fault_plan.h"
#include "simulators/sap/posting.h"

namespace mlc::simulators::sap {

struct Session {
  std::uint64_t id = 0;
  std::string user;
  std::string client;
  std::vector<PendingRows> buffer;  // documents posted and not yet committed
  bool abandoned = false;           // its client is gone; it lives until its late call was executed
  Instant last_call{};
  bool dropped = false;  // ended by the system; its client learns of it at its next call
};

// Who lets a lock go: the unit of work that set it (_SCOPE 2) or only the session's end (_SCOPE 1).
enum class LockScope { kUnitOfWork, kSession };

// Exclusive locks by name.
class LockTable {
 public:
  // The user who holds it, when that is another session.
  [[nodiscard]] std::optional<std::string> take(const std::string& name, const Session& session,
                                                LockScope scope = LockScope::kUnitOfWork);
  void end_unit(std::uint64_t session);
  void end_session(std::uint64_t session);

 private:
  struct Holder {
    std::uint64_t session = 0;
    std::string user;
    LockScope scope = LockScope::kUnitOfWork;
  };
  std::map<std::string, Holder> holders_;
};

// Everything a function module sees while it runs.
struct Call {
  Books& books;
  Session& session;
  LockTable& locks;
  const std::string& system_id;
  const std::string& release;
  const std::string& host;
  Instant now;
  const std::vector<FaultOrder>& faults;  // that strike this call

  [[nodiscard]] const FaultOrder* fault(std::string_view kind) const;
  [[nodiscard]] std::string logical_system() const;
  [[nodiscard]] Context context() const;
};

// Executes a function module with checked arguments. Errors: abap.exception, abap.runtime_failure.
[[nodiscard]] Result<abap::Structure> run_function(const Call& call, const std::string& function,
                                                   const abap::Structure& arguments);

// The accounting BAPIs and the two transaction modules, used by run_function.
[[nodiscard]] abap::Structure post_document(const Call& call, const abap::Structure& arguments);
[[nodiscard]] abap::Structure check_only(const Call& call, const abap::Structure& arguments);
[[nodiscard]] abap::Structure post_reversal(const Call& call, const abap::Structure& arguments);
[[nodiscard]] abap::Structure commit_work(const Call& call, const abap::Structure& arguments);
[[nodiscard]] abap::Structure rollback_work(const Call& call);

}  // namespace mlc::simulators::sap
