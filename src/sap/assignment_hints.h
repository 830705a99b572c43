// Words for refusals that are hard to understand: what CO's own tables say about the accounts.
#pragma once

#include <vector>

#include "abap/channel.h"
#include "ledger/manifest.h"
#include "ports/unit.h"
#include "sap/table_reader.h"

namespace mlc::sap {

// Adds in brackets to the texts of confirmed messages what they come from and what helps:
//   KI 235   the account's cost element category (TKA02, CSKB-KATYP): on revenue elements (11, 12)
//            a cost centre is only statistical; on cost elements one is missing
//   GLT2 201 where the profit centre of a line comes from
// SAP's own words stay in front. A table that may not be read adds nothing. Repeatable. Errors:
// those of read_table.
[[nodiscard]] Status add_hints(abap::Session& session, const ledger::LedgerDocument& document,
                               const ReaderLimits& limits,
                               std::vector<ports::BapiMessage>& messages);

}  // namespace mlc::sap
