// Any status, headers and bodies as Amazon's answers, through the whole client: the outcome is a
// value or a named error, no error text holds a token or what a terminal or log cannot show, the
// number of pages is bounded, and the quota's buckets stay as a store can keep them.
#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "amazon/participations.h"
#include "amazon/rate_limiter.h"
#include "amazon/reports_client.h"
#include "amazon/testing/memory_vault.h"
#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "net/errors.h"
#include "net/in_process_client.h"
#include "net/request_check.h"

namespace mlc::amazon {
namespace {

constexpr std::string_view kAccess = "Atza|hush-access-1";
constexpr std::string_view kRefresh = "Atzr|hush-refresh-2";
constexpr std::array<std::string_view, 2> kClientSecrets{"hush-client-3", "hush-client-4"};

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

// {A}, {R}, {S} and {T} stand for the secrets, so that answers can repeat them: those of the login
// all, the others only the token that they were sent.
std::string with_secrets(std::string_view text, bool login) {
  std::string out(text);
  const std::pair<std::string_view, std::string_view> places[] = {
      {"{A}", kAccess}, {"{R}", kRefresh}, {"{S}", kClientSecrets[0]}, {"{T}", kClientSecrets[1]}};
  for (const auto& [place, secret] : places) {
    const bool known = login || secret == kAccess;
    replace_all(out, known ? place : secret, known ? secret : "known to the login only");
  }
  return out;
}

void expect_silent(std::string_view text) {
  for (const auto secret : {kAccess, kRefresh, kClientSecrets[0], kClientSecrets[1]}) {
    MLC_EXPECT(text.find(secret) == std::string_view::npos);
  }
}

void expect_good(const Error& error) {
  fuzzing::expect_named(error, 20'000);
  const std::string words = error.explain();
  MLC_EXPECT(fuzzing::is_shown(words));
  expect_silent(words);
  for (const Fact& fact : error.facts()) expect_silent(fact.value);
  if (error.wait()) MLC_EXPECT(*error.wait() >= Duration::zero());
}

// Answers in order: "STATUS|name: value|name: value", LF, the body, and LF % LF between two.
class Script {
 public:
  explicit Script(fuzzing::FuzzInput input) {
    while (!input.empty() && answers_.size() < 12) {
      fuzzing::FuzzInput record(input.until("\n%\n"));
      fuzzing::FuzzInput head(record.line());
      net::HttpResponse answer;
      answer.status = 0;
      for (const char c : head.until("|")) answer.status = (answer.status * 10 + (c & 0xf)) % 1000;
      while (!head.empty()) {
        fuzzing::FuzzInput header(head.until("|"));
        const auto name = header.until(": ");
        answer.headers.push_back({std::string(name), std::string(header.rest())});
      }
      answer.body = record.rest();
      answers_.push_back(std::move(answer));
    }
  }
  Result<net::HttpResponse> next(const net::HttpRequest& request) {
    MLC_EXPECT(++asked_ < 100);
    // No token leaves for another host than Amazon's.
    const bool amazon = request.url.starts_with("https://sellingpartnerapi-") ||
                        request.url.starts_with(kLoginAddress);
    if (!amazon) {
      for (const net::Header& header : request.headers) expect_silent(header.value);
    }
    if (answers_.empty()) {
      return failure(net::transfer_error(net::kBroken, request, {{"reason", "no more answers"}}));
    }
    auto answer = std::move(answers_.front());
    answers_.pop_front();
    const bool login = request.url.starts_with(kLoginAddress);
    answer.body = with_secrets(answer.body, login);
    for (auto& header : answer.headers) header.value = with_secrets(header.value, login);
    if (answer.status == 0) answer.delay = std::chrono::hours(1);
    return answer;
  }

 private:
  std::deque<net::HttpResponse> answers_;
  int asked_ = 0;
};

LoginSettings login_settings() {
  LoginSettings out;
  out.client_id = "client";
  for (const auto secret : kClientSecrets) out.client_secrets.emplace_back(std::string(secret));
  out.refresh_token = Secret(std::string(kRefresh));
  out.user_agent = "fuzz/1";
  return out;
}

class Client {
 public:
  explicit Client(fuzzing::FuzzInput script)
      : script_(script),
        http_(net::in_process_client(
            [this](const net::HttpRequest& request) { return script_.next(request); })),
        login_(*http_, clock_, login_settings()),
        limiter_(clock_, store_text_, runtime::seeded_random(1)) {
    ConnectionSettings settings;
    settings.application = "client";
    settings.account = "seller";
    settings.user_agent = "fuzz/1";
    settings.counts = &counts_;
    connection_ = selling_partner_connection(*http_, login_, limiter_, clock_, settings);
    ReportsSettings reports;
    reports.user_agent = "fuzz/1";
    reports.document_bytes = 1'000'000;
    source_ = reports_client(*connection_, *http_, clock_, reports);
  }

  void list() {
    std::string token;
    for (int page = 0; page < 8; ++page) {
      const auto found = source_->list_settlement_reports(Instant(), token);
      if (!found) return expect_good(found.error());
      for (const auto& report : found->reports) {
        MLC_EXPECT(!report.report_id.empty() && !report.processing_status.empty());
        const bool done = report.processing_status == "DONE";
        MLC_EXPECT(!done || !report.report_document_id.empty());
      }
      token = found->next_token;
      if (token.empty()) return;
    }
  }
  void report() {
    const auto found = source_->report("12345");
    if (!found) return expect_good(found.error());
    MLC_EXPECT(!found->report_id.empty());
  }
  void download() {
    testing::MemoryVault vault;
    const auto found = source_->download("document-1", vault);
    if (!found) {
      MLC_EXPECT(vault.objects.empty());
      return expect_good(found.error());
    }
    MLC_EXPECT(vault.objects.contains(found->object.id.str()));
    MLC_EXPECT(found->object.size <= 1'000'000);
  }
  void participations() {
    const auto answer =
        connection_->call({Operation::kGetMarketplaceParticipations, "", {}, std::nullopt});
    if (!answer) return expect_good(answer.error());
    MLC_EXPECT(answer->status >= 200 && answer->status < 300);
    const auto found = read_participations(*answer);
    if (!found) expect_good(found.error());
  }
  void check_afterwards() {
    for (const Error& notice : connection_->notices()) expect_good(notice);
    for (const CallRow& row : kCalls) {
      const auto bucket = limiter_.look({"client", "seller.na", row.operation});
      MLC_EXPECT(bucket.has_value());
      MLC_EXPECT(parse_bucket(format_bucket(*bucket)) == *bucket);
      MLC_EXPECT(calls_left(*bucket) >= 0 && made_at(*bucket, 1) >= bucket->as_of);
    }
  }
  void wait() { clock_.advance(std::chrono::minutes(20)); }

 private:
  Script script_;
  runtime::ManualClock clock_{parse_instant("2026-11-20T12:00:00Z").value()};
  std::unique_ptr<net::HttpClient> http_;
  LoginWithAmazon login_;
  std::unique_ptr<RateBucketStore> store_ = rate_buckets_in_memory();
  RateBucketStore& store_text_ = *store_;
  RateLimiter limiter_;
  CallCounts counts_;
  std::unique_ptr<SellingPartnerConnection> connection_;
  std::unique_ptr<ports::ReportSource> source_;
};

}  // namespace
}  // namespace mlc::amazon

// The first line says what is asked in which order; an answer with a token comes before the others
// unless it begins with `!`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  const std::string_view wishes = input.line().substr(0, 8);
  std::string script(input.rest());
  if (!wishes.starts_with('!')) {
    script = "200\n{\"access_token\":\"{A}\",\"expires_in\":3600}\n%\n" + script;
  }
  mlc::amazon::Client client{mlc::fuzzing::FuzzInput(script)};
  for (const char wish : wishes) {
    switch (wish) {
      case 'l': client.list(); break;
      case 'r': client.report(); break;
      case 'd': client.download(); break;
      case 'p': client.participations(); break;
      case 'w': client.wait(); break;
      default: break;
    }
  }
  client.check_afterwards();
  return 0;
}
