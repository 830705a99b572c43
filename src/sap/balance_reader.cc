#include "sap/balance_reader.h"

#include "sap/allowed_rows.h"
#include "sap/decimals_reader.h"
#include "sap/errors.h"

namespace mlc::sap {
namespace {

using Rows = std::optional<std::vector<TableRow>>;

const std::vector<TableField> kItemKey{{"BUKRS", 4},  {"HKONT", 10}, {"AUGDT", 8},  {"AUGBL", 10},
                                       {"ZUONR", 18}, {"GJAHR", 4},  {"BELNR", 10}, {"BUZEI", 3}};
const std::vector<TableField> kItemFields{{"BUDAT", 8}, {"WAERS", 5}, {"SHKZG", 1}, {"WRBTR", 13}};
const TableShape kOpen{"BSIS", kItemKey, kItemFields};
const TableShape kCleared{"BSAS", kItemKey, kItemFields};

// As read_if_allowed; a table of too many rows says nothing either.
Result<Rows> read(abap::Session& session, const TableShape& shape,
                  const std::vector<Words>& conditions, const ReaderLimits& limits) {
  auto rows = read_if_allowed(session, shape, conditions, limits);
  if (!rows && rows.error().is(kTableTooLarge)) return Rows();
  return rows;
}

class BalanceReader {
 public:
  BalanceReader(abap::Session& session, const ports::BalanceQuestion& question,
                const ReaderLimits& limits, const CurrencyDecimals& decimals)
      : session_(session), question_(question), limits_(limits), decimals_(decimals) {}

  Result<ports::AccountBalance> of(const std::string& account) {
    ports::AccountBalance out{account, {}};
    std::vector<Words> conditions{equal_to("BUKRS", question_.company_code),
                                  equal_to("HKONT", account),
                                  {"BUDAT", "<", quoted(format_dats(question_.day))}};
    MLC_TRY(const Rows open, read(session_, kOpen, conditions, limits_));
    conditions.push_back({"AUGDT", ">=", quoted(format_dats(question_.day))});
    MLC_TRY(const Rows cleared, read(session_, kCleared, conditions, limits_));
    if (!open || !cleared) return out;
    ledger::Money sum = ledger::Money::zero(question_.currency);
    for (const Rows* rows : {&open, &cleared}) {
      for (const TableRow& row : **rows) {
        if (cell(row, "WAERS") != question_.currency.code()) continue;
        MLC_TRY(const auto amount, amount_of(row));
        MLC_TRY(sum, sum.plus(amount));
      }
    }
    out.balance = sum;
    return out;
  }

 private:
  Result<ledger::Money> amount_of(const TableRow& row) const {
    const auto amount = parse_internal(cell(row, "WRBTR"), question_.currency, decimals_);
    const std::string& side = cell(row, "SHKZG");
    if (amount && side == "S") return *amount;
    if (amount && side == "H") return amount->negated();
    return failure(kBadTableValue, {{"table", "BSIS or BSAS"},
                                    {"field", amount ? "SHKZG" : "WRBTR"},
                                    {"row", cell(row, "BELNR") + "/" + cell(row, "GJAHR") + "/" +
                                                cell(row, "BUZEI")},
                                    {"found", amount ? side : cell(row, "WRBTR")},
                                    {"expected", amount ? "S or H" : "an amount"}});
  }

  abap::Session& session_;
  const ports::BalanceQuestion& question_;
  const ReaderLimits& limits_;
  const CurrencyDecimals& decimals_;
};

}  // namespace

Result<std::vector<ports::AccountBalance>> read_balances(abap::Session& session,
                                                         const ports::BalanceQuestion& question,
                                                         const ReaderLimits& limits) {
  MLC_TRY(const CurrencyDecimals decimals, read_decimals(session, limits));
  BalanceReader reader(session, question, limits, decimals);
  std::vector<ports::AccountBalance> out;
  for (const auto& account : question.accounts) {
    MLC_TRY(auto balance, reader.of(account));
    out.push_back(std::move(balance));
  }
  return out;
}

}  // namespace mlc::sap
