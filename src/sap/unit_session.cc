#include "sap/unit_session.h"

#include "abap/errors.h"

namespace mlc::sap {

void CurrentSession::set(abap::Session* session) {
  const std::lock_guard lock(mutex_);
  session_ = session;
}

void CurrentSession::abort() {
  const std::lock_guard lock(mutex_);
  if (session_ != nullptr) session_->abort();
}

UnitSession::UnitSession(std::unique_ptr<abap::Session> session, CurrentSession& current)
    : session_(std::move(session)), current_(current), generation_(session_->generation()) {
  current_.set(session_.get());
}

// Unregistered first, so that the watchdog never touches a session that is going away.
UnitSession::~UnitSession() { current_.set(nullptr); }

Result<std::unique_ptr<UnitSession>> UnitSession::open(abap::Channel& channel,
                                                       CurrentSession& current) {
  MLC_TRY(auto session, channel.open());
  return std::unique_ptr<UnitSession>(new UnitSession(std::move(session), current));
}

bool UnitSession::is_usable() const {
  return session_->is_open() && session_->generation() == generation_;
}

Result<abap::Structure> UnitSession::call(const KnownFunction& function,
                                          const abap::Structure& arguments,
                                          std::string_view site_name) {
  if (!is_usable()) {
    return failure(abap::kSessionClosed, {{"function", std::string(function.name())}});
  }
  return sap::call(*session_, function, arguments, site_name);
}

}  // namespace mlc::sap
