#include <gtest/gtest.h>
#include <sstream>

#include "flow/errors.h"
#include "ledger/errors.h"
#include "operations/audit_verify.h"
#include "operations/errors.h"
#include "operations/exceptions.h"
#include "operations/explain.h"
#include "operations/import_file.h"
#include "operations/preview.h"
#include "operations/rule_text.h"
#include "operations/settlement_view.h"
#include "operations/summary.h"
#include "operations/testing/hub_fixture.h"
#include "operations/verbs.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

constexpr const char* kId = "28471003921";
constexpr const char* kKey = "28471003921-01A";

TEST(ImportFile, SampleFile_IsProvedPlannedAndPosted) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  const auto rows = list_settlements(*fixture.hub, {});
  ASSERT_TRUE(rows.has_value());
  ASSERT_EQ(rows->size(), 1U);
  const SettlementRow& row = rows->front();
  EXPECT_EQ(row.state, "posted");
  EXPECT_EQ(row.name, kId);
  EXPECT_EQ(row.amount, "100.00");
  EXPECT_EQ(row.rows, 4U);
  ASSERT_EQ(row.documents.size(), 1U);
  EXPECT_EQ(row.documents.front().number, "US01/0100000001/2026");
}

TEST(ImportFile, SameFileAgain_IsRecognised) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  std::istringstream again(sample_file());
  const auto imported = import_file(*fixture.hub, "us", "again.tsv", again, {});
  ASSERT_TRUE(imported.has_value());
  EXPECT_TRUE(imported->known);
  fixture.run();
  EXPECT_EQ(fixture.sap.books.size(), 1U);
}

TEST(ImportFile, EmptyFile_IsRefusedByName) {
  HubFixture fixture(flow::PostMode::kAuto);
  std::istringstream empty;
  const auto imported = import_file(*fixture.hub, "", "empty.tsv", empty, {});
  ASSERT_FALSE(imported.has_value());
  EXPECT_TRUE(imported.error().is(kEmptyFile));
}

TEST(FindNamed, UnknownNames_AreExplainedWithNearOnes) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  const auto mistyped = find_named(*fixture.hub, "28471003912");
  ASSERT_FALSE(mistyped.has_value());
  EXPECT_TRUE(mistyped.error().is(kNotFound));
  EXPECT_EQ(mistyped.error().fact("near"), "; near it: 28471003921");
  const auto word = find_named(*fixture.hub, "july");
  ASSERT_FALSE(word.has_value());
  EXPECT_TRUE(word.error().is(kNotASettlementId));
  EXPECT_EQ(word.error().exit_code(), ExitCode::kNotFound);
}

TEST(ListSettlements, UnknownState_NamesThePossible) {
  HubFixture fixture(flow::PostMode::kAuto);
  const auto rows = list_settlements(*fixture.hub, {"psoted", "", ""});
  ASSERT_FALSE(rows.has_value());
  EXPECT_TRUE(rows.error().is(kUnknownState));
  EXPECT_NE(rows.error().fact("possible").find("awaiting_approval"), std::string_view::npos);
}

TEST(ListSettlements, FilterByStateAndText_LeavesTheOthersOut) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file("111"), "a.tsv");
  fixture.import(sample_file("222"), "b.tsv");
  EXPECT_EQ(list_settlements(*fixture.hub, {"posted", "", ""})->size(), 2U);
  EXPECT_EQ(list_settlements(*fixture.hub, {"", "", "b.tsv"})->size(), 1U);
  EXPECT_EQ(list_settlements(*fixture.hub, {"needs_rules", "", ""})->size(), 0U);
  EXPECT_EQ(list_settlements(*fixture.hub, {"", "eu", ""})->size(), 0U);
  const auto totals = totals_of(*list_settlements(*fixture.hub, {}));
  ASSERT_TRUE(totals.has_value());
  EXPECT_EQ(totals->front().deposits, "200.00");
  EXPECT_EQ(totals->front().difference, "0.00");
}

