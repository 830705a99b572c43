// Documents in SAP that are one whole manifest of ours, but not the one that is planned: a life of
// the hub that a restore forgot posted them, or they arrived late and the rules changed meanwhile.
// Nothing is posted for such a settlement; the hub takes over what it found. Pure; thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/derive.h"
#include "ledger/posted_document.h"

namespace mlc::ledger {

// How a settlement came to documents that this hub did not post as planned.
enum class Adoption {
  kNone,
  kRules,   // a rule book gives exactly these documents
  kTotals,  // only the totals per company code, account and tax code agree; the lines are SAP's
  kPerson,  // a person accepted what SAP has
};
[[nodiscard]] std::string_view to_word(Adoption adoption);  // "", "rules", "totals", "person"
[[nodiscard]] std::optional<Adoption> adoption(std::string_view word);

struct FoundManifest {
  std::string stem;
  std::vector<PostedDocument> documents;  // part 01 first: the live one, else the last reversed one
  std::vector<DocumentKey> keys;          // theirs
  std::map<char, std::string> hashes;     // of each revision among them: what BKTXT shows
  [[nodiscard]] char first_revision() const { return hashes.begin()->first; }
  [[nodiscard]] char last_revision() const { return hashes.rbegin()->first; }
};

// What stands under a stem, when it is a whole manifest: parts 1 to n, each once, at least one of
// them live, BKTXT of each says i/n, and the parts of one revision show one hash. A part that
// somebody reversed since still tells what was posted; where it lives under a later letter, that
// one counts. A parked or doubled part, or one whose BKTXT has another form, makes it none.
[[nodiscard]] std::optional<FoundManifest> whole_manifest(const std::string& stem,
                                                          const Judgement& judgement);
// Whether the documents show the planned manifest's own hash: then there is nothing to adopt.
[[nodiscard]] bool shows(const FoundManifest& found, const Manifest& planned);

struct Adopted {
  Adoption how = Adoption::kNone;
  // One manifest per revision found, first letter first: the last is the settlement's.
  std::vector<Manifest> manifests;
  std::vector<ClassDestination> destinations;  // of the derivation, on the lines that were found
};

// `derivation` is made with the revision `found.first_revision()`. Nothing unless every revision's
// hash agrees with what the documents show and the live ones are equal in every hard field.
[[nodiscard]] std::optional<Adopted> adopt_by_rules(const Derivation& derivation,
                                                    const FoundManifest& found);

// As above, when every part is live and only the totals per company code, account and tax code are
// equal. The lines become SAP's. A class goes to a line of its account and tax code: the one with
// the same amount and texts where there is one, else one of the account's other lines; nowhere when
// SAP has no line of that account, whose total is zero then.
[[nodiscard]] std::optional<Adopted> adopt_by_totals(const Derivation& derivation,
                                                     const FoundManifest& found);

}  // namespace mlc::ledger
