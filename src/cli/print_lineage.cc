// explain, trace.
#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

// The cells that hold something, in the file's order.
std::string cells_of(const std::string& row) {
  std::string out;
  std::size_t begin = 0;
  while (begin <= row.size()) {
    const auto end = std::min(row.find('\t', begin), row.size());
    if (end > begin) out += (out.empty() ? "" : " | ") + row.substr(begin, end - begin);
    begin = end + 1;
  }
  return harmless(out);
}

std::string document_line(const operations::DocumentRow& document) {
  std::string out = document.key + ", " + document.outcome;
  if (!document.number.empty()) out += ", SAP " + document.number;
  if (!document.reversed_by.empty()) out += ", reversed by " + document.reversed_by;
  return out;
}

std::string class_line(const operations::ClassView& view) {
  const auto& of = view.row_class;
  std::string out = of.transaction_type + " / " + of.amount_type + " / " + of.amount_description;
  if (!of.marketplace.empty()) out += " on " + of.marketplace;
  if (!of.fulfillment.empty()) out += ", " + of.fulfillment;
  if (!of.sku.empty()) out += ", SKU " + of.sku;
  if (!of.material_group.empty()) out += ", material group " + of.material_group;
  return harmless(out);
}

std::string rule_line(const operations::ClassView& view) {
  if (view.rule.empty()) return "no rule";
  std::string out = "rule " + view.rule + " of version " + view.rules_version;
  return harmless(view.why.empty() ? out : out + ": " + view.why);
}

// How that rule stands today, when it is not the same.
std::string today_line(const operations::ClassView& view) {
  switch (view.rule_today) {
    case operations::RuleToday::kUnknown:
    case operations::RuleToday::kSame: return "";
    case operations::RuleToday::kChanged: return "today's rule file says something else for it\n";
    case operations::RuleToday::kGone: return "it is no longer in the rule files\n";
    case operations::RuleToday::kNotKept:
      return "the rules of that time were not kept: this is today's reason\n";
  }
  return "";
}

std::string rule_text(const operations::ClassView& view, const std::string& blanks) {
  const std::string today = today_line(view);
  return blanks + rule_line(view) + "\n" + (today.empty() ? "" : blanks + "  " + today);
}

std::string adopted_line(ledger::Adoption adoption) {
  const std::string text = adoption_text(adoption);
  return text.empty() ? "" : "  adopted: " + text + "\n";
}

std::string money_line(const ledger::DocumentLine& line) {
  std::string out = "line " + std::to_string(line.item) + "  account " + line.account;
  if (!line.cost_center.empty()) out += "  cost centre " + line.cost_center;
  return out + "  " + line.amount.decimal() + " " + std::string(line.amount.currency().code()) +
         (line.text.empty() ? "" : "  " + harmless(line.text));
}

std::string explained(const operations::ExplainedLine& line) {
  std::string out = "\n" + money_line(line.line) + "\n";
  if (line.balancing) {
    out += "  balances the other lines: what Amazon owes for " + counted(line.rows, "row") + "\n";
    return out;
  }
  for (const auto& view : line.classes) {
    const bool by_order = view.destination == operations::Destination::kOrder;
    out += by_order ? "  rows of its order: "
                    : "  " + counted(view.rows, "row") + ", " + view.amount + ": ";
    out += class_line(view) + "\n";
    out += rule_text(view, "    ");
  }
  return out;
}

std::string row_line(const operations::EvidenceRow& row) {
  return "  row " + std::to_string(row.line) + ", bytes " + std::to_string(row.offset) + " to " +
         std::to_string(row.offset + row.size) + ": " + cells_of(row.text) + "\n";
}

std::string reversal_line(const operations::ReversalOf& reversal) {
  std::string out = "Document " + reversal.number + " reverses " + reversal.original +
                    ": the same lines with the other sign.\n";
  if (reversal.work.empty()) return out + "  reversed in SAP, at no request made here\n\n";
  out +=
      "  reversed by our reversal " + reversal.work + ", asked by " + harmless(reversal.asked_by);
  if (reversal.asked_at) out += " at " + format_instant(*reversal.asked_at);
  return out + ", reason " + harmless(reversal.reason) + "\n\n";
}

