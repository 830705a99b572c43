// Commands as a person can paste them.
#pragma once

#include <filesystem>
#include <string>

namespace mlc::cli {

inline constexpr const char* kDefaultState = "ml-connector-state";

// Names the state directory that was given, so that a printed command works on it, too. Pure.
class Prompt {
 public:
  explicit Prompt(const std::filesystem::path& state = kDefaultState);
  // "retry 123" -> "ml-connector retry 123 --state build/demo"; without control characters.
  [[nodiscard]] std::string line(const std::string& command) const;

 private:
  std::string tail_;
};

// As a shell takes it for one word; in quotes only where it must be.
[[nodiscard]] std::string shell_word(const std::string& text);

}  // namespace mlc::cli
