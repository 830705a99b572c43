// What goes wrong between the client and Amazon, by what name, and that it ends well: the client
// against the simulated Amazon.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <ostream>
#include <set>

#include "amazon/errors.h"
#include "amazon/testing/simulated_client.h"
#include "simulators/amazon/faults.h"

namespace mlc::amazon {
namespace {

namespace simulated = simulators::amazon;
using Parameters = std::map<std::string, std::string, std::less<>>;

class Recovery : public testing::SimulatedClient {
 protected:
  Error listing_error() {
    const auto page = source_->list_settlement_reports(Instant(), "");
    EXPECT_FALSE(page);
    return page ? Error(kRefused) : page.error();
  }
  std::vector<std::string> notice_ids() const {
    std::vector<std::string> out;
    for (const Error& notice : connection_->notices()) out.emplace_back(notice.id());
    return out;
  }
  static simulated::Settings small() {
    simulated::Settings settings;
    settings.rows = 20;
    return settings;
  }
  const simulated::SimulatedAccount account_{};
};

// One fault, and what the client calls it. Afterwards the same call succeeds, as soon as the error
// says so, and brings the same bytes as without the fault.
struct FaultCase {
  const char* where;
  const char* kind;
  Parameters parameters;
  const char* error;  // empty: the client bears it unseen
};
void PrintTo(const FaultCase& c, std::ostream* out) { *out << c.where << " " << c.kind; }

class PassingFault : public Recovery, public ::testing::WithParamInterface<FaultCase> {};

TEST_P(PassingFault, IsNamedAndEndsWithTheSameBytes) {
  const FaultCase& fault = GetParam();
  const std::string expected = simulated::settlement_text(simulator_->series(), 4);
  const auto night = [this]() -> Result<ports::ReceivedDocument> {
    MLC_TRY(const auto page, source_->list_settlement_reports(Instant(), ""));
    return source_->download(page.reports.at(0).report_document_id, vault_);
  };
  const simulators::FaultOrder order{fault.where, 1, fault.kind, fault.parameters};
  ASSERT_TRUE(simulated::is_known(order));
  simulator_->faults().add(order);
  const auto first = night();
  if (*fault.error == '\0') {
    ASSERT_TRUE(first) << first.error().explain();
  } else {
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().id(), fault.error) << first.error().explain();
    EXPECT_EQ(first.error().again(), Again::kLater);
    EXPECT_TRUE(vault_.objects.empty());
  }
  const auto arrived = patiently(night);
  ASSERT_TRUE(arrived) << arrived.error().explain();
  EXPECT_EQ(vault_.objects[arrived->object.id.str()], expected);
  EXPECT_TRUE(simulator_->faults().all_used());
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, PassingFault,
    ::testing::Values(
        FaultCase{"login", "status", {{"status", "503"}}, "amazon.login_unavailable"},
        FaultCase{"login", "drop", {}, "amazon.login_unavailable"},
        FaultCase{"login", "slow", {{"seconds", "90"}}, "amazon.login_unavailable"},
        FaultCase{"login", "garbage", {}, "amazon.web_page"},
        FaultCase{"login", "firewall", {}, "amazon.web_page"},
        FaultCase{"getReports", "status", {{"status", "429"}}, "amazon.quota_exceeded"},
        FaultCase{"getReports", "status", {{"status", "500"}}, "amazon.unavailable"},
        FaultCase{"getReports", "status", {{"status", "503"}}, "amazon.unavailable"},
        FaultCase{"getReports", "quota", {{"hours", "1"}}, "amazon.quota_exceeded"},
        FaultCase{"getReports", "garbage", {}, "amazon.web_page"},
        FaultCase{"getReports", "firewall", {}, "amazon.web_page"},
        FaultCase{"getReports", "truncate", {}, "net.broken"},
        FaultCase{"getReports", "expire_token", {}, ""},
        FaultCase{"getReports", "revoked_token", {}, ""},
        FaultCase{"getReports", "secret_expired", {}, ""},
        FaultCase{"getReports", "clock", {{"minutes", "30"}}, ""},
        FaultCase{"getReports", "bare", {}, ""}, FaultCase{"getReports", "strange_fields", {}, ""},
        FaultCase{"getReports", "other_marketplaces", {}, ""},
        FaultCase{"getReportDocument", "firewall", {}, "amazon.web_page"},
        FaultCase{"getReportDocument", "gzip_label", {}, ""},
        FaultCase{"document", "expired_address", {}, "amazon.address_expired"},
        FaultCase{"document", "firewall", {}, "amazon.storage_denied"},
        FaultCase{"document", "garbage", {}, "amazon.web_page"},
        FaultCase{"document", "status", {{"status", "503"}}, "amazon.storage_unavailable"},
        FaultCase{"document", "short_body", {}, "amazon.document_damaged"},
        FaultCase{"document", "truncate", {}, "net.broken"},
        FaultCase{"document", "drop", {}, "net.broken"}, FaultCase{"document", "inflated", {}, ""},
        FaultCase{"document", "content_type", {{"value", "text/plain; charset=Cp1252"}}, ""}));

TEST_F(Recovery, ExpiredAddressOneMoreIsAskedFor) {
  const std::string document = list().front().report_document_id;
  order("document", "expired_address");
  const auto expired = source_->download(document, vault_);
  ASSERT_TRUE(expired.error().is(kAddressExpired));
  EXPECT_EQ(expired.error().wait(), Duration::zero());
  // The second address is asked for: an order for the second visit of getReportDocument strikes.
  order("getReportDocument", "status", {{"status", "503"}});
  EXPECT_TRUE(source_->download(document, vault_).error().is(kUnavailable));
  clock_.advance(std::chrono::minutes(1));
  EXPECT_TRUE(source_->download(document, vault_));
}

TEST_F(Recovery, QuotaGoneForHoursIsNamedCallsStayRareAndItEndsByItself) {
  order("getReports", "quota", {{"hours", "6"}});
  const Instant begin = clock_.now();
  int calls = 0;
  bool exhausted = false;
  for (auto page = source_->list_settlement_reports(Instant(), ""); !page;
       page = source_->list_settlement_reports(Instant(), "")) {
    ASSERT_EQ(page.error().again(), Again::kLater);
    if (!page.error().is(kQuotaWait)) ++calls;
    exhausted = exhausted || page.error().is(kQuotaExhausted);
    clock_.advance(page.error().wait().value());
  }
  EXPECT_TRUE(exhausted);
  EXPECT_GE(clock_.now() - begin, std::chrono::hours(6));
  EXPECT_LE(clock_.now() - begin, std::chrono::minutes(6 * 60 + 23));
  EXPECT_LE(calls, 30);
  clock_.advance(std::chrono::minutes(1));
  EXPECT_EQ(list().size(), 5U);
}

TEST_F(Recovery, RaisedLimitsAreLearnedAndUsed) {
  simulated::Settings settings = small();
  settings.accounts[0].limits_percent = 250;
  start(settings);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(list().size(), 5U);
  const Error waits = listing_error();
  ASSERT_TRUE(waits.is(kQuotaWait));
  EXPECT_LE(waits.wait().value(), Duration(18'019));  // 1 / 0.0555 s
  clock_.advance(*waits.wait());
  EXPECT_EQ(list().size(), 5U);
}

TEST_F(Recovery, SecretRotatedAndOnlyTheOldOneEntered_ItWorksUntilTheOldOneEnds) {
  simulator_->rotate_secret(account_.client_id, "new-secret", clock_.now() + std::chrono::days(7));
  EXPECT_EQ(list().size(), 5U);
  clock_.advance(std::chrono::days(7));
  const Error refused = listing_error();
  EXPECT_TRUE(refused.is(kInvalidClient));
  EXPECT_EQ(refused.again(), Again::kNo);
  EXPECT_NE(refused.cure().find("Rotate secret"), std::string::npos);
  connect({{"new-secret"}, account_.refresh_token});
  EXPECT_EQ(list().size(), 6U);  // the seventh day brought one more
}

TEST_F(Recovery, SecretRotatedAndBothEntered_TheOldOneIsNotedWhileItIsTheOneThatWorks) {
  simulator_->rotate_secret(account_.client_id, "new-secret", clock_.now() + std::chrono::days(7));
  order("login", "old_secret_only");
  // Two visits: the first secret is refused, the second taken, both by a server that is behind.
  simulator_->faults().add({"login", 2, "old_secret_only", {}});
  connect({{"new-secret", account_.client_secret}, account_.refresh_token});
  EXPECT_EQ(list().size(), 5U);
  EXPECT_EQ(notice_ids(), std::vector<std::string>{"amazon.old_secret_in_use"});
  clock_.advance(std::chrono::hours(2));
  EXPECT_EQ(list().size(), 5U);
  EXPECT_TRUE(notice_ids().empty());
}

TEST_F(Recovery, SecretExpiredForTheApi_APersonRotatesAndItWorks) {
  order("getReports", "secret_expired");
  simulator_->faults().add({"getReports", 2, "secret_expired", {}});
  const Error refused = listing_error();
  EXPECT_TRUE(refused.is(kSecretExpired));
  EXPECT_EQ(refused.again(), Again::kNo);
  simulator_->rotate_secret(account_.client_id, "new-secret", clock_.now());
  connect({{"new-secret", account_.client_secret}, account_.refresh_token});
  EXPECT_EQ(list().size(), 5U);
}

TEST_F(Recovery, AuthorisationRevoked_TokensGivenOutEndTooUntilTheSellerAuthorisesAgain) {
  simulated::Settings settings = small();
  settings.accounts.push_back(settings.accounts[0]);
  settings.accounts[1].refresh_token = "Atzr|given-again";
  start(settings);
  EXPECT_FALSE(list().empty());
  simulator_->revoke(account_.refresh_token);
  const Error refused = listing_error();
  EXPECT_TRUE(refused.is(kInvalidGrant)) << refused.explain();
  EXPECT_EQ(refused.again(), Again::kNo);
  EXPECT_NE(refused.cure().find("Authorize"), std::string::npos);
  connect({{account_.client_secret}, "Atzr|given-again"});
  EXPECT_FALSE(list().empty());
}

TEST_F(Recovery, WrongRegion_IsToldWithTheRightOne) {
  connect({{account_.client_secret}, account_.refresh_token, Region::kEurope});
  const Error refused = listing_error();
  EXPECT_TRUE(refused.is(kWrongRegion));
  EXPECT_EQ(refused.fact("other_region"), "na");
  connect({{account_.client_secret}, account_.refresh_token, Region::kNorthAmerica});
  EXPECT_EQ(list().size(), 5U);
}

TEST_F(Recovery, RoleMissing_IsToldFromTheWrongRegion) {
  simulated::Settings settings = small();
  settings.accounts[0].has_finance_role = false;
  settings.accounts.push_back(account_);  // authorised again, with the role
  settings.accounts[1].refresh_token = "Atzr|with-the-role";
  start(settings);
  EXPECT_TRUE(listing_error().is(kRoleMissing));
  connect({{account_.client_secret}, "Atzr|with-the-role"});
  EXPECT_FALSE(list().empty());
}

TEST_F(Recovery, NoRoleAtAll_StaysOpenBetweenRoleAndRegion) {
  simulated::Settings settings = small();
  settings.accounts[0].has_finance_role = false;
  settings.accounts[0].has_insights_role = false;
  start(settings);
  EXPECT_TRUE(listing_error().is(kAccessDenied));
}

TEST_F(Recovery, ClockBehindAmazons_IsNamedWhenACallFailsForIt) {
  const Parameters two_days_ahead = {{"minutes", "-2880"}};
  order("getReports", "clock", two_days_ahead);
  simulator_->faults().add({"getReports", 2, "clock", two_days_ahead});
  const Error refused = listing_error();
  EXPECT_TRUE(refused.is(kClockWrong)) << refused.explain();
  EXPECT_EQ(refused.fact("direction"), "behind");
  EXPECT_NE(refused.cure().find("timedatectl"), std::string::npos);
  EXPECT_EQ(list().size(), 5U);
}

TEST_F(Recovery, ClockAheadOfAmazons_IsNotedThoughCallsSucceed) {
  order("getReports", "clock", {{"minutes", "20"}});
  EXPECT_EQ(list().size(), 5U);
  EXPECT_EQ(notice_ids(), std::vector<std::string>{"amazon.clock_differs"});
  EXPECT_EQ(list().size(), 5U);
  EXPECT_TRUE(notice_ids().empty());
}

TEST_F(Recovery, CallsAreCountedByHowTheyEnd) {
  order("getReports", "status", {{"status", "429"}});
  simulator_->faults().add({"getReports", 2, "status", {{"status", "503"}}});
  EXPECT_TRUE(listing_error().is(kQuotaExceeded));
  EXPECT_TRUE(listing_error().is(kQuotaWait));
  clock_.advance(std::chrono::hours(1));
  EXPECT_TRUE(listing_error().is(kUnavailable));
  clock_.advance(std::chrono::hours(1));
  list();
  EXPECT_TRUE(source_->report("1").error().is(kNotFound));
  std::map<std::string, std::uint64_t> counted;
  for (const CallCount& count : counts_.all()) {
    if (count.calls == 0) continue;
    const std::string name(row_of(count.operation).name);
    counted[name + " " + std::string(to_word(count.end))] = count.calls;
  }
  EXPECT_EQ(counted, (std::map<std::string, std::uint64_t>{{"getReports answered", 1},
                                                           {"getReports throttled", 1},
                                                           {"getReports failed", 1},
                                                           {"getReports put_off", 1},
                                                           {"getReport rejected", 1}}));
}

// A listing of several pages, begun again as often as an error says so.
class Pages : public Recovery {
 protected:
  void SetUp() override {
    simulated::Settings settings = small();
    for (int copy = 0; copy < 240; ++copy) {
      settings.faults.push_back({"settlement:5", 1, "repeat", {{"hours", "1"}}});
    }
    start(settings);
  }
  std::size_t list_all() {
    std::set<std::string> found;
    std::string token;
    for (int calls = 0; calls < 30; ++calls) {
      const auto page = source_->list_settlement_reports(Instant(), token);
      if (!page) {
        EXPECT_EQ(page.error().again(), Again::kLater) << page.error().explain();
        errors_.emplace_back(page.error().id());
        clock_.advance(page.error().wait().value_or(Duration(60'000)));
        token.clear();
        continue;
      }
      for (const auto& report : page->reports) found.insert(report.report_id);
      token = page->next_token;
      if (token.empty()) break;
    }
    return found.size();
  }
  std::vector<std::string> errors_;
};

TEST_F(Pages, TokenThatDiesBetweenPages_TheListingBeginsAgainAndIsWhole) {
  simulator_->faults().add({"getReports", 2, "page_token_expired", {}});
  EXPECT_EQ(list_all(), 245U);
  EXPECT_EQ(errors_, std::vector<std::string>{"amazon.page_token_refused"});
}

TEST_F(Pages, PageThatNamesItselfAsNext_TheListingBeginsAgainAndIsWhole) {
  simulator_->faults().add({"getReports", 2, "same_token", {}});
  EXPECT_EQ(list_all(), 245U);
  EXPECT_EQ(errors_, std::vector<std::string>{"amazon.page_repeated"});
}

TEST_F(Pages, InternalFailureInTheMiddle_SmallerPagesBringTheSame) {
  simulator_->faults().add({"getReports", 2, "status", {{"status", "500"}}});
  EXPECT_EQ(list_all(), 245U);
  EXPECT_EQ(errors_, std::vector<std::string>{"amazon.unavailable"});
}

TEST_F(Recovery, ReportThatAmazonShowsLate_IsFoundByTheNextListing) {
  simulated::Settings settings = small();
  settings.faults = {{"settlement:5", 1, "late", {{"hours", "250"}}}};
  start(settings);
  EXPECT_EQ(list().size(), 4U);
  clock_.advance(std::chrono::hours(24));
  const auto found = list();
  EXPECT_EQ(found.size(), 5U);
  EXPECT_EQ(format_instant(found.front().created), "2026-11-10T11:00:00.000Z");
}

TEST_F(Recovery, ReportsWithoutADocumentAreListedAsTheyAre) {
  simulated::Settings settings = small();
  settings.faults = {{"settlement:5", 1, "in_progress", {{"hours", "300"}}},
                     {"settlement:5", 1, "cancelled", {}},
                     {"settlement:5", 1, "fatal", {}}};
  start(settings);
  std::multiset<std::string> states;
  for (const auto& report : list()) {
    states.insert(report.processing_status);
    EXPECT_EQ(report.report_document_id.empty(), report.processing_status != "DONE");
  }
  EXPECT_EQ(states, (std::multiset<std::string>{"CANCELLED", "DONE", "DONE", "DONE", "DONE",
                                                "FATAL", "IN_PROGRESS"}));
  clock_.advance(std::chrono::hours(100));
  const auto later = list();
  EXPECT_EQ(std::ranges::count(later, "DONE", &ports::ReportListing::processing_status), 6);
}

}  // namespace
}  // namespace mlc::amazon
