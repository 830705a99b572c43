// An independent auditor: reads SAP's own books file with SQL of its own, and knows nothing of the
// product. Counts every settlement once, to the cent.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/simulation/books_reader.h"

namespace mlc::simulation {

// What Amazon settled, in cents, by settlement-id.
using Settled = std::map<std::string, std::int64_t>;

// One part of a settlement's documents as the books have it.
struct AuditedPart {
  int live = 0;  // posted, not reversed, no reversal
  int reversed = 0;
  int parked = 0;
};

struct AuditedSettlement {
  std::map<std::string, AuditedPart> parts;  // by the two characters behind the hyphen
  std::int64_t receivable = 0;               // cents on the receivable account, live documents
  std::vector<BookedKey> live_keys;
  std::vector<BookedKey> spare_keys;  // of these, all but the first of each part
  std::vector<BookedKey> parked_keys;
  bool unbalanced = false;  // some live document does not add up to zero
  [[nodiscard]] bool posted_once() const;
  [[nodiscard]] bool absent() const;
  [[nodiscard]] bool doubled() const;
};

struct Audit {
  std::map<std::string, AuditedSettlement> settlements;
  std::vector<std::string> strangers;  // references of no settlement, keyed by nobody we know
};

// Reads `books`/books.sqlite. Throws std::runtime_error when it cannot.
[[nodiscard]] Audit audit_books(const std::filesystem::path& books, const Settled& settled,
                                const std::string& receivable_account);

}  // namespace mlc::simulation
