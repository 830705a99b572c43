#include <gmock/gmock.h>

#include "simulators/sap/dictionary.h"
#include "simulators/sap/testing/fixture.h"
#include "simulators/sap/where_clause.h"

namespace mlc::simulators::sap {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReadTableTest : public SapTest {
 protected:
  // The exception's name, or "rows" when there was none.
  std::string outcome(const abap::Structure& arguments) {
    const auto answer = session_->call("RFC_READ_TABLE", arguments);
    if (answer) return "rows";
    EXPECT_TRUE(answer.error().is(abap::kException)) << answer.error().explain();
    EXPECT_TRUE(session_->is_open()) << "an ABAP exception leaves the session open";
    return std::string(answer.error().fact("key"));
  }
  std::string where(const std::vector<std::string>& lines) {
    abap::Structure arguments{{"QUERY_TABLE", "T001"}};
    arguments["FIELDS"] = abap::Table{{{"FIELDNAME", "BUKRS"}}};
    for (const auto& line : lines) arguments["OPTIONS"].table().push_back({{"TEXT", line}});
    return outcome(arguments);
  }
};

TEST_F(ReadTableTest, columns_are_cut_at_their_width_and_described) {
  const auto answer =
      call("RFC_READ_TABLE",
           {{"QUERY_TABLE", "T001"},
            {"FIELDS", abap::Table{{{"FIELDNAME", "WAERS"}}, {{"FIELDNAME", "BUKRS"}}}},
            {"OPTIONS", abap::Table{{{"TEXT", "BUKRS = '1000'"}}}}});
  const auto& fields = abap::table_of(answer, "FIELDS");
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(abap::text_of(fields[1], "FIELDNAME"), "BUKRS");
  EXPECT_EQ(abap::text_of(fields[1], "OFFSET"), "000005");
  EXPECT_EQ(abap::text_of(fields[1], "LENGTH"), "000004");
  EXPECT_EQ(abap::text_of(fields[1], "TYPE"), "C");
  ASSERT_EQ(abap::table_of(answer, "DATA").size(), 1U);
  EXPECT_EQ(abap::text_of(abap::table_of(answer, "DATA")[0], "WA"), "USD  1000");
}

TEST_F(ReadTableTest, exceptions_are_the_functions_own) {
  const abap::Table none;
  EXPECT_EQ(outcome({{"QUERY_TABLE", "NOTABLE"}}), "TABLE_NOT_AVAILABLE");
  EXPECT_EQ(outcome({{"QUERY_TABLE", "t001"}}), "TABLE_NOT_AVAILABLE");
  EXPECT_EQ(outcome({{"QUERY_TABLE", "BAPIRET2"}}), "TABLE_WITHOUT_DATA");
  EXPECT_EQ(outcome({{"QUERY_TABLE", "T001"}, {"FIELDS", abap::Table{{{"FIELDNAME", "NO"}}}}}),
            "FIELD_NOT_VALID");
  EXPECT_EQ(where({"BUKRS ="}), "OPTION_NOT_VALID");
  abap::Table wide;
  for (int i = 0; i < 11; ++i) wide.push_back({{"FIELDNAME", "SGTXT"}});
  EXPECT_EQ(outcome({{"QUERY_TABLE", "BSEG"}, {"FIELDS", wide}}), "DATA_BUFFER_EXCEEDED");
  EXPECT_EQ(outcome({{"QUERY_TABLE", "BSEG"}, {"FIELDS", wide}, {"NO_DATA", "X"}}), "rows");
}

TEST_F(ReadTableTest, delimiters_count_for_the_row_width) {
  abap::Table fields;
  for (int i = 0; i < 10; ++i) fields.push_back({{"FIELDNAME", "SGTXT"}});
  fields.push_back({{"FIELDNAME", "BUKRS"}});
  EXPECT_EQ(outcome({{"QUERY_TABLE", "BSEG"}, {"FIELDS", fields}}), "rows");
  EXPECT_EQ(outcome({{"QUERY_TABLE", "BSEG"}, {"FIELDS", fields}, {"DELIMITER", "|"}}),
            "DATA_BUFFER_EXCEEDED");
}

TEST_F(ReadTableTest, revoked_right_raises_or_hides) {
  post_and_commit(simple_document());
  hands([](Hands& hand) { hand.revoke_read("CONNECTOR", "BKPF"); });
  EXPECT_EQ(outcome({{"QUERY_TABLE", "BKPF"}}), "NOT_AUTHORIZED");
  hands([](Hands& hand) { hand.revoke_read("CONNECTOR", "BKPF", "empty"); });
  EXPECT_EQ(documents(), 0U);
  hands([](Hands& hand) { hand.grant_read("CONNECTOR", "BKPF"); });
  EXPECT_EQ(documents(), 1U);
}

TEST_F(ReadTableTest, rowcount_and_rowskips_cut_the_result) {
  EXPECT_EQ(read("T001", {"BUKRS"}).size(), 3U);
  const abap::Table fields{{{"FIELDNAME", "BUKRS"}}};
  auto answer =
      call("RFC_READ_TABLE", {{"QUERY_TABLE", "T001"}, {"FIELDS", fields}, {"ROWCOUNT", 2}});
  EXPECT_EQ(abap::table_of(answer, "DATA").size(), 2U);
  answer = call("RFC_READ_TABLE",
                {{"QUERY_TABLE", "T001"}, {"FIELDS", fields}, {"ROWCOUNT", 2}, {"ROWSKIPS", 2}});
  EXPECT_EQ(abap::table_of(answer, "DATA").size(), 1U);
}

TEST_F(ReadTableTest, rows_of_other_clients_are_hidden) {
  EXPECT_THAT(read("T000", {"MANDT", "LOGSYS"}), ElementsAre("100|MLSCLNT100"));
  SimulatedChannel other(*system_, clock_, {"CONNECTOR", Secret("initial1"), "200"});
  session_ = std::move(*other.open());
  EXPECT_THAT(read("T001", {"BUKRS"}), IsEmpty());
  EXPECT_THAT(read("TCURX", {"CURRKEY", "CURRDEC"}, {"CURRKEY = 'JPY'"}), ElementsAre("JPY  | 0"));
}

TEST_F(ReadTableTest, conditions) {
  struct Case {
    std::vector<std::string> lines;
    std::vector<std::string> rows;
  };
  const Case cases[] = {
      {{"BUKRS = '1000'"}, {"1000"}},
      {{"BUKRS EQ '1000'"}, {"1000"}},
      {{"BUKRS IN ('1000','3000')"}, {"3000", "1000"}},
      {{"BUKRS IN ( '1000' , '3000' )"}, {"3000", "1000"}},
      {{"BUKRS LIKE '%000' AND", "WAERS = 'USD'"}, {"3000", "1000"}},
      {{"BUKRS LIKE '_000'"}, {"3000", "2000", "1000"}},
      {{"WAERS LIKE 'us%'"}, {}},
      {{"BUKRS BETWEEN '1500' AND '2500'"}, {"2000"}},
      {{"BUKRS > '1000' AND BUKRS <= '3000'"}, {"3000", "2000"}},
      {{"BUKRS = '1000' OR BUKRS = '2000' AND WAERS = 'ABC'"}, {"1000"}},
      {{"( BUKRS = '1000' OR BUKRS = '2000' ) AND", "WAERS = 'EUR'"}, {"2000"}},
      {{"NOT BUKRS = '1000'"}, {"3000", "2000"}},
      {{"BUKRS NOT IN ('1000')"}, {"3000", "2000"}},
      {{"BUTXT = 'it''s'"}, {}},
      {{"ORT01 = ' '"}, {"3000", "2000", "1000"}},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.lines.front());
    EXPECT_EQ(read("T001", {"BUKRS"}, one.lines), one.rows);
  }
}

