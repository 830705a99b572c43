// The whole client against the simulated Amazon, in one process and on one clock.
#include "amazon/reports_client.h"

#include <gtest/gtest.h>

#include "amazon/errors.h"
#include "amazon/settlement_report/settlement_reader.h"
#include "amazon/testing/memory_vault.h"
#include "amazon/testing/scripted_http.h"
#include "amazon/testing/simulated_client.h"
#include "base/digest.h"
#include "net/errors.h"
#include "simulators/amazon/amazon_simulator.h"
#include "simulators/amazon/gzip.h"

namespace mlc::amazon {
namespace {

namespace simulated = simulators::amazon;

class CountRows final : public ports::RowSink {
 public:
  Status on_header(const ledger::SettlementHeader&) override { return {}; }
  Status on_rows(std::span<const ports::SettlementRow> rows) override {
    seen += rows.size();
    return {};
  }
  Status on_restart() override {
    seen = 0;
    return {};
  }
  std::size_t seen = 0;
};

class Reports : public testing::SimulatedClient {};

TEST_F(Reports, EverythingListedIsDownloadedReadAndAddsUp) {
  const auto listed = list();
  ASSERT_EQ(listed.size(), 5U);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(4 - i);  // newest first
    const auto document = source_->download(listed[i].report_document_id, vault_);
    ASSERT_TRUE(document) << document.error().explain();
    const std::string text = simulated::settlement_text(simulator_->series(), index);
    EXPECT_EQ(vault_.objects[document->object.id.str()], text);
    EXPECT_EQ(document->content_type, "text/plain; charset=UTF-8");
    EXPECT_NE(document->request_id, "");
    // Every second document comes as gzip; then the gzip is evidence as well.
    EXPECT_EQ(document->received_object,
              index % 2 == 0 ? to_hex(sha256(simulated::gzip(text))) : "");
    CountRows rows;
    const auto evidence = vault_.open(document->object.id).value();
    settlement_report::EvidenceSettlementReader reader;
    const auto read = reader.read(*evidence, "report", rows);
    ASSERT_TRUE(read) << read.error().explain();
    const auto facts = simulated::settlement_facts(simulator_->series(), index);
    EXPECT_EQ(rows.seen, facts.rows);
    EXPECT_EQ(read->sum.minor(), facts.total_cents);
    EXPECT_EQ(read->header.id.str(), facts.id);
    EXPECT_EQ(read->header.start, facts.start);
    EXPECT_EQ(read->header.end, facts.end);
  }
  EXPECT_EQ(simulator_->tokens_given(), 1U);
}

TEST_F(Reports, ListingHoldsWhatTheModelPromises) {
  const auto listed = list();
  ASSERT_FALSE(listed.empty());
  const auto& report = listed.front();
  EXPECT_EQ(report.processing_status, "DONE");
  EXPECT_EQ(format_instant(report.created), "2026-11-10T11:00:00.000Z");
  EXPECT_EQ(format_instant(report.data_start.value()), "2026-10-27T08:00:00.000Z");
  EXPECT_EQ(format_instant(report.data_end.value()), "2026-11-10T08:00:00.000Z");
  EXPECT_EQ(report.marketplace_ids, std::vector<std::string>{"ATVPDKIKX0DER"});
  const auto again = source_->report(report.report_id);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->report_document_id, report.report_document_id);
  EXPECT_TRUE(source_->report("1").error().is(kNotFound));
}

TEST_F(Reports, SinceNarrowsAndNeverReachesBeyond89Days) {
  const auto since = parse_instant("2026-10-20T00:00:00Z").value();
  EXPECT_EQ(source_->list_settlement_reports(since, "")->reports.size(), 2U);
  // The simulator refuses 90 days; a query from the beginning of time is still answered.
  EXPECT_EQ(source_->list_settlement_reports(Instant(), "")->reports.size(), 5U);
}

TEST_F(Reports, PagesAreFollowedByTheirTokenAlone) {
  simulated::Settings settings;
  settings.rows = 20;
  settings.settlements = 5;
  for (int copy = 0; copy < 65; ++copy) {
    settings.faults.push_back({"settlement:4", 1, "repeat", {{"hours", "1"}}});
    settings.faults.push_back({"settlement:5", 1, "repeat", {{"hours", "1"}}});
  }
  start(settings);
  const auto first = source_->list_settlement_reports(Instant(), "");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->reports.size(), 100U);
  ASSERT_NE(first->next_token, "");
  const auto second = source_->list_settlement_reports(Instant(), first->next_token);
  ASSERT_TRUE(second) << second.error().explain();
  EXPECT_EQ(second->reports.size(), 35U);
  EXPECT_EQ(second->next_token, "");
  clock_.advance(std::chrono::minutes(10));
  const auto late = source_->list_settlement_reports(Instant(), first->next_token);
  EXPECT_TRUE(late.error().is(kPageTokenRefused));
  EXPECT_EQ(late.error().wait(), Duration::zero());
  EXPECT_EQ(source_->list_settlement_reports(Instant(), "")->reports.size(), 100U);
}

