// Any answers of RFC_READ_TABLE through the readers: rows in are rows out or a named error, cells
// are what stands at their place, and amounts in SAP's notation are exact or refused.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "abap/channel.h"
#include "abap/errors.h"
#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "sap/bapi_messages.h"
#include "sap/currency_notation.h"
#include "sap/document_reader.h"
#include "sap/errors.h"
#include "sap/rate_reader.h"
#include "sap/table_reader.h"

namespace mlc::sap {
namespace {

using fuzzing::FuzzInput;

constexpr std::size_t kWidth = 12;  // of every field, unless the script says otherwise

// Answers one call after another from lines:
//   =FIELD OFFSET LENGTH   the layout of a field, in the order asked; without: kWidth each
//   !KEY                   an ABAP exception
//   ?                      the connection breaks
//   -                      the end of this answer
//   a|b|c                  a row of cells, each filled to kWidth
//   +text                  a row as it is
class ScriptedSession final : public abap::Session {
 public:
  explicit ScriptedSession(FuzzInput script) : script_(script) {
    attributes_ = {"ECC", "100", "FUZZ", "host", "731"};
  }
  Result<abap::Structure> call(std::string_view function,
                               const abap::Structure& arguments) override {
    if (!open_) return failure(abap::kSessionClosed, {{"function", std::string(function)}});
    MLC_EXPECT(++calls < 2000);
    check_options(abap::table_of(arguments, "OPTIONS"));
    abap::Table fields;
    abap::Table data;
    while (!script_.empty()) {
      FuzzInput line(script_.line());
      const auto text = line.rest();
      const char kind = text.empty() ? ' ' : text.front();
      if (kind == '-') break;
      if (kind == '!') {
        return failure(abap::kException,
                       {{"function", std::string(function)}, {"key", std::string(text.substr(1))}});
      }
      if (kind == '?') {
        open_ = false;
        return failure(abap::kCommunicationFailure, {{"function", std::string(function)}});
      }
      if (kind == '=') {
        line.take(1);
        const auto name = line.until(" ");
        const auto offset = line.until(" ");
        fields.push_back({{"FIELDNAME", name}, {"OFFSET", offset}, {"LENGTH", line.rest()}});
      } else if (kind == '+') {
        data.push_back({{"WA", text.substr(1)}});
      } else {
        data.push_back({{"WA", cells(line)}});
      }
    }
    if (fields.empty()) fields = layout(abap::table_of(arguments, "FIELDS"));
    rows = data.size();
    return abap::Structure{{"FIELDS", std::move(fields)}, {"DATA", std::move(data)}};
  }
  bool is_open() const override { return open_; }
  std::uint64_t generation() const override { return 1; }
  const abap::SystemAttributes& attributes() const override { return attributes_; }
  void abort() override { open_ = false; }

  std::size_t rows = 0;  // of the last answer
  int calls = 0;

 private:
  // A WHERE clause is cut at no quote: an even number of them in each line.
  static void check_options(const abap::Table& options) {
    for (const auto& option : options) {
      const std::string& text = abap::text_of(option, "TEXT");
      MLC_EXPECT(text.size() <= 72 && std::ranges::count(text, '\'') % 2 == 0);
    }
  }
  static std::string cells(FuzzInput line) {
    std::string out;
    while (!line.empty()) {
      std::string cell(line.until("|"));
      cell.resize(kWidth, ' ');
      out += cell;
    }
    return out;
  }
  static abap::Table layout(const abap::Table& asked) {
    abap::Table out;
    for (const auto& field : asked) {
      const std::string offset = std::to_string(out.size() * kWidth);
      out.push_back(
          {{"FIELDNAME", abap::text_of(field, "FIELDNAME")},
           {"OFFSET", std::string(6 - std::min<std::size_t>(6, offset.size()), '0') + offset},
           {"LENGTH", std::to_string(kWidth)}});
    }
    return out;
  }