TEST(Approve, PlannedSettlement_IsPreviewedApprovedAndPosted) {
  HubFixture fixture(flow::PostMode::kApprove);
  fixture.import(sample_file());
  EXPECT_EQ(fixture.state_of(kId), "awaiting_approval");
  const auto seen = preview(*fixture.hub, kId, true);
  ASSERT_TRUE(seen.has_value()) << seen.error().explain();
  EXPECT_EQ(seen->check->outcome, "ready");
  EXPECT_EQ(seen->posted, "100.00");
  ASSERT_EQ(seen->manifest.documents.size(), 1U);
  const auto wrong = approve(*fixture.hub, kId, "00000000");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_TRUE(wrong.error().is(flow::kApprovalOutdated));
  ASSERT_TRUE(approve(*fixture.hub, kId, seen->manifest.content_hash.substr(0, 8)).has_value());
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "posted");
  EXPECT_EQ(show(*fixture.hub, kId)->record.approved_by, "cli:anna");
}

TEST(Verbs, WrongState_IsRefusedNamingWhatIsPossible) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  const auto asked = approve(*fixture.hub, kId, "");
  ASSERT_FALSE(asked.has_value());
  EXPECT_TRUE(asked.error().is(flow::kWrongState));
  EXPECT_EQ(asked.error().fact("possible"), "`retry 28471003921`, `reverse 28471003921`");
  EXPECT_EQ(asked.error().exit_code(), ExitCode::kRefused);
}

TEST(ReverseAndPost, AgainUnderTheNextLetter_NeedsTheLetter) {
  HubFixture fixture(flow::PostMode::kAuto);
  const std::string work = fixture.import(sample_file());
  ASSERT_TRUE(reverse(*fixture.hub, kId, "01").has_value());
  EXPECT_FALSE(*rests(*fixture.hub, WorkId(work)));
  fixture.run();
  EXPECT_TRUE(*rests(*fixture.hub, WorkId(work)));
  EXPECT_EQ(fixture.state_of(kId), "reversed");
  const auto repeated = post(*fixture.hub, kId, "");
  ASSERT_FALSE(repeated.has_value());
  EXPECT_TRUE(repeated.error().is(kRevisionNeeded));
  EXPECT_EQ(repeated.error().fact("next"), "B");
  ASSERT_TRUE(post(*fixture.hub, kId, "B").has_value());
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "posted");
  EXPECT_EQ(fixture.sap.books.back().reference, "28471003921-01B");
}

TEST(Exceptions, RowsWithoutRule_AreOneRowPerClassOverAllSettlements) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.use_rules({"Principal", "Refund"});
  fixture.import(sample_file("111"), "a.tsv");
  fixture.import(sample_file("222"), "b.tsv");
  const auto rows = exceptions(*fixture.hub);
  ASSERT_TRUE(rows.has_value());
  ASSERT_EQ(rows->size(), 1U);
  const ExceptionRow& row = rows->front();
  EXPECT_EQ(row.cause, "no rule");
  EXPECT_EQ(row.rows, 2U);
  EXPECT_EQ(row.amount, "-45.00");
  EXPECT_EQ(row.settlements.size(), 2U);
  EXPECT_NE(row.rule.find("amount_description = \"Commission\""), std::string::npos);
  EXPECT_EQ(row.next.front(), "retry " + row.settlements.front());
  fixture.use_rules({"Principal", "Commission", "Refund"});
  ASSERT_TRUE(retry(*fixture.hub, "111").has_value());
  ASSERT_TRUE(retry(*fixture.hub, "222").has_value());
  fixture.run();
  EXPECT_TRUE(exceptions(*fixture.hub)->empty());
}

TEST(Exceptions, RejectedSettlements_AreGroupedByTheirCause) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.sap.refuse = Error(flow::kNotOurReversal, {{"parts", "01"}, {"reason", "period"}});
  fixture.import(sample_file("111"), "a.tsv");
  fixture.import(sample_file("222"), "b.tsv");
  const auto rows = exceptions(*fixture.hub);
  ASSERT_TRUE(rows.has_value());
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().cause, "rejected");
  EXPECT_EQ(rows->front().amount, "200.00");
  EXPECT_FALSE(rows->front().goes_on_by_itself);
}

