// Amazon's rules about who may ask what, how often and in which words, as the simulator keeps them.
#include <gtest/gtest.h>

#include "net/http_date.h"
#include "simulators/amazon/command_line.h"
#include "simulators/amazon/faults.h"
#include "simulators/amazon/gzip.h"
#include "simulators/amazon/quotas.h"
#include "simulators/amazon/testing/simulated.h"

namespace mlc::simulators::amazon {
namespace {

constexpr const char* kSellers = "/sellers/v1/marketplaceParticipations";

class Rules : public Simulated {
 protected:
  net::HttpResponse ask(const std::string& method, const std::string& target,
                        const std::string& body, const std::string& type = "application/json") {
    net::HttpRequest request;
    request.method = method;
    request.url = kApi + target;
    request.headers = {{"user-agent", "test/1"}, {"x-amz-access-token", token()}};
    if (!type.empty()) request.headers.push_back({"content-type", type});
    request.body = body;
    return simulator_->handle(request, now_).value();
  }
  void order(std::string where, std::string kind,
             std::map<std::string, std::string, std::less<>> parameters = {}) {
    const FaultOrder fault{std::move(where), 1, std::move(kind), std::move(parameters)};
    EXPECT_TRUE(is_known(fault)) << fault.where << " " << fault.kind;
    simulator_->faults().add(fault);
  }
  void start(const Settings& settings) { simulator_ = std::make_unique<AmazonSimulator>(settings); }
};

TEST_F(Rules, ParticipationsNameTheSellersMarketplacesWithoutTheFinanceRole) {
  Settings settings = small();
  settings.accounts[0].marketplace_ids = {"ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"};
  settings.accounts[0].has_finance_role = false;
  start(settings);
  const auto response = get(kSellers, token());
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(field(response.body, "id"), "ATVPDKIKX0DER");
  EXPECT_EQ(field(response.body, "defaultCurrencyCode", 1), "CAD");
  for (const char* required : {"name", "countryCode", "defaultLanguageCode", "domainName"}) {
    EXPECT_NE(field(response.body, required), "") << required;
  }
  EXPECT_EQ(net::header_value(response.headers, "x-amzn-RateLimit-Limit"), "0.016");
  EXPECT_EQ(get(std::string(kSellers) + "?a=b", token()).status, 400);
}

TEST_F(Rules, DenialsSoundAllTheSame) {
  Settings settings = small();
  settings.accounts[0].has_finance_role = false;
  start(settings);
  const std::string reports = std::string(kReports) + "?" + kType;
  const auto role = get(reports, token());
  const auto region = get(kSellers, token(), "https://sellingpartnerapi-eu.amazon.com");
  EXPECT_EQ(role.status, 403);
  EXPECT_EQ(role.body, region.body);
  settings.accounts[0].has_insights_role = false;
  start(settings);
  EXPECT_EQ(get(kSellers, token()).body, role.body);
}

TEST_F(Rules, GrantlessTokensServeNoSeller) {
  const std::string form =
      net::encode_parameters({{"grant_type", "client_credentials"},
                              {"scope", "sellingpartnerapi::notifications"},
                              {"client_id", SimulatedAccount().client_id},
                              {"client_secret", SimulatedAccount().client_secret}});
  const std::string grantless = field(login(form).body, "access_token");
  EXPECT_TRUE(grantless.starts_with("Atza|"));
  EXPECT_EQ(get(kSellers, grantless).status, 403);
  std::string other = form;
  other.replace(other.find("notifications"), 13, "everything");
  EXPECT_EQ(field(login(other).body, "error"), "invalid_scope");
}

TEST_F(Rules, LoginTakesJsonAsAmazonsOwnClientSendsIt) {
  const SimulatedAccount account;
  net::HttpRequest request;
  request.method = "POST";
  request.url = "https://api.amazon.com/auth/o2/token";
  request.headers = {{"content-type", "application/json"}};
  request.body = R"({"grant_type":"refresh_token","refresh_token":")" + account.refresh_token +
                 R"(","client_id":")" + account.client_id + R"(","client_secret":")" +
                 account.client_secret + R"("})";
  EXPECT_EQ(simulator_->handle(request, now_)->status, 200);
  request.headers = {{"content-type", "text/plain"}};
  EXPECT_EQ(field(simulator_->handle(request, now_)->body, "error"), "invalid_request");
}

