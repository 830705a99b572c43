#include <gmock/gmock.h>

#include "simulators/sap/testing/fixture.h"

namespace mlc::simulators::sap {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using PostingTest = SapTest;

TEST_F(PostingTest, check_shows_no_number_and_draws_none) {
  const auto answer = call("BAPI_ACC_DOCUMENT_CHECK", simple_document());
  ASSERT_THAT(messages(answer), ElementsAre("S RW 614"));
  EXPECT_EQ(abap::text_of(abap::table_of(answer, "RETURN")[0], "MESSAGE"),
            "Document check - no errors: BKPFF $ MLSCLNT100");
  EXPECT_EQ(post(simple_document()), "200000000010002026");
}

TEST_F(PostingTest, post_returns_key_and_committed_document_is_read_back) {
  const auto key = post(simple_document());
  EXPECT_EQ(key, "200000000010002026");
  EXPECT_EQ(documents(), 0U) << "nothing is visible before the commit";
  EXPECT_THAT(commit(), IsEmpty());
  EXPECT_THAT(read("BKPF", {"BUKRS", "BELNR", "GJAHR", "MONAT", "BLART", "XBLNR", "WAERS", "BSTAT",
                            "AWTYP", "AWKEY", "USNAM"}),
              ElementsAre("1000|2000000000|2026|11|ZA|20612345671-01A |USD  | |BKPFF|"
                          "200000000010002026  |CONNECTOR"));
  EXPECT_THAT(read("BSEG", {"BUZEI", "KOART", "SHKZG", "HKONT", "WRBTR", "DMBTR", "ZUONR"},
                   {"BELNR = '2000000000'"}),
              ElementsAre("002|S|H|0000400000|      100.00 |      100.00 |20261108",
                          "001|S|S|0000140100|      100.00 |      100.00 |20261108"));
}

TEST_F(PostingTest, several_posts_commit_together) {
  post(simple_document("20612345671-01A"));
  post(simple_document("20612345671-02A"));
  EXPECT_THAT(commit(), IsEmpty());
  EXPECT_THAT(read("BKPF", {"XBLNR"}, {"XBLNR LIKE '20612345671-%'"}),
              ElementsAre("20612345671-02A", "20612345671-01A"));
}

TEST_F(PostingTest, rollback_forgets_documents_and_leaves_a_number_gap) {
  EXPECT_EQ(post(simple_document()), "200000000010002026");
  call("BAPI_TRANSACTION_ROLLBACK");
  EXPECT_THAT(commit(), IsEmpty());
  EXPECT_EQ(documents(), 0U);
  EXPECT_EQ(post(simple_document()), "200000000110002026");
}

TEST_F(PostingTest, lost_session_forgets_documents) {
  post(simple_document());
  session_ = open();
  EXPECT_THAT(commit(), IsEmpty()) << "a commit of another session commits nothing";
  EXPECT_EQ(documents(), 0U);
}

TEST_F(PostingTest, books_survive_a_restart_uncommitted_documents_do_not) {
  post_and_commit(simple_document("20612345671-01A"));
  post(simple_document("20612345671-02A"));
  start();
  EXPECT_EQ(documents("20612345671-01A"), 1U);
  EXPECT_EQ(documents("20612345671-02A"), 0U);
  EXPECT_EQ(post(simple_document()), "200000000210002026");
}

struct Refusal {
  const char* what;
  abap::Structure arguments;
  std::vector<std::string> messages;  // behind RW 609
};

void expect_refused(abap::Session& session, const Refusal& one) {
  SCOPED_TRACE(one.what);
  for (const char* function : {"BAPI_ACC_DOCUMENT_CHECK", "BAPI_ACC_DOCUMENT_POST"}) {
    const auto answer = session.call(function, one.arguments);
    ASSERT_TRUE(answer) << answer.error().explain();
    auto found = messages(*answer);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front(), "E RW 609");
    found.erase(found.begin());
    EXPECT_EQ(found, one.messages);
  }
}

