#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abap/errors.h"
#include "abap/metadata.h"
#include "abap/value.h"

namespace mlc::abap {
namespace {

TEST(Value, of_another_kind_reads_as_initial) {
  const Value text("abc");
  EXPECT_EQ(text.integer(), 0);
  EXPECT_TRUE(text.structure().empty());
  EXPECT_TRUE(text.table().empty());
  EXPECT_EQ(Value(7).text(), "");
  EXPECT_EQ(Value(7).integer(), 7);
}

TEST(Value, initial_is_nothing_blank_zero_and_empty) {
  EXPECT_TRUE(Value().is_initial());
  EXPECT_TRUE(Value("").is_initial());
  EXPECT_TRUE(Value(0).is_initial());
  EXPECT_TRUE(Value(Structure{}).is_initial());
  EXPECT_TRUE(Value(Table{}).is_initial());
  EXPECT_FALSE(Value("x").is_initial());
  EXPECT_FALSE(Value(Table{Structure{}}).is_initial());
}

TEST(Value, written_through_becomes_that_kind) {
  Value value("text");
  value.table().push_back({{"A", "1"}});
  ASSERT_TRUE(value.is_table());
  EXPECT_EQ(text_of(value.table().front(), "A"), "1");
  value.structure()["B"] = 2;
  ASSERT_TRUE(value.is_structure());
  EXPECT_EQ(value.structure().at("B").integer(), 2);
}

TEST(Value, accessors_of_missing_fields_are_empty) {
  const Structure structure{{"A", "1"}};
  EXPECT_EQ(text_of(structure, "B"), "");
  EXPECT_TRUE(table_of(structure, "A").empty());
  EXPECT_TRUE(structure_of(structure, "A").empty());
}

const StructureDescription kRow{"ROW",
                                {{"TEXT", Type::kChar, 4},
                                 {"ITEM", Type::kNumc, 3},
                                 {"DAY", Type::kDate, 8},
                                 {"TIME", Type::kTime, 6},
                                 {"AMOUNT", Type::kPacked, 3, 2},
                                 {"BYTE", Type::kInt1},
                                 {"SHORT", Type::kInt2},
                                 {"COUNT", Type::kInt4},
                                 {"RAW", Type::kRaw, 2},
                                 {"STRING", Type::kString}}};
const FunctionDescription kFunction{
    "Z_TEST",
    {{Direction::kImport, {"WAIT", Type::kChar, 1}},
     {Direction::kExport, {"KEY", Type::kChar, 10}},
     {Direction::kTables, {"ROWS", Type::kTable, 0, 0, &kRow}},
     {Direction::kImport, {"HEADER", Type::kStructure, 0, 0, &kRow}}},
    {}};

Status check_field(std::string_view field, Value value) {
  return check_arguments(kFunction,
                         {{"ROWS", Table{Structure{}, {{std::string(field), std::move(value)}}}}});
}

TEST(CheckArguments, unknown_names_are_refused) {
  EXPECT_TRUE(check_arguments(kFunction, {{"NONE", "1"}}).error().is(kUnknownParameter));
  EXPECT_TRUE(check_arguments(kFunction, {{"KEY", "1"}}).error().is(kUnknownParameter));
  const auto status = check_field("NONE", "1");
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kUnknownField));
  EXPECT_EQ(status.error().fact("parameter"), "ROWS");
  EXPECT_EQ(status.error().fact("row"), "2");
  EXPECT_EQ(status.error().fact("field"), "NONE");
  EXPECT_EQ(status.error().fact("function"), "Z_TEST");
}

struct Case {
  const char* field;
  Value value;
  const ErrorKind* refusal;  // nullptr: accepted
};

TEST(CheckArguments, values_by_type) {
  const Case cases[] = {
      {"TEXT", "abcd", nullptr},
      {"TEXT", "abcde", &kValueTooLong},
      {"TEXT", "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", nullptr},
      {"TEXT", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", nullptr},
      {"TEXT", "x\xF0\x9F\x98\x80\xF0\x9F\x98\x80", &kValueTooLong},
      {"TEXT", "\xC3", &kBadValue},
      {"TEXT", "\xC3(", &kBadValue},
      {"TEXT", "\xFF", &kBadValue},
      {"TEXT", 1, &kBadValue},
      {"ITEM", "001", nullptr},
      {"ITEM", "1", nullptr},
      {"ITEM", "0001", &kValueTooLong},
      {"ITEM", "1a", &kBadValue},
      {"DAY", "20261123", nullptr},
      {"DAY", "00000000", nullptr},
      {"DAY", "20261131", &kBadValue},
      {"DAY", "2026-11-23", &kBadValue},
      {"TIME", "235959", nullptr},
      {"TIME", "240000", &kBadValue},
      {"TIME", "126000", &kBadValue},
      {"TIME", "12", &kBadValue},
      {"AMOUNT", "-123.45", nullptr},
      {"AMOUNT", "000123.4", nullptr},
      {"AMOUNT", "1234.00", &kBadValue},
      {"AMOUNT", "1.234", &kBadValue},
      {"AMOUNT", "1.", &kBadValue},
      {"AMOUNT", ".5", &kBadValue},
      {"AMOUNT", "1,5", &kBadValue},
      {"AMOUNT", "1e2", &kBadValue},
      {"AMOUNT", 5, &kBadValue},
      {"BYTE", 255, nullptr},
      {"BYTE", -1, &kBadValue},
      {"SHORT", 32768, &kBadValue},
      {"COUNT", std::int64_t{2147483648}, &kBadValue},
      {"COUNT", "7", &kBadValue},
      {"RAW", "ab", nullptr},
      {"RAW", "abc", &kValueTooLong},
      {"STRING", std::string(5000, 'x'), nullptr},
      {"STRING", Value(), nullptr},
  };
  for (const auto& one : cases) {
    const auto status = check_field(one.field, one.value);
    SCOPED_TRACE(std::string(one.field) + " '" + one.value.text() + "'");
    if (one.refusal == nullptr) {
      EXPECT_TRUE(status) << status.error().explain();
    } else if (!status) {
      EXPECT_TRUE(status.error().is(*one.refusal)) << status.error().explain();
    } else {
      ADD_FAILURE() << "accepted";
    }
  }
}

TEST(CheckArguments, kinds_of_parameters_are_checked) {
  EXPECT_TRUE(check_arguments(kFunction, {{"ROWS", Structure{}}}).error().is(kBadValue));
  EXPECT_TRUE(check_arguments(kFunction, {{"HEADER", Table{}}}).error().is(kBadValue));
  EXPECT_TRUE(check_arguments(kFunction, {{"WAIT", "XX"}}).error().is(kValueTooLong));
  EXPECT_TRUE(check_arguments(kFunction, {{"HEADER", Structure{{"TEXT", "a"}}}, {"WAIT", "X"}}));
}

}  // namespace
}  // namespace mlc::abap
