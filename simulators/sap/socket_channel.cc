#include "simulators/sap/socket_channel.h"

#include <atomic>
#include <sys/socket.h>
#include <utility>

#include "abap/errors.h"
#include "simulators/sap/unix_socket.h"
#include "simulators/sap/wire_codec.h"

namespace mlc::simulators::sap {
namespace {

std::atomic<std::uint64_t> next_generation{1};

tl::unexpected<Error> broken(std::string_view function, Written written) {
  return failure(Error(abap::kCommunicationFailure, {{"function", std::string(function)}})
                     .with_written(written));
}

class SocketSession final : public abap::Session {
 public:
  SocketSession(Descriptor socket, abap::SystemAttributes attributes)
      : socket_(std::move(socket)), attributes_(std::move(attributes)) {}

  Result<abap::Structure> call(std::string_view function,
                               const abap::Structure& arguments) override {
    if (!open_) {
      return failure(Error(abap::kSessionClosed, {{"function", std::string(function)}})
                         .with_written(Written::kNo));
    }
    const abap::Structure request{
        {"REQUEST", "CALL"}, {"FUNCTION", function}, {"ARGUMENTS", arguments}};
    std::optional<abap::Structure> frame;
    if (write_frame(socket_.get(), request)) frame = read_frame(socket_.get());
    if (!frame) {
      open_ = false;
      return broken(function, Written::kPerhaps);
    }
    auto answer = decode_answer(*frame);
    if (!answer && ends_session(answer.error())) open_ = false;
    return answer;
  }
  [[nodiscard]] bool is_open() const override { return open_; }
  [[nodiscard]] std::uint64_t generation() const override { return generation_; }
  [[nodiscard]] const abap::SystemAttributes& attributes() const override { return attributes_; }
  // The descriptor stays until the session goes, so that no other thread's call meets a reused one.
  void abort() override {
    open_ = false;
    ::shutdown(socket_.get(), SHUT_RDWR);
  }

 private:
  Descriptor socket_;
  abap::SystemAttributes attributes_;
  std::uint64_t generation_ = next_generation++;
  std::atomic<bool> open_ = true;
};

}  // namespace

SocketChannel::SocketChannel(std::filesystem::path socket, Logon logon, std::string system)
    : socket_(std::move(socket)), logon_(std::move(logon)), system_(std::move(system)) {}

Result<std::unique_ptr<abap::Session>> SocketChannel::open() {
  std::string reason;
  auto socket = connect_unix(socket_, reason);
  if (!socket.is_open()) {
    return failure(kUnreachable, {{"system", system_ + "/" + logon_.client},
                                  {"socket", socket_.string()},
                                  {"detail", reason}});
  }
  const abap::Structure request{{"REQUEST", "LOGON"},
                                {"USER", logon_.user},
                                {"PASSWORD", logon_.password.reveal()},
                                {"CLIENT", logon_.client}};
  std::optional<abap::Structure> frame;
  if (write_frame(socket.get(), request)) frame = read_frame(socket.get());
  if (!frame) return broken("logon", Written::kNo);
  MLC_TRY(const auto values, decode_answer(*frame));
  return std::make_unique<SocketSession>(
      std::move(socket),
      abap::SystemAttributes{abap::text_of(values, "SYSTEM_ID"), abap::text_of(values, "CLIENT"),
                             abap::text_of(values, "USER"), abap::text_of(values, "HOST"),
                             abap::text_of(values, "RELEASE")});
}

}  // namespace mlc::simulators::sap
