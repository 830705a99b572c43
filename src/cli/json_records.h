// Records that several answers show, as JSON (docs/formats/json.md). For the .cc files that make
// the answers. All are pure.
#pragma once

#include "cli/json_parts.h"
#include "operations/class_view.h"
#include "operations/settlement_list.h"

namespace mlc::cli {

[[nodiscard]] Json document_json(const operations::DocumentRow& row);
[[nodiscard]] Json settlement_json(const operations::SettlementRow& row);
[[nodiscard]] Json class_json(const operations::ClassView& view);
[[nodiscard]] Json line_json(const ledger::DocumentLine& line);

}  // namespace mlc::cli
