#include "simulators/sap/simulated_channel.h"

#include <atomic>
#include <utility>

#include "abap/errors.h"

namespace mlc::simulators::sap {
namespace {

std::atomic<std::uint64_t> next_generation{1};

class SimulatedSession final : public abap::Session {
 public:
  SimulatedSession(SapSystem& system, const runtime::Clock& clock, SessionId id)
      : system_(system), clock_(clock), id_(id), attributes_(system.attributes(id)) {}
  ~SimulatedSession() override { system_.close_session(id_); }

  Result<abap::Structure> call(std::string_view function,
                               const abap::Structure& arguments) override {
    if (!open_) {
      return failure(Error(abap::kSessionClosed, {{"function", std::string(function)}})
                         .with_written(Written::kNo));
    }
    auto answer = system_.call(id_, function, arguments, clock_.now());
    if (!answer && ends_session(answer.error())) open_ = false;
    return answer;
  }
  [[nodiscard]] bool is_open() const override { return open_; }
  [[nodiscard]] std::uint64_t generation() const override { return generation_; }
  [[nodiscard]] const abap::SystemAttributes& attributes() const override { return attributes_; }
  void abort() override {
    open_ = false;
    system_.close_session(id_);
  }

 private:
  SapSystem& system_;
  const runtime::Clock& clock_;
  SessionId id_;
  abap::SystemAttributes attributes_;
  std::uint64_t generation_ = next_generation++;
  std::atomic<bool> open_ = true;
};

}  // namespace

SimulatedChannel::SimulatedChannel(SapSystem& system, const runtime::Clock& clock, Logon logon)
    : system_(system), clock_(clock), logon_(std::move(logon)) {}

Result<std::unique_ptr<abap::Session>> SimulatedChannel::open() {
  MLC_TRY(const auto id,
          system_.open_session(logon_.user, logon_.password, logon_.client, clock_.now()));
  return std::make_unique<SimulatedSession>(system_, clock_, id);
}

}  // namespace mlc::simulators::sap