const TestLine kReceivable{"0000140100", "100.00"};
const TestLine kRevenue{"0000400000", "-100.00"};
TestLine expense(abap::Structure more) { return {"0000476100", "-100.00", std::move(more)}; }
abap::Structure with_header(abap::Structure header) {
  return document({kReceivable, kRevenue}, std::move(header));
}
TestLine tax_line(const char* amount, const char* base, const char* code = "O1") {
  return {"0000175000", amount, {{"TAX_CODE", code}, {"ACCT_KEY", "MWS"}}, "ACCOUNTTAX", base};
}

TEST_F(PostingTest, header_refusals) {
  const Refusal cases[] = {
      {"company code", with_header({{"COMP_CODE", "9999"}}), {"E F5 165"}},
      {"document type", with_header({{"DOC_TYPE", "QQ"}}), {"E F5 814"}},
      {"no posting date", with_header({{"PSTNG_DATE", ""}}), {"E RW 001"}},
      {"no user", with_header({{"USERNAME", ""}}), {"E RW 001"}},
      {"status", with_header({{"DOC_STATUS", "9"}}), {"E RW 637"}},
      {"object key without type", with_header({{"OBJ_KEY", "X"}}), {"E RW 602"}},
      {"BKPFF with own key",
       with_header({{"OBJ_TYPE", "BKPFF"}, {"OBJ_KEY", "X"}, {"OBJ_SYS", "MLSCLNT100"}}),
       {"E RW 602"}},
      {"closed period", with_header({{"PSTNG_DATE", "20241231"}}), {"E F5 201"}},
      {"period of another date", with_header({{"FIS_PERIOD", "03"}}), {"E F5 175"}},
      {"account type",
       document({kReceivable, {"0000300100", "-100.00", {}, "ACCOUNTPAYABLE"}},
                {{"DOC_TYPE", "ZN"}}),
       {"E F5 168"}},
  };
  for (const auto& one : cases) expect_refused(*session_, one);
}

TEST_F(PostingTest, every_year_of_the_landscape_can_be_posted_into) {
  for (int year = 2025; year <= 2035; ++year) {
    const auto day = std::to_string(year) + "0701";
    const auto key = post(with_header({{"PSTNG_DATE", day}, {"DOC_DATE", day}}));
    EXPECT_EQ(key, "20000000001000" + std::to_string(year));
  }
}

TEST_F(PostingTest, number_range_missing_for_the_year_is_refused_by_post_only) {
  hands([](Hands& hand) { hand.open_period("1000", "+", "2025", "001", "2036", "012"); });
  hands([](Hands& hand) { hand.open_period("1000", "S", "2025", "001", "2036", "012"); });
  const auto arguments = with_header({{"PSTNG_DATE", "20360101"}, {"DOC_DATE", "20360101"}});
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_CHECK", arguments)), ElementsAre("S RW 614"));
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_POST", arguments)),
              ElementsAre("E RW 609", "E NR 751"));
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_POST", with_header({{"DOC_TYPE", "ZN"}}))),
              ElementsAre("E RW 609", "E NR 751"));
}

