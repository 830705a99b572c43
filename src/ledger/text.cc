#include "ledger/text.h"

#include <algorithm>

#include "base/utf8.h"

namespace mlc::ledger {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";

// Bytes of the white space that `text` begins with, 0 when it begins with something else.
std::size_t blank_at(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) return 1;
  if (text.starts_with(kNoBreakSpace)) return kNoBreakSpace.size();
  return text.starts_with(kIdeographicSpace) ? kIdeographicSpace.size() : 0;
}

}  // namespace

std::string collapsed_prefix(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto blank = blank_at(text);
    if (blank == 0) {
      out += text.front();
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    text.remove_prefix(std::max<std::size_t>(blank, 1));
  }
  return out;
}

std::string collapsed(std::string_view text) {
  std::string out = collapsed_prefix(text);
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string folded(std::string_view text) { return lower_ascii(collapsed(text)); }

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t length_of(std::string_view text) {
  std::size_t out = 0;
  for (; !text.empty(); text.remove_prefix(character_bytes(text))) ++out;
  return out;
}

std::string cut_to(std::string_view text, std::size_t limit) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < limit && end < text.size(); ++i) {
    end += character_bytes(text.substr(end));
  }
  text = text.substr(0, end);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

std::string alpha(std::string_view text, std::size_t width) {
  if (!is_digits(text) || text.size() >= width) return std::string(text);
  return std::string(width - text.size(), '0') + std::string(text);
}

}  // namespace mlc::ledger
