// What every client promises, shown with the one that has no sockets.
#include <gtest/gtest.h>

#include "net/errors.h"
#include "net/in_process_client.h"

namespace mlc::net {
namespace {

class Collector final : public BodySink {
 public:
  Status on_bytes(std::string_view bytes) override {
    if (refuse_after && bytes_seen.size() >= *refuse_after) return failure(kListenFailed);
    bytes_seen += bytes;
    return {};
  }
  std::string bytes_seen;
  std::optional<std::size_t> refuse_after;
};

HttpRequest get(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  return request;
}

std::unique_ptr<HttpClient> client_answering(HttpResponse response) {
  return in_process_client([response](const HttpRequest&) { return response; });
}

HttpResponse response_with(std::string body, int status = 200) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

TEST(HeaderValue, ComparesNamesWithoutCase) {
  const Headers headers = {{"X-Amzn-RequestId", "abc"}, {"x-empty", ""}};
  EXPECT_EQ(header_value(headers, "x-amzn-requestid"), "abc");
  EXPECT_EQ(header_value(headers, "missing"), "");
  EXPECT_TRUE(has_header(headers, "X-EMPTY"));
  EXPECT_FALSE(has_header(headers, "missing"));
}

TEST(Send, HandsTheRequestToTheHandlerAndReturnsItsAnswer) {
  HttpRequest seen;
  const auto client = in_process_client([&](const HttpRequest& request) {
    seen = request;
    return response_with("no", 404);
  });
  HttpRequest request = get("https://example.com/a?b=c");
  request.method = "POST";
  request.body = "x=y";
  const auto response = client->send(request);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(response->body, "no");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.url, "https://example.com/a?b=c");
  EXPECT_EQ(seen.body, "x=y");
}

TEST(Send, PlainHttpToAnotherMachineIsRefused) {
  const auto client = client_answering(response_with(""));
  EXPECT_TRUE(client->send(get("http://example.com/")).error().is(kNotSecure));
  EXPECT_TRUE(client->send(get("http://127.0.0.1:9/")));
}

TEST(Send, BadAddressOrHeaderIsRefused) {
  const auto client = client_answering(response_with(""));
  EXPECT_TRUE(client->send(get("example.com")).error().is(kBadUrl));
  HttpRequest request = get("https://example.com/");
  request.headers = {{"x-token", "a\r\nx-evil: b"}};
  const auto refused = client->send(request);
  EXPECT_TRUE(refused.error().is(kBadHeader));
  EXPECT_EQ(refused.error().explain().find("evil"), std::string::npos);
  request.headers = {{"bad name", "a"}};
  EXPECT_TRUE(client->send(request).error().is(kBadHeader));
}

TEST(Send, AnswerAboveTheLimitIsRefused) {
  const auto client = client_answering(response_with("123456"));
  HttpRequest request = get("https://example.com/");
  request.limits.body_bytes = 5;
  EXPECT_TRUE(client->send(request).error().is(kBodyTooLarge));
  request.limits.body_bytes = 6;
  EXPECT_TRUE(client->send(request));
}

TEST(Send, DelayBeyondTheLimitIsATimeout) {
  HttpResponse slow = response_with("late");
  slow.delay = Duration(5'000);
  const auto client = client_answering(slow);
  HttpRequest request = get("https://example.com/");
  request.limits.total = Duration(4'999);
  const auto response = client->send(request);
  EXPECT_TRUE(response.error().is(kTimeout));
  EXPECT_EQ(response.error().again(), Again::kLater);
  request.limits.total = Duration(5'000);
  EXPECT_EQ(client->send(request)->body, "late");
}

TEST(Send, BrokenConnectionTellsWhetherSomethingMayHaveHappened) {
  const auto client = in_process_client(
      [](const HttpRequest&) -> Result<HttpResponse> { return failure(kListenFailed); });
  HttpRequest request = get("https://example.com/secret-path?secret=query");
  auto response = client->send(request);
  EXPECT_TRUE(response.error().is(kBroken));
  EXPECT_EQ(response.error().written(), Written::kNo);
  EXPECT_EQ(response.error().explain().find("secret"), std::string::npos);
  request.method = "POST";
  EXPECT_EQ(client->send(request).error().written(), Written::kPerhaps);
}

TEST(Receive, GoodBodyGoesToTheSinkOnly) {
  const std::string body(100'000, 'x');
  const auto client = client_answering(response_with(body));
  Collector sink;
  const auto response = client->receive(get("https://example.com/"), sink);
  ASSERT_TRUE(response);
  EXPECT_EQ(sink.bytes_seen, body);
  EXPECT_EQ(response->body, "");
}

TEST(Receive, BodyOfAnErrorStaysInTheAnswer) {
  const auto client = client_answering(response_with("<Error/>", 403));
  Collector sink;
  const auto response = client->receive(get("https://example.com/"), sink);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "<Error/>");
  EXPECT_EQ(sink.bytes_seen, "");
}

TEST(Receive, IncompleteBodyIsBroken) {
  HttpResponse cut = response_with("12345");
  cut.declared_length = 6;
  const auto client = client_answering(cut);
  Collector sink;
  EXPECT_TRUE(client->receive(get("https://example.com/"), sink).error().is(kBroken));
  EXPECT_TRUE(client->send(get("https://example.com/")).error().is(kBroken));
  EXPECT_EQ(sink.bytes_seen, "12345");
}

TEST(Receive, ErrorOfTheSinkComesBackUnchanged) {
  const auto client = client_answering(response_with(std::string(100'000, 'x')));
  Collector sink;
  sink.refuse_after = 1;
  EXPECT_TRUE(client->receive(get("https://example.com/"), sink).error().is(kListenFailed));
}

}  // namespace
}  // namespace mlc::net
