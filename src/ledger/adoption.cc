#include "ledger/adoption.h"

#include <algorithm>
#include <array>

#include "base/expect.h"
#include "ledger/found_lines.h"
#include "ledger/header_text.h"

namespace mlc::ledger {
namespace {

constexpr std::array<std::string_view, 4> kWords{"", "rules", "totals", "person"};

bool hinders(const PartFinding& part) {
  return part.state == PartState::kParked || part.state == PartState::kDuplicate;
}

// What BKTXT says of a document agrees with its key and with the number of documents.
bool fits(const std::optional<HeaderText>& text, const DocumentKey& key, std::size_t parts) {
  return text && part_ordinal(key.part) == text->part &&
         parts == static_cast<std::size_t>(text->parts);
}

bool take_header(FoundManifest& out, const PostedDocument& document, const DocumentKey& key) {
  const auto text = read_header_text(document.header_text);
  if (!fits(text, key, out.documents.size())) return false;
  const auto [place, is_new] = out.hashes.emplace(key.revision, text->hash);
  return is_new || place->second == text->hash;
}

// `derived` and the later letters of the same lines, as far as they were found.
std::optional<std::vector<Manifest>> revisions_of(const Manifest& derived,
                                                  const FoundManifest& found) {
  std::vector<Manifest> out;
  if (derived.documents.empty() || derived.revision != found.first_revision()) return std::nullopt;
  const Date posting_date = derived.documents.front().posting_date;
  for (Manifest manifest = derived;;) {
    if (found.hashes.contains(manifest.revision)) out.push_back(manifest);
    if (manifest.revision >= found.last_revision()) return out;
    auto next = next_revision(manifest, posting_date);
    if (!next) return std::nullopt;
    manifest = std::move(*next);
  }
}

// Nothing but the totals of bookkeeping. An account that comes to zero is as good as none.
struct TotalKey {
  std::string company_code;
  char account_type = 'S';
  std::string account;
  std::string tax_code;
  friend auto operator<=>(const TotalKey&, const TotalKey&) = default;
};

class Totals {
 public:
  void add(const TotalKey& key, const Money& amount) {
    const auto [place, is_new] = sums_.emplace(key, amount);
    if (is_new) return;
    const auto sum = place->second.plus(amount);
    if (sum)
      place->second = *sum;
    else
      whole_ = false;
  }

  [[nodiscard]] bool equals(Totals other) const {
    Totals mine = *this;
    mine.drop_zeros();
    other.drop_zeros();
    return mine.whole_ && other.whole_ && mine.sums_ == other.sums_;
  }

 private:
  void drop_zeros() {
    std::erase_if(sums_, [](const auto& entry) { return entry.second.is_zero(); });
  }

  std::map<TotalKey, Money> sums_{};
  bool whole_ = true;  // no overflow, no mixed currencies
};

bool same_totals(const Manifest& derived, const FoundManifest& found) {
  Totals wanted;
  for (const auto& document : derived.documents) {
    for (const auto& line : document.lines) {
      wanted.add({document.company_code, account_type_of(line.kind), line.account, line.tax_code},
                 line.amount);
    }
  }
  Totals held;
  for (const auto& document : found.documents) {
    for (const auto& line : document.lines) {
      held.add({document.number.company_code, line.account_type, line.account, line.tax_code},
               line.amount);
    }
  }
  return wanted.equals(held);
}

}  // namespace

std::string_view to_word(Adoption adoption) {
  const auto index = static_cast<std::size_t>(adoption);
  MLC_EXPECT(index < kWords.size());
  return kWords[index];
}

std::optional<Adoption> adoption(std::string_view word) {
  const auto at = std::ranges::find(kWords, word);
  if (at == kWords.end()) return std::nullopt;
  return static_cast<Adoption>(at - kWords.begin());
}

std::optional<FoundManifest> whole_manifest(const std::string& stem, const Judgement& judgement) {
  FoundManifest out{.stem = stem, .documents = {}, .keys = {}, .hashes = {}};
  if (std::ranges::any_of(judgement.parts, hinders)) return std::nullopt;
  for (const auto& part : judgement.parts) {
    if (part.document) out.documents.push_back(*part.document);
  }
  if (std::ranges::none_of(out.documents, &PostedDocument::is_live)) return std::nullopt;
  std::ranges::sort(out.documents, {}, &PostedDocument::reference);
  int ordinal = 0;
  for (const auto& document : out.documents) {
    const auto key = parse_key(document.reference, stem);
    if (!key || part_ordinal(key->part) != ++ordinal) return std::nullopt;
    if (!take_header(out, document, *key)) return std::nullopt;
    out.keys.push_back(*key);
  }
  return out;
}

bool shows(const FoundManifest& found, const Manifest& planned) {
  return found.last_revision() == planned.revision &&
         found.hashes.rbegin()->second == shown_hash(planned.content_hash);
}

std::optional<Adopted> adopt_by_rules(const Derivation& derivation, const FoundManifest& found) {
  auto manifests = revisions_of(derivation.manifest, found);
  if (!manifests) return std::nullopt;
  for (const Manifest& manifest : *manifests) {
    if (shown_hash(manifest.content_hash) != found.hashes.at(manifest.revision)) {
      return std::nullopt;
    }
  }
  const auto finding = judge(manifests->back(), found.documents).finding;
  const bool ours = finding == Finding::kAlreadyPosted || finding == Finding::kPartlyReversed;
  if (!ours) return std::nullopt;
  return Adopted{Adoption::kRules, std::move(*manifests), derivation.destinations};
}

std::optional<Adopted> adopt_by_totals(const Derivation& derivation, const FoundManifest& found) {
  if (!std::ranges::all_of(found.documents, &PostedDocument::is_live)) return std::nullopt;
  if (!same_totals(derivation.manifest, found)) return std::nullopt;
  Adopted out{Adoption::kTotals, {}, derivation.destinations};
  const Manifest held = manifest_as_found(derivation.manifest, found, out.destinations);
  for (const auto& [revision, hash] : found.hashes) {
    out.manifests.push_back(under_letter(held, revision));
    if (!validate(out.manifests.back())) return std::nullopt;
  }
  const auto judgement = judge(out.manifests.back(), found.documents);
  if (judgement.finding != Finding::kAlreadyPosted) return std::nullopt;
  return out;
}

}  // namespace mlc::ledger
