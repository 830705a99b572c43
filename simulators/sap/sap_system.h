// An SAP FI system that lives in one object and one file. Written from public facts about the real
// system, and stricter than it where those leave a doubt.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "abap/channel.h"
#include "abap/value.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "simulators/fault_plan.h"
#include "simulators/sap/hands.h"
#include "simulators/sap/landscape.h"

namespace mlc::simulators::sap {

enum class SessionId : std::uint64_t {};

struct SystemSettings {
  std::filesystem::path books;  // the directory of the committed books
  bool durable = true;          // wait for the disk at each commit
  std::string client = "100";   // where by_hand works
  std::string system_id = "MLS";
  std::string host = "sapsim";
  std::string release = "731";
  std::size_t max_sessions = 50;
  // Sessions without a call for so long are ended and rolled back, as when the gateway finds the
  // partner gone; nothing: never.
  std::optional<Duration> idle_limit{};
};

// What a call brings back. Errors are those of abap::Session::call: abap.exception, message_abort,
// runtime_failure, communication_failure, timeout, session_closed, and the argument errors that a
// client library raises itself (unknown_parameter, unknown_field, value_too_long, bad_value).
using Answer = Result<abap::Structure>;

// Whether the session is gone after this error.
[[nodiscard]] bool ends_session(const Error& error);

// Time comes in with each call and must not run backwards; events that are due by then happen
// before the call. Equal settings, landscape, plan and calls give equal answers and equal books.
// Thread-safe: one mutex around everything.
//
// Faults (where = a function's name or "logon"; "commit" stands for BAPI_TRANSACTION_COMMIT):
//   at any function
//     drop_before             connection lost, not executed; the session ends
//     drop_after, timeout     executed, the answer is lost; the session ends
//     execute_late {seconds}  connection lost; the old session lives on, executes the call then,
//     and ends
//     linger {seconds}        connection lost, not executed; the old session lives on until then,
//     with its locks, and is rolled back
//     runtime_failure {text}, message_abort {id, number, text}   rolled back; the session ends
//     exception {key}         raised instead of executing
//     and every hand below, moved before the call: close_period {bukrs, koart, year, period},
//     lock_co {kokrs, year, period}, revoke_read {user, table, effect}, grant_read {user, table},
//     snapshot {name}, restore {name}, reverse {bukrs, belnr, gjahr} or {xblnr}, key_by_hand
//     {bukrs, xblnr, amount}, set_rate {kurst, from, to, day, rate}
//   at logon: logon_failed {text}, no_session_free, communication_failure
//   at BAPI_ACC_DOCUMENT_POST, _CHECK, _REV_POST: enqueue_collision {user}
//   at BAPI_ACC_DOCUMENT_POST: park_instead; substitute {field, value, from} with field XBLNR,
//     BKTXT, ZUONR, SGTXT, PRCTR, KOSTL or HKONT; change_local, translate_at, add_tax_line:
//     simulators/sap/exits.h
//   at commit: update_late {seconds}; update_stopped {seconds} (RETURN stays clean; repeated by
//   tick
//     after so many seconds, or by hand when 0); commit_fails {seconds} (S& 101; likewise)
//   at RFC_READ_TABLE: return_nothing {table}
class SapSystem {
 public:
  // `faults` may be null and must outlive the system. The landscape is written into empty books
  // only. Errors: sap_simulator.books_unusable.
  [[nodiscard]] static Result<std::unique_ptr<SapSystem>> open(SystemSettings settings,
                                                               const Landscape& landscape,
                                                               FaultPlan* faults);
  ~SapSystem();
  SapSystem(const SapSystem&) = delete;
  SapSystem& operator=(const SapSystem&) = delete;

  // Errors: abap.logon_failed, abap.no_session_free, abap.communication_failure.
  [[nodiscard]] Result<SessionId> open_session(const std::string& user, const Secret& password,
                                               const std::string& client, Instant now);
  [[nodiscard]] Answer call(SessionId session, std::string_view function,
                            const abap::Structure& arguments, Instant now);
  // Uncommitted documents and locks vanish. Closing twice is harmless.
  void close_session(SessionId session);
  // Lets everything happen that is due: late calls of dead clients, late and repeated updates.
  void tick(Instant now);
  // When the next such thing is due; nothing when there is none.
  [[nodiscard]] std::optional<Instant> next_due() const;

  // What people and Basis do to the system. Runs under the system's mutex.
  void by_hand(Instant now, const std::function<void(Hands&)>& work);

  [[nodiscard]] abap::SystemAttributes attributes(SessionId session) const;
  [[nodiscard]] std::size_t open_sessions() const;

 private:
  struct State;
  explicit SapSystem(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mlc::simulators::sap
