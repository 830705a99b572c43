// Both sides of debts between company codes, from the documents that are in the books.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/intercompany.h"
#include "operations/hub.h"

namespace mlc::operations {

struct IntercompanyView {
  std::vector<ledger::IntercompanyLine> lines;
  ledger::IntercompanySides sides;
};

// Lines of nature intercompany of all documents in SAP's books, of connections whose rules post
// any today; empty without a configuration. Errors: the store's.
[[nodiscard]] Result<IntercompanyView> intercompany(const Hub& hub);

// The other side of a document's line.
[[nodiscard]] std::optional<ledger::IntercompanyLine> other_side(const IntercompanyView& view,
                                                                 const std::string& document,
                                                                 std::uint32_t item);

// How long the other side may take: it comes with another settlement, of at most 14 days.
inline constexpr std::chrono::days kOtherSideWithin{21};

}  // namespace mlc::operations