TEST(PossibleCommands, NothingInTheBooks_IsNotOfferedForReversal) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file("111"), "a.tsv");
  fixture.sap.refuse = Error(flow::kNotOurReversal, {{"parts", "01"}, {"reason", "period"}});
  fixture.import(sample_file("222"), "b.tsv");
  const std::vector<std::string> rejected{"retry 222", "resolve 222 discard"};
  EXPECT_EQ(settlement_row(*fixture.hub, "222")->next, rejected);
  EXPECT_EQ(show(*fixture.hub, "222")->row.next, rejected);
  EXPECT_EQ(list_settlements(*fixture.hub, {"rejected", "", ""})->front().next, rejected);
  EXPECT_EQ(exceptions(*fixture.hub)->front().next, rejected);
  const std::vector<std::string> posted{"retry 111", "reverse 111"};
  EXPECT_EQ(settlement_row(*fixture.hub, "111")->next, posted);
  EXPECT_EQ(list_settlements(*fixture.hub, {"posted", "", ""})->front().next, posted);
}

TEST(Exceptions, SeveralThingsNamedBySap_AreOneRowEach) {
  static constexpr ErrorKind kSapRefuses{"sap.rejected", "SAP refuses: {causes}", "Correct it.",
                                         ExitCode::kRefused};
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.sap.refuse = Error(
      kSapRefuses, {{"causes", "F5 506 account; KI 265 cost center on 20261123; F5 506 account"}});
  fixture.import(sample_file("111"), "a.tsv");
  fixture.sap.refuse =
      Error(kSapRefuses, {{"causes", "F5 506 account; KI 265 cost center on 20261109"}});
  fixture.import(sample_file("222"), "b.tsv");
  const auto rows = exceptions(*fixture.hub);
  ASSERT_TRUE(rows.has_value());
  ASSERT_EQ(rows->size(), 2U);
  for (const auto& row : *rows) {
    EXPECT_EQ(row.settlements.size(), 2U) << row.what;
    EXPECT_EQ(row.amount, "200.00");
  }
}

TEST(Reverse, RefusedBySap_StaysOpenAndNamesItsSettlement) {
  HubFixture fixture(flow::PostMode::kAuto);
  const WorkId work(fixture.import(sample_file()));
  fixture.sap.refuse_reversal =
      Error(flow::kNotOurReversal, {{"parts", "01"}, {"reason", "F5 512"}});
  ASSERT_TRUE(reverse(*fixture.hub, kId, "99").has_value());
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "posted");
  const auto open = open_reversal(*fixture.hub, work);
  ASSERT_TRUE(open.has_value() && open->has_value());
  EXPECT_EQ((*open)->state, "rejected");
  const auto rows = exceptions(*fixture.hub);
  ASSERT_TRUE(rows.has_value());
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_TRUE(rows->front().what.starts_with("Reversal of settlement 28471003921: "));
  EXPECT_EQ(rows->front().kind, "reversal");
  EXPECT_EQ(rows->front().settlements, std::vector<std::string>{(*open)->id.str()});
  EXPECT_EQ(rows->front().next.front(), "retry " + (*open)->id.str());
  ASSERT_TRUE(resolve(*fixture.hub, (*open)->id.str(), "discard").has_value());
  fixture.run();
  EXPECT_FALSE(open_reversal(*fixture.hub, work)->has_value());
  EXPECT_TRUE(exceptions(*fixture.hub)->empty());
}

TEST(Explain, EarlierRevision_KeepsItsOwnLineage) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  ASSERT_TRUE(reverse(*fixture.hub, kId, "01").has_value());
  fixture.run();
  fixture.use_rules({"Refund", "Principal", "Commission"});  // other accounts, other lines
  ASSERT_TRUE(post(*fixture.hub, kId, "B").has_value());
  fixture.run();
  ASSERT_EQ(fixture.state_of(kId), "posted");
  for (const char* key : {"28471003921-01A", "28471003921-01B"}) {
    const auto explained = explain(*fixture.hub, key, 0);
    ASSERT_TRUE(explained.has_value()) << explained.error().explain();
    for (const auto& line : explained->lines) {
      if (line.balancing) continue;
      auto sum = ledger::Money::zero(line.line.amount.currency());
      for (const auto& one : line.classes) {
        sum = *sum.plus(*ledger::Money::parse(one.amount, sum.currency()));
      }
      EXPECT_EQ(sum.negated()->decimal(), line.line.amount.decimal()) << key;
    }
  }
}

