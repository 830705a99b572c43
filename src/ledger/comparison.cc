// One wanted document beside one found document.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "ledger/local_comparison.h"
#include "ledger/posted_document.h"
#include "ledger/tax_comparison.h"

namespace mlc::ledger {
namespace {

// Amounts are hard per account type, account and tax code.
struct AccountKey {
  char type;
  std::string account;
  std::string tax_code;
  friend auto operator<=>(const AccountKey&, const AccountKey&) = default;
};

// The attributes of a line that substitutions and exits may change.
struct SoftLine {
  Money amount;
  std::string cost_center;
  std::string profit_center;
  std::string assignment;
  std::string text;
  friend bool operator==(const SoftLine&, const SoftLine&) = default;
};

// Nothing when an amount is of another currency or the sum does not fit.
using Sum = std::optional<Money>;

struct AccountLines {
  Sum sum;
  std::vector<SoftLine> lines;
};
using Accounts = std::map<AccountKey, AccountLines>;

void add(Sum& sum, const Money& amount) {
  if (!sum) return;
  const auto next = sum->plus(amount);
  sum = next ? Sum(*next) : std::nullopt;
}

std::string in_words(const Sum& sum) { return sum ? sum->decimal() : "no sum"; }

void add_line(Accounts& accounts, AccountKey key, Currency currency, SoftLine line) {
  auto& entry =
      accounts.try_emplace(std::move(key), AccountLines{Money::zero(currency), {}}).first->second;
  add(entry.sum, line.amount);
  entry.lines.push_back(std::move(line));
}

Accounts accounts_of(const LedgerDocument& document) {
  Accounts out;
  for (const auto& line : document.lines) {
    add_line(out, {account_type_of(line.kind), line.account, line.tax_code}, document.currency,
             {line.amount, line.cost_center, line.profit_center, line.assignment, line.text});
  }
  return out;
}

Accounts accounts_of(const PostedDocument& document) {
  Accounts out;
  for (const auto& line : document.lines) {
    add_line(out, {line.account_type, line.account, line.tax_code}, document.currency,
             {line.amount, line.cost_center, line.profit_center, line.assignment, line.text});
  }
  return out;
}

class Comparison {
 public:
  Comparison(const LedgerDocument& wanted, const PostedDocument& found)
      : wanted_(wanted), found_(found), key_(wanted.key.text()) {}

  std::vector<Difference> run() {
    header();
    if (wanted_.currency == found_.currency) lines();
    append(compare_local(key_, found_));
    append(compare_tax(wanted_, found_));
    return std::move(out_);
  }

 private:
  void note(bool hard, std::string field, std::string wanted, std::string found) {
    if (wanted == found) return;
    out_.push_back({hard, key_, std::move(field), std::move(wanted), std::move(found)});
  }

  void header() {
    note(true, "BUKRS", wanted_.company_code, found_.number.company_code);
    note(true, "WAERS", std::string(wanted_.currency.code()), std::string(found_.currency.code()));
    note(false, "XBLNR", key_, found_.reference);
    note(false, "BLART", wanted_.document_type, found_.document_type);
    note(false, "BUDAT", format_date(wanted_.posting_date), format_date(found_.posting_date));
    note(false, "BLDAT", format_date(wanted_.document_date), format_date(found_.document_date));
    note(false, "BKTXT", wanted_.header_text, found_.header_text);
  }

  static std::string name(const AccountKey& key) {
    return key.account + (key.tax_code.empty() ? "" : "/" + key.tax_code);
  }

  void lines() {
    const Accounts wanted = accounts_of(wanted_);
    const Accounts found = accounts_of(found_);
    bool totals_agree = true;
    for (const auto& [key, want] : wanted) {
      const auto place = found.find(key);
      const Sum sum = place == found.end() ? Money::zero(wanted_.currency) : place->second.sum;
      totals_agree = totals_agree && sum && sum == want.sum;
      note(true, "WRBTR " + name(key), in_words(want.sum), in_words(sum));
      if (place != found.end()) soft_lines(name(key), want.lines, place->second.lines);
    }
    extra(wanted, found, totals_agree);
  }

  // Accounts that we did not ask for: splitting adds lines that add up to zero.
  void extra(const Accounts& wanted, const Accounts& found, bool totals_agree) {
    Sum all = Money::zero(wanted_.currency);
    for (const auto& [key, content] : found) {
      if (wanted.contains(key)) continue;
      if (content.sum)
        add(all, *content.sum);
      else
        all.reset();
    }
    const bool generated = totals_agree && all && all->is_zero();
    for (const auto& [key, content] : found) {
      if (!wanted.contains(key)) note(!generated, "WRBTR " + name(key), "", in_words(content.sum));
    }
  }

  void soft_lines(const std::string& account, std::vector<SoftLine> wanted,
                  std::vector<SoftLine> found) {
    for (auto line = wanted.begin(); line != wanted.end();) {
      const auto equal = std::ranges::find(found, *line);
      if (equal == found.end()) {
        ++line;
        continue;
      }
      found.erase(equal);
      line = wanted.erase(line);
    }
    if (wanted.size() != found.size()) {
      note(false, "lines of " + account, std::to_string(wanted.size()) + " other",
           std::to_string(found.size()) + " other");
      return;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) pair(account, wanted[i], found);
  }

  // Compares with the found line of the same amount, or else with the first one left.
  void pair(const std::string& account, const SoftLine& line, std::vector<SoftLine>& found) {
    auto other = std::ranges::find(found, line.amount, &SoftLine::amount);
    if (other == found.end()) other = found.begin();
    note(false, "line amount " + account, line.amount.decimal(), other->amount.decimal());
    note(false, "KOSTL " + account, line.cost_center, other->cost_center);
    note(false, "PRCTR " + account, line.profit_center, other->profit_center);
    note(false, "ZUONR " + account, line.assignment, other->assignment);
    note(false, "SGTXT " + account, line.text, other->text);
    found.erase(other);
  }

  void append(std::vector<Difference> more) {
    out_.insert(out_.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
  }

  const LedgerDocument& wanted_;
  const PostedDocument& found_;
  std::string key_;
  std::vector<Difference> out_{};
};

}  // namespace

std::vector<Difference> compare(const LedgerDocument& wanted, const PostedDocument& found) {
  return Comparison(wanted, found).run();
}

}  // namespace mlc::ledger
