// ml-connector: parse, compose, run.
#include <iostream>
#include <memory>
#include <pwd.h>
#include <string>
#include <unistd.h>
#include <vector>

#include "cli/application.h"
#include "cli/interrupts.h"
#include "cli/terminal.h"
#include "runtime/clock.h"

namespace {

std::string user_name() {
  const passwd* entry = getpwuid(geteuid());  // NOLINT(concurrency-mt-unsafe): one thread so far
  if (entry != nullptr && entry->pw_name != nullptr) return entry->pw_name;
  return std::to_string(geteuid());
}

}  // namespace

int main(int count, char** words) {
  const auto clock = mlc::runtime::system_clock();
  std::unique_ptr<mlc::cli::Interrupts> interrupts;
  mlc::cli::Surroundings around{std::cout,
                                std::cerr,
                                isatty(STDERR_FILENO) == 1,
                                user_name(),
                                *clock,
                                [&interrupts] {
                                  interrupts = std::make_unique<mlc::cli::Interrupts>();
                                  return interrupts->token();
                                },
                                mlc::cli::terminal_reader()};
  return mlc::cli::run(std::vector<std::string>(words + 1, words + count), around);
}
