// Says once what a person should know about Amazon's side although calls succeed.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/error.h"
#include "ports/report_source.h"

namespace mlc::daemon {

// Looks after every call of `inner` at what `notices` gives; each notice is handed to `tell` when
// it appears or changes. Thread-safe if these are. All must outlive it.
[[nodiscard]] std::unique_ptr<ports::ReportSource> noticing_source(
    ports::ReportSource& inner, std::function<std::vector<Error>()> notices,
    std::function<void(const Error&)> tell);

}  // namespace mlc::daemon
