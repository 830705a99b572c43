// What waits for a person, one row per cause.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "operations/names.h"

namespace mlc::operations {

struct ExceptionRow {
  // "no rule", "on suspense", "stopped", or the state's word: "rejected", "in_doubt", ...
  std::string cause;
  std::string kind = "settlement";  // of the work that `settlements` names; or "reversal", ...
  std::string what;                 // one sentence
  std::string amount;               // at stake, decimal text; empty when it is not known
  std::string currency;
  std::uint64_t rows = 0;                // of the file, where rows are the cause
  std::vector<std::string> settlements;  // what commands take
  std::string error_id;
  std::string cure;
  bool goes_on_by_itself = false;
  std::optional<Instant> due;  // when the first of it goes on by itself
  std::string rule;            // a suggestion of the rule to add, where one is missing
  std::string nearest_rule;    // id of the rule it is like, and what both have in common
  std::string shared;
  std::vector<std::string> next;  // what to type
};

// Rows without a rule, held or on suspense, are grouped over all settlements by the class they
// form; other causes by
// state and error, and where SAP names several things, by each: a settlement's amount is then at
// stake in several rows. Those that need a person first, then the largest amounts. Repeatable.
[[nodiscard]] Result<std::vector<ExceptionRow>> exceptions(const Hub& hub);

// Whether a piece of work goes no further until somebody does something: what `exceptions` lists of
// it, and approvals. Included are notices (what the coming month lacks), a file that somebody
// reversed in SAP, and one that is reversed while a difference to it stands. Errors: the store's.
[[nodiscard]] Result<bool> needs_person(ports::StoreTransaction& transaction,
                                        const ports::WorkRecord& work);

}  // namespace mlc::operations
