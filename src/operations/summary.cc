#include "operations/summary.h"

#include <algorithm>
#include <map>
#include <utility>

#include "ledger/manifest.h"

namespace mlc::operations {
namespace {

struct Account {
  ledger::Money amount;
  std::uint64_t lines = 0;
};

struct Sums {
  CurrencySummary summary;
  ledger::Money deposits;
  ledger::Money receivable;
  std::map<std::pair<std::string, std::string>, Account> accounts;
};

Status add_line(Sums& sums, const ledger::DocumentLine& line) {
  const auto zero = ledger::Money::zero(line.amount.currency());
  Account& account =
      sums.accounts.try_emplace({line.account, line.cost_center}, Account{zero, 0}).first->second;
  MLC_TRY(account.amount, account.amount.plus(line.amount));
  ++account.lines;
  ++sums.summary.lines;
  if (line.nature != ledger::Nature::kReceivable) return {};
  MLC_TRY(sums.receivable, sums.receivable.plus(line.amount));
  return {};
}

bool is_live(const std::vector<ports::DocumentRecord>& documents, const std::string& key) {
  return std::ranges::any_of(documents, [&](const ports::DocumentRecord& document) {
    return document.key == key && document.outcome == "posted";
  });
}

// Every revision counts with the documents of it that are live.
Status add_documents(const Hub& hub, ports::StoreTransaction& transaction,
                     const ports::SettlementRecord& settlement, Sums& sums) {
  MLC_TRY(const auto documents, transaction.documents(hub.tenant, settlement.work));
  for (char revision = 'A'; revision <= settlement.revision; ++revision) {
    MLC_TRY(const auto text, transaction.manifest(hub.tenant, settlement.work, revision));
    if (!text) continue;
    MLC_TRY(const auto manifest, ledger::read_manifest(*text));
    for (const auto& document : manifest.documents) {
      if (!is_live(documents, document.key.text())) continue;
      ++sums.summary.documents;
      for (const auto& line : document.lines) MLC_TRY_STATUS(add_line(sums, line));
    }
  }
  return {};
}

Status add_settlement(const Hub& hub, ports::StoreTransaction& transaction,
                      const ports::SettlementRecord& settlement,
                      std::map<std::string, Sums>& sums) {
  const ledger::Money& total = settlement.header->total;
  const auto zero = ledger::Money::zero(total.currency());
  Sums& sum = sums.try_emplace(std::string(total.currency().code()), Sums{{}, zero, zero, {}})
                  .first->second;
  ++sum.summary.settlements;
  MLC_TRY(sum.deposits, sum.deposits.plus(total));
  return add_documents(hub, transaction, settlement, sum);
}

Result<CurrencySummary> finish(const std::string& currency, Sums sums) {
  CurrencySummary out = std::move(sums.summary);
  out.currency = currency;
  out.deposits = sums.deposits.decimal();
  out.receivable = sums.receivable.decimal();
  MLC_TRY(const auto difference, sums.deposits.minus(sums.receivable));
  out.difference = difference.decimal();
  for (const auto& [key, account] : sums.accounts) {
    out.accounts.push_back({key.first, key.second, account.amount.decimal(), account.lines});
  }
  return out;
}

}  // namespace

Result<Summary> summarize(const Hub& hub) {
  Summary out;
  std::map<std::string, Sums> sums;
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  for (const auto& settlement : settlements) {
    MLC_TRY(const auto work, transaction->work(hub.tenant, settlement.work));
    if (work.state == "seen" || work.state == "superseded") continue;
    ++out.settlements;
    if (work.state == "before_cutover") ++out.before_cutover;
    if (work.state == "posted") ++out.posted;
    if (work.state != "posted" || !settlement.header) continue;
    MLC_TRY_STATUS(add_settlement(hub, *transaction, settlement, sums));
  }
  out.waiting = out.settlements - out.posted - out.before_cutover;
  for (auto& [currency, sum] : sums) {
    MLC_TRY(auto finished, finish(currency, std::move(sum)));
    out.currencies.push_back(std::move(finished));
  }
  return out;
}

}  // namespace mlc::operations
