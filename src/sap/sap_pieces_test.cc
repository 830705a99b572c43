#include <gtest/gtest.h>
#include <set>

#include "abap/errors.h"
#include "abap/metadata.h"
#include "sap/accounting_document.h"
#include "sap/bapi_messages.h"
#include "sap/currency_notation.h"
#include "sap/document_reader.h"
#include "sap/errors.h"
#include "sap/function_descriptions.h"
#include "sap/repeatable_calls.h"
#include "sap/table_reader.h"
#include "sap/testing/fake_sap.h"
#include "sap/testing/sample.h"

namespace mlc::sap {
namespace {

using testing::message;

// Descriptions and rules.

TEST(CallRules, every_description_has_one_rule_and_every_rule_a_description) {
  std::set<std::string_view> names;
  for (const CallRule& rule : kCallRules) {
    EXPECT_TRUE(names.insert(rule.function).second) << rule.function;
    EXPECT_NE(find_function(rule.function), nullptr) << rule.function;
    EXPECT_FALSE(rule.why.empty());
  }
  for (const auto& function : all_functions()) EXPECT_TRUE(names.contains(function.name));
}

TEST(CallRules, only_reads_and_checks_may_be_repeated) {
  EXPECT_TRUE(kCheckDocument.is_repeatable());
  EXPECT_TRUE(kReadTable.is_repeatable());
  EXPECT_FALSE(kPostDocument.is_repeatable());
  EXPECT_FALSE(kReverseDocument.is_repeatable());
  EXPECT_FALSE(kCommit.is_repeatable());
  EXPECT_FALSE(kRollback.is_repeatable());
}

struct Length {
  const char* structure;
  int published;
};
TEST(Descriptions, widths_add_up_to_the_published_lengths) {
  for (const Length& one :
       {Length{"BAPIACHE09", 251}, Length{"BAPIACAP09", 436}, Length{"BAPIACTX09", 79},
        Length{"BAPIACCR09", 90}, Length{"BAPIACREV", 85}, Length{"TAB512", 512}}) {
    const auto* structure = find_structure(one.structure);
    ASSERT_NE(structure, nullptr);
    int sum = 0;
    for (const auto& field : structure->fields) sum += field.length;
    EXPECT_EQ(sum, one.published) << one.structure;
  }
}

TEST(Call, argument_that_does_not_fit_is_not_sent) {
  testing::FakeSap sap;
  const auto session = sap.open().value();
  abap::Structure header{{"REF_DOC_NO", "20612345671-01A-TOO-LONG"}};
  const auto result = call(*session, kPostDocument, {{"DOCUMENTHEADER", header}});
  ASSERT_FALSE(result);
  EXPECT_TRUE(result.error().is(abap::kValueTooLong));
  EXPECT_TRUE(sap.calls().empty());
}

// Documents.

TEST(PostingArguments, header_lines_and_amounts_as_sap_wants_them) {
  auto document = testing::document("01");
  document.header_text = "tab\there";
  const auto arguments = posting_arguments(document, "CONNECTOR").value();
  const auto& header = abap::structure_of(arguments, "DOCUMENTHEADER");
  const abap::Structure expected{{"BUS_ACT", "RFBU"},        {"USERNAME", "CONNECTOR"},
                                 {"HEADER_TXT", "tab here"}, {"COMP_CODE", "1000"},
                                 {"DOC_DATE", "20261031"},   {"PSTNG_DATE", "20261031"},
                                 {"DOC_TYPE", "ZA"},         {"REF_DOC_NO", "20612345671-01A"}};
  EXPECT_EQ(header, expected);
  const auto& amounts = abap::table_of(arguments, "CURRENCYAMOUNT");
  ASSERT_EQ(amounts.size(), 3U);
  EXPECT_EQ(abap::text_of(amounts[1], "ITEMNO_ACC"), "0000000002");
  EXPECT_EQ(abap::text_of(amounts[1], "CURR_TYPE"), "00");
  EXPECT_EQ(abap::text_of(amounts[1], "AMT_DOCCUR"), "-100.00");
  const auto& lines = abap::table_of(arguments, "ACCOUNTGL");
  EXPECT_EQ(abap::text_of(lines[2], "COSTCENTER"), "0000001000");
  EXPECT_EQ(abap::text_of(lines[2], "ALLOC_NMBR"), "20612345671");
  EXPECT_TRUE(abap::check_arguments(*find_function("BAPI_ACC_DOCUMENT_POST"), arguments));
}

TEST(PostingArguments, yen_have_no_decimals) {
  auto document = testing::document("01");
  document.lines = {testing::line(1, "0000140100", "12345", "JPY"),
                    testing::line(2, "0000400000", "-12345", "JPY")};
  const auto arguments = posting_arguments(document, "U").value();
  EXPECT_EQ(abap::text_of(abap::table_of(arguments, "CURRENCYAMOUNT")[0], "AMT_DOCCUR"), "12345");
}

TEST(PostingArguments, vendors_and_customers_go_to_their_own_tables) {
  auto document = testing::document("01");
  document.lines[0].kind = ledger::LineKind::kCustomer;
  document.lines[1].kind = ledger::LineKind::kVendor;
  document.lines[1].payment_block = "A";
  const auto arguments = posting_arguments(document, "U").value();
  EXPECT_EQ(abap::text_of(abap::table_of(arguments, "ACCOUNTRECEIVABLE")[0], "CUSTOMER"),
            "0000140100");
  const auto& payable = abap::table_of(arguments, "ACCOUNTPAYABLE")[0];
  EXPECT_EQ(abap::text_of(payable, "VENDOR_NO"), "0000400000");
  EXPECT_EQ(abap::text_of(payable, "PMNT_BLOCK"), "A");
  EXPECT_TRUE(abap::check_arguments(*find_function("BAPI_ACC_DOCUMENT_POST"), arguments));
}

TEST(PostingArguments, field_that_a_line_cannot_carry_is_refused_by_name) {
  auto document = testing::document("01");
  document.lines[2].kind = ledger::LineKind::kVendor;
  const auto vendor = posting_arguments(document, "U");
  ASSERT_FALSE(vendor);
  EXPECT_TRUE(vendor.error().is(kFieldNotOnLine));
  EXPECT_EQ(vendor.error().fact("field"), "KOSTL");
  document = testing::document("01");
  document.lines[0].payment_block = "A";
  EXPECT_EQ(posting_arguments(document, "U").error().fact("field"), "ZLSPR");
}

struct KeyCase {
  const char* key;
  const char* number;  // empty: none
};
TEST(ObjectKey, is_number_company_code_and_year) {
  for (const KeyCase& one :
       {KeyCase{"200000000110002026", "1000/2000000001/2026"},
        KeyCase{"2000000001US  2026", "US/2000000001/2026"}, KeyCase{"$", ""}, KeyCase{"", ""},
        KeyCase{"2000000001    2026", ""}, KeyCase{"200000000110002O26", ""},
        KeyCase{"$00000000110002026", ""}, KeyCase{"2000000001100020261", ""}}) {
    const auto number = parse_object_key(one.key);
    EXPECT_EQ(number ? number->text() : "", one.number) << one.key;
    if (number) {
      EXPECT_EQ(object_key(*number), one.key);
    }
  }
}

// Messages.

TEST(Messages, leading_rw_609_is_kept_but_not_shown) {
  const abap::Structure answer{
      {"RETURN", abap::Table{message('E', "RW", "609", "Error in document"),
                             message('W', "KI", "281", "dropped"),
                             message('E', "KI", "235", "Account requires a CO object")}}};
  const auto messages = read_messages(answer);
  EXPECT_EQ(messages.size(), 3U);
  EXPECT_EQ(causes_of(messages), "KI 235 Account requires a CO object");
  EXPECT_EQ(causes_of({messages[0]}), "RW 609 Error in document");
}

TEST(Messages, return_may_be_a_structure_or_empty) {
  EXPECT_TRUE(read_messages({}).empty());
  EXPECT_TRUE(read_messages({{"RETURN", abap::Structure{}}}).empty());
  EXPECT_TRUE(any_error(read_messages({{"RETURN", message('A', "S&", "101")}})));
  EXPECT_FALSE(any_error(read_messages({{"RETURN", message('S', "RW", "605")}})));
  EXPECT_FALSE(any_error(read_messages({{"RETURN", message('W', "KI", "281")}})));
}

struct RefusalCase {
  std::vector<std::pair<const char*, const char*>> messages;
  ports::Outcome outcome;
  const char* error;
};
TEST(Messages, one_table_decides_between_waiting_and_a_person) {
  const std::vector<SiteMessage> site{{"KI", "138", Cause::kControllingLocked},
                                      {"ZL", "007", Cause::kSiteDeferred, "lock of the night job"},
                                      {"KI", "235", Cause::kSiteDeferred}};
  const RefusalCase cases[] = {
      {{{"RW", "609"}, {"F5", "201"}}, ports::Outcome::kDeferred, "sap.period_closed"},
      {{{"ZL", "007"}}, ports::Outcome::kDeferred, "sap.deferred_by_site"},
      // The site's own row goes before the shipped one.
      {{{"RW", "609"}, {"KI", "235"}}, ports::Outcome::kDeferred, "sap.deferred_by_site"},
      {{{"KI", "138"}}, ports::Outcome::kDeferred, "sap.controlling_locked"},
      {{{"MC", "601"}}, ports::Outcome::kRejected, "sap.rejected"},  // unconfirmed: decides nothing
      {{{"ZFI01", "000"}}, ports::Outcome::kRejected, "sap.rejected"},
      {{{"RW", "609"}}, ports::Outcome::kRejected, "sap.rejected"},
      {{{"F5", "201"}, {"KI", "100"}}, ports::Outcome::kRejected, "sap.rejected"}};
  for (const RefusalCase& one : cases) {
    std::vector<ports::BapiMessage> messages;
    for (const auto& [id, number] : one.messages) {
      ports::BapiMessage row;
      row.id = id;
      row.number = number;
      messages.push_back(row);
    }
    const auto refusal = refusal_of(messages, "20612345671-01A", site);
    EXPECT_EQ(refusal.outcome, one.outcome) << messages.back().id;
    EXPECT_EQ(refusal.error.id(), one.error);
    EXPECT_EQ(refusal.error.written(), Written::kNo);
    const bool noted = refusal.error.text().find("(lock of the night job)") != std::string::npos;
    EXPECT_EQ(noted, messages.back().id == "ZL");
  }
}

TEST(Messages, every_row_names_its_source) {
  for (const MessageRule& rule : message_rules()) {
    EXPECT_FALSE(rule.source.empty()) << rule.id << rule.number;
    EXPECT_EQ(rule.number.size(), 3U);
  }
}

// Amounts in tables.

struct CellCase {
  const char* cell;
  const char* currency;
  const char* real;  // empty: refused
};
TEST(InternalNotation, real_amounts_by_the_currency_s_decimals) {
  CurrencyDecimals decimals;
  decimals.set("JPY", 0);
  decimals.set("KWD", 3);
  decimals.set("HUF", 0);
  for (const CellCase& one :
       {CellCase{"       100.00", "USD", "100.00"}, CellCase{"12.50-", "USD", "-12.50"},
        CellCase{"-12.50", "USD", "-12.50"}, CellCase{" 0.00 ", "USD", "0.00"},
        CellCase{"123.45", "JPY", "12345"}, CellCase{"12.34", "KWD", "1.234"},
        CellCase{"1.00", "HUF", "100.00"}, CellCase{"99999999999.99", "USD", "99999999999.99"},
        CellCase{"*2345678901.23", "USD", ""}, CellCase{"", "USD", ""}, CellCase{"12", "USD", ""},
        CellCase{"1.234", "USD", ""}, CellCase{"1,234.00", "USD", ""},
        CellCase{"-1.00-", "USD", ""}, CellCase{"1.0O", "USD", ""}, CellCase{".50", "USD", ""}}) {
    const auto money = parse_internal(one.cell, testing::currency(one.currency), decimals);
    EXPECT_EQ(money ? money->decimal() : "", one.real) << one.cell << " " << one.currency;
  }
}

TEST(InternalNotation, more_decimals_in_sap_than_the_currency_has_are_not_rounded) {
  CurrencyDecimals decimals;
  decimals.set("USD", 4);
  EXPECT_FALSE(parse_internal("1.05", testing::currency("USD"), decimals));
  EXPECT_EQ(parse_internal("1.00", testing::currency("USD"), decimals)->decimal(), "0.01");
}

// Tables.

TEST(Options, lines_break_between_words_and_stay_within_71_characters) {
  const auto lines = option_lines(
      {{"BUKRS", "=", "'1000'"}, Words(30, "'X'"), {"XBLNR", "LIKE", quoted("it's 20612345671%")}});
  std::string joined;
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 71U);
    EXPECT_EQ(std::ranges::count(line, '\'') % 2, 0) << line;
    joined += line + " ";
  }
  EXPECT_TRUE(joined.starts_with("BUKRS = '1000' AND 'X' 'X'"));
  EXPECT_TRUE(joined.ends_with("AND XBLNR LIKE 'it''s 20612345671%' "));
}

