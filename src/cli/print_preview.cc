// preview.
#include <algorithm>

#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

// SAP's own order: posting key's side first. Debit is positive.
std::string document_text(const ledger::LedgerDocument& document) {
  std::string out =
      "\n" + document.key.text() + "  company code " + document.company_code + "  type " +
      document.document_type + "  posting date " + format_date(document.posting_date) + "  " +
      std::string(document.currency.code()) + "\n  " + harmless(document.header_text) + "\n";
  Table table({{"line", true},
               {"account"},
               {"cost centre"},
               {"profit centre"},
               {"tax"},
               {"debit", true},
               {"credit", true},
               {"assignment"},
               {"text"}});
  for (const auto& line : document.lines) {
    const auto credit = line.amount.negated();
    table.add({std::to_string(line.item), line.account, line.cost_center, line.profit_center,
               line.tax_code, line.amount.is_negative() ? "" : line.amount.decimal(),
               line.amount.is_negative() && credit ? credit->decimal() : "", line.assignment,
               line.text});
  }
  return out + table.text(2);
}

// The document in SAP's books that a part of the manifest stands for already.
const operations::DocumentRow* find_standing(const operations::Preview& preview,
                                             const ledger::DocumentKey& key) {
  const std::string part = key.stem + key.part;
  const auto at = std::ranges::find_if(
      preview.standing, [&](const auto& document) { return document.key.starts_with(part); });
  return at == preview.standing.end() ? nullptr : &*at;
}

std::string standing_text(const ledger::LedgerDocument& document,
                          const operations::DocumentRow& standing) {
  return "\n" + document.key.text() + "  is not posted: this part is in SAP as " + standing.key +
         ", " + standing.number + "\n";
}

std::string accounts_text(const std::vector<operations::AccountTotal>& accounts) {
  Table table({{"account"}, {"cost centre"}, {"lines", true}, {"amount", true}});
  for (const auto& total : accounts) {
    table.add({total.account, total.cost_center, std::to_string(total.lines), total.amount});
  }
  return table.empty() ? "" : "\nBy account and cost centre (debit positive)\n" + table.text(2);
}

std::string check_text(const std::optional<operations::CheckVerdict>& check) {
  if (!check) return "\nSAP was not asked.\n";
  std::string out = check->outcome == "ready" ? "\nSAP's check finds nothing against posting.\n"
                                              : "\nSAP's check: " + check->outcome + "\n";
  for (const auto& message : check->messages) {
    out += "  " + std::string(1, message.type) + " " + message.id + " " + message.number + "  " +
           harmless(message.text) + "\n";
  }
  for (const auto& difference : check->differences) {
    out += std::string("  ") + (difference.hard ? "differs" : "differs (soft)") + ": " +
           difference.document + " " + harmless(difference.field) + ", wanted " +
           harmless(difference.wanted) + ", found " + harmless(difference.found) + "\n";
  }
  if (check->error) out += error_text(*check->error, 2);
  return out;
}

}  // namespace

std::string text_of(const operations::Preview& preview, const Prompt& prompt) {
  const auto& row = preview.settlement;
  std::string out = "Settlement " + row.settlement_id + ": " + row.state + ", " + row.words + "\n";
  out += "  " + counted(row.rows, "row") + ", " +
         counted(preview.manifest.documents.size(), "document") + ", deposit " + row.amount + " " +
         row.currency + "\n";
  out += "  " + preview.posted + " posted + " + preview.netted + " netted + " + preview.excluded +
         " excluded = " + row.amount + "\n";
  out += "  rules " + harmless(preview.manifest.rules_version) + ", revision " +
         std::string(1, preview.manifest.revision) + ", manifest " + preview.manifest.content_hash +
         "\n";
  for (const auto& document : preview.manifest.documents) {
    const auto* standing = find_standing(preview, document.key);
    out += standing == nullptr ? document_text(document) : standing_text(document, *standing);
  }
  out += accounts_text(preview.accounts);
  out += check_text(preview.check);
  if (row.state == "awaiting_approval") {
    out += "\nTo post it:\n  " +
           prompt.line("approve " + row.name + " --manifest " +
                       preview.manifest.content_hash.substr(0, 8)) +
           "\n";
  }
  return out;
}

}  // namespace mlc::cli
