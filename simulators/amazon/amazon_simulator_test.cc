// The simulator as a client sees it, request by request.
#include "simulators/amazon/amazon_simulator.h"

#include <gtest/gtest.h>
#include <ostream>
#include <set>

#include "net/errors.h"
#include "net/url.h"
#include "simulators/amazon/command_line.h"
#include "simulators/amazon/faults.h"
#include "simulators/amazon/gzip.h"
#include "simulators/amazon/testing/simulated.h"

namespace mlc::simulators::amazon {
namespace {

TEST_F(Simulated, LoginGivesATokenForAnHour) {
  const auto response = login();
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(field(response.body, "access_token").starts_with("Atza|"));
  EXPECT_NE(response.body.find("\"expires_in\":3600"), std::string::npos);
  EXPECT_NE(login().body, response.body);
}

TEST_F(Simulated, LoginRefusesInAmazonsWords) {
  const auto wrong_secret = login(good_form("wrong"));
  EXPECT_EQ(wrong_secret.status, 401);
  EXPECT_EQ(field(wrong_secret.body, "error"), "invalid_client");
  EXPECT_EQ(field(login("grant_type=password").body, "error"), "unsupported_grant_type");
  EXPECT_EQ(field(login("grant_type=refresh_token").body, "error"), "invalid_request");
  simulator_->revoke(SimulatedAccount().refresh_token);
  const auto revoked = login();
  EXPECT_EQ(revoked.status, 400);
  EXPECT_EQ(field(revoked.body, "error"), "invalid_grant");
}

TEST_F(Simulated, TokensAreAskedForAndEnd) {
  const std::string target = std::string(kReports) + "?" + kType;
  const std::string held = token();
  EXPECT_EQ(field(get(target, "").body, "details"),
            "Access token is missing in the request header.");
  EXPECT_EQ(get(target, "Atza|other").status, 403);
  now_ += std::chrono::seconds(3599);
  EXPECT_EQ(get(target, held).status, 200);
  now_ += std::chrono::seconds(1);
  const auto expired = get(target, held);
  EXPECT_EQ(expired.status, 403);
  EXPECT_EQ(field(expired.body, "details"), "The access token you provided has expired.");
  EXPECT_EQ(net::header_value(expired.headers, "x-amzn-RateLimit-Limit"), "");
  EXPECT_NE(net::header_value(expired.headers, "x-amzn-RequestId"), "");
}

TEST_F(Simulated, OtherRegionOrMissingRoleIsDenied) {
  const std::string target = std::string(kReports) + "?" + kType;
  EXPECT_EQ(get(target, token(), "https://sellingpartnerapi-eu.amazon.com").status, 403);
  EXPECT_EQ(get("/eu" + target, token(), "http://127.0.0.1:8080").status, 403);
  EXPECT_EQ(get("/na" + target, token(), "http://127.0.0.1:8080").status, 200);
  Settings settings = small();
  settings.accounts[0].has_finance_role = false;
  simulator_ = std::make_unique<AmazonSimulator>(settings);
  EXPECT_EQ(get(target, token()).status, 403);
}

TEST_F(Simulated, ListingShowsWhatIsOverNewestFirst) {
  const auto response = list(kType);
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(count(response.body, "\"reportId\""), 5U);
  EXPECT_EQ(field(response.body, "createdTime"), "2026-11-10T11:00:00.000Z");
  EXPECT_EQ(field(response.body, "createdTime", 4), "2026-09-15T11:00:00.000Z");
  for (const char* name : {"reportType", "reportDocumentId", "dataStartTime", "dataEndTime"}) {
    EXPECT_NE(field(response.body, name), "") << name;
  }
  EXPECT_EQ(field(response.body, "processingStatus"), "DONE");
  EXPECT_EQ(net::header_value(response.headers, "x-amzn-RateLimit-Limit"), "0.0222");
  now_ = at("2026-12-14T12:00:00Z");  // the first is 90 days old
  EXPECT_EQ(count(list(kType).body, "\"reportId\""), 5U);
}

TEST_F(Simulated, ListingFiltersByTimeStatusAndType) {
  const std::string type(kType);
  EXPECT_EQ(count(list(type + "&createdSince=2026-10-20T00:00:00Z").body, "\"reportId\""), 2U);
  EXPECT_EQ(count(list(type + "&createdUntil=2026-10-20T00:00:00Z").body, "\"reportId\""), 3U);
  EXPECT_EQ(count(list(type + "&processingStatuses=IN_QUEUE").body, "\"reportId\""), 0U);
  EXPECT_EQ(count(list("reportTypes=GET_OTHER").body, "\"reportId\""), 0U);
}

TEST_F(Simulated, ListingRefusesBadParameters) {
  const std::string type(kType);
  // Two tokens' worth of quota stay: the bucket holds ten.
  for (const std::string& query :
       {std::string("pageSize=10"), type + "&pageSize=0", type + "&pageSize=101",
        type + "&createdSince=yesterday", type + "&createdSince=2026-08-22T12:00:00Z",
        type + "&processingStatuses=READY", type + "&colour=blue",
        std::string("nextToken=x&pageSize=10")}) {
    const auto response = list(query);
    EXPECT_EQ(response.status, 400) << query;
    EXPECT_EQ(field(response.body, "code"), "InvalidInput") << query;
    EXPECT_EQ(net::header_value(response.headers, "x-amzn-RateLimit-Limit"), "0.0222");
  }
  EXPECT_EQ(list(type + "&createdSince=2026-08-22T12:00:01Z").status, 200);
}

TEST_F(Simulated, PagesFollowTheTokenAloneForTenMinutes) {
  const auto first = list(std::string(kType) + "&pageSize=2");
  EXPECT_EQ(count(first.body, "\"reportId\""), 2U);
  const std::string query = "nextToken=" + net::percent_encode(field(first.body, "nextToken"));
  const auto second = list(query);
  EXPECT_EQ(count(second.body, "\"reportId\""), 2U);
  EXPECT_NE(field(second.body, "reportId"), field(first.body, "reportId"));
  const auto third = list("nextToken=" + net::percent_encode(field(second.body, "nextToken")));
  EXPECT_EQ(count(third.body, "\"reportId\""), 1U);
  EXPECT_EQ(field(third.body, "nextToken"), "");
  // Amazon's known trap: a token that was not escaped is another token.
  EXPECT_EQ(list("nextToken=" + field(first.body, "nextToken")).status, 400);
  now_ += std::chrono::minutes(10);
  EXPECT_EQ(list(query).status, 400);
}

TEST_F(Simulated, QuotaIsAmazonsOwn) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(list(kType).status, 200);
  const auto refused = list(kType);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(field(refused.body, "code"), "QuotaExceeded");
  EXPECT_FALSE(net::has_header(refused.headers, "Retry-After"));
  EXPECT_FALSE(net::has_header(refused.headers, "x-amzn-RateLimit-Limit"));
  now_ += std::chrono::milliseconds(45'045);  // 1 / 0.0222 s is 45.045045 s
  EXPECT_EQ(list(kType).status, 429);
  now_ += std::chrono::milliseconds(1);
  EXPECT_EQ(list(kType).status, 200);
}

TEST_F(Simulated, ReportIsFoundByItsIdOnly) {
  const std::string id = field(list(kType).body, "reportId");
  const auto found = get(std::string(kReports) + "/" + id, token());
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(field(found.body, "reportId"), id);
  EXPECT_EQ(get(std::string(kReports) + "/1", token()).status, 404);
}

TEST_F(Simulated, SettlementReportsCannotBeRequested) {
  net::HttpRequest request;
  request.method = "POST";
  request.url = std::string(kApi) + kReports;
  request.headers = {{"user-agent", "test/1"},
                     {"content-type", "application/json"},
                     {"x-amz-access-token", token()}};
  request.body = R"({"reportType":"GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",
                     "marketplaceIds":["ATVPDKIKX0DER"]})";
  const auto response = simulator_->handle(request, now_).value();
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(field(response.body, "message").find("not allowed at this time"), std::string::npos);
}

