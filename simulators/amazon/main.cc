// amazon-simulator: serves one simulated Amazon on the loopback address until it is stopped.
#include <algorithm>
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "simulators/amazon/command_line.h"

namespace {

int fail(const mlc::Error& error) {
  std::cerr << error.explain() << "\n";
  return static_cast<int>(error.exit_code());
}

void print_account(const mlc::simulators::amazon::SimulatedAccount& account) {
  std::cout << "client id      " << account.client_id << "\n"
            << "client secret  " << account.client_secret << "\n"
            << "refresh token  " << account.refresh_token << "\n"
            << "seller         " << account.selling_partner_id << " (" << account.region << ")\n";
}

}  // namespace

int main(int argc, char** argv) {
  namespace amazon = mlc::simulators::amazon;
  // Before the server's threads start, so that they inherit it and only `sigwait` sees the signal.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (std::ranges::find(arguments, "--help") != arguments.end()) {
    std::cout << amazon::kHelp;
    return 0;
  }
  auto line = amazon::parse_command_line(arguments);
  if (!line) return fail(line.error());
  const auto clock = mlc::runtime::system_clock();
  const auto sleeper = mlc::runtime::thread_sleeper();
  amazon::AmazonSimulator simulator(line->settings);
  const auto server = simulator.serve(line->port, *clock, *sleeper);
  if (!server) return fail(server.error());
  std::cout << "address        " << (*server)->address() << "\n";
  for (const auto& account : line->settings.accounts) print_account(account);
  std::cout << std::flush;
  int signal = 0;
  sigwait(&signals, &signal);
  (*server)->stop();
  return 0;
}