TEST_F(Rules, RotatedSecretOverlapsWithTheOldOneUntilItsEnd) {
  simulator_->rotate_secret(SimulatedAccount().client_id, "new-secret",
                            now_ + std::chrono::days(7));
  EXPECT_EQ(login(good_form("new-secret")).status, 200);
  EXPECT_EQ(login(good_form()).status, 200);
  order("login", "old_secret_only");
  EXPECT_EQ(field(login(good_form("new-secret")).body, "error"), "invalid_client");
  EXPECT_EQ(login(good_form("new-secret")).status, 200);
  now_ += std::chrono::days(7);
  EXPECT_EQ(field(login(good_form()).body, "error"), "invalid_client");
  EXPECT_EQ(login(good_form("new-secret")).status, 200);
}

TEST_F(Rules, RevokedAuthorisationEndsTokensThatWereGivenOut) {
  const std::string held = token();
  simulator_->revoke(SimulatedAccount().refresh_token);
  const auto refused = get(kSellers, held);
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(field(refused.body, "details").find("revoked"), std::string::npos);
}

struct LimitCase {
  const char* operation;
  int burst;
  Duration refill;  // one call, to the millisecond
};

// Numbers of Amazon's models, at one call each.
TEST_F(Rules, LimitsAreAmazonsNumbersToTheMillisecond) {
  for (const LimitCase& c :
       {LimitCase{"getReports", 10, Duration(45'046)},
        LimitCase{"createReport", 15, Duration(59'881)}, LimitCase{"getReport", 15, Duration(500)},
        LimitCase{"cancelReport", 10, Duration(45'046)},
        LimitCase{"getReportDocument", 15, Duration(59'881)},
        LimitCase{"getMarketplaceParticipations", 15, Duration(62'500)},
        LimitCase{"createRestrictedDataToken", 10, Duration(1'000)}}) {
    Quotas quotas;
    const UsagePlan& plan = *usage_plan(c.operation);
    Instant now = now_;
    const auto take = [&] { return quotas.take("seller", plan, 100, now); };
    for (int i = 0; i < c.burst; ++i) EXPECT_TRUE(take()) << c.operation << " " << i;
    EXPECT_FALSE(take()) << c.operation;
    now += c.refill - Duration(1);
    EXPECT_FALSE(take()) << c.operation;
    now += Duration(1);
    EXPECT_TRUE(take()) << c.operation;
    EXPECT_TRUE(quotas.take("another seller", plan, 100, now)) << c.operation;
  }
}

TEST_F(Rules, LargeSellersAreGivenMore) {
  Settings settings = small();
  settings.accounts[0].limits_percent = 250;
  start(settings);
  EXPECT_EQ(net::header_value(list(kType).headers, "x-amzn-RateLimit-Limit"), "0.0555");
  EXPECT_EQ(rate_text(2'000'000), "2.0");
  EXPECT_EQ(rate_text(16'000), "0.016");
}

TEST_F(Rules, QuotaUsedUpByAnotherProgramLastsForHours) {
  order("getReports", "quota", {{"hours", "3"}});
  EXPECT_EQ(list(kType).status, 429);
  now_ += std::chrono::hours(3) - Duration(1);
  EXPECT_EQ(list(kType).status, 429);
  EXPECT_EQ(get(kSellers, token()).status, 200);
  now_ += Duration(1);
  EXPECT_EQ(list(kType).status, 200);
}

TEST_F(Rules, BadQueriesAreRefusedInOneWord) {
  const std::string type(kType);
  for (const std::string& query :
       {type + "&" + type, type + "&pageSize=5&pageSize=6", type + "&marketplaceIds=US",
        type + "&marketplaceIds=", type + "&createdSince=2026-11-21T00:00:00Z",
        type + "&createdSince=2026-11-02T00:00:00Z&createdUntil=2026-11-01T00:00:00Z",
        type + "&processingStatuses=DONE,DONE_TOO", std::string("reportTypes=")}) {
    const auto response = list(query);
    EXPECT_EQ(response.status, 400) << query;
    EXPECT_EQ(field(response.body, "code"), "InvalidInput") << query;
  }
  std::string many = type;
  for (int i = 0; i < 10; ++i) many += ",X";
  EXPECT_EQ(list(many).status, 400);
  EXPECT_EQ(list(type + "&marketplaceIds=ATVPDKIKX0DER").status, 200);
}

TEST_F(Rules, SettlementReportsAreNeitherRequestedScheduledCancelledNorRestricted) {
  const std::string type = R"("reportType":"GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",)";
  const std::string markets = R"("marketplaceIds":["ATVPDKIKX0DER"])";
  const auto refused = ask("POST", kReports, "{" + type + markets + "}");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(field(refused.body, "message").find("1118"), std::string::npos);
  EXPECT_EQ(field(ask("POST", kReports, "{" + markets + "}").body, "message"),
            "reportType is required");
  EXPECT_EQ(field(ask("POST", kReports, "{" + type + R"("x":1,)" + markets + "}").body, "message"),
            "unknown field x");
  EXPECT_EQ(ask("POST", kReports, "{" + type + markets + "}", "text/plain").status, 415);
  const std::string schedules = "/reports/2021-06-30/schedules";
  EXPECT_EQ(ask("POST", schedules, "{" + type + markets + R"(,"period":"P1D"})").status, 400);
  EXPECT_EQ(ask("GET", schedules + "?" + kType, "").body, R"({"reportSchedules":[]})");
  EXPECT_EQ(ask("GET", schedules, "").status, 400);
  EXPECT_EQ(ask("DELETE", schedules + "/1", "").status, 404);
  const std::string id = field(list(kType).body, "reportId");
  EXPECT_EQ(ask("DELETE", std::string(kReports) + "/" + id, "").status, 400);
  EXPECT_EQ(ask("DELETE", std::string(kReports) + "/1", "").status, 404);
  EXPECT_EQ(
      ask("POST", "/tokens/2021-03-01/restrictedDataToken",
          R"({"restrictedResources":[{"method":"GET","path":"/reports/2021-06-30/documents/x"}]})")
          .status,
      400);
}

TEST_F(Rules, DocumentsMayCarryTheirEncodingAsAHeader) {
  const std::string id = field(list(kType).body, "reportDocumentId");
  const std::string target = "/reports/2021-06-30/documents/" + net::percent_encode(id);
  const auto encoding = [&](const std::string& query) {
    const auto found = download(field(get(target + query, token()).body, "url"));
    EXPECT_EQ(found.status, 200);
    return std::string(net::header_value(found.headers, "content-encoding"));
  };
  EXPECT_EQ(encoding(""), "");
  EXPECT_EQ(encoding("?enableContentEncodingUrlHeader=true"), "gzip");
  EXPECT_EQ(get(target + "?enableContentEncodingUrlHeader=yes", token()).status, 400);
  EXPECT_EQ(get(target + "?colour=blue", token()).status, 400);
}

TEST_F(Rules, LateAndUnfinishedReportsAreListedWhenAmazonGetsToThem) {
  Settings settings = small();
  settings.faults = parse_fault_plan(R"({"faults":[
      {"where":"settlement:4","kind":"late","parameters":{"hours":48}},
      {"where":"settlement:5","kind":"in_progress","parameters":{"hours":2}},
      {"where":"settlement:5","kind":"cancelled","parameters":{"hours":1}},
      {"where":"settlement:5","kind":"fatal","parameters":{"hours":1}}]})")
                        .value();
  start(settings);
  now_ = at("2026-10-29T10:00:00Z");  // 4 was made on 27 October at 11:00 and shows on the 29th
  EXPECT_EQ(count(list(kType).body, "\"reportId\""), 3U);
  now_ = at("2026-10-29T11:00:00Z");
  EXPECT_EQ(field(list(kType).body, "createdTime"), "2026-10-27T11:00:00.000Z");
  now_ = at("2026-11-10T12:30:00Z");
  const std::string listing = list(kType).body;
  EXPECT_EQ(count(listing, "IN_PROGRESS"), 1U);
  EXPECT_EQ(count(listing, "CANCELLED"), 1U);
  EXPECT_EQ(count(listing, "FATAL"), 1U);
  EXPECT_EQ(count(listing, "reportDocumentId"), 4U);
  EXPECT_EQ(
      count(list(std::string(kType) + "&processingStatuses=FATAL,CANCELLED").body, "\"reportId\""),
      2U);
  now_ = at("2026-11-10T13:00:00Z");
  EXPECT_EQ(count(list(kType).body, "reportDocumentId"), 5U);
}

TEST_F(Rules, AnswersDifferFromTheModelAsOrdered) {
  const std::string type(kType);
  order("getReports", "bare");
  order("getReports", "other_marketplaces");
  order("getReports", "strange_fields");
  simulator_->faults().add({"getReports", 2, "same_token", {}});
  const std::string bare = list(type).body;
  EXPECT_EQ(count(bare, "dataStartTime") + count(bare, "marketplaceIds"), 0U);
  EXPECT_EQ(count(bare, "reportVersion"), 5U);
  const std::string circle = list(type + "&pageSize=2").body;
  const std::string next = "nextToken=" + net::percent_encode(field(circle, "nextToken"));
  EXPECT_EQ(field(list(next).body, "reportId"), field(circle, "reportId"));
  order("getReports", "page_token_expired");
  EXPECT_EQ(list(next).status, 400);
  EXPECT_EQ(list(next).status, 200);
}

TEST_F(Rules, LabelsAndBodiesDisagreeAsOrdered) {
  const std::string listing = list(kType).body;
  order("getReportDocument", "gzip_label");
  const std::string id = field(listing, "reportDocumentId");
  const std::string target = "/reports/2021-06-30/documents/" + net::percent_encode(id);
  EXPECT_EQ(field(get(target, token()).body, "compressionAlgorithm"), "");
  const auto labelled = get(target, token()).body;
  EXPECT_EQ(field(labelled, "compressionAlgorithm"), "GZIP");
  order("document", "inflated");
  order("document", "expired_address");
  EXPECT_EQ(download(field(labelled, "url")).status, 403);
  order("document", "inflated");
  EXPECT_TRUE(download(field(labelled, "url")).body.starts_with("settlement-id"));
  EXPECT_EQ(download(field(labelled, "url")).body, gzip(settlement_text(simulator_->series(), 4)));
}

TEST_F(Rules, EveryAnswerTellsAmazonsTime) {
  EXPECT_EQ(net::header_value(login().headers, "Date"), net::format_http_date(now_));
  order("getMarketplaceParticipations", "clock", {{"minutes", "45"}});
  EXPECT_EQ(net::header_value(get(kSellers, token()).headers, "Date"),
            net::format_http_date(now_ - std::chrono::minutes(45)));
}

TEST_F(Rules, OrderedRefusalsUseAmazonsWords) {
  order("login", "invalid_client");
  EXPECT_EQ(field(login().body, "error"), "invalid_client");
  order("login", "unauthorized_client");
  EXPECT_EQ(field(login().body, "error"), "unauthorized_client");
  for (const auto& [kind, words] : std::map<std::string, std::string>{
           {"denied", ""},
           {"revoked_token", "The access token you provided is revoked, malformed or invalid."},
           {"secret_expired", "The LWA secret token you provided has expired."}}) {
    order("getMarketplaceParticipations", kind);
    const auto refused = get(kSellers, token());
    EXPECT_EQ(refused.status, 403) << kind;
    EXPECT_EQ(field(refused.body, "details"), words);
    EXPECT_EQ(get(kSellers, token()).status, 200);
  }
  order("login", "firewall");
  EXPECT_EQ(net::header_value(login().headers, "content-type"), "text/html");
}

TEST(IsKnown, KindsBelongToTheirPlaces) {
  EXPECT_TRUE(is_known({"getReports", 1, "quota", {}}));
  EXPECT_TRUE(is_known({"settlement:12", 1, "late", {}}));
  EXPECT_FALSE(is_known({"getReports", 1, "late", {}}));
  EXPECT_FALSE(is_known({"login", 1, "quota", {}}));
  EXPECT_FALSE(is_known({"getRaports", 1, "status", {}}));
  EXPECT_FALSE(is_known({"document", 1, "explode", {}}));
}

}  // namespace
}  // namespace mlc::simulators::amazon