TEST(LiftStop, StoppedCompanyCode_GoesOnAtOnce) {
  HubFixture fixture(flow::PostMode::kAuto);
  {
    const auto transaction = fixture.store->begin();
    const Error why(flow::kDocumentVanished, {{"document", "X"}, {"company_code", "US01"}});
    ASSERT_TRUE((*transaction)
                    ->put_stop({TenantId("default"),
                                {"ECS", "800", "ECSCLNT800"},
                                "US01",
                                ports::to_stored(why),
                                fixture.clock.now()})
                    .has_value());
    ASSERT_TRUE((*transaction)->commit().has_value());
  }
  fixture.import(sample_file());
  EXPECT_EQ(fixture.state_of(kId), "deferred");
  const auto rows = exceptions(*fixture.hub);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().cause, "stopped");
  EXPECT_EQ(rows->front().amount, "100.00");
  EXPECT_EQ(rows->front().next.front(), "resolve --lift-stop US01");
  EXPECT_EQ(*lift_stop(*fixture.hub, "US01"), 1U);
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "posted");
  const auto nothing = lift_stop(*fixture.hub, "US01");
  ASSERT_FALSE(nothing.has_value());
  EXPECT_TRUE(nothing.error().is(kNoStop));
}

TEST(Explain, LineOfADocument_NamesRuleAndExactBytes) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  const auto whole = explain(*fixture.hub, kKey, 0);
  ASSERT_TRUE(whole.has_value()) << whole.error().explain();
  std::uint32_t sales = 0;
  for (const auto& line : whole->lines) {
    if (line.line.amount.decimal() == "-150.00") sales = line.line.item;
  }
  ASSERT_NE(sales, 0U);
  const auto explained = explain(*fixture.hub, "US01/100000001/2026", sales);
  ASSERT_TRUE(explained.has_value()) << explained.error().explain();
  ASSERT_EQ(explained->rows.size(), 2U);
  const std::string file = sample_file();
  for (const auto& row : explained->rows) {
    EXPECT_EQ(file.substr(row.offset, row.size), row.text);
  }
  EXPECT_EQ(explained->rows.front().line, 3U);
  EXPECT_EQ(explained->lines.front().classes.front().rule, "rule-Principal");
  EXPECT_EQ(explained->lines.front().classes.front().why, "because of Principal");
  const auto limited = explain(*fixture.hub, kKey, sales, 1);
  EXPECT_EQ(limited->rows.size(), 1U);
  EXPECT_EQ(limited->rows_left, 1U);
}

// The reasons that explain and trace show for the sales of the sample file.
std::vector<ClassView> sales_of(const HubFixture& fixture) {
  std::vector<ClassView> out;
  const auto explained = explain(*fixture.hub, kKey, 0);
  for (const auto& line : explained->lines) {
    for (const auto& one : line.classes) {
      if (!line.balancing && one.rule == "rule-Principal") out.push_back(one);
    }
  }
  out.push_back(*trace(*fixture.hub, kId, 3)->row_class);
  return out;
}

TEST(Explain, RuleFileEditedAfterPosting_StillShowsTheReasonOfTheTime) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  for (const auto& sale : sales_of(fixture)) EXPECT_EQ(sale.rule_today, RuleToday::kSame);
  fixture.use_rules({"Principal", "Commission", "Refund"}, "another reason for ");
  for (const auto& sale : sales_of(fixture)) {
    EXPECT_EQ(sale.why, "because of Principal");
    EXPECT_EQ(sale.rule_today, RuleToday::kChanged);
  }
  fixture.use_rules({"Commission", "Refund"});
  for (const auto& sale : sales_of(fixture)) {
    EXPECT_EQ(sale.why, "because of Principal");
    EXPECT_EQ(sale.rule_today, RuleToday::kGone);
  }
  fixture.hub->world = nullptr;  // the configuration cannot be read at all
  for (const auto& sale : sales_of(fixture)) {
    EXPECT_EQ(sale.why, "because of Principal");
    EXPECT_EQ(sale.rule_today, RuleToday::kUnknown);
  }
}

TEST(Explain, EarlierRevision_KeepsItsOwnReasons) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  ASSERT_TRUE(reverse(*fixture.hub, kId, "01").has_value());
  fixture.run();
  fixture.use_rules({"Principal", "Commission", "Refund"}, "new: ");
  ASSERT_TRUE(post(*fixture.hub, kId, "B").has_value());
  fixture.run();
  const auto why = [&](const char* key) {
    return explain(*fixture.hub, key, 0)->lines.front().classes.front().why;
  };
  EXPECT_TRUE(why("28471003921-01A").starts_with("because of "));
  EXPECT_TRUE(why("28471003921-01B").starts_with("new: "));
}

