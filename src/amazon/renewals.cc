#include "amazon/renewals.h"

#include "amazon/errors.h"

namespace mlc::amazon {
namespace {

void note(std::optional<Date> began, std::chrono::days life, Instant now, const ErrorKind& soon,
          const ErrorKind& overdue, std::vector<Error>& out) {
  if (!began) return;
  const auto end = std::chrono::sys_days(*began) + life;
  const auto left = end - std::chrono::floor<std::chrono::days>(now);
  if (left > kRenewalNotice) return;
  const bool over = left <= std::chrono::days(0);
  out.emplace_back(
      over ? overdue : soon,
      std::vector<Fact>{{"date", format_date(Date(end))}, {"days", std::to_string(left.count())}});
}

}  // namespace

std::vector<Error> renewals_due(const RenewalDates& dates, Instant now) {
  std::vector<Error> out;
  note(dates.secret_rotated, kSecretLife, now, kSecretEndsSoon, kSecretOverdue, out);
  note(dates.authorised, kAuthorisationLife, now, kAuthorisationEndsSoon, kAuthorisationOverdue,
       out);
  return out;
}

}  // namespace mlc::amazon
