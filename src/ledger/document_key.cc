#include "ledger/document_key.h"

#include <charconv>

#include "base/expect.h"
#include "ledger/errors.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr std::size_t kPlainDigits = 12;
constexpr std::size_t kBase36Digits = 11;
constexpr std::string_view kBase36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

tl::unexpected<Error> refuse(const SettlementId& id, std::string expected) {
  return failure(kSettlementIdNotNumeric, {{"found", id.str()}, {"expected", std::move(expected)}});
}

// 11 characters, zero padded; nothing when the value needs more.
std::optional<std::string> to_base36(std::uint64_t value) {
  std::string out(kBase36Digits, '0');
  for (std::size_t i = out.size(); i-- > 0; value /= kBase36.size()) {
    out[i] = kBase36[value % kBase36.size()];
  }
  if (value != 0) return std::nullopt;
  return out;
}

bool is_base36(char c) { return kBase36.find(c) != std::string_view::npos; }

// Accruals (A) and transfers (T) have parts of their own beside the settlement's.
bool is_part(std::string_view part) {
  if (part_ordinal(part)) return true;
  return part.size() == 2 && (part[0] == 'A' || part[0] == 'T') && is_base36(part[1]);
}

}  // namespace

Result<std::string> key_stem(const SettlementId& settlement) {
  const std::string& id = settlement.str();
  if (!is_digits(id)) return refuse(settlement, "digits only");
  if (id.size() <= kPlainDigits) return id + "-";
  // Base 36 forgets leading zeros: two ids could share a stem.
  if (id.front() == '0') return refuse(settlement, "no leading zero in an id over 12 digits");
  std::uint64_t value = 0;
  const auto parsed = std::from_chars(id.data(), id.data() + id.size(), value);
  const auto text = parsed.ec == std::errc{} ? to_base36(value) : std::nullopt;
  if (!text) return refuse(settlement, "a number that fits 11 base-36 characters");
  return "Z" + *text + "-";
}

Result<std::string> part_name(int ordinal) {
  if (ordinal < 1 || ordinal > kMaxParts) {
    return failure(kTooManyParts, {{"found", std::to_string(ordinal)},
                                   {"expected", "1 to " + std::to_string(kMaxParts)}});
  }
  const auto value = static_cast<std::size_t>(ordinal);
  return std::string{kBase36[value / kBase36.size()], kBase36[value % kBase36.size()]};
}

std::optional<int> part_ordinal(std::string_view part) {
  if (part.size() != 2 || part[0] < '0' || part[0] > '9' || !is_base36(part[1])) {
    return std::nullopt;
  }
  const auto value = kBase36.find(part[0]) * kBase36.size() + kBase36.find(part[1]);
  if (value == 0) return std::nullopt;
  return static_cast<int>(value);
}

std::optional<DocumentKey> parse_key(std::string_view reference, std::string_view stem) {
  if (!reference.starts_with(stem) || reference.size() != stem.size() + 3) return std::nullopt;
  const auto part = reference.substr(stem.size(), 2);
  const char revision = reference.back();
  if (!is_part(part) || revision < 'A' || revision > 'Z') return std::nullopt;
  return DocumentKey{std::string(stem), std::string(part), revision};
}

}  // namespace mlc::ledger
