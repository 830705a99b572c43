// Local amounts of a document beside what the exchange rate predicts. docs/formats/comparison.md
#pragma once

#include <string>
#include <vector>

#include "ledger/posted_document.h"

namespace mlc::ledger {

// Hard: local amounts that do not add up to exactly zero; local amounts that no rate explains; in
// our own read-back a rate other than the one the table had right before the post. Soft: a rate
// other than today's table has (it may have been corrected since), and that no rate is known.
//
// A line is rounded by at most half a unit; what these roundings add up to, at most half a unit per
// line of the document, SAP puts where it likes (which line takes it is not confirmed). So the
// amounts of an account may be off by half a unit per line of its own, and all that goes beyond
// this, added over all accounts, by half a unit per line of the document. `key` names the document.
[[nodiscard]] std::vector<Difference> compare_local(const std::string& key,
                                                    const PostedDocument& found);

}  // namespace mlc::ledger
