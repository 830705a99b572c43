#include "cli/prompt.h"

#include <algorithm>

#include "cli/table.h"

namespace mlc::cli {
namespace {

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') ||
         std::string_view("_-./+=:,@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(const std::string& text) {
  if (!text.empty() && std::ranges::all_of(text, is_plain)) return text;
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

Prompt::Prompt(const std::filesystem::path& state)
    : tail_(state == kDefaultState ? "" : " --state " + shell_word(state.string())) {}

std::string Prompt::line(const std::string& command) const {
  return harmless("ml-connector " + command + tail_);
}

}  // namespace mlc::cli