TEST_F(PostingTest, amount_refusals) {
  auto without_amounts = simple_document();
  without_amounts.erase("CURRENCYAMOUNT");
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_POST", without_amounts)),
              ElementsAre("E RW 609", "E RW 003"));
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_CHECK", without_amounts)), ElementsAre("S RW 614"));
  auto one_missing = simple_document();
  one_missing["CURRENCYAMOUNT"].table().pop_back();
  auto twice = simple_document();
  auto& amounts = twice["CURRENCYAMOUNT"].table();
  amounts.push_back(amounts.back());
  auto stray = simple_document();
  stray["CURRENCYAMOUNT"].table().push_back(
      {{"ITEMNO_ACC", "9"}, {"CURRENCY", "USD"}, {"AMT_DOCCUR", "1.00"}});
  auto same_item = simple_document();
  auto& items = same_item["ACCOUNTGL"].table();
  items.push_back(items.back());
  const Refusal cases[] = {
      {"balance", document({kReceivable, {"0000400000", "-99.99"}}), {"E RW 022"}},
      {"local balance",
       document({{"0000140100", "1.00", {}, "ACCOUNTGL", "", "1.10"},
                 {"0000400000", "-1.00", {}, "ACCOUNTGL", "", "-1.11"}}),
       {"E RW 022"}},
      {"an item without amount", one_missing, {"E RW 021", "E RW 022"}},
      {"an item without local amount",
       document({{"0000140100", "1.00", {}, "ACCOUNTGL", "", "1.10"}, {"0000400000", "-1.00"}}),
       {"E RW 021", "E RW 022"}},
      {"amount twice", twice, {"E RW 018"}},
      {"amount without item", stray, {"E RW 023"}},
      {"item twice", same_item, {"E RW 014", "E RW 021"}},
      {"zero", document({kReceivable, kRevenue, {"0000217500", "0.00"}}), {"E F5 263"}},
      {"too many decimals",
       document({{"0000140100", "1.005"}, {"0000400000", "-1.005"}}),
       {"E F5 172", "E F5 172", "E RW 021", "E RW 021"}},
      {"yen with cents",
       document({{"0000140100", "1.50"}, {"0000400000", "-1.50"}}, {}, "JPY"),
       {"E F5 172", "E F5 172", "E RW 021", "E RW 021"}},
      {"unknown currency", document({kReceivable, kRevenue}, {}, "XYZ"), {"E F5 170"}},
      {"no rate", document({kReceivable, kRevenue}, {}, "EGP"), {"E SG 105"}},
      {"no items", document({}), {"E RW 002", "E RW 003"}},
  };
  for (const auto& one : cases) {
    if (std::string(one.what) == "no items") continue;
    expect_refused(*session_, one);
  }
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_POST", document({}))), Contains("E RW 002"));
}

TEST_F(PostingTest, more_than_999_items_are_refused) {
  std::vector<TestLine> lines(999, {"0000140100", "1.00"});
  lines.push_back({"0000400000", "-999.00"});
  expect_refused(*session_, {"1000 items", document(lines), {"E F5 727"}});
  lines.pop_back();
  lines.back() = {"0000400000", "-998.00"};
  EXPECT_EQ(post(document(lines)), "200000000010002026");
}

TEST_F(PostingTest, master_data_refusals) {
  const auto against = [](const char* account) {
    return document({kReceivable, {account, "-100.00"}});
  };
  const auto vendor = [](const char* number) {
    return document({kReceivable, {number, "-100.00", {}, "ACCOUNTPAYABLE"}});
  };
  const Refusal cases[] = {
      {"account missing", against("0000999999"), {"E F5 506"}},
      {"account without leading zeros", against("400000"), {"E F5 506"}},
      {"account blocked", against("0000499998"), {"E F5 350"}},
      {"reconciliation account", against("0000160000"), {"E F5 354"}},
      {"automatic only", against("0000300000"), {"E F5 351"}},
      {"vendor unknown", vendor("0000999999"), {"E F5 103"}},
      {"vendor not in the company code", vendor("0000300200"), {"E F5 103"}},
      {"vendor blocked here", vendor("0000300900"), {"E F5 105"}},
      {"vendor blocked everywhere", vendor("0000300950"), {"E F5 105"}},
      {"customer unknown",
       document({{"0000999999", "100.00", {}, "ACCOUNTRECEIVABLE"}, kRevenue}),
       {"E F5 102"}},
      {"other company code in a line",
       document({kReceivable, {"0000400000", "-100.00", {{"COMP_CODE", "2000"}}}}),
       {"E F5 166"}},
      {"profit centre unknown",
       document({kReceivable, {"0000400000", "-100.00", {{"PROFIT_CTR", "NONE"}}}}),
       {"E KM 026"}},
  };
  for (const auto& one : cases) expect_refused(*session_, one);
}