TEST_F(Simulated, DocumentsComeFromAddressesThatEnd) {
  const std::string listing = list(kType).body;
  const std::string compressed = document_address(listing, 0);  // the fifth: index 4
  const std::string plain = document_address(listing, 1);
  EXPECT_EQ(download(compressed).body, gzip(settlement_text(simulator_->series(), 4)));
  const auto response = download(plain);
  EXPECT_EQ(response.body, settlement_text(simulator_->series(), 3));
  EXPECT_EQ(net::header_value(response.headers, "content-type"), "text/plain; charset=UTF-8");
  std::string forged = plain;
  forged.back() = forged.back() == '0' ? '1' : '0';
  EXPECT_EQ(download(forged).status, 403);
  EXPECT_EQ(get(plain.substr(plain.find("/documents/")), token(),
                plain.substr(0, plain.find("/documents/")))
                .status,
            400);
  now_ += std::chrono::seconds(299);
  EXPECT_EQ(download(plain).status, 200);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(download(plain).status, 403);
}

TEST_F(Simulated, OldDocumentsAreGone) {
  const std::string id = field(list(kType).body, "reportDocumentId", 4);
  now_ = at("2026-12-14T11:00:00Z");
  EXPECT_EQ(get("/reports/2021-06-30/documents/" + net::percent_encode(id), token()).status, 400);
}

