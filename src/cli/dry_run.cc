#include "cli/dry_run.h"

#include "cli/report_file.h"
#include "cli/table.h"
#include "configuration/rule_files.h"
#include "configuration/shipped_rules.h"
#include "ledger/document_key.h"

namespace mlc::cli {
namespace {

namespace report = amazon::settlement_report;

std::string decimal(const std::optional<ledger::Money>& amount) {
  return amount ? amount->decimal() : "unknown";
}

std::string groups_text(const report::SettlementSummary& summary) {
  Table table({{"type"},
               {"amount type"},
               {"description"},
               {"marketplace"},
               {"category"},
               {"rows", true},
               {"amount", true}});
  for (const auto& group : summary.groups) {
    table.add({group.transaction_type, group.amount_type, group.amount_description,
               group.marketplace, group.category.empty() ? "(no rule)" : group.category,
               std::to_string(group.rows), group.amount.decimal()});
  }
  return table.text(2);
}

std::string heading(const report::SettlementSummary& summary) {
  std::string out = "  settlement " + harmless(summary.settlement_id) + ", " + summary.currency +
                    ", layout " + summary.layout + ", " + summary.charset + ", decimal mark " +
                    summary.decimal_mark + ", dates " + summary.date_pattern + "\n";
  out += "  " + std::to_string(summary.rows) + " rows add up to " + decimal(summary.sum) +
         ", the total is " + decimal(summary.total) + ", difference " +
         decimal(summary.difference) + (summary.ties ? ": ties\n" : ": DOES NOT TIE\n");
  if (summary.quarantined_rows.value_or(0) > 0) {
    out += "  no rule for " + std::to_string(*summary.quarantined_rows) + " rows worth " +
           decimal(summary.quarantined_amount) + " " + summary.currency + "\n";
  }
  for (const std::string& column : summary.unknown_columns) {
    out += "  unknown column '" + harmless(column) + "' (kept, not read)\n";
  }
  return out;
}

}  // namespace

Result<ledger::RuleBook> dry_run_rules(const std::vector<std::string>& files) {
  if (!files.empty()) return configuration::read_rule_files({files.begin(), files.end()});
  MLC_TRY(auto shipped,
          configuration::parse_rule_file(configuration::shipped_rules(),
                                         std::string(configuration::kShippedRulesName)));
  return ledger::RuleBook::make({std::move(shipped)});
}

report::SettlementSummary look_at(const std::string& file, const ledger::RuleBook& rules) {
  report::SummaryBuilder builder(file, &rules);
  auto summary = builder.finish(read_report_file(file, builder));
  if (summary.settlement_id.empty()) return summary;
  // Keys of documents are made of the id: what could not be posted does not only have to tie.
  const auto stem = ledger::key_stem(SettlementId(summary.settlement_id));
  if (!stem) summary.errors.push_back(stem.error());
  return summary;
}

std::string dry_run_text(const std::vector<report::SettlementSummary>& summaries) {
  std::string out;
  for (const auto& summary : summaries) {
    out += harmless(summary.file) + "\n";
    if (!summary.settlement_id.empty()) out += heading(summary) + groups_text(summary);
    for (const Error& error : summary.errors) out += error.explain() + "\n";
  }
  return out;
}

}  // namespace mlc::cli
