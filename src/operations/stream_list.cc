#include "operations/stream_list.h"

#include <algorithm>
#include <map>

#include "ledger/text.h"

namespace mlc::operations {
namespace {

struct Account {
  std::vector<ledger::StreamSettlement> settlements;
  std::vector<StreamRow> rows;  // in the same order
};
using Accounts = std::map<std::string, Account>;  // by selling account

// Each once, whatever its case.
class Marketplaces {
 public:
  void add(const std::string& name) {
    if (!name.empty()) names_.emplace(ledger::lower_ascii(name), name);
  }
  [[nodiscard]] std::vector<std::string> list() const {
    std::vector<std::string> out;
    for (const auto& [key, name] : names_) out.push_back(name);
    return out;
  }

 private:
  std::map<std::string, std::string> names_;
};

std::vector<std::string> marketplaces_of(const std::vector<ledger::ClassTotal>& classes) {
  Marketplaces out;
  for (const auto& one : classes) out.add(one.row_class.marketplace);
  return out.list();
}

std::vector<std::string> marketplaces_of(const std::vector<StreamRow>& rows) {
  Marketplaces out;
  for (const StreamRow& row : rows) {
    for (const std::string& name : row.marketplaces) out.add(name);
  }
  return out.list();
}

StreamRow to_row(const ports::SettlementRecord& record, const ports::WorkRecord& work,
                 const ledger::StreamSettlement& settlement,
                 const std::vector<ledger::ClassTotal>& classes) {
  StreamRow out;
  out.settlement_id = settlement.id.str();
  out.connection = record.connection.str();
  out.state = work.state;
  out.start = settlement.start;
  out.end = settlement.end;
  out.held = settlement.held.decimal();
  out.released = settlement.released.decimal();
  out.marketplaces = marketplaces_of(classes);
  return out;
}

Result<Accounts> load(const Hub& hub) {
  Accounts out;
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto works, transaction->list_work(hub.tenant, "settlement"));
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  std::map<std::string, const ports::WorkRecord*> by_id;
  for (const auto& work : works) by_id[work.id.str()] = &work;
  for (const auto& record : settlements) {
    const auto work = by_id.find(record.work.str());
    if (!record.header || !record.holds_id || work == by_id.end()) continue;
    MLC_TRY(const auto classes, transaction->classes(hub.tenant, record.work));
    MLC_TRY(auto settlement, ledger::to_stream_settlement(*record.header, classes));
    Account& account = out[record.selling_account];
    account.rows.push_back(to_row(record, *work->second, settlement, classes));
    account.settlements.push_back(std::move(settlement));
  }
  return out;
}

StreamRow linked(const Account& account, const ledger::StreamLink& link) {
  StreamRow out = account.rows[link.settlement];
  out.continuity = link.continuity;
  if (link.before) {
    const StreamRow& before = account.rows[*link.before];
    out.before = before.settlement_id;
    out.before_ended = before.end;
    out.before_held = before.held;
  }
  for (const std::size_t one : link.perhaps_before) {
    out.perhaps_before.push_back(account.rows[one].settlement_id);
  }
  return out;
}

bool has_connection(const StreamView& view, const std::string& connection) {
  return connection.empty() ||
         std::ranges::find(view.rows, connection, &StreamRow::connection) != view.rows.end();
}

}  // namespace

Result<std::vector<StreamView>> list_streams(const Hub& hub, const std::string& connection) {
  MLC_TRY(const auto accounts, load(hub));
  std::vector<StreamView> out;
  for (const auto& [selling_account, account] : accounts) {
    for (const ledger::Stream& stream : ledger::find_streams(account.settlements)) {
      StreamView view{selling_account, std::string(stream.currency.code()), {}};
      for (const auto& link : stream.links) view.rows.push_back(linked(account, link));
      view.marketplaces = marketplaces_of(view.rows);
      if (has_connection(view, connection)) out.push_back(std::move(view));
    }
  }
  return out;
}

std::uint64_t breaks_in(const std::vector<StreamView>& streams) {
  const auto breaks = [](const StreamRow& row) {
    return row.continuity != ledger::Continuity::kFirst &&
           row.continuity != ledger::Continuity::kFollows;
  };
  std::uint64_t out = 0;
  for (const StreamView& view : streams) {
    out += static_cast<std::uint64_t>(std::ranges::count_if(view.rows, breaks));
  }
  return out;
}

}  // namespace mlc::operations
