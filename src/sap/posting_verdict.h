// Decisions of the posting protocol that need no SAP: pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/manifest.h"
#include "ledger/posted_document.h"
#include "ports/unit.h"
#include "sap/guarded_unit.h"

namespace mlc::sap {

// What to post after the look-up, or why nothing is posted.
struct PostPlan {
  std::optional<Ending> end;
  std::vector<const ledger::LedgerDocument*> documents;  // of the manifest; none when it ends
};

// Nothing under the stem: all parts. All reversed, and the manifest has a later revision: all
// parts. `complete`: only parts that are absent, or reversed under an earlier revision. Everything
// else ends the unit with its outcome; what a person must see carries a named error.
[[nodiscard]] PostPlan plan_post(const ledger::Manifest& manifest,
                                 const ledger::Judgement& judgement, bool complete);

// The outcome of a finding that ends a unit before anything is sent.
[[nodiscard]] Ending ending_of(const ledger::Manifest& manifest,
                               const ledger::Judgement& judgement);

// What our own post turned out to be, from what was read after the commit. `by_key` are the
// documents of the OBJ_KEYs in the order of `sent`; missing ones are nothing.
[[nodiscard]] Ending verdict_after_post(
    const ledger::Manifest& manifest, const std::vector<const ledger::LedgerDocument*>& sent,
    const std::vector<std::optional<ledger::PostedDocument>>& by_key,
    const ledger::Judgement& judgement);

// The live documents of a judgement with their parts.
[[nodiscard]] std::vector<ports::PostedPart> live_parts(const ledger::Judgement& judgement);

// Company codes to search: those of the connection and those of the manifest, each once.
[[nodiscard]] std::vector<std::string> company_codes_of(const ports::PostUnit& unit);

}  // namespace mlc::sap
