#include "tests/simulation/auditor.h"

#include <algorithm>

namespace mlc::simulation {
namespace {

void count_posted(const BooksReader& books, const Head& head, const std::string& receivable,
                  AuditedPart& part, AuditedSettlement& settlement) {
  if (!head.is_live()) {
    ++part.reversed;
    return;
  }
  if (++part.live > 1) settlement.spare_keys.push_back(head.key);
  settlement.live_keys.push_back(head.key);
  const Sums sums = books.sums(head.key, receivable);
  settlement.receivable += sums.receivable;
  if (sums.all != 0) settlement.unbalanced = true;
}

}  // namespace

bool AuditedSettlement::posted_once() const {
  return !parts.empty() && !unbalanced &&
         std::ranges::all_of(parts, [](const auto& part) { return part.second.live == 1; });
}

bool AuditedSettlement::absent() const {
  return std::ranges::all_of(
      parts, [](const auto& part) { return part.second.live == 0 && part.second.parked == 0; });
}

bool AuditedSettlement::doubled() const {
  return std::ranges::any_of(parts, [](const auto& part) { return part.second.live > 1; });
}

Audit audit_books(const std::filesystem::path& books, const Settled& settled,
                  const std::string& receivable_account) {
  const BooksReader reader(books);
  Audit audit;
  for (const auto& [id, amount] : settled) audit.settlements[id];
  for (const Head& head : reader.heads()) {
    const std::string id = settlement_of(head.reference);
    if (!audit.settlements.contains(id)) {
      audit.strangers.push_back(head.reference);
      continue;
    }
    AuditedSettlement& settlement = audit.settlements[id];
    AuditedPart& part = settlement.parts[head.reference.substr(id.size() + 1, 2)];
    if (head.status == "V" || head.status == "W") {
      ++part.parked;
      settlement.parked_keys.push_back(head.key);
    } else if (head.is_posted()) {
      count_posted(reader, head, receivable_account, part, settlement);
    }
  }
  return audit;
}

}  // namespace mlc::simulation
