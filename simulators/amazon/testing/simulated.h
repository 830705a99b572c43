// A simulator and a client that asks it one request at a time.
#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "net/url.h"
#include "simulators/amazon/amazon_simulator.h"

namespace mlc::simulators::amazon {

inline constexpr const char* kApi = "https://sellingpartnerapi-na.amazon.com";
inline constexpr const char* kReports = "/reports/2021-06-30/reports";
inline constexpr const char* kType = "reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";

inline Instant at(const char* text) { return parse_instant(text).value(); }

// The text between `"name":"` and the next quote, at its n-th occurrence from 0.
inline std::string field(const std::string& json, const std::string& name, int nth = 0) {
  const std::string mark = "\"" + name + "\":\"";
  std::size_t found = json.find(mark);
  while (nth-- > 0 && found != std::string::npos) found = json.find(mark, found + 1);
  if (found == std::string::npos) return "";
  const auto begin = found + mark.size();
  return json.substr(begin, json.find('"', begin) - begin);
}

inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (auto i = text.find(part); i != std::string::npos; i = text.find(part, i + 1)) ++out;
  return out;
}

class Simulated : public ::testing::Test {
 protected:
  static Settings small() {
    Settings settings;
    settings.rows = 30;
    return settings;
  }

  net::HttpResponse login(const std::string& form = "") {
    net::HttpRequest request;
    request.method = "POST";
    request.url = "https://api.amazon.com/auth/o2/token";
    request.headers = {{"content-type", "application/x-www-form-urlencoded;charset=UTF-8"}};
    request.body = form.empty() ? good_form() : form;
    return simulator_->handle(request, now_).value();
  }
  static std::string good_form(const std::string& secret = SimulatedAccount().client_secret) {
    const SimulatedAccount account;
    return net::encode_parameters({{"grant_type", "refresh_token"},
                                   {"refresh_token", account.refresh_token},
                                   {"client_id", account.client_id},
                                   {"client_secret", secret}});
  }
  std::string token() { return field(login().body, "access_token"); }

  net::HttpResponse get(const std::string& target, const std::string& token,
                        const std::string& host = kApi) {
    net::HttpRequest request;
    request.url = host + target;
    request.headers = {{"user-agent", "test/1 (Language=C++)"}};
    if (!token.empty()) request.headers.push_back({"x-amz-access-token", token});
    return simulator_->handle(request, now_).value();
  }
  net::HttpResponse list(const std::string& query) {
    return get(std::string(kReports) + "?" + query, token());
  }
  net::HttpResponse download(const std::string& url) {
    net::HttpRequest request;
    request.url = url;
    return simulator_->handle(request, now_).value();
  }
  std::string document_address(const std::string& report_listing, int nth = 0) {
    const std::string id = field(report_listing, "reportDocumentId", nth);
    return field(get("/reports/2021-06-30/documents/" + net::percent_encode(id), token()).body,
                 "url");
  }

  // Five settlements are over: anchor 1 September plus 70 days is 10 November.
  Instant now_ = at("2026-11-20T12:00:00Z");
  std::unique_ptr<AmazonSimulator> simulator_ = std::make_unique<AmazonSimulator>(small());
};

}  // namespace mlc::simulators::amazon
