// Classes to lines; documents.cc makes documents of them.
#include "ledger/derive.h"

#include <map>
#include <set>

#include "base/expect.h"
#include "ledger/class_line.h"
#include "ledger/documents.h"
#include "ledger/errors.h"
#include "ledger/line_order.h"
#include "ledger/netting.h"
#include "ledger/order_lines.h"

namespace mlc::ledger {
namespace {

// What netted and excluded rows add up to, under the name that the refusal needs.
using Sums = std::map<std::string, Money>;

Status add_to(Sums& sums, const std::string& name, const Money& amount) {
  const auto [place, is_new] = sums.emplace(name, amount);
  if (!is_new) {
    MLC_TRY(place->second, place->second.plus(amount));
  }
  return {};
}

std::string in_words(const RowClass& row) {
  return "'" + row.transaction_type + " / " + row.amount_type + " / " + row.amount_description +
         "'" + (row.rules_version.empty() ? " (posted before the first rule version)" : "");
}

class Deriver {
 public:
  Deriver(const DerivationInput& input, const RuleBook& rules)
      : input_(input),
        rules_(rules),
        out_{.manifest = {},
             .destinations = {},
             .posted = zero(),
             .netted = zero(),
             .excluded = zero()} {}

  Result<Derivation> run() {
    MLC_TRY_STATUS(check_total());
    MLC_TRY_STATUS(check_mapped());
    for (const auto& total : input_.classes) MLC_TRY_STATUS(place(total));
    MLC_TRY_STATUS(place_orders());
    MLC_TRY_STATUS(check_sums());
    MLC_TRY(out_.manifest, documents());
    prove();
    return std::move(out_);
  }

 private:
  using Lines = std::map<DocumentLine, std::pair<Money, std::vector<std::size_t>>, ByAttributes>;

  Money zero() const { return Money::zero(input_.header.total.currency()); }

  Status check_total() const {
    Money sum = zero();
    for (const auto& total : input_.classes) {
      MLC_TRY(sum, sum.plus(total.sum));
    }
    if (sum == input_.header.total) return {};
    return failure(kSumDiffers,
                   {{"found", sum.decimal()}, {"expected", input_.header.total.decimal()}});
  }

  Status check_mapped() const {
    const auto missing = unmapped(input_.classes, rules_);
    if (missing.empty()) return {};
    return failure(kNeedsRules, {{"count", std::to_string(missing.size())},
                                 {"found", in_words(input_.classes[missing.front()].row_class)},
                                 {"expected", "a rule for every kind of row"}});
  }

  Status place(const ClassTotal& total) {
    const Resolved resolved = resolve(total, rules_);
    used_versions_.insert(total.row_class.rules_version);
    ClassDestination destination;
    destination.number = static_cast<ClassNumber>(out_.destinations.size());
    destination.rule = resolved.rule ? resolved.rule->id : std::string(kSuspenseRule);
    if (resolved.rule != nullptr) destination.treatment = resolved.rule->result.treatment;
    destination.account = account_of(resolved);
    out_.destinations.push_back(destination);
    switch (destination.treatment) {
      case Treatment::kNetToZero: return net(resolved, total.sum);
      case Treatment::kExclude: return exclude(destination, total.sum);
      case Treatment::kPost: return post(resolved);
    }
    return {};
  }

  Status net(const Resolved& resolved, const Money& sum) {
    MLC_TRY(out_.netted, out_.netted.plus(sum));
    const auto netting = netting_of(resolved, input_.header.id);
    MLC_EXPECT(netting.has_value());
    const std::string group = class_group(*netting);
    return add_to(netted_, netting->account + (group.empty() ? "" : " within '" + group + "'"),
                  sum);
  }

  Status exclude(const ClassDestination& destination, const Money& sum) {
    MLC_TRY(out_.excluded, out_.excluded.plus(sum));
    return add_to(excluded_, destination.rule, sum);
  }

