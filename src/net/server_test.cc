// The server and the real client, over the loopback interface.
#include <gtest/gtest.h>
#include <thread>

#include "net/errors.h"
#include "net/http_client.h"
#include "net/http_server.h"

namespace mlc::net {
namespace {

class RecordingSleeper final : public runtime::Sleeper {
 public:
  bool sleep(Duration duration) override {
    slept = duration;
    return true;
  }
  Duration slept{};
};

class Collector final : public BodySink {
 public:
  Status on_bytes(std::string_view bytes) override {
    seen += bytes;
    return {};
  }
  std::string seen;
};

HttpResponse response_with(std::string body, int status = 200) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

// Answers as a list of simulated troubles asks for.
Result<HttpResponse> troubled(const HttpRequest& request) {
  const std::string& url = request.url;
  if (url.ends_with("/drop")) return failure(kBroken, {{"reason", "asked for"}});
  if (url.ends_with("/throw")) throw std::runtime_error("handler fault");
  HttpResponse response = response_with(request.method + " " + request.body);
  response.headers = {{"Content-Type", "text/plain; charset=Cp1252"}, {"x-seen", ""}};
  response.headers[1].value = header_value(request.headers, "x-asked");
  if (url.ends_with("/cut")) response.declared_length = response.body.size() + 10;
  if (url.ends_with("/slow")) response.delay = Duration(7'000);
  if (url.ends_with("/large")) response.body.assign(3'000'000, 'x');
  if (url.ends_with("/gzip")) response.headers.push_back({"Content-Encoding", "gzip"});
  if (url.ends_with("/elsewhere")) {
    response.status = 302;
    response.headers.push_back({"Location", "/large"});
  }
  return response;
}

class ServerAndClient : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(server_.start()); }
  Result<HttpResponse> call(const std::string& path, const std::string& method = "GET",
                            std::string body = "") {
    HttpRequest request;
    request.method = method;
    request.url = server_.address() + path;
    request.headers = {{"x-asked", "yes"}};
    request.body = std::move(body);
    return client_->send(request);
  }

  RecordingSleeper sleeper_;
  HttpServer server_{{}, troubled, sleeper_};
  std::unique_ptr<HttpClient> client_ = curl_http_client();
};

TEST_F(ServerAndClient, RequestAndAnswerArriveWhole) {
  const auto response = call("/x?y=z", "POST", "a=b");
  ASSERT_TRUE(response) << response.error().explain();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "POST a=b");
  EXPECT_EQ(header_value(response->headers, "content-type"), "text/plain; charset=Cp1252");
  EXPECT_EQ(header_value(response->headers, "x-seen"), "yes");
}

TEST_F(ServerAndClient, EveryMethodIsServed) {
  for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    const auto response = call("/", method);
    ASSERT_TRUE(response) << method << ": " << response.error().explain();
    EXPECT_EQ(response->body, std::string(method) + " ");
  }
}

TEST_F(ServerAndClient, LargeAnswerIsStreamed) {
  Collector sink;
  HttpRequest request;
  request.url = server_.address() + "/large";
  const auto response = client_->receive(request, sink);
  ASSERT_TRUE(response);
  EXPECT_EQ(sink.seen.size(), 3'000'000U);
  EXPECT_EQ(response->body, "");
  request.limits.body_bytes = 2'999'999;
  EXPECT_TRUE(client_->receive(request, sink).error().is(kBodyTooLarge));
}

TEST_F(ServerAndClient, BrokenAnswersAreNoticed) {
  EXPECT_TRUE(call("/drop").error().is(kBroken));
  EXPECT_TRUE(call("/cut").error().is(kBroken));
  EXPECT_EQ(call("/cut", "POST").error().written(), Written::kPerhaps);
  // The way is free again afterwards.
  EXPECT_TRUE(call("/"));
}

TEST_F(ServerAndClient, DelayIsWaitedByTheServersSleeper) {
  EXPECT_TRUE(call("/slow"));
  EXPECT_EQ(sleeper_.slept, Duration(7'000));
}

TEST_F(ServerAndClient, ExceptionInTheHandlerIsAnswered500) {
  EXPECT_EQ(call("/throw")->status, 500);
}

TEST_F(ServerAndClient, NothingIsInflatedOrFollowed) {
  EXPECT_EQ(call("/gzip")->body, "GET ");
  const auto moved = call("/elsewhere");
  EXPECT_EQ(moved->status, 302);
  EXPECT_EQ(header_value(moved->headers, "location"), "/large");
}

TEST_F(ServerAndClient, RequestAboveTheLimitIsAnswered413) {
  HttpServerSettings settings;
  settings.body_bytes = 10;
  HttpServer small(settings, troubled, sleeper_);
  ASSERT_TRUE(small.start());
  HttpRequest request;
  request.method = "POST";
  request.url = small.address() + "/";
  request.body = "12345678901";
  const auto response = client_->send(request);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 413);
}

TEST_F(ServerAndClient, SeveralThreadsShareOneClient) {
  std::vector<std::string> bodies(8);
  {
    std::vector<std::jthread> threads;
    for (auto& body : bodies) {
      threads.emplace_back([&body, this] { body = call("/", "POST", "b").value().body; });
    }
  }
  for (const auto& body : bodies) EXPECT_EQ(body, "POST b");
}

TEST_F(ServerAndClient, StoppedServerIsAConnectFailure) {
  server_.stop();
  const auto response = call("/");
  EXPECT_TRUE(response.error().is(kConnectFailed)) << response.error().explain();
  EXPECT_EQ(response.error().again(), Again::kLater);
}

TEST_F(ServerAndClient, TakenPortIsAListenFailure) {
  // The library lets servers share a port; an address that is not ours cannot be shared.
  HttpServerSettings settings;
  settings.host = "192.0.2.1";
  settings.port = 1;
  HttpServer second(settings, troubled, sleeper_);
  EXPECT_TRUE(second.start().error().is(kListenFailed));
}

TEST_F(ServerAndClient, ClientThatExpectsTlsSaysSo) {
  HttpRequest request;
  request.url = "https://127.0.0.1:" + std::to_string(server_.port()) + "/";
  const auto response = client_->send(request);
  EXPECT_TRUE(response.error().is(kTlsFailed)) << response.error().explain();
}

}  // namespace
}  // namespace mlc::net
