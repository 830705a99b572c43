// Result<T>: a value or an Error. Exceptions do not cross module borders; these do.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "base/error.h"

namespace mlc {

// Member names are those of std::expected, which replaces tl::expected with C++23.
template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

// `return failure(kKind, {{"file", name}});` from any function that returns a Result.
[[nodiscard]] inline tl::unexpected<Error> failure(const ErrorKind& kind,
                                                   std::vector<Fact> facts = {}) {
  return tl::unexpected<Error>(Error(kind, std::move(facts)));
}

[[nodiscard]] inline tl::unexpected<Error> failure(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace mlc

#define MLC_CONCAT_INNER(a, b) a##b
#define MLC_CONCAT(a, b) MLC_CONCAT_INNER(a, b)

// MLC_TRY(const auto page, client.list(query)): declares `page` or returns the error.
#define MLC_TRY(declaration, expression) \
  MLC_TRY_INNER(MLC_CONCAT(mlc_try_, __LINE__), declaration, expression)
#define MLC_TRY_INNER(name, declaration, expression)         \
  auto name = (expression);                                  \
  if (!name) return ::mlc::failure(std::move(name).error()); \
  declaration = std::move(*name)

// MLC_TRY_STATUS(file.sync()): goes on, or returns the error.
#define MLC_TRY_STATUS(expression)                          \
  do {                                                      \
    if (auto mlc_status = (expression); !mlc_status)        \
      return ::mlc::failure(std::move(mlc_status).error()); \
  } while (false)
