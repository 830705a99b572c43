// The one SAP session of a unit, and the hand that can cut it.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "abap/channel.h"
#include "base/result.h"
#include "sap/repeatable_calls.h"

namespace mlc::sap {

// Which session works now. Thread-safe: the watchdog cuts it from another thread.
class CurrentSession {
 public:
  void set(abap::Session* session);
  void abort();  // harmless when nothing works

 private:
  std::mutex mutex_;
  abap::Session* session_ = nullptr;
};

// Owns a session for the length of one unit. Not thread-safe; never reopens.
class UnitSession {
 public:
  // Errors: those of abap::Channel::open.
  [[nodiscard]] static Result<std::unique_ptr<UnitSession>> open(abap::Channel& channel,
                                                                 CurrentSession& current);
  ~UnitSession();
  UnitSession(const UnitSession&) = delete;
  UnitSession& operator=(const UnitSession&) = delete;

  // As sap::call, but refuses a session that is another one than at the beginning: what was opened
  // there is gone, and a commit would confirm nothing. Errors also: abap.session_closed.
  [[nodiscard]] Result<abap::Structure> call(const KnownFunction& function,
                                             const abap::Structure& arguments,
                                             std::string_view site_name = {});
  [[nodiscard]] abap::Session& session() { return *session_; }
  [[nodiscard]] bool is_usable() const;

 private:
  UnitSession(std::unique_ptr<abap::Session> session, CurrentSession& current);
  std::unique_ptr<abap::Session> session_;
  CurrentSession& current_;
  std::uint64_t generation_;
};

}  // namespace mlc::sap
