// All documents under a stem beside the manifest (posting protocol, step 2).
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/expect.h"
#include "ledger/posted_document.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr std::array<std::string_view, 9> kWords{"nothing",    "already_posted", "conflicts",
                                                 "incomplete", "reversed",       "partly_reversed",
                                                 "duplicate",  "parked",         "foreign"};

struct Found {
  const PostedDocument* document;
  DocumentKey key;
};

// Deleted parked documents and reversal documents never lived, or live no more.
bool weighs(const PostedDocument& document) { return document.is_live() || document.is_parked(); }

// A key of another settlement whose longer id begins with ours.
bool is_key_of_another(std::string_view reference, std::string_view stem) {
  const auto hyphen = reference.rfind('-');
  if (hyphen == std::string_view::npos) return false;
  const auto other = reference.substr(0, hyphen + 1);
  return other != stem && is_digits(reference.substr(0, hyphen)) &&
         parse_key(reference, other).has_value();
}

bool is_foreign(std::string_view reference, std::string_view stem) {
  const auto id = stem.substr(0, stem.size() - 1);
  return reference.starts_with(id) && !is_key_of_another(reference, stem);
}

PartFinding part_finding(const std::string& part, const std::vector<Found>& documents) {
  PartFinding out;
  out.part = part;
  const Found* shown = nullptr;
  int live = 0;
  int parked = 0;
  // A live document is shown before a parked one, a parked one before what is gone; of equals the
  // highest revision.
  const auto weight = [](const Found& found) {
    const auto& document = *found.document;
    const int state = document.is_live() ? 3 : document.is_parked() ? 2 : document.reverses ? 0 : 1;
    return std::pair(state, found.key.revision);
  };
  for (const auto& found : documents) {
    live += found.document->is_live() ? 1 : 0;
    parked += found.document->is_parked() ? 1 : 0;
    out.revision = std::max(out.revision, found.key.revision);
    out.all.push_back(found.document->number);
    if (shown == nullptr || weight(found) > weight(*shown)) shown = &found;
  }
  if (shown != nullptr) {
    out.document = *shown->document;
    out.state = PartState::kReversed;
  }
  if (live == 1) out.state = PartState::kLive;
  if (parked > 0) out.state = PartState::kParked;
  if (live > 1) out.state = PartState::kDuplicate;
  return out;
}

class Judge {
 public:
  Judge(const Manifest& wanted, const std::vector<PostedDocument>& found)
      : wanted_(wanted), found_(found) {}

  Judgement run() {
    sort_out();
    std::set<std::string> wanted_parts;
    for (const auto& document : wanted_.documents) {
      wanted_parts.insert(document.key.part);
      out_.parts.push_back(part_finding(document.key.part, by_part_[document.key.part]));
      compare_part(document, out_.parts.back());
    }
    for (const auto& [part, documents] : by_part_) {
      if (!wanted_parts.contains(part)) extra_part(part_finding(part, documents));
    }
    out_.finding = finding();
    return std::move(out_);
  }

 private:
  void sort_out() {
    for (const auto& document : found_) {
      if (const auto key = parse_key(document.reference, wanted_.stem)) {
        // Accruals and transfers are ours, but of no manifest of a settlement.
        if (part_ordinal(key->part)) by_part_[key->part].push_back({&document, *key});
      } else if (is_foreign(document.reference, wanted_.stem)) {
        out_.foreign.push_back(document);
      }
    }
  }

  void compare_part(const LedgerDocument& wanted, const PartFinding& finding) {
    if (finding.state != PartState::kLive) return;
    LedgerDocument expected = wanted;
    const auto key = parse_key(finding.document->reference, wanted_.stem);
    MLC_EXPECT(key.has_value());
    expected.key.revision = key->revision;
    for (auto& difference : compare(expected, *finding.document)) {
      // Another revision has another posting date and another hash in its text.
      const bool follows = expected.key.revision != wanted.key.revision &&
                           (difference.field == "BKTXT" || difference.field == "BUDAT");
      if (!follows) out_.differences.push_back(std::move(difference));
    }
  }

  // A part that the manifest does not have counts unless it is gone.
  void extra_part(PartFinding finding) {
    if (finding.state == PartState::kLive || finding.state == PartState::kDuplicate) {
      out_.differences.push_back({.hard = true,
                                  .document = finding.document->reference,
                                  .field = "XBLNR",
                                  .wanted = "",
                                  .found = finding.document->reference});
    }
    out_.parts.push_back(std::move(finding));
  }

  std::size_t count(PartState state) const {
    return static_cast<std::size_t>(std::ranges::count(out_.parts, state, &PartFinding::state));
  }

  // What is worst is said first.
  Finding finding() const {
    const bool hard = std::ranges::any_of(out_.differences, &Difference::hard);
    if (count(PartState::kDuplicate) > 0) return Finding::kDuplicate;
    if (count(PartState::kParked) > 0) return Finding::kParked;
    if (hard) return Finding::kConflicts;
    const std::size_t live = count(PartState::kLive);
    const std::size_t reversed = count(PartState::kReversed);
    if (live > 0 && live == wanted_.documents.size()) return Finding::kAlreadyPosted;
    if (live > 0) return reversed > 0 ? Finding::kPartlyReversed : Finding::kIncomplete;
    if (reversed > 0) return Finding::kReversed;
    const bool held = std::ranges::any_of(out_.foreign, weighs);
    return held ? Finding::kForeign : Finding::kNothing;
  }

  const Manifest& wanted_;
  const std::vector<PostedDocument>& found_;
  std::map<std::string, std::vector<Found>> by_part_{};
  Judgement out_{};
};

}  // namespace

std::string_view to_word(Finding finding) {
  const auto index = static_cast<std::size_t>(finding);
  MLC_EXPECT(index < kWords.size());
  return kWords[index];
}

std::vector<PostedDocument> without_parts(std::vector<PostedDocument> documents,
                                          std::string_view stem,
                                          const std::vector<std::string>& parts) {
  if (parts.empty()) return documents;
  std::erase_if(documents, [&](const PostedDocument& document) {
    const auto key = parse_key(document.reference, stem);
    return key && std::ranges::find(parts, key->part) != parts.end();
  });
  return documents;
}

std::vector<PostedDocument> of_manifest(std::vector<PostedDocument> documents,
                                        const Manifest& manifest) {
  std::erase_if(documents, [&](const PostedDocument& document) {
    const auto key = parse_key(document.reference, manifest.stem);
    return !key || std::ranges::none_of(manifest.documents, [&](const auto& planned) {
      return planned.key.part == key->part;
    });
  });
  return documents;
}

Judgement judge(const Manifest& wanted, const std::vector<PostedDocument>& found) {
  return Judge(wanted, found).run();
}

}  // namespace mlc::ledger
