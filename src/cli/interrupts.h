// Ctrl-C and SIGTERM as a stop token.
#pragma once

#include <stop_token>
#include <thread>

namespace mlc::cli {

// From construction on, SIGINT and SIGTERM of this process ask the token to stop; construct it
// before other threads begin, because they inherit the mask.
class Interrupts {
 public:
  Interrupts();
  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  std::jthread watcher_;  // ends with this object
};

}  // namespace mlc::cli
