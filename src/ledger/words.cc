#include "ledger/words.h"

#include <array>

#include "base/expect.h"

namespace mlc::ledger {
namespace {

// Each in the order of its enumeration.
constexpr std::array<std::string_view, 3> kLineKinds{"gl", "vendor", "customer"};
constexpr std::array<std::string_view, 9> kNatures{
    "sale", "refund", "fee", "tax", "reserve", "transfer", "intercompany", "other", "receivable"};
constexpr std::array<std::string_view, 3> kTreatments{"post", "net-to-zero", "exclude"};
constexpr std::array<std::string_view, 3> kSigns{"negative", "zero", "positive"};

template <class Enum, std::size_t kCount>
std::string_view word_of(const std::array<std::string_view, kCount>& words, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  MLC_EXPECT(index < kCount);
  return words[index];
}

template <class Enum, std::size_t kCount>
std::optional<Enum> value_of(const std::array<std::string_view, kCount>& words,
                             std::string_view word) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_word(LineKind kind) { return word_of(kLineKinds, kind); }
std::string_view to_word(Nature nature) { return word_of(kNatures, nature); }
std::string_view to_word(Treatment treatment) { return word_of(kTreatments, treatment); }
std::string_view to_word(Sign sign) { return word_of(kSigns, sign); }

std::optional<LineKind> line_kind(std::string_view word) {
  return value_of<LineKind>(kLineKinds, word);
}
std::optional<Nature> nature(std::string_view word) { return value_of<Nature>(kNatures, word); }
std::optional<Treatment> treatment(std::string_view word) {
  return value_of<Treatment>(kTreatments, word);
}
std::optional<Sign> sign(std::string_view word) { return value_of<Sign>(kSigns, word); }

}  // namespace mlc::ledger