const TableShape kShape{
    "BSEG", {{"BELNR", 10}, {"BUZEI", 3}}, {{"WRBTR", 13}, {"SGTXT", 50}, {"ZUONR", 18}}};

TEST(ColumnGroups, each_fits_a_row_with_the_key) {
  EXPECT_EQ(column_groups(kShape, 512).size(), 1U);
  const auto narrow = column_groups(kShape, 64);
  ASSERT_EQ(narrow.size(), 3U);
  EXPECT_EQ(narrow[1].front().name, "SGTXT");
}

testing::FakeSap with_two_rows() {
  testing::FakeSap sap;
  sap.tables["BSEG"] = {{{"BELNR", "2"}, {"BUZEI", "001"}, {"WRBTR", "2.00"}, {"SGTXT", "zwölf"}},
                        {{"BELNR", "1"}, {"BUZEI", "001"}, {"WRBTR", "1.00"}, {"SGTXT", "one"}}};
  return sap;
}

TEST(ReadTable, groups_are_joined_by_key_whatever_their_order) {
  auto sap = with_two_rows();
  int reads = 0;
  sap.before_call = [&](const std::string&) {
    if (++reads == 2) std::ranges::reverse(sap.tables["BSEG"]);
  };
  const auto session = sap.open().value();
  const auto rows = read_table(*session, kShape, {}, {64, 100}).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("BELNR"), "1");
  EXPECT_EQ(rows[0].at("WRBTR"), "1.00");
  EXPECT_EQ(rows[0].at("SGTXT"), "one");
  EXPECT_EQ(reads, 3);
}

