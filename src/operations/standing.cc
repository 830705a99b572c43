#include "operations/standing.h"

#include <array>
#include <map>
#include <set>
#include <utility>

#include "ledger/money.h"

namespace mlc::operations {
namespace {

struct StateStanding {
  std::string_view state;
  Standing standing;
};
// Every other state is on its way into SAP's books, or waits for somebody before it goes there.
constexpr std::array<StateStanding, 6> kStandings{
    StateStanding{"posted", Standing::kPosted}, {"reversed", Standing::kReversed},
    {"before_cutover", Standing::kExcluded},    {"superseded", Standing::kExcluded},
    {"reissued", Standing::kExcluded},          {"seen", Standing::kExcluded}};

using Id = std::pair<std::string, std::string>;  // connection, settlement-id

Id id_of(const SettlementRow& row) { return {row.connection.str(), row.settlement_id}; }

// Commands take the settlement-id for the row that stands for it, and the work for others.
bool stands_for_its_id(const SettlementRow& row) { return row.name == row.settlement_id; }

struct Excluded {
  std::uint64_t settlements = 0;
  ledger::Money amount;
};

struct Sums {
  explicit Sums(const ledger::Money& zero)
      : deposits(zero), posted(zero), waiting(zero), reversed(zero) {}
  std::uint64_t settlements = 0;
  ledger::Money deposits;
  ledger::Money posted;
  ledger::Money waiting;
  ledger::Money reversed;
  std::map<std::string, Excluded> excluded;
};

ledger::Money& place_of(Sums& sums, Standing standing) {
  switch (standing) {
    case Standing::kPosted: return sums.posted;
    case Standing::kReversed: return sums.reversed;
    case Standing::kWaiting:
    case Standing::kExcluded: break;
  }
  return sums.waiting;
}

// Of a difference and the files before it each adds what its deposit is more than the one before.
Status add_places(Sums& sums, const SettlementRow& row, const ledger::Money& amount) {
  auto before = ledger::Money::zero(amount.currency());
  const auto add_file = [&](std::string_view state, const ledger::Money& deposit) -> Status {
    MLC_TRY(const auto more, deposit.minus(before));
    ledger::Money& place = place_of(sums, standing_of(state));
    MLC_TRY(place, place.plus(more));
    before = deposit;
    return {};
  };
  for (const EarlierFile& file : row.earlier) {
    MLC_TRY(const auto deposit, ledger::Money::parse(file.amount, amount.currency()));
    MLC_TRY_STATUS(add_file(file.state, deposit));
  }
  return add_file(row.state, amount);
}

Status add(Sums& sums, const SettlementRow& row, Standing standing, const ledger::Money& amount) {
  if (standing == Standing::kExcluded) {
    const auto zero = ledger::Money::zero(amount.currency());
    Excluded& excluded = sums.excluded.try_emplace(row.state, Excluded{0, zero}).first->second;
    ++excluded.settlements;
    MLC_TRY(excluded.amount, excluded.amount.plus(amount));
    return {};
  }
  ++sums.settlements;
  MLC_TRY(sums.deposits, sums.deposits.plus(amount));
  return add_places(sums, row, amount);
}

std::set<WorkId> counted_with_later(const std::vector<SettlementRow>& rows) {
  std::set<WorkId> out;
  for (const SettlementRow& row : rows) {
    for (const EarlierFile& file : row.earlier) out.insert(file.work);
  }
  return out;
}

// A settlement is in the books when all its files are.
Standing standing_with_earlier(const SettlementRow& row) {
  Standing out = standing_of(row.state);
  for (const EarlierFile& file : row.earlier) {
    if (out == Standing::kPosted) out = standing_of(file.state);
  }
  return out;
}

Result<CurrencyTotal> finish(const std::string& currency, const Sums& sums) {
  MLC_TRY(const auto difference, sums.deposits.minus(sums.posted));
  CurrencyTotal out{currency,
                    sums.settlements,
                    sums.deposits.decimal(),
                    sums.posted.decimal(),
                    sums.waiting.decimal(),
                    sums.reversed.decimal(),
                    difference.decimal(),
                    {}};
  for (const auto& [state, excluded] : sums.excluded) {
    out.excluded.push_back({state, excluded.settlements, excluded.amount.decimal()});
  }
  return out;
}

}  // namespace

Standing standing_of(std::string_view state) {
  for (const auto& row : kStandings) {
    if (row.state == state) return row.standing;
  }
  return Standing::kWaiting;
}

std::string_view to_word(Standing standing) {
  switch (standing) {
    case Standing::kPosted: return "posted";
    case Standing::kReversed: return "reversed";
    case Standing::kWaiting: return "waiting";
    case Standing::kExcluded: return "excluded";
  }
  return "waiting";
}

std::vector<Standing> standings_of(const std::vector<SettlementRow>& rows) {
  std::set<Id> counted;
  for (const SettlementRow& row : rows) {
    if (stands_for_its_id(row)) counted.insert(id_of(row));
  }
  std::vector<Standing> out;
  for (const SettlementRow& row : rows) {
    Standing standing = standing_with_earlier(row);
    const bool rival = standing != Standing::kExcluded && !row.settlement_id.empty() &&
                       !stands_for_its_id(row) && !counted.insert(id_of(row)).second;
    if (rival) standing = Standing::kExcluded;
    out.push_back(standing);
  }
  return out;
}

Result<std::vector<CurrencyTotal>> totals_of(const std::vector<SettlementRow>& rows) {
  const auto standings = standings_of(rows);
  const auto with_later = counted_with_later(rows);
  std::map<std::string, Sums> all;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].amount.empty() || with_later.contains(rows[i].work)) continue;
    MLC_TRY(const auto currency, ledger::Currency::from_code(rows[i].currency));
    MLC_TRY(const auto amount, ledger::Money::parse(rows[i].amount, currency));
    Sums& sums =
        all.try_emplace(rows[i].currency, Sums(ledger::Money::zero(currency))).first->second;
    MLC_TRY_STATUS(add(sums, rows[i], standings[i], amount));
  }
  std::vector<CurrencyTotal> out;
  for (const auto& [currency, sums] : all) {
    MLC_TRY(auto total, finish(currency, sums));
    out.push_back(std::move(total));
  }
  return out;
}

}  // namespace mlc::operations
