// Checks of a manifest before it leaves the house.
#include "ledger/manifest.h"

#include "ledger/errors.h"
#include "ledger/sap_fields.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

tl::unexpected<Error> bad(std::string line, std::string found, std::string expected) {
  return failure(
      kBadManifest,
      {{"line", std::move(line)}, {"found", std::move(found)}, {"expected", std::move(expected)}});
}

Status check_items(const LedgerDocument& document) {
  const std::string key = document.key.text();
  if (document.lines.size() < 2 || document.lines.size() > kMostItems) {
    return failure(kTooManyItems, {{"document", key},
                                   {"found", std::to_string(document.lines.size())},
                                   {"expected", "2 to " + std::to_string(kMostItems)}});
  }
  std::uint32_t item = 0;
  for (const auto& line : document.lines) {
    if (line.item != ++item)
      return bad(key, "item " + std::to_string(line.item), "item " + std::to_string(item));
    if (line.amount.is_zero()) return bad(key, "a line of zero", "lines with an amount");
    if (line.account.empty()) return bad(key, "a line without account", "an account");
  }
  return {};
}

Status check_balance(const LedgerDocument& document) {
  Money sum = Money::zero(document.currency);
  for (const auto& line : document.lines) {
    MLC_TRY(sum, sum.plus(line.amount));
  }
  if (sum.is_zero()) return {};
  return failure(kUnbalancedDocument, {{"document", document.key.text()},
                                       {"found", sum.decimal()},
                                       {"expected", Money::zero(document.currency).decimal()}});
}

Status check_key(const Manifest& manifest, const DocumentKey& key, int& last_part) {
  const auto ordinal = part_ordinal(key.part);
  if (key.stem != manifest.stem || key.revision != manifest.revision || !ordinal ||
      *ordinal <= last_part) {
    return bad(key.text(), "key " + key.text(),
               "stem " + manifest.stem + ", a part after " + std::to_string(last_part) +
                   ", revision " + std::string(1, manifest.revision));
  }
  last_part = *ordinal;
  return {};
}

}  // namespace

char account_type_of(LineKind kind) {
  if (kind == LineKind::kVendor) return 'K';
  return kind == LineKind::kCustomer ? 'D' : 'S';
}

Status validate(const Manifest& manifest) {
  MLC_TRY(const std::string stem, key_stem(manifest.settlement));
  if (stem != manifest.stem) return bad("stem", manifest.stem, stem);
  if (manifest.revision < 'A' || manifest.revision > 'Z') {
    return bad("revision", std::string(1, manifest.revision), "a letter from A to Z");
  }
  int last_part = 0;
  for (const auto& document : manifest.documents) {
    MLC_TRY_STATUS(check_key(manifest, document.key, last_part));
    MLC_TRY_STATUS(check_items(document));
    MLC_TRY_STATUS(check_balance(document));
    MLC_TRY_STATUS(check_lengths(document));
  }
  const std::string hash = content_hash(manifest);
  if (hash != manifest.content_hash) return bad("content", manifest.content_hash, hash);
  return {};
}

}  // namespace mlc::ledger
