#include "operations/summary.h"

#include <algorithm>
#include <map>
#include <utility>

#include "ledger/manifest.h"
#include "operations/stream_list.h"

namespace mlc::operations {
namespace {

struct Account {
  ledger::Money amount;
  std::uint64_t lines = 0;
};

// What SAP holds in one currency.
struct Books {
  explicit Books(ledger::Currency currency) : receivable(ledger::Money::zero(currency)) {}
  ledger::Money receivable;
  std::uint64_t documents = 0;
  std::uint64_t lines = 0;
  std::optional<Instant> read_from;
  std::optional<Instant> read_until;
  std::map<std::pair<std::string, std::string>, Account> accounts;
};
using AllBooks = std::map<std::string, Books>;

Status add_line(Books& books, const ledger::DocumentLine& line) {
  const auto zero = ledger::Money::zero(line.amount.currency());
  Account& account =
      books.accounts.try_emplace({line.account, line.cost_center}, Account{zero, 0}).first->second;
  MLC_TRY(account.amount, account.amount.plus(line.amount));
  ++account.lines;
  return {};
}

void add_reading(Books& books, const std::optional<Instant>& at) {
  if (!at) return;
  books.read_from = books.read_from ? std::min(*books.read_from, *at) : *at;
  books.read_until = books.read_until ? std::max(*books.read_until, *at) : *at;
}

// The planned lines of a document. A document that the hub found under another letter has those of
// its part: it was compared with them.
Result<std::vector<ledger::DocumentLine>> lines_of(const Hub& hub,
                                                   ports::StoreTransaction& transaction,
                                                   const ports::SettlementRecord& settlement,
                                                   const ports::DocumentRecord& document) {
  std::vector<ledger::DocumentLine> out;
  const char last = std::max(settlement.revision, document.revision);
  for (char revision = 'A'; revision <= last; ++revision) {
    MLC_TRY(const auto text, transaction.manifest(hub.tenant, settlement.work, revision));
    if (!text) continue;
    MLC_TRY(const auto manifest, ledger::read_manifest(*text));
    for (const auto& candidate : manifest.documents) {
      if (candidate.key.part == document.part) out = candidate.lines;
    }
    if (revision >= document.revision && !out.empty()) break;
  }
  return out;
}

Status add_document(const Hub& hub, ports::StoreTransaction& transaction,
                    const ports::SettlementRecord& settlement,
                    const ports::DocumentRecord& document, AllBooks& all) {
  MLC_TRY(const auto currency, ledger::Currency::from_code(document.currency));
  Books& books = all.try_emplace(document.currency, Books(currency)).first->second;
  ++books.documents;
  books.lines += document.items;
  add_reading(books, document.confirmed_at);
  if (!document.receivable.empty()) {
    MLC_TRY(const auto amount, ledger::Money::parse(document.receivable, currency));
    MLC_TRY(books.receivable, books.receivable.plus(amount));
  }
  MLC_TRY(const auto lines, lines_of(hub, transaction, settlement, document));
  for (const auto& line : lines) MLC_TRY_STATUS(add_line(books, line));
  return {};
}

// Live documents of every settlement and revision: those of a doubtful settlement are in SAP, too.
Result<AllBooks> books_of(const Hub& hub) {
  AllBooks out;
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  for (const auto& settlement : settlements) {
    MLC_TRY(const auto documents, transaction->documents(hub.tenant, settlement.work));
    for (const auto& document : documents) {
      if (document.outcome != "posted") continue;
      MLC_TRY_STATUS(add_document(hub, *transaction, settlement, document, out));
    }
  }
  return out;
}

Result<CurrencySummary> finish(CurrencyTotal total, const Books& books) {
  CurrencySummary out;
  MLC_TRY(const auto deposits, ledger::Money::parse(total.deposits, books.receivable.currency()));
  MLC_TRY(const auto difference, deposits.minus(books.receivable));
  out.total = std::move(total);
  out.documents = books.documents;
  out.lines = books.lines;
  out.receivable = books.receivable.decimal();
  out.difference = difference.decimal();
  out.read_from = books.read_from;
  out.read_until = books.read_until;
  for (const auto& [key, account] : books.accounts) {
    out.accounts.push_back({key.first, key.second, account.amount.decimal(), account.lines});
  }
  return out;
}

void count(Summary& out, const SettlementRow& row, Standing standing) {
  std::uint64_t* place = nullptr;
  switch (standing) {
    case Standing::kPosted: place = &out.posted; break;
    case Standing::kReversed: place = &out.reversed; break;
    case Standing::kWaiting: place = &out.waiting; break;
    case Standing::kExcluded:
      if (row.state == "before_cutover") place = &out.before_cutover;
      break;
  }
  if (place == nullptr) return;
  ++*place;
  ++out.settlements;
}

}  // namespace

Result<Summary> summarize(const Hub& hub) {
  MLC_TRY(const auto rows, list_settlements(hub, {}));
  MLC_TRY(auto totals, totals_of(rows));
  MLC_TRY(const auto books, books_of(hub));
  Summary out;
  const auto standings = standings_of(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) count(out, rows[i], standings[i]);
  for (auto& total : totals) {
    MLC_TRY(const auto currency, ledger::Currency::from_code(total.currency));
    const auto held = books.find(total.currency);
    MLC_TRY(auto finished,
            finish(std::move(total), held == books.end() ? Books(currency) : held->second));
    out.currencies.push_back(std::move(finished));
  }
  MLC_TRY(const auto streams, list_streams(hub, ""));
  out.stream_breaks = breaks_in(streams);
  return out;
}

}  // namespace mlc::operations
