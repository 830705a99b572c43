#include "ledger/header_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr std::size_t kShownHash = 8;
constexpr std::size_t kPeriod = 6;
constexpr std::size_t kMostDigits = 3;

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// The last word, taken off the text.
std::string_view take_word(std::string_view& text) {
  const auto blank = text.rfind(' ');
  if (blank == std::string_view::npos) return {};
  const auto word = text.substr(blank + 1);
  text = text.substr(0, blank);
  return word;
}

// Nothing unless it is written as we write it.
std::optional<int> number_of(std::string_view digits) {
  int out = 0;
  if (!is_digits(digits) || digits.size() > kMostDigits) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return two_digits(out) == digits ? std::optional(out) : std::nullopt;
}

bool is_hash(std::string_view word) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return word.size() == kShownHash && std::ranges::all_of(word, is_hex);
}

}  // namespace

std::string period_of(Date posting_date) { return format_dats(posting_date).substr(0, kPeriod); }

std::string shown_hash(std::string_view content_hash) {
  return std::string(content_hash.substr(0, kShownHash));
}

std::string write_header_text(const HeaderText& text) {
  return text.label + " " + text.period + " " + two_digits(text.part) + "/" +
         two_digits(text.parts) + " " + text.hash;
}

std::optional<HeaderText> read_header_text(std::string_view text) {
  const auto hash = take_word(text);
  const auto ordinal = take_word(text);
  const auto period = take_word(text);
  const auto slash = ordinal.find('/');
  if (!is_hash(hash) || period.size() != kPeriod || !is_digits(period) ||
      slash == std::string_view::npos) {
    return std::nullopt;
  }
  const auto part = number_of(ordinal.substr(0, slash));
  const auto parts = number_of(ordinal.substr(slash + 1));
  if (!part || !parts || *part < 1 || *part > *parts) return std::nullopt;
  return HeaderText{std::string(text), std::string(period), *part, *parts, std::string(hash)};
}

}  // namespace mlc::ledger