TEST_F(PostingTest, account_assignment_refusals) {
  const Refusal cases[] = {
      {"cost element without object", document({kReceivable, expense({})}), {"E KI 235"}},
      {"cost centre unknown",
       document({kReceivable, expense({{"COSTCENTER", "0000007777"}})}),
       {"E KI 265"}},
      {"cost centre expired",
       document({kReceivable, expense({{"COSTCENTER", "0000001090"}})}),
       {"E KI 265"}},
      {"cost centre locked",
       document({kReceivable, expense({{"COSTCENTER", "0000001080"}})}),
       {"E KI 248"}},
      {"cost centre of another company code",
       document({kReceivable, expense({{"COSTCENTER", "0000002000"}})}),
       {"E KI 100"}},
      {"revenue element with cost centre only",
       document({kReceivable, {"0000400300", "-100.00", {{"COSTCENTER", "0000001000"}}}}),
       {"E KI 235"}},
  };
  for (const auto& one : cases) expect_refused(*session_, one);
  auto segment = document({kReceivable, {"0000400300", "-100.00"}});
  segment["CRITERIA"] =
      abap::Table{{{"ITEMNO_ACC", "2"}, {"FIELDNAME", "KNDNR"}, {"CHARACTER", "200100"}}};
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_CHECK", segment)), ElementsAre("S RW 614"));
}

TEST_F(PostingTest, cost_centre_fills_profit_centre_and_is_dropped_on_balance_sheet) {
  const auto arguments = document({{"0000140100", "100.00", {{"COSTCENTER", "0000001000"}}},
                                   expense({{"COSTCENTER", "0000001000"}})});
  const auto answer = call("BAPI_ACC_DOCUMENT_POST", arguments);
  EXPECT_THAT(messages(answer), ElementsAre("S RW 605", "W KI 281"));
  commit();
  EXPECT_THAT(read("BSEG", {"KOSTL", "PRCTR", "SEGMENT"}),
              ElementsAre("0000001000|00000P1000|AMAZON", "          |          |"));
}

TEST_F(PostingTest, splitting_asks_for_a_profit_centre) {
  hands([](Hands& hand) { hand.set_splitting("1000", true); });
  expect_refused(*session_, {"splitting", simple_document(), {"E GLT2 201", "E GLT2 201"}});
  const abap::Structure centre{{"PROFIT_CTR", "00000P1000"}};
  post(document({{"0000140100", "1.00", centre}, {"0000400000", "-1.00", centre}}));
}

TEST_F(PostingTest, tax_refusals) {
  const auto revenue = [](const char* amount, const char* code) {
    return TestLine{"0000400000", amount, {{"TAX_CODE", code}}};
  };
  const Refusal cases[] = {
      {"bare tax line", document({kReceivable, tax_line("-100.00", "-1000.00")}), {"E FF 747"}},
      {"tax greater than base",
       document({kReceivable, revenue("-40.00", "O1"), tax_line("-60.00", "-40.00")}),
       {"E FF 747"}},
      {"no base amount",
       document({kReceivable, revenue("-90.00", "O1"), tax_line("-10.00", "")}),
       {"E FF 747"}},
      {"tax code unknown",
       document({kReceivable, revenue("-90.00", "QQ"), tax_line("-10.00", "-90.00", "QQ")}),
       {"E FF 101", "E FF 101"}},
      {"tax code without tax line",
       document({kReceivable, revenue("-100.00", "O1")}),
       {"E FF 805"}},
      {"tax code on an account without tax",
       document({{"0000140100", "100.00", {{"TAX_CODE", "O1"}}},
                 revenue("-90.00", "O1"),
                 tax_line("-10.00", "-90.00")}),
       {"E FF 753"}},
      {"account that wants a tax code",
       document({kReceivable, {"0000499997", "-100.00", {{"COSTCENTER", "0000001000"}}}}),
       {"E FF 806"}},
  };
  for (const auto& one : cases) expect_refused(*session_, one);
}

