#include "cli/terminal.h"

#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace mlc::cli {
namespace {

// Turns the echo off until it goes.
class Hidden {
 public:
  explicit Hidden(bool hidden) {
    if (!hidden || tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSANOW, &silent) == 0;
  }
  ~Hidden() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

}  // namespace

ReadLine terminal_reader() {
  if (isatty(STDIN_FILENO) != 1) return nullptr;
  return [](bool hidden) -> std::optional<std::string> {
    const Hidden guard(hidden);
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    return line;
  };
}

}  // namespace mlc::cli
