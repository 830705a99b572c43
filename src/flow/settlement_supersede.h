// A file of a settlement in the place of others that are out of the books, and what a file that was
// put aside comes back to.
#pragma once

#include "flow/step.h"

namespace mlc::flow {

// "Amazon sent it again": the wait of `mine` for a person while `first` stands for the settlement.
[[nodiscard]] Error reissued_error(const ports::SettlementRecord& mine,
                                   const ports::SettlementRecord& first);

// `resolve WORK supersede` of a re-issue. It takes the place of the file that stands for the
// settlement-id: as the next difference where earlier files of the settlement are in the books, and
// of all of them where none is. Those it replaces are superseded. Letters that SAP has numbered
// under any of them are not used again. Refused with flow.still_posted, flow.no_more_revisions.
[[nodiscard]] Result<Decision> supersede(StepInput& input);

}  // namespace mlc::flow