TEST(Explain, KeptRulesChangedInTheStore_AreRefused) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  {
    auto transaction = *fixture.store->database().begin();
    ASSERT_TRUE(transaction
                    .execute({"change rules",
                              "UPDATE rule_book SET content ="
                              " replace(content, 'because', 'despite')"},
                             {})
                    .has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }
  const auto explained = explain(*fixture.hub, kKey, 0);
  ASSERT_FALSE(explained.has_value());
  EXPECT_TRUE(explained.error().is(ledger::kBadRuleBook));
  const auto verification = audit_verify(*fixture.hub);
  ASSERT_TRUE(verification.has_value());
  ASSERT_EQ(verification->differences.size(), 1U);
  EXPECT_TRUE(verification->differences.front().is(ledger::kBadRuleBook));
}

TEST(Explain, UnknownDocumentOrLine_IsRefusedByName) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  const auto unknown = explain(*fixture.hub, "28471003921-01B", 0);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_TRUE(unknown.error().is(kNotFound));
  EXPECT_EQ(unknown.error().fact("near"), "; near it: 28471003921-01A");
  const auto line = explain(*fixture.hub, kKey, 99);
  ASSERT_FALSE(line.has_value());
  EXPECT_TRUE(line.error().is(kNoSuchLine));
}

TEST(Trace, EveryRow_LeadsToItsLineAndBack) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  for (std::uint64_t row = 3; row <= 6; ++row) {
    const auto traced = trace(*fixture.hub, kId, row);
    ASSERT_TRUE(traced.has_value()) << traced.error().explain();
    ASSERT_TRUE(traced->row_class && traced->document && traced->line);
    EXPECT_EQ(traced->document->number, "US01/0100000001/2026");
    const auto back = explain(*fixture.hub, traced->document->key, traced->line->item);
    bool found = false;
    for (const auto& one : back->rows) found = found || one.line == row;
    EXPECT_TRUE(found) << row;
  }
  for (std::uint64_t row = 1; row <= 2; ++row) {
    EXPECT_FALSE(trace(*fixture.hub, kId, row)->row_class.has_value());
  }
  const auto beyond = trace(*fixture.hub, kId, 7);
  ASSERT_FALSE(beyond.has_value());
  EXPECT_TRUE(beyond.error().is(kNoSuchRow));
  EXPECT_EQ(beyond.error().fact("lines"), "6");
}

TEST(Trace, RowWithoutRule_SaysSo) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.use_rules({"Principal", "Refund"});
  fixture.import(sample_file());
  EXPECT_EQ(trace(*fixture.hub, kId, 5)->row_class->destination, Destination::kNeedsRule);
  EXPECT_EQ(trace(*fixture.hub, kId, 3)->row_class->destination, Destination::kHeld);
}

TEST(Show, PostedSettlement_HasUnitDocumentsAndHistory) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  const auto view = show(*fixture.hub, kId);
  ASSERT_TRUE(view.has_value()) << view.error().explain();
  EXPECT_TRUE(view->last_unit.has_value());
  EXPECT_EQ(view->documents.size(), 1U);
  EXPECT_EQ(view->classes.size(), 3U);
  ASSERT_FALSE(view->history.empty());
  EXPECT_EQ(view->history.front().action, "import");
  EXPECT_EQ(view->history.front().actor, "cli:anna");
}

TEST(Summarize, PostedSettlements_HaveNoDifference) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file("111"), "a.tsv");
  fixture.import(sample_file("222"), "b.tsv");
  const auto summary = summarize(*fixture.hub);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->posted, 2U);
  ASSERT_EQ(summary->currencies.size(), 1U);
  EXPECT_EQ(summary->currencies.front().total.deposits, "200.00");
  EXPECT_EQ(summary->currencies.front().difference, "0.00");
  EXPECT_EQ(summary->currencies.front().documents, 2U);
}

