#include "net/url.h"

#include <gtest/gtest.h>

namespace mlc::net {
namespace {

TEST(ParseUrl, SplitsAnAbsoluteAddress) {
  const auto url = parse_url("HTTPS://Example.COM:8443/a%20b/c?x=1&y=2#part");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "example.com");
  EXPECT_EQ(url->port, "8443");
  EXPECT_EQ(url->path, "/a%20b/c");
  EXPECT_EQ(url->query, "x=1&y=2");
  EXPECT_EQ(origin(*url), "https://example.com:8443");
}

TEST(ParseUrl, GivesAnEmptyPathASlash) {
  EXPECT_EQ(parse_url("https://example.com")->path, "/");
  EXPECT_EQ(parse_url("https://example.com?x")->query, "x");
}

TEST(ParseUrl, RefusesWhatIsNoAbsoluteHttpAddress) {
  for (const char* text :
       {"", "example.com", "/path", "ftp://example.com", "https://", "https:///path",
        "https://user@example.com/", "https://exa mple.com/", "https://example.com/a\nb",
        "https://example.com:/", "https://example.com:123456/", "https://example.com:8a/",
        "https://[::1/"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
}

TEST(IsLoopback, KnowsThisMachineOnly) {
  EXPECT_TRUE(is_loopback("localhost"));
  EXPECT_TRUE(is_loopback("127.0.0.1"));
  EXPECT_TRUE(is_loopback("127.9.9.9"));
  EXPECT_TRUE(is_loopback(parse_url("http://[::1]:80/")->host));
  EXPECT_FALSE(is_loopback("127.example.com"));
  for (const auto* other : {"127..1.", "127.0.0.", "127.0.0.999", "127.0.0.01", "127.0.0.1."}) {
    EXPECT_FALSE(is_loopback(other)) << other;
  }
  EXPECT_FALSE(is_loopback("127.0.0.1.example.com"));
  EXPECT_FALSE(is_loopback("localhost.example.com"));
  EXPECT_FALSE(is_loopback("10.0.0.1"));
}

TEST(PercentEncode, KeepsOnlyUnreservedCharacters) {
  EXPECT_EQ(percent_encode("aZ0-._~"), "aZ0-._~");
  EXPECT_EQ(percent_encode("a+b/c=d e\xC3\xA4"), "a%2Bb%2Fc%3Dd%20e%C3%A4");
}

TEST(PercentDecode, IsTheInverseOfEncodingForEveryByte) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
}

TEST(PercentDecode, RefusesBrokenSequences) {
  EXPECT_FALSE(percent_decode("%"));
  EXPECT_FALSE(percent_decode("%2"));
  EXPECT_FALSE(percent_decode("a%2"));
  EXPECT_FALSE(percent_decode("%zz"));
}

TEST(Parameters, SurviveEncodingAndDecoding) {
  const Parameters parameters = {{"nextToken", "a+b/c=="}, {"empty", ""}, {"x y", "&="}};
  EXPECT_EQ(encode_parameters(parameters), "nextToken=a%2Bb%2Fc%3D%3D&empty=&x%20y=%26%3D");
  EXPECT_EQ(decode_parameters(encode_parameters(parameters)), parameters);
}

TEST(DecodeParameters, ReadsFormsAsBrowsersSendThem) {
  const Parameters expected = {{"a", "b c"}, {"flag", ""}};
  EXPECT_EQ(decode_parameters("a=b+c&&flag"), expected);
  EXPECT_FALSE(decode_parameters("a=%G1"));
}

}  // namespace
}  // namespace mlc::net