TEST_F(Reports, TokenThatEndsMidWayIsRenewedUnseen) {
  ASSERT_EQ(list().size(), 5U);
  order("getReports", "expire_token");
  EXPECT_EQ(list().size(), 5U);
  EXPECT_EQ(simulator_->tokens_given(), 2U);
  clock_.advance(std::chrono::hours(3));
  EXPECT_EQ(list().size(), 5U);
  EXPECT_EQ(simulator_->tokens_given(), 3U);
}

TEST_F(Reports, RevokedSellerIsInvalidGrant) {
  simulator_->revoke(simulator_->settings().accounts[0].refresh_token);
  EXPECT_TRUE(source_->report("1").error().is(kInvalidGrant));
}

TEST_F(Reports, OurQuotaIsNeverMoreGenerousThanAmazons) {
  for (int round = 0; round < 60; ++round) {
    const auto page = source_->list_settlement_reports(Instant(), "");
    if (page) continue;
    ASSERT_TRUE(page.error().is(kQuotaWait)) << page.error().explain();
    clock_.advance(page.error().wait().value());
  }
}

TEST_F(Reports, AfterEveryKindOfTroubleTheDocumentArrivesWhole) {
  const std::string document = list().front().report_document_id;
  const std::string text = simulated::settlement_text(simulator_->series(), 4);
  struct Trouble {
    const char* where;
    const char* kind;
    std::map<std::string, std::string, std::less<>> parameters;
    const char* error;
  };
  const std::vector<Trouble> troubles = {
      {"getReportDocument", "status", {{"status", "429"}}, "amazon.quota_exceeded"},
      {"getReportDocument", "status", {{"status", "500"}}, "amazon.unavailable"},
      {"getReportDocument", "status", {{"status", "503"}}, "amazon.unavailable"},
      {"getReportDocument", "drop", {}, "net.broken"},
      {"getReportDocument", "drop_after", {}, "net.broken"},
      {"getReportDocument", "truncate", {}, "net.broken"},
      {"getReportDocument", "slow", {{"seconds", "61"}}, "net.timeout"},
      {"document", "status", {{"status", "503"}}, "amazon.storage_unavailable"},
      {"document", "status", {{"status", "403"}}, "amazon.storage_denied"},
      {"document", "garbage", {}, "amazon.web_page"},
      {"document", "drop", {}, "net.broken"},
      {"document", "truncate", {}, "net.broken"},
      {"document", "short_body", {}, "amazon.document_damaged"},
      {"document", "short_body", {{"bytes", "0"}}, "amazon.document_damaged"},
  };
  for (const Trouble& trouble : troubles) {
    clock_.advance(std::chrono::hours(1));
    vault_.objects.clear();
    order(trouble.where, trouble.kind, trouble.parameters);
    const auto failed = source_->download(document, vault_);
    ASSERT_FALSE(failed) << trouble.where << " " << trouble.kind;
    EXPECT_EQ(failed.error().id(), trouble.error) << trouble.where << " " << trouble.kind;
    EXPECT_EQ(failed.error().again(), Again::kLater);
    EXPECT_TRUE(vault_.objects.empty());
    const auto arrived = patiently([&] { return source_->download(document, vault_); });
    ASSERT_TRUE(arrived) << arrived.error().explain();
    EXPECT_EQ(vault_.objects[arrived->object.id.str()], text);
  }
  EXPECT_TRUE(simulator_->faults().all_used());
}

TEST_F(Reports, WebPagesAreRefusedByName) {
  order("getReports", "garbage");
  const auto refused = source_->list_settlement_reports(Instant(), "");
  EXPECT_TRUE(refused.error().is(kWebPage));
  EXPECT_NE(refused.error().fact("request_id"), "");
  EXPECT_EQ(list().size(), 5U);
}

TEST_F(Reports, WrongContentTypeIsReportedAsReceived) {
  order("document", "content_type", {{"value", "text/plain; charset=Cp1252"}});
  const auto document = source_->download(list().front().report_document_id, vault_);
  EXPECT_EQ(document.value().content_type, "text/plain; charset=Cp1252");
}

TEST_F(Reports, OldDocumentIsRefusedForAPerson) {
  const std::string id = list().back().report_document_id;
  clock_.set(parse_instant("2026-12-20T00:00:00Z").value());
  const auto refused = source_->download(id, vault_);
  EXPECT_TRUE(refused.error().is(kDocumentGone));
  EXPECT_EQ(refused.error().again(), Again::kNo);
  EXPECT_NE(refused.error().cure().find("Reports Repository"), std::string::npos);
}

