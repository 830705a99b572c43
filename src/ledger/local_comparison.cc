#include "ledger/local_comparison.h"

#include <map>
#include <optional>
#include <utility>

namespace mlc::ledger {
namespace {

struct AccountTotal {
  Money amount;
  Money local;
  std::int64_t lines = 0;
};
using Totals = std::map<std::string, AccountTotal>;

std::string name_of(const PostedLine& line) {
  return line.account + (line.tax_code.empty() ? "" : "/" + line.tax_code);
}

// Nothing when amounts are of several currencies or do not fit.
std::optional<Totals> totals_of(const PostedDocument& document, Currency local) {
  Totals out;
  for (const auto& line : document.lines) {
    auto& total = out.try_emplace(name_of(line),
                                  AccountTotal{Money::zero(document.currency), Money::zero(local)})
                      .first->second;
    const auto amount = total.amount.plus(line.amount);
    const auto local_amount = total.local.plus(line.local_amount);
    if (!amount || !local_amount) return std::nullopt;
    total = {*amount, *local_amount, total.lines + 1};
  }
  return out;
}

std::optional<Money> local_sum(const PostedDocument& document, Currency local) {
  Money sum = Money::zero(local);
  for (const auto& line : document.lines) {
    const auto next = sum.plus(line.local_amount);
    if (!next) return std::nullopt;
    sum = *next;
  }
  return sum;
}

// What of an account's deviation its own roundings do not explain, times twice the denominator.
// Nothing when it is beyond all amounts that SAP can hold.
std::optional<Wide> excess_of(const AccountTotal& total, const Ratio& ratio, Wide unit) {
  Wide found = 0;
  Wide exact = 0;
  Wide deviation = 0;
  if (__builtin_mul_overflow(Wide(total.local.minor()), 2 * ratio.denominator, &found) ||
      __builtin_mul_overflow(Wide(total.amount.minor()), 2 * ratio.numerator, &exact) ||
      __builtin_sub_overflow(found, exact, &deviation)) {
    return std::nullopt;
  }
  if (deviation < 0) deviation = -deviation;
  const Wide allowed = total.lines * unit * ratio.denominator;
  return deviation > allowed ? deviation - allowed : 0;
}

class LocalComparison {
 public:
  LocalComparison(const std::string& key, const PostedDocument& found)
      : key_(key), found_(found), local_(found.lines.front().local_amount.currency()) {}

  std::vector<Difference> run() {
    const auto sum = local_sum(found_, local_);
    note(true, "DMBTR", Money::zero(local_).decimal(), sum ? sum->decimal() : "no sum");
    totals_ = totals_of(found_, local_).value_or(Totals{});
    if (local_ == found_.currency)
      same_currency();
    else if (found_.translation)
      translated(*found_.translation);
    else
      note(false, "UKURS", "a rate", "none was read");
    return std::move(out_);
  }

 private:
  void note(bool hard, std::string field, std::string wanted, std::string found) {
    if (wanted == found) return;
    out_.push_back({hard, key_, std::move(field), std::move(wanted), std::move(found)});
  }

  void same_currency() {
    for (const auto& [account, total] : totals_) {
      note(true, "DMBTR " + account, total.amount.decimal(), total.local.decimal());
    }
  }

  void translated(const Translation& by) {
    if (by.table_rate && fits(*by.table_rate, by)) return;
    if (by.document_rate && fits(*by.document_rate, by)) return rates(by);
    const bool at_posting = by.table_is_of == TableOf::kPosting && by.table_rate.has_value();
    const auto& basis = at_posting || !by.document_rate ? by.table_rate : by.document_rate;
    if (!basis) return note(false, "UKURS", "a rate", "none can be read");
    for (const auto& [account, total] : totals_) {
      if (excess(total, *basis, by) == Wide(0)) continue;
      const auto predicted = translate(total.amount, local_, *basis, by.local_decimals);
      note(true, "DMBTR " + account, predicted ? predicted->decimal() : "no amount",
           total.local.decimal());
    }
  }

  // The amounts agree with the rate that the document itself names.
  void rates(const Translation& by) {
    if (!by.table_rate) return note(false, "UKURS", "a rate", "none can be read");
    const bool hard = by.table_is_of == TableOf::kPosting;
    note(hard, "KURSF", by.table_rate->text(), by.document_rate->text());
  }

  [[nodiscard]] std::optional<Wide> excess(const AccountTotal& total, const ExchangeRate& rate,
                                           const Translation& by) const {
    const auto ratio = ratio_of(rate, found_.currency, local_);
    if (!ratio) return std::nullopt;
    return excess_of(total, *ratio, smallest_unit(local_, by.local_decimals));
  }

  [[nodiscard]] bool fits(const ExchangeRate& rate, const Translation& by) const {
    const auto ratio = ratio_of(rate, found_.currency, local_);
    if (!ratio) return false;
    const Wide unit = smallest_unit(local_, by.local_decimals);
    Wide left = Wide(found_.lines.size()) * unit * ratio->denominator;
    for (const auto& [account, total] : totals_) {
      const auto more = excess_of(total, *ratio, unit);
      if (!more || *more > left) return false;
      left -= *more;
    }
    return true;
  }

  const std::string& key_;
  const PostedDocument& found_;
  Currency local_;
  Totals totals_{};
  std::vector<Difference> out_{};
};

}  // namespace

std::vector<Difference> compare_local(const std::string& key, const PostedDocument& found) {
  if (found.lines.empty()) return {};
  return LocalComparison(key, found).run();
}

}  // namespace mlc::ledger