TEST_F(Simulated, OtherSellersReportsAreUnknown) {
  Settings settings = small();
  settings.accounts.push_back(settings.accounts[0]);
  settings.accounts[1].selling_partner_id = "A2OTHERSELLER";
  settings.accounts[1].refresh_token = "Atzr|other";
  simulator_ = std::make_unique<AmazonSimulator>(settings);
  const std::string listing = list(kType).body;
  EXPECT_EQ(count(listing, "\"reportId\""), 5U);
  std::string form = good_form();
  form.replace(form.find(net::percent_encode("Atzr|simulated-refresh-token")),
               net::percent_encode("Atzr|simulated-refresh-token").size(), "Atzr%7Cother");
  const std::string other = field(login(form).body, "access_token");
  EXPECT_EQ(get(std::string(kReports) + "/" + field(listing, "reportId"), other).status, 404);
  EXPECT_NE(field(get(std::string(kReports) + "?" + kType, other).body, "reportId"),
            field(listing, "reportId"));
}

TEST_F(Simulated, ReissuesAndRepeatsAppearUnderOtherReportIds) {
  Settings settings = small();
  settings.faults = parse_fault_plan(R"({"faults":[
      {"where":"settlement:4","kind":"reissue","parameters":{"hours":48}},
      {"where":"settlement:5","kind":"repeat"}]})")
                        .value();
  simulator_ = std::make_unique<AmazonSimulator>(settings);
  now_ = at("2026-10-29T10:00:00Z");  // 4 is made on 27 October at 11:00, its reissue on the 29th
  EXPECT_EQ(count(list(kType).body, "\"reportId\""), 4U);
  now_ = at("2026-11-20T12:00:00Z");
  const std::string listing = list(kType).body;
  EXPECT_EQ(count(listing, "\"reportId\""), 7U);
  const auto repeat = download(document_address(listing, 0)).body;
  EXPECT_EQ(repeat, download(document_address(listing, 1)).body);
  const auto reissue = download(document_address(listing, 2)).body;
  EXPECT_EQ(reissue, settlement_text(simulator_->series(), 3, 1));
  EXPECT_NE(reissue, download(document_address(listing, 3)).body);
  EXPECT_TRUE(simulator_->faults().all_used());
}

// The names of the streams, played by the one seller that the helpers log in.
Settings with_streams(Settings settings, const std::vector<std::string>& names) {
  play(find_streams(names).value(), settings.accounts.front());
  return settings;
}

TEST_F(Simulated, EveryMarketOfASeller_IsListedWhateverMarketplaceIsAskedFor) {
  simulator_ = std::make_unique<AmazonSimulator>(with_streams(small(), {"US", "CA"}));
  const std::string listing = list(kType).body;
  EXPECT_EQ(count(listing, "\"reportId\""), 10U);
  EXPECT_EQ(list(std::string(kType) + "&marketplaceIds=ATVPDKIKX0DER").body, listing);
  std::set<std::string> ids;
  std::set<std::string> currencies;
  for (int nth = 0; nth < 10; ++nth) {
    ids.insert(field(listing, "reportId", nth));
    const std::string text = download(document_address(listing, nth)).body;
    if (text.find("\tCAD\t") != std::string::npos) currencies.insert("CAD");
    if (text.find("\tUSD\t") != std::string::npos) currencies.insert("USD");
  }
  EXPECT_EQ(ids.size(), 10U);
  EXPECT_EQ(currencies.size(), 2U);  // of those that are not stored compressed
}

TEST_F(Simulated, InvoicedSettlements_AreSecondsApartWithTheirOwnIdsAndReserve) {
  simulator_ = std::make_unique<AmazonSimulator>(with_streams(small(), {"US", "US-invoiced"}));
  EXPECT_EQ(count(list(kType).body, "\"reportId\""), 10U);
  const auto standard = settlement_facts(simulator_->series(0, 0), 2);
  const auto invoiced = settlement_facts(simulator_->series(0, 1), 2);
  EXPECT_EQ(invoiced.start - standard.start, std::chrono::seconds(37));
  EXPECT_EQ(invoiced.end - standard.end, std::chrono::seconds(37));
  EXPECT_NE(invoiced.id, standard.id);
  EXPECT_NE(invoiced.reserve_cents, standard.reserve_cents);
}