// Answers that the simulator would never give.
class ScriptedReports : public ::testing::Test {
 protected:
  class NoTokens final : public AccessTokens {
   public:
    Result<Secret> token() override { return Secret("Atza|scripted"); }
    void reject(const Secret&) override {}
  };
  testing::ScriptedHttp http_;
  runtime::ManualClock clock_{parse_instant("2026-11-20T12:00:00Z").value()};
  std::unique_ptr<RateBucketStore> store_ = rate_buckets_in_memory();
  RateLimiter limiter_{clock_, *store_, runtime::seeded_random(1)};
  NoTokens tokens_;
  std::unique_ptr<SellingPartnerConnection> connection_ =
      selling_partner_connection(http_.client(), tokens_, limiter_, clock_, {});
  std::unique_ptr<ports::ReportSource> source_ =
      reports_client(*connection_, http_.client(), clock_, {});
  testing::MemoryVault vault_;
};

TEST_F(ScriptedReports, FirstPageIsAskedForAsAmazonWantsIt) {
  http_.answer(200, R"({"reports":[]})");
  ASSERT_TRUE(source_->list_settlement_reports(Instant(), ""));
  EXPECT_EQ(http_.requests[0].url,
            "https://sellingpartnerapi-na.amazon.com/reports/2021-06-30/reports"
            "?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2&pageSize=100"
            "&createdSince=2026-08-23T12%3A00%3A00.000Z");
}

TEST_F(ScriptedReports, NextPageIsAskedForByItsEscapedTokenAlone) {
  http_.answer(200, R"({"reports":[],"nextToken":"c/d+"})");
  const auto page = source_->list_settlement_reports(Instant(), "a+b/c=");
  EXPECT_EQ(page.value().next_token, "c/d+");
  EXPECT_TRUE(http_.requests[0].url.ends_with("/reports?nextToken=a%2Bb%2Fc%3D"));
}

TEST_F(ScriptedReports, PageThatRepeatsItsTokenIsRefused) {
  http_.answer(200, R"({"reports":[],"nextToken":"same"})");
  EXPECT_TRUE(source_->list_settlement_reports(Instant(), "same").error().is(kPageRepeated));
}

TEST_F(ScriptedReports, PageThatWasReadBeforeEndsTheCircle) {
  http_.answer(200, R"({"reports":[],"nextToken":"b"})");
  http_.answer(200, R"({"reports":[],"nextToken":"c"})");
  http_.answer(200, R"({"reports":[],"nextToken":"b"})");
  http_.answer(200, R"({"reports":[],"nextToken":"b"})");
  EXPECT_EQ(source_->list_settlement_reports(Instant(), "")->next_token, "b");
  EXPECT_EQ(source_->list_settlement_reports(Instant(), "b")->next_token, "c");
  const auto refused = source_->list_settlement_reports(Instant(), "c");
  EXPECT_TRUE(refused.error().is(kPageRepeated));
  EXPECT_EQ(refused.error().wait(), Duration::zero());
  EXPECT_EQ(source_->list_settlement_reports(Instant(), "")->next_token, "b");
}

TEST_F(ScriptedReports, PagesShrinkWhenTheyAreTooMuchForAmazonAndGrowAgain) {
  const auto asked = [this] {
    const std::string& url = http_.requests.back().url;
    const auto at = url.find("pageSize=") + std::string("pageSize=").size();
    return url.substr(at, url.find('&', at) - at);
  };
  for (const char* expected : {"100", "50", "25", "12", "10", "10"}) {
    http_.answer(500, R"({"errors":[{"code":"InternalFailure"}]})");
    EXPECT_TRUE(source_->list_settlement_reports(Instant(), "").error().is(kUnavailable));
    EXPECT_EQ(asked(), expected);
    clock_.advance(std::chrono::hours(1));
  }
  for (const char* expected : {"10", "20", "40", "80", "100", "100"}) {
    http_.answer(200, R"({"reports":[]})");
    EXPECT_TRUE(source_->list_settlement_reports(Instant(), ""));
    EXPECT_EQ(asked(), expected);
    clock_.advance(std::chrono::hours(1));
  }
  http_.answer(503, "");
  EXPECT_FALSE(source_->list_settlement_reports(Instant(), ""));
  clock_.advance(std::chrono::hours(1));
  http_.answer(200, R"({"reports":[]})");
  EXPECT_TRUE(source_->list_settlement_reports(Instant(), ""));
  EXPECT_EQ(asked(), "100");
}

