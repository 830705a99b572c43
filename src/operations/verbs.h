// What an operator asks of work. A verb writes a request; a worker's engine carries it out.
#pragma once

#include <string>

#include "operations/names.h"

namespace mlc::operations {

// What was asked, and of what.
struct Asked {
  Named named;  // before it was asked
  std::string verb;
  std::string argument;
};

// Each is refused with flow.wrong_state, naming what is possible, when the flow's table does not
// know the verb in the work's state. Not repeatable: asked twice is done twice where the state
// still allows it. Further errors: those of find_named, the store's.

// `manifest` is the hash (8 characters or more) of the preview that was read; empty: the plan as it
// is now. Errors: operations.nothing_planned.
[[nodiscard]] Result<Asked> approve(const Hub& hub, const std::string& name,
                                    const std::string& manifest);
// Posts again what was reversed. `revision` is the next letter, said by the person, so that nobody
// posts twice by repeating a command. Errors: operations.revision_needed.
[[nodiscard]] Result<Asked> post(const Hub& hub, const std::string& name,
                                 const std::string& revision);
// `reason` is SAP's reversal reason (STGRD), e.g. "01".
[[nodiscard]] Result<Asked> reverse(const Hub& hub, const std::string& name,
                                    const std::string& reason);
[[nodiscard]] Result<Asked> retry(const Hub& hub, const std::string& name);
// Errors: flow.wrong_argument.
[[nodiscard]] Result<Asked> resolve(const Hub& hub, const std::string& name,
                                    const std::string& decision);

// Lets a company code be posted into again, and tries its deferred settlements at once; returns how
// many. Errors: operations.no_stop.
[[nodiscard]] Result<std::size_t> lift_stop(const Hub& hub, const std::string& company_code);

// The newest reversal of a settlement's work that is neither done nor given up, if there is one.
[[nodiscard]] Result<std::optional<ports::WorkRecord>> open_reversal(const Hub& hub,
                                                                     const WorkId& settlement);

// Whether the work, and what was begun for it (reversals), neither is due now nor carries a
// request.
[[nodiscard]] Result<bool> rests(const Hub& hub, const WorkId& work);

}  // namespace mlc::operations