TEST_F(Simulated, OrderForOneMarketsSettlement_LeavesTheOthersAlone) {
  Settings settings = with_streams(small(), {"US", "CA"});
  settings.faults = {{"settlement:CA:2", 1, "new_fee", {{"name", "Ice Fee"}}},
                     {"settlement:CA:2", 1, "repeat", {}},
                     {"settlement:1", 2, "late", {{"hours", "48"}}}};
  for (const FaultOrder& order : settings.faults) EXPECT_TRUE(is_known(order)) << order.where;
  EXPECT_FALSE(is_known({"settlement:XX:2", 1, "late", {}}));
  EXPECT_FALSE(is_known({"settlement:CA:", 1, "late", {}}));
  simulator_ = std::make_unique<AmazonSimulator>(settings);
  now_ = at("2026-09-16T12:00:00Z");  // the first of each is over, the second market's is late
  EXPECT_EQ(count(list(kType).body, "\"reportId\""), 1U);
  now_ = at("2026-10-02T12:00:00Z");
  const std::string listing = list(kType).body;
  EXPECT_EQ(count(listing, "\"reportId\""), 5U);
  std::size_t charged = 0;
  for (int nth = 0; nth < 5; ++nth) {
    if (download(document_address(listing, nth)).body.find("Ice Fee") != std::string::npos) {
      ++charged;
    }
  }
  EXPECT_EQ(charged, 2U);  // and again, as the report is there twice
  EXPECT_TRUE(simulator_->faults().all_used());
}

struct FaultCase {
  const char* kind;
  int status;       // 0: the connection breaks
  const char* has;  // the answer's body holds this
};
void PrintTo(const FaultCase& c, std::ostream* out) { *out << c.kind; }

class SimulatedFault : public Simulated, public testing::WithParamInterface<FaultCase> {};

TEST_P(SimulatedFault, StrikesTheOrderedVisitOnly) {
  const std::string held = token();
  const std::string kind = GetParam().kind;
  FaultOrder order{"getReports", 2, kind, {}};
  if (kind.find_first_of("0123456789") != std::string::npos) {
    order.kind = "status";
    order.parameters["status"] = kind;
  }
  simulator_->faults().add(order);
  const std::string target = std::string(kReports) + "?" + kType;
  EXPECT_EQ(get(target, held).status, 200);
  net::HttpRequest request;
  request.url = kApi + target;
  request.headers = {{"user-agent", "test/1"}, {"x-amz-access-token", held}};
  const auto struck = simulator_->handle(request, now_);
  ASSERT_EQ(struck.has_value(), GetParam().status != 0);
  if (struck) {
    EXPECT_EQ(struck->status, GetParam().status);
    EXPECT_NE(struck->body.find(GetParam().has), std::string::npos) << struck->body;
  }
  EXPECT_EQ(get(target, token()).status, 200);
  EXPECT_TRUE(simulator_->faults().all_used());
}

INSTANTIATE_TEST_SUITE_P(Kinds, SimulatedFault,
                         testing::Values(FaultCase{"429", 429, "QuotaExceeded"},
                                         FaultCase{"500", 500, "InternalFailure"},
                                         FaultCase{"503", 503, "ServiceUnavailable"},
                                         FaultCase{"drop", 0, ""}, FaultCase{"drop_after", 0, ""},
                                         FaultCase{"garbage", 200, "<html>"},
                                         FaultCase{"expire_token", 403, "has expired"}));

