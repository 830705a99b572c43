// Any text as a rule file: a refusal names file, line and column; a file cannot stand for more
// rules than the format allows; a rule book of it is the same when its text is read again.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "configuration/rule_files.h"
#include "ledger/rule_book_text.h"

namespace mlc::configuration {
namespace {

// More only cost time here.
constexpr std::size_t kFewRules = 500;

void check_book(ledger::RuleSet rules) {
  const auto book = ledger::RuleBook::make({std::move(rules)});
  if (!book) {
    fuzzing::expect_named(book.error());
    return;
  }
  const auto kept = ledger::read_rule_book(book->text(), book->digest());
  MLC_EXPECT(kept.has_value() && kept->text() == book->text());
}

void check(std::string_view text) {
  const std::string file = "rules/test.toml";
  auto rules = parse_rule_file(text, file);
  if (!rules) {
    fuzzing::expect_named(rules.error(), text.size() * 8 + 4000);
    fuzzing::expect_place(rules.error(), text, file);
    return;
  }
  MLC_EXPECT(!rules->name.empty() && !rules->version.empty() && rules->valid_from.ok());
  MLC_EXPECT(rules->rules.size() <= kMostRules);
  for (const auto& rule : rules->rules) {
    MLC_EXPECT(!rule.id.empty() && rule.place.starts_with(file + ":"));
  }
  if (rules->rules.size() <= kFewRules) check_book(std::move(*rules));
}

}  // namespace
}  // namespace mlc::configuration

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::configuration::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