TEST(ReadTable, row_that_appears_between_two_groups_is_read_again_later) {
  auto sap = with_two_rows();
  int reads = 0;
  sap.before_call = [&](const std::string&) {
    if (++reads == 2) sap.tables["BSEG"].push_back({{"BELNR", "3"}, {"BUZEI", "001"}});
  };
  const auto session = sap.open().value();
  const auto rows = read_table(*session, kShape, {}, {64, 100});
  ASSERT_FALSE(rows);
  EXPECT_TRUE(rows.error().is(kTableChanged));
  EXPECT_EQ(rows.error().again(), Again::kLater);
}

TEST(ReadTable, two_rows_of_one_key_are_refused_not_lost) {
  auto sap = with_two_rows();
  sap.tables["BSEG"][1]["BELNR"] = "2";
  const auto session = sap.open().value();
  const auto rows = read_table(*session, kShape, {}, {512, 100});
  ASSERT_FALSE(rows);
  EXPECT_TRUE(rows.error().is(kBadTableValue));
  EXPECT_EQ(rows.error().fact("row"), "2/001");
  sap.tables["BSEG"].pop_back();
  EXPECT_EQ(read_table(*session, kShape, {}, {512, 100})->size(), 1U);
}

TEST(ReadTable, more_rows_than_allowed_are_refused_not_cut) {
  auto sap = with_two_rows();
  const auto session = sap.open().value();
  const auto rows = read_table(*session, kShape, {}, {512, 1});
  ASSERT_FALSE(rows);
  EXPECT_TRUE(rows.error().is(kTableTooLarge));
}