  // The class's money, line by line of its orders.
  Status place_orders() {
    Money left = by_order_;
    for (const auto& line : input_.order_lines) {
      auto& amount =
          lines_.try_emplace(line, zero(), std::vector<std::size_t>()).first->second.first;
      MLC_TRY(amount, amount.plus(line.amount));
      MLC_TRY(left, left.plus(line.amount));
    }
    if (left.is_zero()) return {};
    return failure(kSumDiffers, {{"found", left.decimal()}, {"expected", zero().decimal()}});
  }

  // Amazon's plus is the seller's money: a credit on the account that explains it.
  Status post(const Resolved& resolved) {
    MLC_TRY(out_.posted, out_.posted.plus(resolved.total->sum));
    if (is_by_order(resolved)) {
      out_.destinations.back().document = kByOrder;
      MLC_TRY(by_order_, by_order_.plus(resolved.total->sum));
      return {};
    }
    MLC_TRY(const DocumentLine line, line_of(resolved, input_.header.id));
    auto [place, is_new] = lines_.try_emplace(line, zero(), std::vector<std::size_t>());
    auto& [amount, classes] = place->second;
    MLC_TRY(amount, amount.minus(resolved.total->sum));
    classes.push_back(out_.destinations.size() - 1);
    return {};
  }

  Status check_sums() const {
    for (const auto& [account, sum] : netted_) {
      if (sum.is_zero()) continue;
      return failure(
          kNotNetted,
          {{"account", account}, {"found", sum.decimal()}, {"expected", zero().decimal()}});
    }
    for (const auto& [rule, sum] : excluded_) {
      if (sum.is_zero()) continue;
      return failure(kNotExcludedToZero,
                     {{"id", rule}, {"found", sum.decimal()}, {"expected", zero().decimal()}});
    }
    return {};
  }

  Result<Manifest> documents() {
    std::vector<DocumentLine> lines;
    std::vector<const std::vector<std::size_t>*> classes;
    for (const auto& [attributes, content] : lines_) {
      if (content.first.is_zero()) continue;
      lines.push_back(attributes);
      lines.back().amount = content.first;
      classes.push_back(&content.second);
    }
    MLC_TRY(Manifest manifest, make_manifest(input_, versions(), std::move(lines)));
    std::size_t next = 0;
    for (const auto& document : manifest.documents) {
      for (const auto& line : document.lines) {
        if (line.nature == Nature::kReceivable) continue;
        for (const auto index : *classes[next]) {
          out_.destinations[index].document = document.key.text();
          out_.destinations[index].item = line.item;
        }
        ++next;
      }
    }
    MLC_EXPECT(next == classes.size());
    return manifest;
  }

  std::string versions() const {
    std::string out;
    for (const auto& version : used_versions_) out += (out.empty() ? "" : ", ") + version;
    return out;
  }

  // P1. All sums were checked before; a difference here is a fault of this file.
  void prove() const {
    const auto left = out_.posted.plus(out_.netted);
    MLC_EXPECT(left.has_value());
    const auto all = left->plus(out_.excluded);
    MLC_EXPECT(all.has_value() && *all == input_.header.total);
    Money in_documents = zero();
    for (const auto& document : out_.manifest.documents) {
      for (const auto& line : document.lines) {
        if (line.nature == Nature::kReceivable) continue;
        const auto sum = in_documents.minus(line.amount);
        MLC_EXPECT(sum.has_value());
        in_documents = *sum;
      }
    }
    MLC_EXPECT(in_documents == out_.posted);
    MLC_EXPECT(out_.destinations.size() == input_.classes.size());
  }

  const DerivationInput& input_;
  const RuleBook& rules_;
  Derivation out_;
  Lines lines_{};
  Money by_order_ = zero();
  Sums netted_{};
  Sums excluded_{};
  std::set<std::string> used_versions_{};
};

}  // namespace

std::vector<ClassNumber> unmapped(const std::vector<ClassTotal>& classes, const RuleBook& rules) {
  std::vector<ClassNumber> out;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (resolve(classes[i], rules).is_unmapped()) out.push_back(static_cast<ClassNumber>(i));
  }
  return out;
}

Result<Derivation> derive(const DerivationInput& input, const RuleBook& rules) {
  return Deriver(input, rules).run();
}

}  // namespace mlc::ledger
