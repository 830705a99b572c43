// `import --dry-run`: what is in settlement reports, with neither state nor configuration.
#pragma once

#include <string>
#include <vector>

#include "amazon/settlement_report/settlement_summary.h"
#include "base/result.h"
#include "ledger/rules.h"

namespace mlc::cli {

// The rule set built into the program, or the given files instead.
// Errors: those of configuration::read_rule_files.
[[nodiscard]] Result<ledger::RuleBook> dry_run_rules(const std::vector<std::string>& files);

// Reads the file twice with buffers of fixed size: how it is written, then its rows.
// What is wrong with the file is part of the summary.
[[nodiscard]] amazon::settlement_report::SettlementSummary look_at(const std::string& file,
                                                                   const ledger::RuleBook& rules);

// All files for people, and as the JSON array of docs/formats/json.md.
[[nodiscard]] std::string dry_run_text(
    const std::vector<amazon::settlement_report::SettlementSummary>& summaries);
[[nodiscard]] std::string dry_run_json(
    const std::vector<amazon::settlement_report::SettlementSummary>& summaries);

}  // namespace mlc::cli