  FuzzInput script_;
  abap::SystemAttributes attributes_;
  bool open_ = true;
};

void check_table(FuzzInput script, bool narrow) {
  ScriptedSession session(script);
  const TableShape shape{"BKPF", {{"BUKRS", 4}, {"BELNR", 10}}, {{"XBLNR", 16}, {"BKTXT", 25}}};
  const ReaderLimits limits{narrow ? 32U : 512U, 50};
  const auto rows = read_table(session, shape, {{"BUKRS", "=", quoted("10'00")}}, limits);
  if (!rows) return fuzzing::expect_named(rows.error());
  MLC_EXPECT(rows->size() == session.rows && rows->size() <= limits.max_rows);
  std::pair<std::string, std::string> last;
  bool first = true;
  for (const TableRow& row : *rows) {
    MLC_EXPECT(row.size() == 4);
    for (const auto& [name, cell] : row) MLC_EXPECT(!cell.ends_with(' '));
    const std::pair key(row.at("BUKRS"), row.at("BELNR"));
    MLC_EXPECT(first || last < key);
    last = key;
    first = false;
  }
}

void check_document(const ledger::PostedDocument& document) {
  for (const auto& line : document.lines) {
    MLC_EXPECT(line.amount.currency() == document.currency);
  }
}

void check_documents(FuzzInput script) {
  ScriptedSession session(script);
  DocumentReader reader(session, {512, 50});
  const auto identity = reader.identity();
  if (!identity) fuzzing::expect_named(identity.error());
  const auto found = reader.documents_under("20612345671-", {"1000"});
  if (!found) return fuzzing::expect_named(found.error());
  for (const auto& document : *found) {
    MLC_EXPECT(document.reference.starts_with("20612345671"));
    check_document(document);
  }
  const auto updates = reader.update_records("FUZZ");
  if (!updates) fuzzing::expect_named(updates.error());
  const auto one = reader.document({"1000", "0100000001", "2026"});
  if (!one) return fuzzing::expect_named(one.error());
  if (*one) check_document(**one);
}

void check_amount(FuzzInput input) {
  const auto currency = ledger::Currency::from_code(input.line());
  CurrencyDecimals decimals;
  const int count = input.byte() % 8;
  if (!currency) return;
  if (count < 5) decimals.set(std::string(currency->code()), count);
  const auto cell = input.rest();
  const auto amount = parse_internal(cell, *currency, decimals);
  if (!amount) return;
  MLC_EXPECT(parse_internal(" " + std::string(cell) + "  ", *currency, decimals) == amount);
  const bool marked = cell.find('-') != std::string_view::npos;
  MLC_EXPECT(amount->is_zero() || amount->is_negative() == marked);
  // The digits are those of the cell.
  std::string digits;
  for (const char c : cell) {
    if (c >= '0' && c <= '9') digits += c;
  }
  std::string own = std::to_string(amount->minor());
  std::erase(own, '-');
  const auto strip = [](std::string text) {
    text.erase(0, text.find_first_not_of('0'));
    while (text.ends_with('0')) text.pop_back();
    return text;
  };
  MLC_EXPECT(strip(own) == strip(digits));
}

void check_rate(std::string_view cell) {
  const auto rate = parse_rate(cell);
  if (rate) MLC_EXPECT(*rate > -10'000'000 && *rate < 10'000'000);
}

// Rows of RETURN as lines "TYPE|ID|NUMBER|MESSAGE|PARAMETER|ROW|FIELD".
void check_messages(FuzzInput input) {
  abap::Table table;
  while (!input.empty()) {
    FuzzInput line(input.line());
    abap::Structure row;
    for (const auto* name : {"TYPE", "ID", "NUMBER", "MESSAGE", "PARAMETER"}) {
      if (!line.empty()) row.emplace(name, line.until("|"));
    }
    if (!line.empty()) row.emplace("ROW", static_cast<std::int64_t>(line.number()) - 100);
    row.emplace("FIELD", line.rest());
    table.push_back(std::move(row));
  }
  const std::size_t rows = table.size();
  for (const abap::Value& value :
       {abap::Value(table), table.empty() ? abap::Value() : abap::Value(table.front())}) {
    const auto messages = read_messages({{"RETURN", value}});
    MLC_EXPECT(messages.size() <= rows);
    const bool bad = std::ranges::any_of(messages, [](const auto& one) { return one.is_error(); });
    MLC_EXPECT(any_error(messages) == bad);
    if (bad) MLC_EXPECT(!causes_of(messages).empty());
    const Refusal refusal =
        refusal_of(messages, "20612345671-01A", {{"KI", "235", Cause::kSiteDeferred, "n"}});
    const bool known = refusal.outcome == ports::Outcome::kDeferred ||
                       refusal.outcome == ports::Outcome::kRejected;
    MLC_EXPECT(known && refusal.error.written() == Written::kNo);
    fuzzing::expect_named(refusal.error, std::size_t{1} << 22U);
  }
}

}  // namespace
}  // namespace mlc::sap

// The first byte says what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  switch (input.byte()) {
    case 't': mlc::sap::check_table(input, false); break;
    case 'n': mlc::sap::check_table(input, true); break;
    case 'a': mlc::sap::check_amount(input); break;
    case 'k': mlc::sap::check_rate(input.rest()); break;
    case 'm': mlc::sap::check_messages(input); break;
    default: mlc::sap::check_documents(input);
  }
  return 0;
}