struct ExceptionCase {
  const char* key;
  const ErrorKind& kind;
};
TEST(ReadTable, exceptions_name_the_table_and_the_missing_right) {
  for (const ExceptionCase& one : {ExceptionCase{"NOT_AUTHORIZED", kReadRightMissing},
                                   ExceptionCase{"FIELD_NOT_VALID", kTableRefused},
                                   ExceptionCase{"TABLE_WITHOUT_DATA", kTableRefused},
                                   ExceptionCase{"DATA_BUFFER_EXCEEDED", kTableRefused}}) {
    testing::FakeSap sap;
    sap.table_exceptions["BSEG"] = one.key;
    const auto session = sap.open().value();
    const auto rows = read_table(*session, kShape, {});
    ASSERT_FALSE(rows);
    EXPECT_TRUE(rows.error().is(one.kind)) << one.key;
    EXPECT_EQ(rows.error().fact("table"), "BSEG");
  }
}

TEST(DocumentReader, amount_that_overflowed_its_column_is_refused) {
  testing::FakeSap sap;
  const testing::Cells key{{"BUKRS", "1000"}, {"BELNR", "0100000001"}, {"GJAHR", "2026"}};
  testing::Cells header = key;
  header.insert({{"BLDAT", "20261031"}, {"BUDAT", "20261031"}, {"WAERS", "USD"}, {"HWAER", "USD"}});
  testing::Cells item = key;
  item.insert({{"BUZEI", "001"}, {"SHKZG", "S"}, {"WRBTR", "*1111111111.1"}, {"DMBTR", "1.00"}});
  sap.tables["BKPF"] = {header};
  sap.tables["BSEG"] = {item};
  const auto session = sap.open().value();
  DocumentReader reader(*session, {});
  const auto document = reader.document({"1000", "0100000001", "2026"});
  ASSERT_FALSE(document);
  EXPECT_TRUE(document.error().is(kBadTableValue));
  EXPECT_EQ(document.error().fact("field"), "WRBTR");
  EXPECT_EQ(document.error().fact("row"), "1000/0100000001/2026/001");
}

TEST(DocumentReader, stem_that_could_widen_the_search_is_refused) {
  testing::FakeSap sap;
  const auto session = sap.open().value();
  DocumentReader reader(*session, {});
  for (const char* stem : {"", "-", "%-", "123", "12_4-", "12'4-"}) {
    EXPECT_TRUE(reader.documents_under(stem, {"1000"}).error().is(kBadStem)) << stem;
  }
  EXPECT_TRUE(sap.calls().empty());
}

}  // namespace
}  // namespace mlc::sap
