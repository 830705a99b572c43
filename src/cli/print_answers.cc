// What verbs, imports, audits, backups and the demo say at their end.
#include <algorithm>
#include <optional>

#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

std::string numbers_of(const std::vector<operations::DocumentRow>& documents) {
  std::string out;
  for (const auto& document : documents) {
    if (document.number.empty()) continue;
    out += (out.empty() ? "" : ", ") + document.number;
  }
  return out;
}

std::string import_text(const ImportAnswer& answer) {
  if (answer.error) return answer.file + "\n" + answer.error->explain() + "\n";
  std::string out = harmless(answer.file) + ": work " + answer.imported.work.str();
  if (answer.imported.known) out += ", imported before";
  if (!answer.settlement) return out + "\n";
  const auto& row = *answer.settlement;
  if (!row.settlement_id.empty()) {
    out += ", settlement " + row.settlement_id + ", deposit " + row.amount + " " + row.currency;
  }
  out += ", " + row.state + ": " + row.words + "\n";
  if (row.error) out += error_text(*row.error, 2);
  return out;
}

std::string excluded_text(const std::vector<operations::ExcludedTotal>& excluded) {
  std::string out;
  for (const auto& one : excluded) {
    out += "  not counted: " + counted(one.settlements, "settlement") + " " + one.state +
           " worth " + one.amount + "\n";
  }
  return out;
}

// When the documents were read: the one read longest ago, and the latest.
std::string reading_text(const std::vector<operations::CurrencySummary>& currencies) {
  std::optional<Instant> from;
  std::optional<Instant> until;
  for (const auto& one : currencies) {
    if (!one.read_from || !one.read_until) continue;
    from = std::min(from.value_or(*one.read_from), *one.read_from);
    until = std::max(until.value_or(*one.read_until), *one.read_until);
  }
  if (!from) return "  SAP was not read yet\n";
  std::string out = "  SAP read at " + format_instant(*from);
  if (*until != *from) out += " to " + format_instant(*until);
  return out + "\n";
}

std::string accounts_text(const operations::CurrencySummary& one) {
  std::string out = "\n" + one.total.currency + "\n";
  Table table({{"account"}, {"cost centre"}, {"lines", true}, {"amount", true}});
  for (const auto& total : one.accounts) {
    table.add({total.account, total.cost_center, std::to_string(total.lines), total.amount});
  }
  return table.empty() ? out + "  nothing in SAP\n" : out + table.text(2);
}

// Nothing is added over currencies: each has a row of its own.
std::string currencies_text(const std::vector<operations::CurrencySummary>& currencies) {
  Table table({{"currency"},
               {"settlements", true},
               {"documents", true},
               {"deposits by Amazon", true},
               {"posted", true},
               {"waiting", true},
               {"reversed", true},
               {"receivable in SAP", true},
               {"difference", true}});
  std::string excluded;
  for (const auto& one : currencies) {
    table.add({one.total.currency, std::to_string(one.total.settlements),
               std::to_string(one.documents), one.total.deposits, one.total.posted,
               one.total.waiting, one.total.reversed, one.receivable, one.difference});
    const std::string note = excluded_text(one.total.excluded);
    if (!note.empty()) excluded += "  " + one.total.currency + note.substr(1);
  }
  return "\n" + table.text(2) + excluded + reading_text(currencies);
}

std::string currency_text(const operations::CurrencySummary& one) {
  std::string out = accounts_text(one);
  Table sums({{""}, {"", true}});
  sums.add({"settlements", std::to_string(one.total.settlements)});
  sums.add({"documents in SAP", std::to_string(one.documents)});
  sums.add({"deposits by Amazon", one.total.deposits});
  sums.add({"  posted", one.total.posted});
  sums.add({"  waiting", one.total.waiting});
  sums.add({"  reversed", one.total.reversed});
  sums.add({"receivable in SAP", one.receivable});
  sums.add({"difference", one.difference});
  return out + sums.text(2) + excluded_text(one.total.excluded) + reading_text({one});
}

}  // namespace

