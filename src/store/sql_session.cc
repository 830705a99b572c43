#include "store/sql_session.h"

#include "database/errors.h"
#include "store/errors.h"

namespace mlc::store {
namespace {

Error renamed(const ErrorKind& kind, const Error& cause) {
  return Error(kind,
               {{"operation", std::string(cause.fact("statement"))}, {"detail", cause.text()}})
      .caused_by(cause)
      .with_written(cause.written());
}

template <class T>
Result<T> translated(Result<T> result) {
  if (!result) return failure(store_error(std::move(result).error()));
  return result;
}

}  // namespace

Error store_error(Error error) {
  if (error.is(database::kBusy)) return renamed(kBusy, error);
  if (error.is(database::kUnreachable)) return renamed(kUnreachable, error);
  if (error.is(database::kCommitUnknown)) return renamed(kCommitUnknown, error);
  if (error.is(database::kDiskFull)) return renamed(kDiskFull, error);
  if (error.is(database::kUnreadable) || error.is(database::kDamaged)) {
    return renamed(kUnreadable, error);
  }
  return error;
}

Result<std::int64_t> SqlSession::execute(const database::Sql& sql, const database::Values& values) {
  return translated(transaction_.execute(sql, values));
}

Status SqlSession::run(const database::Sql& sql, const database::Values& values) {
  MLC_TRY_STATUS(execute(sql, values));
  return {};
}

Result<std::vector<database::Row>> SqlSession::query(const database::Sql& sql,
                                                     const database::Values& values) {
  return translated(transaction_.query(sql, values));
}

Result<std::optional<database::Row>> SqlSession::query_one(const database::Sql& sql,
                                                           const database::Values& values) {
  return translated(transaction_.query_one(sql, values));
}

Status SqlSession::commit() { return translated(transaction_.commit()); }

}  // namespace mlc::store
