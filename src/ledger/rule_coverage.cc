#include "ledger/rule_coverage.h"

#include <algorithm>
#include <limits>

#include "ledger/class_line.h"

namespace mlc::ledger {
namespace {

constexpr std::uint32_t kWhole = 10'000;

CoveredClass covered(const ClassTotal& total, const RuleBook& rules, Money size) {
  const Resolved resolved = resolve(total, rules);
  CoveredClass out{total.row_class, total.rows, total.sum, size, {}, {}, {}, {}};
  if (resolved.is_unmapped()) return out;
  out.mapping = resolved.rule != nullptr ? Mapping::kRule : Mapping::kSuspense;
  out.rule = resolved.rule != nullptr ? resolved.rule->id : std::string(kSuspenseRule);
  out.category = resolved.rule != nullptr ? resolved.rule->result.category : "";
  out.account = account_of(resolved);
  return out;
}

void sort(std::vector<CoveredClass>& classes) {
  std::ranges::stable_sort(classes, [](const CoveredClass& a, const CoveredClass& b) {
    if (a.mapping != b.mapping) return a.mapping < b.mapping;
    return a.size.minor() > b.size.minor();
  });
}

}  // namespace

std::string_view to_word(Mapping mapping) {
  switch (mapping) {
    case Mapping::kMissing: return "missing";
    case Mapping::kSuspense: return "suspense";
    case Mapping::kRule: return "rule";
  }
  return "missing";
}

Result<Coverage> cover(const std::vector<ClassTotal>& classes, const RuleBook& rules,
                       Currency currency) {
  Coverage out{0, 0, Money::zero(currency), Money::zero(currency), {}};
  for (const auto& total : classes) {
    MLC_TRY(const Money size, total.sum.is_negative() ? total.sum.negated() : total.sum);
    out.classes.push_back(covered(total, rules, size));
    out.rows += total.rows;
    MLC_TRY(out.size, out.size.plus(size));
    if (out.classes.back().mapping != Mapping::kRule) continue;
    out.mapped_rows += total.rows;
    MLC_TRY(out.mapped_size, out.mapped_size.plus(size));
  }
  sort(out.classes);
  return out;
}

Result<Coverage> together(const Coverage& a, const Coverage& b) {
  Coverage out = a;
  out.rows += b.rows;
  out.mapped_rows += b.mapped_rows;
  MLC_TRY(out.size, a.size.plus(b.size));
  MLC_TRY(out.mapped_size, a.mapped_size.plus(b.mapped_size));
  out.classes.insert(out.classes.end(), b.classes.begin(), b.classes.end());
  sort(out.classes);
  return out;
}

std::uint32_t share_of(std::uint64_t part, std::uint64_t whole) {
  if (part >= whole) return kWhole;
  // Too large to be multiplied: fewer digits are enough for a share, and `part` stays smaller.
  while (part > std::numeric_limits<std::uint64_t>::max() / kWhole) {
    part /= 10;
    whole = (whole - 1) / 10 + 1;
  }
  return static_cast<std::uint32_t>(part * kWhole / whole);
}

std::string share_text(std::uint32_t share) {
  const std::string decimals = std::to_string(share % 100);
  return std::to_string(share / 100) + "." + (decimals.size() < 2 ? "0" : "") + decimals + " %";
}

}  // namespace mlc::ledger
