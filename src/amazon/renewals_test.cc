#include "amazon/renewals.h"

#include <gtest/gtest.h>

#include "amazon/errors.h"

namespace mlc::amazon {
namespace {

Date day(const char* text) { return parse_date(text).value(); }

// Id and days of the notices on a day.
std::string notices(const RenewalDates& dates, const char* today) {
  std::string out;
  for (const Error& notice :
       renewals_due(dates, Instant(std::chrono::sys_days(day(today))) + std::chrono::hours(23))) {
    EXPECT_EQ(notice.exit_code(), ExitCode::kAttention);
    out += std::string(notice.id()) + " " + std::string(notice.fact("date")) + " " +
           std::string(notice.fact("days")) + ";";
  }
  return out;
}

TEST(RenewalsDue, SecretIsRememberedThirtyDaysBeforeItsEndAndAfterIt) {
  const RenewalDates dates{day("2026-01-01"), std::nullopt};  // + 180 days: 30 June
  EXPECT_EQ(notices(dates, "2026-05-30"), "");
  EXPECT_EQ(notices(dates, "2026-05-31"), "amazon.secret_ends_soon 2026-06-30 30;");
  EXPECT_EQ(notices(dates, "2026-06-29"), "amazon.secret_ends_soon 2026-06-30 1;");
  EXPECT_EQ(notices(dates, "2026-06-30"), "amazon.secret_overdue 2026-06-30 0;");
}

TEST(RenewalsDue, AuthorisationIsRememberedFromDay335) {
  const RenewalDates dates{std::nullopt, day("2026-01-01")};
  EXPECT_EQ(notices(dates, "2026-12-01"), "");
  EXPECT_EQ(notices(dates, "2026-12-02"), "amazon.authorisation_ends_soon 2027-01-01 30;");
  EXPECT_EQ(notices(dates, "2027-02-01"), "amazon.authorisation_overdue 2027-01-01 -31;");
}

TEST(RenewalsDue, NothingIsKnownNothingIsSaid) { EXPECT_EQ(notices({}, "2026-12-02"), ""); }

}  // namespace
}  // namespace mlc::amazon