TEST_F(PostingTest, tax_lines_reach_the_tax_table) {
  post_and_commit(
      document({{"0000140100", "119.00"},
                {"0000400000", "-100.00", {{"TAX_CODE", "A1"}}},
                {"", "-19.00", {{"TAX_CODE", "A1"}, {"ACCT_KEY", "MWS"}}, "ACCOUNTTAX", "-100.00"}},
               {{"COMP_CODE", "2000"}}, "EUR", "EUR"));
  EXPECT_THAT(read("BSET", {"BUZEI", "MWSKZ", "HKONT", "SHKZG", "FWBAS", "FWSTE", "HWSTE"}),
              ElementsAre("003|A1|0000175000|H|      100.00 |       19.00 |       19.00"));
  EXPECT_THAT(read("BSEG", {"BUZID", "HKONT"}, {"BUZEI = '003'"}), ElementsAre("T|0000175000"));
}

TEST_F(PostingTest, zero_rate_tax_line_is_accepted_with_its_base) {
  post(document({kReceivable,
                 {"0000400000", "-100.00", {{"TAX_CODE", "O0"}}},
                 tax_line("0.00", "-100.00", "O0")}));
}

TEST_F(PostingTest, period_closed_for_vendors_only_refuses_vendor_documents) {
  hands([](Hands& hand) { hand.close_period("1000", "K", "2026", "011"); });
  post(simple_document());
  const TestLine vendor{"0000300100", "-100.00", {}, "ACCOUNTPAYABLE"};
  expect_refused(*session_, {"vendor period", document({kReceivable, vendor}), {"E F5 201"}});
  post(document({kReceivable, vendor}, {{"PSTNG_DATE", "20261201"}}));
}

TEST_F(PostingTest, co_lock_refuses_documents_with_cost_elements) {
  hands([](Hands& hand) { hand.lock_co("1000", "2026", "011"); });
  const auto with_costs = document({kReceivable, expense({{"COSTCENTER", "0000001000"}})});
  expect_refused(*session_, {"CO lock", with_costs, {"E KI 138"}});
  post(simple_document());
  hands([](Hands& hand) { hand.unlock_co("1000", "2026", "011"); });
  post(with_costs);
}

TEST_F(PostingTest, vendor_line_goes_to_its_reconciliation_account_with_block) {
  post_and_commit(document(
      {{"0000300100", "100.00", {{"PMNT_BLOCK", "A"}, {"ALLOC_NMBR", "S1"}}, "ACCOUNTPAYABLE"},
       kRevenue}));
  EXPECT_THAT(read("BSEG", {"BSCHL", "KOART", "HKONT", "LIFNR", "ZLSPR", "ZUONR"}, {"BUZEI = 1"}),
              ElementsAre("21|K|0000160000|0000300100|A|S1"));
}

TEST_F(PostingTest, same_vendor_invoice_twice_is_refused_gl_postings_are_not) {
  const auto invoice = document({{"0000476100", "100.00", {{"COSTCENTER", "0000001000"}}},
                                 {"0000300100", "-100.00", {}, "ACCOUNTPAYABLE"}},
                                {{"DOC_TYPE", "KR"}});
  post_and_commit(invoice);
  expect_refused(*session_, {"duplicate invoice", invoice, {"E F5 117"}});
  post_and_commit(simple_document());
  post_and_commit(simple_document());
  EXPECT_EQ(documents(), 3U);
}

TEST_F(PostingTest, yen_are_stored_shifted) {
  post_and_commit(document({{"0000140100", "12345"}, {"0000400000", "-12345"}}, {}, "JPY"));
  EXPECT_THAT(read("BSEG", {"WRBTR", "DMBTR"}, {"BUZEI = '001'"}),
              ElementsAre("      123.45 |       82.34"));
  EXPECT_THAT(read("BSEG", {"BUZEI"}, {"WRBTR = '123.45' AND SHKZG = 'S'"}), ElementsAre("001"));
}

TEST_F(PostingTest, dinars_keep_three_decimals) {
  post_and_commit(document({{"0000140100", "1.234"}, {"0000400000", "-1.234"}}, {}, "KWD"));
  EXPECT_THAT(read("BSEG", {"WRBTR"}, {"BUZEI = '001'"}), ElementsAre("       12.34"));
}