TEST_F(ScriptedReports, MarketplacesNeitherNarrowAListingNorDecideAboutAReport) {
  http_.answer(200, R"({"reports":[{"reportId":"1","processingStatus":"IN_QUEUE",
      "createdTime":"2026-11-01T10:00:00Z","marketplaceIds":["A1AM78C64UM0Y8"]},
      {"reportId":"2","processingStatus":"IN_QUEUE","createdTime":"2026-11-01T10:00:00Z"}]})");
  EXPECT_EQ(source_->list_settlement_reports(Instant(), "")->reports.size(), 2U);
  EXPECT_EQ(http_.requests[0].url.find("marketplaceIds"), std::string::npos);
}

TEST_F(ScriptedReports, StorageThatDeniesTellsAnExpiredAddressFromAFirewall) {
  const std::string address = R"({"reportDocumentId":"d","url":"https://store.example/x?sig=abc"})";
  http_.answer(200, address);
  http_.answer(403,
               "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
  const auto expired = source_->download("d", vault_);
  EXPECT_TRUE(expired.error().is(kAddressExpired));
  EXPECT_EQ(expired.error().wait(), Duration::zero());
  http_.answer(200, address);
  http_.answer(403, "<html>blocked</html>");
  const auto denied = source_->download("d", vault_);
  EXPECT_TRUE(denied.error().is(kStorageDenied));
  EXPECT_EQ(denied.error().again(), Again::kLater);
  EXPECT_EQ(denied.error().wait(), std::nullopt);
  EXPECT_EQ(denied.error().fact("host"), "store.example");
  EXPECT_EQ(denied.error().explain().find("abc"), std::string::npos);
  http_.answer(200, address);
  http_.answer(200, "settlement-id\n");
  EXPECT_TRUE(source_->download("d", vault_));
}

TEST_F(ScriptedReports, UnknownFieldsAndStatesAreAccepted) {
  http_.answer(200, R"({"reports":[{"reportId":"1","reportType":"T","newField":{"a":[1.5]},
      "processingStatus":"PAUSED","createdTime":"2026-11-01T10:00:00+00:00"}],"more":null})");
  const auto page = source_->list_settlement_reports(Instant(), "");
  ASSERT_TRUE(page) << page.error().explain();
  EXPECT_EQ(page->reports.at(0).processing_status, "PAUSED");
  EXPECT_EQ(page->reports.at(0).report_document_id, "");
}

TEST_F(ScriptedReports, MissingFieldsAreNamed) {
  struct Case {
    const char* body;
    const char* names;
  };
  for (const Case& c :
       {Case{R"({})", "reports"}, Case{R"({"reports":[{}]})", "reportId"},
        Case{R"({"reports":[{"reportId":"1","createdTime":"2026-11-01T10:00:00Z"}]})",
             "processingStatus"},
        Case{R"({"reports":[{"reportId":"1","processingStatus":"IN_QUEUE",
                             "createdTime":"yesterday"}]})",
             "createdTime"},
        Case{R"({"reports":[{"reportId":"1","processingStatus":"DONE",
                             "createdTime":"2026-11-01T10:00:00Z"}]})",
             "reportDocumentId"}}) {
    http_.answer(200, c.body);
    const auto refused = source_->list_settlement_reports(Instant(), "");
    ASSERT_FALSE(refused) << c.body;
    EXPECT_TRUE(refused.error().is(kUnreadableAnswer));
    EXPECT_TRUE(refused.error().fact("reason").starts_with(c.names)) << refused.error().text();
  }
}

TEST_F(ScriptedReports, DownloadCarriesNoTokenAndNeedsHttps) {
  http_.answer(200, R"({"reportDocumentId":"d","url":"https://store.example/x?sig=abc"})");
  http_.answer(200, "settlement-id\n");
  ASSERT_TRUE(source_->download("d", vault_));
  ASSERT_EQ(http_.requests.size(), 2U);
  EXPECT_FALSE(net::has_header(http_.requests[1].headers, "x-amz-access-token"));
  http_.answer(200, R"({"reportDocumentId":"d","url":"http://store.example/x?sig=abc"})");
  const auto refused = source_->download("d", vault_);
  EXPECT_TRUE(refused.error().is(net::kNotSecure));
  EXPECT_EQ(refused.error().explain().find("abc"), std::string::npos);
}

TEST_F(ScriptedReports, StorageThatHasNoDocumentIsRefusedForAPerson) {
  http_.answer(200, R"({"reportDocumentId":"d","url":"https://store.example/x?sig=abc"})");
  http_.answer(404, "<Error/>");
  const auto refused = source_->download("d", vault_);
  EXPECT_TRUE(refused.error().is(kStorageRefused));
  EXPECT_EQ(refused.error().again(), Again::kNo);
}

}  // namespace
}  // namespace mlc::amazon