std::string text_of(const VerbAnswer& answer, const Prompt& prompt) {
  std::string out = answer.name + ": " + answer.state_before;
  if (!answer.carried_out) {
    return out + "; asked to " + answer.verb +
           ", and the program that works on this state directory carries it out\n";
  }
  if (answer.refusal) {
    return out + "; `" + answer.verb + "` was refused, nothing changed\n" +
           error_text(*answer.refusal, 2);
  }
  out += " -> " + answer.state + ", " + answer.words + "\n";
  if (answer.settlement) {
    const std::string numbers = numbers_of(answer.settlement->documents);
    if (!numbers.empty()) out += "  documents " + numbers + "\n";
    if (answer.settlement->due && answer.state != "posted") {
      out += "  goes on by itself at " + format_instant(*answer.settlement->due) + "\n";
    }
  }
  if (answer.reversal) {
    out += "  reversal " + answer.reversal->id.str() + ": " + answer.reversal->state + ", " +
           operations::words_of(*answer.reversal) + "\n";
  }
  if (answer.error) out += error_text(*answer.error, 2);
  if (!answer.reversal) return out;
  for (const auto& command : operations::possible_commands({*answer.reversal, {}})) {
    out += "  $ " + prompt.line(command) + "\n";
  }
  return out;
}

std::string text_of(const std::vector<ImportAnswer>& answers) {
  std::string out;
  for (const auto& answer : answers) out += import_text(answer);
  return out;
}

std::string text_of(const operations::AuditVerification& verification) {
  const auto& report = verification.report;
  std::string out;
  for (const Error& error : verification.differences) out += error.explain() + "\n";
  for (const auto& numbered : report.epochs) {
    out += "Restored at " + format_instant(numbered.entry.at) + " by " +
           harmless(numbered.entry.actor) + ".\n";
  }
  for (const auto& one : report.superseded) {
    out += harmless(one.where) + ": made before the restore at " + format_instant(one.restored_at) +
           " by " + harmless(one.restored_by) +
           ", over entries that it dropped; cannot be compared.\n";
  }
  if (!verification.agrees()) return out;
  return out + "The audit trail agrees: " + std::to_string(report.head.size) + " entries, " +
         counted(report.checkpoints, "checkpoint") + "; every evidence file is as it came.\n";
}

std::string text_of(const operations::Summary& summary, const Prompt& prompt) {
  std::string out = counted(summary.settlements, "settlement") + ": " +
                    std::to_string(summary.posted) + " posted, " +
                    std::to_string(summary.reversed) + " reversed, " +
                    std::to_string(summary.before_cutover) + " before the cut-over, " +
                    std::to_string(summary.waiting) + " waiting\n";
  if (summary.currencies.size() == 1) {
    out += currency_text(summary.currencies.front());
  } else if (!summary.currencies.empty()) {
    for (const auto& one : summary.currencies) out += accounts_text(one);
    out += currencies_text(summary.currencies);
  }
  if (summary.stream_breaks > 0) {
    out += "\n" + counted(summary.stream_breaks, "settlement") +
           " after a gap, or with another reserve than was held: " + prompt.line("streams") + "\n";
  }
  if (summary.waiting > 0) out += "\nSee what waits: " + prompt.line("exceptions") + "\n";
  return out;
}

std::string text_of(const store::BackupReport& report, const std::string& target) {
  return "Backup " + target + ": " + counted(report.files, "file") +
         ". Keys are not in it; keep the folder keys/ apart.\n";
}

std::string text_of(const store::RestoreReport& report) {
  std::string out = "Restored; epoch " + std::to_string(report.epoch) +
                    " begins. What SAP got since the backup is found again before anything is "
                    "posted.\n";
  if (!report.replaced.empty())
    out += "The store before lies in " + report.replaced.string() + ".\n";
  return out;
}

}  // namespace mlc::cli