TEST_F(PostingTest, local_amounts_add_up_to_zero) {
  // At 0.73125 each 0.05 CAD are 0.04 USD, together 0.12; 0.15 CAD alone would be 0.11.
  post_and_commit(document({{"0000140100", "0.05"},
                            {"0000140100", "0.05"},
                            {"0000140100", "0.05"},
                            {"0000400000", "-0.15"}},
                           {}, "CAD"));
  EXPECT_THAT(read("BSEG", {"SHKZG", "DMBTR"}),
              ElementsAre("H|        0.12", "S|        0.04", "S|        0.04", "S|        0.04"));
  EXPECT_THAT(read("BKPF", {"KURSF", "HWAER"}), ElementsAre(" 0.73125 |USD"));
}

TEST_F(PostingTest, rate_follows_document_type_date_quotation_and_factors) {
  struct Case {
    const char* what;
    abap::Structure header;
    const char* currency;
    const char* amount;
    const char* local;  // of the receivable
  };
  const Case cases[] = {
      {"no rate type of its own: M", {}, "CAD", "100.00", "       73.13"},
      {"rate type of the document type", {{"DOC_TYPE", "ZR"}}, "CAD", "100.00", "       70.00"},
      {"posting date", {{"PSTNG_DATE", "20261031"}}, "CAD", "100.00", "       72.00"},
      {"translation date first", {{"TRANS_DATE", "20261031"}}, "CAD", "100.00", "       72.00"},
      {"indirect quotation", {{"COMP_CODE", "2000"}}, "USD", "100.00", "       92.17"},
      {"factors of TCURF, none in TCURR", {}, "JPY", "12345", "       82.34"},
  };
  for (const auto& one : cases) {
    const auto credit = std::string("-") + one.amount;
    const auto key = post_and_commit(
        document({{"0000140100", one.amount}, {"0000400000", credit}}, one.header, one.currency));
    EXPECT_THAT(
        read("BSEG", {"DMBTR"},
             {"BUKRS = '" + key.bukrs + "' AND BELNR = '" + key.belnr + "'", "AND BUZEI = '001'"}),
        ElementsAre(one.local))
        << one.what;
  }
}

TEST_F(PostingTest, rate_entered_in_ob08_is_used_at_once) {
  const auto pounds = document({kReceivable, kRevenue}, {}, "EGP");
  expect_refused(*session_, {"no rate", pounds, {"E SG 105"}});
  hands([](Hands& hand) { hand.set_rate({"M", "EGP", "USD"}, "20261101", 18000); });
  post_and_commit(pounds);
  EXPECT_THAT(read("BSEG", {"DMBTR"}, {"BUZEI = '001'"}), ElementsAre("       18.00"));
}

TEST_F(PostingTest, own_object_key_is_kept_and_returned) {
  auto arguments =
      with_header({{"OBJ_TYPE", "ZAMZN"}, {"OBJ_KEY", "20612345671-01A"}, {"OBJ_SYS", "MLCONN"}});
  EXPECT_EQ(post(arguments), "20612345671-01A");
  commit();
  EXPECT_THAT(read("BKPF", {"BELNR", "AWTYP", "AWKEY", "AWSYS"}),
              ElementsAre("2000000000|ZAMZN|20612345671-01A     |MLCONN"));
}

TEST_F(PostingTest, weeks_year_gives_fiscal_periods) {
  struct Case {
    const char* day;
    const char* period;
  };
  for (const auto& one :
       {Case{"20260927", "12|2026"}, Case{"20260928", "01|2027"}, Case{"20261108", "02|2027"},
        Case{"20251228", "03|2026"}, Case{"20251231", "04|2026"}, Case{"20350930", "12|2035"}}) {
    const auto answer = call(
        "BAPI_ACC_DOCUMENT_POST",
        with_header({{"COMP_CODE", "3000"}, {"PSTNG_DATE", one.day}, {"REF_DOC_NO", one.day}}));
    EXPECT_THAT(messages(answer), ElementsAre("S RW 605")) << one.day;
    commit();
    EXPECT_THAT(read("BKPF", {"MONAT", "GJAHR"}, {std::string("XBLNR = '") + one.day + "'"}),
                ElementsAre(one.period));
  }
}

}  // namespace
}  // namespace mlc::simulators::sap
