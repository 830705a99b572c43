// Documents known by the number that SAP gave them, whatever their reference says today. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/manifest.h"
#include "ledger/posted_document.h"

namespace mlc::ledger {

// OBJ_KEY of AWTYP BKPFF: BELNR (10), BUKRS (4, blank-padded), GJAHR (4).
[[nodiscard]] std::string object_key(const DocumentNumber& number);
// The inverse; nothing for "$" (no number drawn yet) and whatever else is no such key.
[[nodiscard]] std::optional<DocumentNumber> parse_object_key(std::string_view key);

// A document that was sent, and the number that SAP answered.
struct SentDocument {
  std::string key;  // the XBLNR it was sent with
  DocumentNumber number;
  friend bool operator==(const SentDocument&, const SentDocument&) = default;
};

// Whose document stands under a number that SAP gave to one of ours.
enum class Holder {
  kSent,     // the document we sent
  kAnother,  // surely another: SAP gave the number a second time
  kUnclear,  // a person must look
};

// A number is given twice when SAP went back in time, or when the first posting was rolled back, so
// the content decides. Ours: our header text, which carries the hash of our manifest; or, where a
// substitution changed that too, our user, our dates and our total on every account. Another: the
// key of another settlement, the hash of another manifest, or another user.
[[nodiscard]] Holder holder_of(const LedgerDocument& wanted, const PostedDocument& found,
                               std::string_view user);

// A live document of ours under a reference that is not its own.
struct LostReference {
  std::string key;
  DocumentNumber number;
  std::string found;  // XBLNR as SAP has it
};

struct NumberedJudgement {
  Judgement judgement;  // as if every document carried its own reference
  std::vector<LostReference> lost;
  std::vector<DocumentNumber> empty;    // numbers under which SAP has nothing: they prove nothing
  std::vector<DocumentNumber> taken;    // numbers under which SAP has another document
  std::vector<DocumentNumber> unclear;  // as long as there are any, absence is not proved
};

// Judges what was found under the stem together with what was found under the numbers of `sent`.
// `by_number` holds what exists under those of them that were not found under the stem. Documents
// in the judgement keep the reference that SAP has.
[[nodiscard]] NumberedJudgement judge(const Manifest& wanted,
                                      const std::vector<PostedDocument>& under_stem,
                                      const std::vector<PostedDocument>& by_number,
                                      const std::vector<SentDocument>& sent, std::string_view user);

}  // namespace mlc::ledger
