// Sessions and calls, whatever the transport.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "abap/value.h"
#include "base/result.h"
#include "base/time.h"

namespace mlc::abap {

// Who answered the logon.
struct SystemAttributes {
  std::string system_id;
  std::string client;
  std::string user;
  std::string host;
  std::string release;
};

// One ABAP session on one connection. Not thread-safe. After an error that closes the connection
// (abap.message_abort, abap.runtime_failure, abap.communication_failure, abap.timeout) the session
// is dead: every further call returns abap.session_closed with written = no. It never reconnects.
class Session {
 public:
  virtual ~Session() = default;  // closes: an open unit of work is rolled back
  // Calls a function module. `arguments` holds IMPORT, CHANGING and TABLES by name; the answer
  // holds EXPORT, CHANGING and TABLES. Errors: abap.exception (fact "key"), abap.message_abort,
  // abap.runtime_failure (both: rolled back), abap.communication_failure and abap.timeout (unknown:
  // written = perhaps), abap.session_closed (not executed). Whether a call may be repeated is
  // declared in sap/repeatable_calls.h.
  [[nodiscard]] virtual Result<Structure> call(std::string_view function,
                                               const Structure& arguments) = 0;
  [[nodiscard]] virtual bool is_open() const = 0;
  // Differs between any two sessions of a process: POST and COMMIT are tied to one.
  [[nodiscard]] virtual std::uint64_t generation() const = 0;
  [[nodiscard]] virtual const SystemAttributes& attributes() const = 0;
  // Cuts the connection at once; callable from another thread (the watchdog).
  virtual void abort() = 0;
};

// Thread-safe.
class Channel {
 public:
  virtual ~Channel() = default;
  // Errors: abap.logon_failed, abap.communication_failure, abap.no_session_free.
  [[nodiscard]] virtual Result<std::unique_ptr<Session>> open() = 0;
};

}  // namespace mlc::abap