TEST(Summarize, OneReversed_IsShownAndLeavesADifference) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file("111"), "a.tsv");
  fixture.import(sample_file("222"), "b.tsv");
  ASSERT_TRUE(reverse(*fixture.hub, "222", "01").has_value());
  fixture.run();
  const auto summary = summarize(*fixture.hub);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->posted, 1U);
  EXPECT_EQ(summary->reversed, 1U);
  EXPECT_EQ(summary->waiting, 0U);
  ASSERT_EQ(summary->currencies.size(), 1U);
  const auto& usd = summary->currencies.front();
  EXPECT_EQ(usd.total.deposits, "200.00");
  EXPECT_EQ(usd.total.posted, "100.00");
  EXPECT_EQ(usd.total.reversed, "100.00");
  EXPECT_EQ(usd.documents, 1U);
  EXPECT_EQ(usd.receivable, "100.00");
  EXPECT_EQ(usd.difference, "100.00");
  ASSERT_TRUE(usd.read_from.has_value());
  EXPECT_EQ(*usd.read_from, fixture.clock.now());
  ASSERT_TRUE(post(*fixture.hub, "222", "B").has_value());
  fixture.run();
  EXPECT_EQ(summarize(*fixture.hub)->currencies.front().difference, "0.00");
}

TEST(Summarize, NothingPosted_ShowsWhatWaits) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.sap.refuse = Error(flow::kNotOurReversal, {{"parts", "01"}, {"reason", "period"}});
  fixture.import(sample_file());
  const auto summary = summarize(*fixture.hub);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->waiting, 1U);
  ASSERT_EQ(summary->currencies.size(), 1U);
  EXPECT_EQ(summary->currencies.front().total.waiting, "100.00");
  EXPECT_EQ(summary->currencies.front().receivable, "0.00");
  EXPECT_EQ(summary->currencies.front().difference, "100.00");
  EXPECT_FALSE(summary->currencies.front().read_from.has_value());
}

TEST(Summarize, DocumentsOfAnotherLetterThanPlanned_AreCounted) {
  HubFixture fixture(flow::PostMode::kAuto);
  const WorkId work(fixture.import(sample_file()));
  {
    // What a hub holds that found its documents in SAP under B after a restore.
    const auto transaction = fixture.store->begin();
    auto document = (*transaction)->documents(TenantId("default"), work)->front();
    document.outcome = "reversed";
    ASSERT_TRUE((*transaction)->put_document(document).has_value());
    document.key.back() = 'B';
    document.revision = 'B';
    document.outcome = "posted";
    document.number = ledger::DocumentNumber{"US01", "0100000009", "2026"};
    ASSERT_TRUE((*transaction)->put_document(document).has_value());
    ASSERT_TRUE((*transaction)->commit().has_value());
  }
  const auto summary = summarize(*fixture.hub);
  ASSERT_TRUE(summary.has_value()) << summary.error().explain();
  const auto& usd = summary->currencies.front();
  EXPECT_EQ(usd.documents, 1U);
  EXPECT_EQ(usd.difference, "0.00");
  EXPECT_FALSE(usd.accounts.empty());
}

TEST(TotalsOf, SecondFileOfASettlement_CountsOnceAndIsNamedApart) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file(), "a.tsv");
  std::string changed = sample_file();
  changed.replace(changed.find("amazon.com"), 10, "amazon.org");
  ASSERT_EQ(fixture.state_of(fixture.import(changed, "b.tsv")), "reissued");
  const auto totals = totals_of(*list_settlements(*fixture.hub, {}));
  ASSERT_TRUE(totals.has_value());
  ASSERT_EQ(totals->size(), 1U);
  const auto& usd = totals->front();
  EXPECT_EQ(usd.settlements, 1U);
  EXPECT_EQ(usd.deposits, "100.00");
  EXPECT_EQ(usd.difference, "0.00");
  ASSERT_EQ(usd.excluded.size(), 1U);
  EXPECT_EQ(usd.excluded.front().state, "reissued");
  EXPECT_EQ(usd.excluded.front().amount, "100.00");
}

TEST(StandingsOf, RowsOfOneIdWithoutAHolder_CountOnce) {
  SettlementRow row;
  row.name = "work-1";
  row.settlement_id = "111";
  row.state = "rejected";
  SettlementRow other = row;
  other.name = "work-2";
  const auto standings = standings_of({row, other});
  EXPECT_EQ(standings, (std::vector{Standing::kWaiting, Standing::kExcluded}));
}