TEST_F(Simulated, FaultsThatSpoilAnAnswerLeaveTheirMark) {
  const std::string address = document_address(list(kType).body, 1);
  const std::string whole = download(address).body;
  auto& faults = simulator_->faults();
  faults.add({"document", 1, "slow", {{"seconds", "7"}}});
  EXPECT_EQ(download(address).delay, Duration(7'000));
  faults.add({"document", 1, "truncate", {{"bytes", "100"}}});
  const auto cut = download(address);
  EXPECT_EQ(cut.body, whole.substr(0, 100));
  EXPECT_EQ(cut.declared_length, whole.size());
  faults.add({"document", 1, "short_body", {{"bytes", "100"}}});
  EXPECT_EQ(download(address).declared_length, std::nullopt);
  faults.add({"document", 1, "content_type", {{"value", "application/pdf"}}});
  EXPECT_EQ(net::header_value(download(address).headers, "content-type"), "application/pdf");
  EXPECT_EQ(download(address).body, whole);
}

TEST_F(Simulated, UnknownHostsAndOperationsAreRefused) {
  net::HttpRequest request;
  request.url = "https://example.com/";
  EXPECT_TRUE(simulator_->handle(request, now_).error().is(net::kConnectFailed));
  EXPECT_EQ(get("/orders/v0/orders", token()).status, 404);
}

TEST_F(Simulated, ServesOverTheWire) {
  const auto sleeper = runtime::thread_sleeper();
  const runtime::ManualClock clock(now_);
  const auto server = simulator_->serve(0, clock, *sleeper);
  ASSERT_TRUE(server);
  const auto client = net::curl_http_client();
  net::HttpRequest request;
  request.method = "POST";
  request.url = (*server)->address() + "/auth/o2/token";
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  request.body = good_form();
  const std::string held = field(client->send(request)->body, "access_token");
  request = {};
  request.url = (*server)->address() + kReports + "?" + kType;
  request.headers = {{"user-agent", "test/1"}, {"x-amz-access-token", held}};
  const auto listing = client->send(request);
  ASSERT_TRUE(listing);
  EXPECT_EQ(count(listing->body, "\"reportId\""), 5U);
  const std::string id = field(listing->body, "reportDocumentId", 1);
  request.url = (*server)->address() + "/reports/2021-06-30/documents/" + net::percent_encode(id);
  const std::string address = field(client->send(request)->body, "url");
  EXPECT_TRUE(address.starts_with((*server)->address()));
  request = {};
  request.url = address;
  EXPECT_EQ(client->send(request)->body, settlement_text(simulator_->series(), 3));
}

TEST(ParseCommandLine, ReadsEveryOption) {
  const std::vector<std::string> arguments = {"--port",        "8080",       "--seed", "7",
                                              "--anchor",      "2026-01-06", "--rows", "50",
                                              "--settlements", "3"};
  const auto line = parse_command_line(arguments);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->port, 8080);
  EXPECT_EQ(line->settings.seed, 7U);
  EXPECT_EQ(format_date(line->settings.anchor), "2026-01-06");
  EXPECT_EQ(line->settings.rows, 50U);
  EXPECT_EQ(line->settings.settlements, 3U);
}

TEST(ParseCommandLine, MarketsOfOneRegion_ArePlayedByOneAccount) {
  const std::vector<std::string> arguments = {
      "--market",       "DE,UK",   "--variety", "everything",
      "--without-role", "finance", "--limits",  "250"};
  const auto line = parse_command_line(arguments);
  ASSERT_TRUE(line);
  const SimulatedAccount& account = line->settings.accounts.front();
  EXPECT_EQ(account.region, "eu");
  EXPECT_EQ(account.marketplace_ids,
            (std::vector<std::string>{"A1PA6795UKMFR9", "A1F83G8C2ARO7P"}));
  EXPECT_FALSE(account.has_finance_role);
  EXPECT_TRUE(account.has_insights_role);
  EXPECT_EQ(account.limits_percent, 250);
  EXPECT_TRUE(line->settings.everything);
  ASSERT_EQ(account.streams.size(), 2U);
  EXPECT_EQ(account.streams[1].name(), "UK");
  EXPECT_EQ(find_stream("DE-invoiced")->name(), "DE-invoiced");
}

TEST(ParseCommandLine, MarketsThatOneAccountCannotHave_AreRefused) {
  for (const char* names : {"XX", "US,DE", "US,US", "", ","}) {
    const std::vector<std::string> arguments = {"--market", names};
    const auto line = parse_command_line(arguments);
    ASSERT_FALSE(line) << names;
    EXPECT_TRUE(line.error().is(kBadMarkets)) << names;
  }
  const std::vector<std::string> arguments = {"--fault-plan", "no such file"};
  EXPECT_TRUE(parse_command_line(arguments).error().is(kUnreadableFaultPlan));
}

TEST(ParseCommandLine, RefusesWhatItDoesNotKnow) {
  using Arguments = std::vector<std::string>;
  for (const Arguments& arguments :
       {Arguments{"--port"}, Arguments{"--port", "99999"}, Arguments{"--seed", "x"},
        Arguments{"--anchor", "2026-02-30"}, Arguments{"--colour", "blue"},
        Arguments{"--variety", "some"}, Arguments{"--without-role", "king"},
        Arguments{"--limits", "0"}}) {
    const auto line = parse_command_line(arguments);
    ASSERT_FALSE(line) << arguments[0];
    EXPECT_TRUE(line.error().is(kBadArgument));
    EXPECT_EQ(line.error().fact("argument"), arguments[0]);
  }
}

}  // namespace
}  // namespace mlc::simulators::amazon
