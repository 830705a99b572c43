#include "store/epoch.h"

#include <algorithm>

#include "store/record_text.h"

namespace mlc::store {
namespace {

using database::Sql;

constexpr Sql kCurrent{"read epoch", "SELECT COALESCE(MAX(epoch), 0) FROM epoch"};
constexpr Sql kBegin{"begin epoch",
                     "INSERT INTO epoch (epoch, began_at, actor, reason) VALUES (?, ?, ?, ?)"};

Result<std::uint64_t> highest(SqlSession& session) {
  MLC_TRY(const auto row, session.query_one(kCurrent));
  return row ? static_cast<std::uint64_t>(row->integer(0)) : std::uint64_t{0};
}

std::uint64_t second_of(Instant now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  return seconds > 0 ? static_cast<std::uint64_t>(seconds) : std::uint64_t{0};
}

}  // namespace

Result<std::uint64_t> current_epoch(SqlSession& session) {
  MLC_TRY(const auto epoch, highest(session));
  if (epoch == 0) return damaged("epoch", "no row", "at least one epoch");
  return epoch;
}

Result<std::uint64_t> open_epoch(SqlSession& session, std::uint64_t highest_known,
                                 const std::string& actor, const std::string& reason, Instant now) {
  MLC_TRY(const auto own, highest(session));
  const auto epoch = std::max({own + 1, highest_known + 1, second_of(now)});
  MLC_TRY_STATUS(session.run(kBegin, {epoch, now, actor, reason}));
  return epoch;
}

Status begin_first_epoch(SqlSession& session, Instant now) {
  MLC_TRY(const auto epoch, highest(session));
  if (epoch != 0) return {};
  MLC_TRY_STATUS(open_epoch(session, 0, "program", "first", now));
  return {};
}

}  // namespace mlc::store