TEST(ToRow, PartPostedAgainAlone_ShowsEachPartWhereItStands) {
  const auto document = [](const char* key, const char* outcome) {
    ports::DocumentRecord out;
    out.key = key;
    out.part = out.key.substr(4, 2);
    out.revision = out.key.back();
    out.outcome = outcome;
    return out;
  };
  Named named;
  named.work.kind = "settlement";
  named.work.state = "posted";
  named.settlement.emplace();
  named.settlement->revision = 'B';
  const auto row = to_row(named, {document("111-01A", "posted"), document("111-01B", "planned"),
                                  document("111-02A", "reversed"), document("111-02B", "posted")});
  ASSERT_EQ(row.documents.size(), 2U);
  EXPECT_EQ(row.documents[0].key, "111-01A");
  EXPECT_EQ(row.documents[1].key, "111-02B");
}

TEST(RuleToType, DecidesWhatTheNearestRuleDecides) {
  ledger::RowClass row_class;
  row_class.transaction_type = "Order";
  row_class.amount_type = "ItemFees";
  row_class.amount_description = "New \"fee\"";
  ledger::Rule sibling;
  sibling.id = "order-itemfees-new-fee";
  sibling.match.amount_type = {ledger::Pattern::Kind::kExact, "itemfees"};
  sibling.result.account = "0000476100";
  sibling.result.nature = ledger::Nature::kFee;
  sibling.result.cost_center = "by-marketplace";
  sibling.result.text = "{amount_description}";
  ledger::RuleSet rules{};
  rules.rules = {sibling};
  const auto suggested = rule_to_type(row_class, &rules);
  EXPECT_EQ(suggested.nearest, "order-itemfees-new-fee");
  EXPECT_EQ(suggested.shared, "amount_type");
  EXPECT_EQ(suggested.text,
            "# A suggestion, not in use: like rule \"order-itemfees-new-fee\" (same amount_type). "
            "Check the account before it is pasted.\n"
            "[[rule]]\nid = \"order-itemfees-new-fee-2\"\ntransaction_type = \"Order\"\n"
            "amount_type = \"ItemFees\"\namount_description = \"New \\\"fee\\\"\"\n"
            "nature = \"fee\"\naccount = \"0000476100\"\ncost_center = \"by-marketplace\"\n"
            "text = \"{amount_description}\"\n");
}

TEST(RuleToType, WithoutANearRule_LeavesTheAccountToFillIn) {
  ledger::RowClass row_class;
  row_class.transaction_type = "Order";
  const auto suggested = rule_to_type(row_class, nullptr);
  EXPECT_EQ(suggested.nearest, "");
  EXPECT_NE(suggested.text.find("account = \"ACCOUNT\"\n"), std::string::npos);
  EXPECT_EQ(suggested.text.find("cost_center"), std::string::npos);
}

TEST(Resolve, WrongFileThatNeedsRules_IsDiscardedAndReinstated) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.use_rules({"Principal", "Refund"});
  const std::string work = fixture.import(sample_file());
  ASSERT_EQ(fixture.state_of(kId), "needs_rules");
  ASSERT_TRUE(resolve(*fixture.hub, kId, "discard").has_value());
  fixture.run();
  EXPECT_EQ(fixture.state_of(work), "superseded");
  EXPECT_TRUE(exceptions(*fixture.hub)->empty());
  fixture.use_rules({"Principal", "Commission", "Refund"});
  ASSERT_TRUE(resolve(*fixture.hub, work, "reinstate").has_value());
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "posted");
}

TEST(AuditVerify, DamagedEvidence_IsNamed) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  EXPECT_TRUE(audit_verify(*fixture.hub)->agrees());
  const auto object = show(*fixture.hub, kId)->record.object->id.str();
  std::string* content = fixture.files.content("/evidence/objects/" + object);
  ASSERT_NE(content, nullptr);
  content->at(content->size() / 2) = static_cast<char>(content->at(content->size() / 2) ^ 1);
  const auto verification = audit_verify(*fixture.hub);
  ASSERT_TRUE(verification.has_value());
  EXPECT_FALSE(verification->agrees());
}

}  // namespace
}  // namespace mlc::operations
