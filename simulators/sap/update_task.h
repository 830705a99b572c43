// The update task: what COMMIT WORK hands over, and what becomes of it.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "simulators/sap/books_file.h"
#include "simulators/sap/posting.h"

namespace mlc::simulators::sap {

// VBHDR-VBSTATE as this simulator fills it.
inline constexpr const char* kUpdateInitial = "1";  // waits, or is running
inline constexpr const char* kUpdateStopped = "2";  // terminated; SM13 can repeat it

// Carries out the rows at once, in one unit of work. False: a row was refused, nothing is written.
[[nodiscard]] bool update_now(Books& books, const PendingRows& rows);

// Keeps the rows as an update record. `due` is when tick repeats it by itself.
void keep_update(const Context& context, const PendingRows& rows, const char* state,
                 std::optional<Instant> due);

// Carries out kept updates that are due, or all of them when `now` is missing; an update that is
// refused again stays, stopped. Returns how many were carried out.
int run_updates(Books& books, std::optional<Instant> now);
[[nodiscard]] std::optional<Instant> next_update(Books& books);
void delete_updates(Books& books);

}  // namespace mlc::simulators::sap
