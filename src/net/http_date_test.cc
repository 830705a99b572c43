#include "net/http_date.h"

#include <gtest/gtest.h>

namespace mlc::net {
namespace {

TEST(HttpDate, IsReadAndWrittenAsRfc9110SaysIt) {
  const Instant instant = parse_instant("1994-11-06T08:49:37Z").value();
  EXPECT_EQ(format_http_date(instant), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), instant);
  EXPECT_EQ(format_http_date(instant + Duration(999)), "Sun, 06 Nov 1994 08:49:37 GMT");
  for (int day = 0; day < 800; day += 9) {
    const Instant other = instant + std::chrono::days(day);
    EXPECT_EQ(parse_http_date(format_http_date(other)), other);
  }
}

TEST(ParseHttpDate, RefusesAnythingElse) {
  for (const char* text : {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                           "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 31 Feb 1994 08:49:37 GMT",
                           "Sun, 06 Nox 1994 08:49:37 GMT", "Sun, 06-Nov-1994 08:49:37 GMT"}) {
    EXPECT_FALSE(parse_http_date(text)) << text;
  }
}

}  // namespace
}  // namespace mlc::net
