// sap-simulator: a simulated SAP FI system behind a Unix socket.
#include <iostream>
#include <string>
#include <vector>

#include "runtime/clock.h"
#include "simulators/sap/command_line.h"

namespace {

int fail(const mlc::Error& error) {
  std::cerr << error.explain() << "\n";
  return static_cast<int>(error.exit_code());
}

}  // namespace

int main(int count, char** words) {
  using namespace mlc::simulators::sap;
  const auto options = read_options(std::vector<std::string>(words + 1, words + count));
  if (!options) return fail(options.error());
  if (options->help) {
    std::cout << kHelp;
    return 0;
  }
  const auto done = options->hand.empty()
                        ? serve_until_asked(*options, std::cout)
                        : move_by_command(*options, mlc::runtime::system_clock()->now(), std::cout);
  return done ? 0 : fail(done.error());
}