TEST_F(ReadTableTest, broken_conditions_are_refused) {
  const std::vector<std::string> cases[] = {{"BUKRS"},
                                            {"BUKRS='1000'"},
                                            {"BUKRS ='1000'"},
                                            {"BUKRS = 1000"},
                                            {"BUKRS = '1000"},
                                            {"BUKRS = '10", "00'"},
                                            {"BUKRS = '1000' AND"},
                                            {"BUKRS = '1000' WAERS = 'USD'"},
                                            {"( BUKRS = '1000'"},
                                            {"BUKRS = '1000' )"},
                                            {"BUKRS IN ()"},
                                            {"BUKRS IN '1000'"},
                                            {"NOFIELD = '1'"},
                                            {"bukrs = '1000'"},
                                            {"BUKRS = '10000'"},
                                            {"BUKRS BETWEEN '1000'"},
                                            {"1 = 1"},
                                            {"BUKRS = '1000'; DELETE FROM T001"}};
  for (const auto& lines : cases) {
    EXPECT_EQ(where(lines), "OPTION_NOT_VALID") << lines.front();
  }
  EXPECT_EQ(read("T001", {"BUKRS"}).size(), 3U);
}

TEST_F(ReadTableTest, option_lines_are_72_characters_at_most) {
  const auto answer = session_->call(
      "RFC_READ_TABLE",
      {{"QUERY_TABLE", "T001"}, {"OPTIONS", abap::Table{{{"TEXT", std::string(73, ' ') + "x"}}}}});
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is(abap::kValueTooLong));
}

TEST(WhereClause, cut_at_every_byte_is_refused_unless_a_whole_condition_is_left) {
  const std::string whole = "( BUKRS IN ('1000','20''0') OR NOT WAERS LIKE 'U#_%' ESCAPE '#' )";
  const std::string text = whole + " AND BUKRS BETWEEN '1' AND '2'";
  const auto& table = *find_table("T001");
  ASSERT_TRUE(parse_where(table, {text}));
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    const bool complete = cut == whole.size() || cut == whole.size() + 1;
    EXPECT_EQ(parse_where(table, {text.substr(0, cut)}).has_value(), complete)
        << text.substr(0, cut);
  }
}

TEST_F(ReadTableTest, negative_and_narrow_numbers_show_as_abap_moves_them) {
  EXPECT_THAT(read("TCURR", {"UKURS", "FFACT"}, {"FCURR = 'USD' AND TCURR = 'EUR'"}),
              ElementsAre(" 1.08500-|       1"));
}

TEST_F(ReadTableTest, field_info_names_keys_and_widths) {
  const auto answer = call("DDIF_FIELDINFO_GET", {{"TABNAME", "BKPF"}});
  const auto& rows = abap::table_of(answer, "DFIES_TAB");
  ASSERT_GT(rows.size(), 4U);
  EXPECT_EQ(abap::text_of(rows[1], "FIELDNAME"), "BUKRS");
  EXPECT_EQ(abap::text_of(rows[1], "KEYFLAG"), "X");
  EXPECT_EQ(abap::text_of(rows[1], "LENG"), "000004");
  EXPECT_FALSE(session_->call("DDIF_FIELDINFO_GET", {{"TABNAME", "NONE"}}));
}

}  // namespace
}  // namespace mlc::simulators::sap
