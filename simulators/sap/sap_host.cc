#include "simulators/sap/sap_host.h"

#include <atomic>
#include <list>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <utility>

#include "abap/errors.h"
#include "simulators/sap/unix_socket.h"
#include "simulators/sap/wire_codec.h"

namespace mlc::simulators::sap {
namespace {

using abap::text_of;

// One client: its connection and the thread that serves it.
struct Client {
  Descriptor socket;
  std::thread thread;
  std::atomic<bool> done = false;
};

abap::Structure logon_answer(const abap::SystemAttributes& attributes) {
  return {{"SYSTEM_ID", attributes.system_id},
          {"CLIENT", attributes.client},
          {"USER", attributes.user},
          {"HOST", attributes.host},
          {"RELEASE", attributes.release}};
}

}  // namespace

struct SapHost::State {
  SapSystem& system;
  const runtime::Clock& clock;
  std::filesystem::path path;
  Descriptor listener;
  std::atomic<bool> stopping = false;
  std::list<Client> clients;  // touched by the accepting thread, and after it ended
  std::thread acceptor;

  // Whether the session lives on afterwards.
  bool serve_call(int socket, SessionId session, const abap::Structure& request) {
    const auto answer = system.call(session, text_of(request, "FUNCTION"),
                                    abap::structure_of(request, "ARGUMENTS"), clock.now());
    const bool ends = !answer && ends_session(answer.error());
    return write_frame(socket, encode_answer(answer)) && !ends;
  }

  void serve(int socket) {
    const auto logon = read_frame(socket);
    if (!logon || text_of(*logon, "REQUEST") != "LOGON") return;
    const auto session =
        system.open_session(text_of(*logon, "USER"), Secret(text_of(*logon, "PASSWORD")),
                            text_of(*logon, "CLIENT"), clock.now());
    if (!session) {
      (void)write_frame(socket, encode_answer(failure(session.error())));
      return;
    }
    bool lives = write_frame(socket, encode_answer(logon_answer(system.attributes(*session))));
    while (lives) {
      const auto request = read_frame(socket);
      lives = request && text_of(*request, "REQUEST") == "CALL" &&
              serve_call(socket, *session, *request);
    }
    system.close_session(*session);
  }

  void accept_client() {
    Descriptor socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket.is_open()) return;
    auto& client = clients.emplace_back();
    client.socket = std::move(socket);
    client.thread = std::thread([this, &client] {
      serve(client.socket.get());
      ::shutdown(client.socket.get(), SHUT_RDWR);
      client.done = true;
    });
  }

  void forget_gone_clients() {
    clients.remove_if([](Client& client) {
      if (!client.done) return false;
      client.thread.join();
      return true;
    });
  }

  void accept_all() {
    while (!stopping) {
      pollfd waiting{listener.get(), POLLIN, 0};
      if (::poll(&waiting, 1, 100) > 0) accept_client();
      system.tick(clock.now());
      forget_gone_clients();
    }
  }
};

SapHost::SapHost(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<SapHost>> SapHost::start(SapSystem& system, const runtime::Clock& clock,
                                                const std::filesystem::path& socket) {
  std::string reason;
  auto listener = listen_unix(socket, reason);
  if (!listener.is_open()) {
    return failure(kSocketUnusable, {{"socket", socket.string()}, {"reason", reason}});
  }
  std::unique_ptr<State> state(
      new State{system, clock, socket, std::move(listener), false, {}, {}});
  auto* raw = state.get();
  state->acceptor = std::thread([raw] { raw->accept_all(); });
  return std::unique_ptr<SapHost>(new SapHost(std::move(state)));
}

SapHost::~SapHost() {
  state_->stopping = true;
  state_->acceptor.join();
  for (auto& client : state_->clients) {
    ::shutdown(client.socket.get(), SHUT_RDWR);
    client.thread.join();
  }
  std::error_code ignored;
  std::filesystem::remove(state_->path, ignored);
}

}  // namespace mlc::simulators::sap
