#include "amazon/safe_text.h"

#include "base/utf8.h"
#include "ledger/text.h"

namespace mlc::amazon {
namespace {

constexpr std::size_t kLongest = 300;
constexpr std::string_view kHidden = "***";

void hide(std::string& text, std::string_view secret) {
  if (secret.size() <= 3) return;
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), kHidden);
    at += kHidden.size();
  }
}

// Access and refresh tokens begin so; a token ends at a blank, a quote or the next
// parameter.
void hide_tokens(std::string& text, std::string_view beginning) {
  for (auto at = text.find(beginning); at != std::string::npos; at = text.find(beginning, at)) {
    const auto end = text.find_first_of(" \"'<>,;&", at);
    text.replace(at, end == std::string::npos ? end : end - at, kHidden);
    at += kHidden.size();
  }
}

}  // namespace

std::string safe_text(std::string_view text, const std::vector<std::string_view>& secrets) {
  std::string out(text);
  // Before anything is cut: half a secret is not found any more.
  for (const std::string_view secret : secrets) hide(out, secret);
  hide_tokens(out, "Atza|");
  hide_tokens(out, "Atzr|");
  // The same in a form or an address.
  hide_tokens(out, "Atza%7C");
  hide_tokens(out, "Atzr%7C");
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  // Headers and storage answer in any bytes; logs and stores hold characters.
  out = with_characters(out, "?");
  if (ledger::length_of(out) > kLongest) out = ledger::cut_to(out, kLongest) + "...";
  return out;
}

}  // namespace mlc::amazon
