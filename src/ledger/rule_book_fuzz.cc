// Any text as the kept rules of a settlement: a refusal is named; what is read is the same text
// again, and answers every class without a fault.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "ledger/errors.h"
#include "ledger/rule_book_text.h"
#include "ledger/rule_text.h"
#include "ledger/rules.h"

namespace mlc::ledger {
namespace {

// A class made of the patterns of a rule meets that rule, or one before it.
void check_match(const RuleBook& book, const RuleSet& set, const Rule& rule) {
  RowClass row;
  row.rules_version = set.version;
  row.transaction_type = rule.match.transaction_type.text;
  row.amount_type = rule.match.amount_type.text;
  row.amount_description = rule.match.amount_description.text;
  row.marketplace = rule.match.marketplace.text;
  row.fulfillment = rule.match.fulfillment.text;
  row.sku = rule.match.sku.text;
  row.material_group = rule.match.material_group.text;
  row.sign = rule.match.sign.value_or(Sign::kPositive);
  const Rule* found = book.match(row);
  if (rule.match.seller.kind == Pattern::Kind::kAbsent) MLC_EXPECT(found != nullptr);
  if (found == nullptr) return;
  MLC_EXPECT(!unknown_name(filled(found->result.text, SettlementId("1"), RowClass{})));
}

void check(std::string_view text) {
  const std::string digest = to_hex(sha256(text));
  const auto book = read_rule_book(text, digest);
  if (!book) {
    fuzzing::expect_named(book.error(), text.size() * 4 + 4000);
    return;
  }
  MLC_EXPECT(book->text() == text && book->digest() == digest);
  const auto again = read_rule_book(book->text(), book->digest());
  MLC_EXPECT(again.has_value() && again->text() == text);
  std::string changed(text);
  changed.back() = ' ';
  const auto other = read_rule_book(changed, digest);
  MLC_EXPECT(!other && other.error().is(kBadRuleBook));
  for (const RuleSet& set : book->versions()) {
    MLC_EXPECT(book->find(set.version) == &set);
    MLC_EXPECT(book->governing(set.valid_from) != nullptr);
    for (const Rule& rule : set.rules) check_match(*book, set, rule);
  }
}

}  // namespace
}  // namespace mlc::ledger

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::ledger::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