std::string continued(const std::vector<operations::ContinuedLine>& lines) {
  if (lines.empty()) return "";
  std::string out = "\nWhat the rows come to, less what stood before of an earlier file:\n";
  for (const auto& line : lines) {
    out += "  " + line.document + " line " + std::to_string(line.item) + "  " + line.amount +
           (line.number.empty() ? "" : "  " + line.number) + "  work " + line.work + ", evidence " +
           line.object + "\n";
  }
  return out;
}

std::string whereto(const operations::Trace& trace) {
  const auto& view = *trace.row_class;
  switch (view.destination) {
    case operations::Destination::kDocument:
    case operations::Destination::kOrder:
    case operations::Destination::kSuspense: break;
    case operations::Destination::kNetted:
      return "  netted: the rows of its account add up to zero; nothing is posted for them\n";
    case operations::Destination::kExcluded:
      return "  excluded: the rows of this rule add up to zero; nothing is posted for them\n";
    case operations::Destination::kNeedsRule:
      return "  needs a rule: its settlement is held, see `exceptions`\n";
    case operations::Destination::kHeld:
      return "  held: settlement is " + trace.settlement.state + ", " + trace.settlement.words +
             "\n";
  }
  if (!trace.document) return "  document " + view.document + "\n";
  std::string out = view.destination == operations::Destination::kSuspense
                        ? "  on suspense: no rule knows rows like this one, see `exceptions`\n"
                        : "";
  out += "  document " + document_line(*trace.document) + "\n";
  if (trace.line) out += "  " + money_line(*trace.line) + "\n";
  return out;
}

}  // namespace

std::string text_of(const operations::Explanation& explanation, const Prompt& prompt) {
  std::string out = explanation.reversal ? reversal_line(*explanation.reversal) : "";
  out += "Document " + document_line(explanation.document) + "\n";
  out += "  settlement " + explanation.settlement.name + ", deposit " +
         explanation.settlement.amount + " " + explanation.settlement.currency + ", " +
         counted(explanation.settlement.rows, "row") + "\n";
  out += "  Amazon's file: evidence " + explanation.object + "\n";
  if (!explanation.rules_version.empty()) {
    out += "  rules " + harmless(explanation.rules_version) + " (rule book " +
           explanation.rules_digest.substr(0, 8) + ")\n";
  }
  out += adopted_line(explanation.adoption);
  for (const auto& line : explanation.lines) out += explained(line);
  if (explanation.other_side) {
    const auto& side = *explanation.other_side;
    out += "  other side: company code " + side.company_code + ", " + side.document + " line " +
           std::to_string(side.item) + "  " + side.amount.decimal() + "\n";
  }
  out += continued(explanation.continues);
  if (explanation.rows.empty()) {
    if (explanation.lines.size() > 1) {
      out += "\nFor the rows of a line: " +
             prompt.line("explain " + explanation.document.key + " " +
                         std::to_string(explanation.lines.front().line.item)) +
             "\n";
    }
    return out;
  }
  out += "\nRows of Amazon's file\n";
  for (const auto& row : explanation.rows) out += row_line(row);
  if (explanation.rows_left > 0) {
    out += "  and " + counted(explanation.rows_left, "more row") + " (--limit shows more)\n";
  }
  return out;
}

std::string text_of(const operations::Trace& trace) {
  std::string out = "Settlement " + trace.settlement.name + ", row " +
                    std::to_string(trace.row.line) + "\n" + row_line(trace.row);
  if (!trace.row_class) {
    return out + "  carries no amount: it is the header, the summary row or blank\n";
  }
  out += "  class " + class_line(*trace.row_class) + ", one of " +
         counted(trace.row_class->rows, "row") + " worth " + trace.row_class->amount + "\n";
  out += rule_text(*trace.row_class, "  ");
  out += adopted_line(trace.adoption);
  return out + whereto(trace);
}

}  // namespace mlc::cli
