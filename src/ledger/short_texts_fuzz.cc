// The short texts of bookkeeping: keys, header texts, amounts, days, characteristics, and the
// mapping of SKUs. What is read is written as the same text; what is cut or folded stays so.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "base/time.h"
#include "ledger/document_key.h"
#include "ledger/errors.h"
#include "ledger/header_text.h"
#include "ledger/material_groups.h"
#include "ledger/money.h"
#include "ledger/profitability.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr std::size_t kReferenceLength = 16;  // XBLNR

void check_key(std::string_view id, std::string_view reference) {
  const auto stem = key_stem(SettlementId(std::string(id)));
  if (!stem) {
    MLC_EXPECT(stem.error().is(kSettlementIdNotNumeric));
    fuzzing::expect_named(stem.error());
    return;
  }
  MLC_EXPECT(stem->ends_with('-') && stem->size() + 3 <= kReferenceLength);
  const auto key = parse_key(reference, *stem);
  if (key) MLC_EXPECT(key->text() == reference && key->stem == *stem);
}

void check_part(int ordinal) {
  const auto part = part_name(ordinal);
  if (part) {
    MLC_EXPECT(part_ordinal(*part) == ordinal);
    MLC_EXPECT(parse_key("1-" + *part + "B", "1-").has_value());
  } else {
    MLC_EXPECT(part.error().is(kTooManyParts) && (ordinal < 1 || ordinal > kMaxParts));
  }
}

void check_header(std::string_view text) {
  const auto header = read_header_text(text);
  if (!header) return;
  MLC_EXPECT(write_header_text(*header) == text);
  MLC_EXPECT(read_header_text(write_header_text(*header)) == header);
}

void check_amount(std::string_view code, std::string_view text) {
  const auto currency = Currency::from_code(code);
  if (!currency) {
    fuzzing::expect_named(currency.error());
    return;
  }
  const auto amount = Money::parse(text, *currency);
  if (!amount) {
    fuzzing::expect_named(amount.error());
    return;
  }
  const auto again = Money::parse(amount->decimal(), *currency);
  MLC_EXPECT(again.has_value() && *again == *amount);
  const auto negated = amount->negated();
  if (negated) MLC_EXPECT(amount->plus(*negated)->is_zero());
}

void check_times(std::string_view text) {
  if (const auto instant = parse_instant(text)) {
    // Years 0000 to 9999 have a text; an offset can lead out of them.
    const std::string again = format_instant(*instant);
    if (again.size() == 24 && again.front() != '-') MLC_EXPECT(parse_instant(again) == instant);
  }
  if (const auto date = parse_date(text)) MLC_EXPECT(format_date(*date) == text);
  if (const auto date = parse_dats(text)) MLC_EXPECT(format_dats(*date) == text);
}

void check_characteristics(std::string_view text) {
  const auto all = read_characteristics(text);
  const std::string written = write_characteristics(all);
  // What parts the text is replaced, once.
  MLC_EXPECT(write_characteristics(read_characteristics(written)) == written);
  if (problem_of_characteristics(text).empty()) MLC_EXPECT(all.size() <= text.size());
}

void check_text(std::string_view text, std::size_t limit) {
  MLC_EXPECT(length_of(text) <= text.size() && length_of(text) * 4 >= text.size());
  const std::string cut = cut_to(text, limit);
  MLC_EXPECT(text.starts_with(cut) && length_of(cut) <= limit && cut_to(cut, limit) == cut);
  MLC_EXPECT(collapsed(collapsed(text)) == collapsed(text));
  MLC_EXPECT(collapsed_prefix(collapsed_prefix(text)) == collapsed_prefix(text));
  MLC_EXPECT(folded(folded(text)) == folded(text));
  MLC_EXPECT(folded(text) == folded(collapsed(text)));
  if (is_digits(text)) MLC_EXPECT(alpha(text, 10).size() >= std::max<std::size_t>(text.size(), 10));
}

void check_groups(std::string_view text) {
  const auto groups = MaterialGroups::parse(text, "groups.txt");
  if (!groups) {
    MLC_EXPECT(groups.error().is(kBadMaterialGroups));
    MLC_EXPECT(groups.error().fact("file") == "groups.txt");
    fuzzing::expect_named(groups.error(), text.size() + 1000);
    const auto line = std::stoul(std::string(groups.error().fact("line")));
    MLC_EXPECT(line >= 1 && line <= static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1);
    return;
  }
  fuzzing::FuzzInput lines(text);
  std::size_t found = 0;
  while (!lines.empty()) {
    std::string_view line = lines.line();
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const std::string& group = groups->group_of(line.substr(0, line.find('\t')));
    MLC_EXPECT(!group.empty() && length_of(group) <= 9);
    ++found;
  }
  MLC_EXPECT(groups->size() == found);
}

}  // namespace
}  // namespace mlc::ledger

// The first byte says what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  switch (input.byte()) {
    case 'k': {
      const auto id = input.line();
      mlc::ledger::check_key(id, input.rest());
      break;
    }
    case 'p': mlc::ledger::check_part(static_cast<int>(input.number()) - 100); break;
    case 'h': mlc::ledger::check_header(input.rest()); break;
    case 'a': {
      const auto code = input.line();
      mlc::ledger::check_amount(code, input.rest());
      break;
    }
    case 't': mlc::ledger::check_times(input.rest()); break;
    case 'c': mlc::ledger::check_characteristics(input.rest()); break;
    case 'g': mlc::ledger::check_groups(input.rest()); break;
    default: {
      const std::size_t limit = input.byte();
      mlc::ledger::check_text(input.rest(), limit);
    }
  }
  return 0;
}
