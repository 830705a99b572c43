// settlements, show.
#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

std::string documents_text(const std::vector<operations::DocumentRow>& documents) {
  std::string out;
  for (const auto& document : documents) {
    if (!out.empty()) out += ", ";
    out += document.number.empty() ? document.key : document.number;
  }
  return out;
}

std::string first_command(const operations::SettlementRow& row, const Prompt& prompt) {
  const bool at_rest = row.state == "posted" || row.state == "before_cutover";
  if (at_rest || row.next.empty() || (row.due && !row.error)) return "";
  return prompt.line(row.next.front());
}

// "1 before_cutover worth 85.00, 2 superseded worth 170.00"
std::string excluded_text(const std::vector<operations::ExcludedTotal>& excluded) {
  std::string out;
  for (const auto& one : excluded) {
    out += (out.empty() ? "" : ", ") + std::to_string(one.settlements) + " " + one.state +
           " worth " + one.amount;
  }
  return out;
}

std::string total_text(const operations::CurrencyTotal& total) {
  std::string out = counted(total.settlements, "settlement") + ", " + total.currency +
                    ": deposits " + total.deposits + ", posted " + total.posted + ", waiting " +
                    total.waiting + ", reversed " + total.reversed + ", difference " +
                    total.difference + "\n";
  const std::string excluded = excluded_text(total.excluded);
  return excluded.empty() ? out : out + "  not counted: " + excluded + "\n";
}

std::string field(const std::string& name, const std::string& value) {
  if (value.empty()) return "";
  std::string out = "  " + name + std::string(name.size() < 14 ? 14 - name.size() : 1, ' ');
  return out + harmless(value) + "\n";
}

std::string columns_text(const std::vector<std::string>& unknown) {
  std::string out;
  for (const auto& column : unknown) out += (out.empty() ? "" : ", ") + column;
  return out.empty() ? out : out + " (kept, not read)";
}

std::string header_text(const operations::SettlementView& view) {
  const auto& row = view.row;
  const auto& record = view.record;
  std::string out = row.settlement_id.empty() ? "Work " + row.work.str() + "\n"
                                              : "Settlement " + row.settlement_id + "\n";
  out += field("state", row.state + ": " + row.words);
  if (row.due && row.state != "posted") out += field("goes on at", format_instant(*row.due));
  out += field("period", row.end ? date_text(row.start) + " to " + date_text(row.end) : "");
  out += field("deposit", row.amount.empty()
                              ? ""
                              : row.amount + " " + row.currency + " on " + date_text(row.deposit));
  out += field("rows", row.rows == 0 ? "" : std::to_string(row.rows));
  out += field("connection", row.connection.str());
  out += field("work", row.work.str());
  out += field("source", row.source == "import" ? "import of " + row.file
                                                : row.source + " report " + record.report_id);
  out += field("evidence", record.object ? record.object->id.str() + " (" +
                                               counted(record.object->size, "byte") + ")"
                                         : "");
  out += field("received as", record.received_object);
  out += field("request id", record.request_id);
  out += field("extra columns", columns_text(record.unknown_columns));
  out += field("lineage", record.lineage.str());
  out += field("manifest", record.manifest_hash);
  if (!record.posted.empty()) {
    out += field("adds up", record.posted + " posted + " + record.netted + " netted + " +
                                record.excluded + " excluded = " + row.amount);
  }
  if (record.approved_at) {
    out += field("approved", "by " + record.approved_by + " at " +
                                 format_instant(*record.approved_at) + ", manifest " +
                                 record.approved_hash.substr(0, 8));
  }
  if (!view.rules_version.empty()) {
    out += field("rules",
                 view.rules_version + " (rule book " + record.rules_digest.substr(0, 8) + ")");
  }
  out += field("adopted", adoption_text(record.adoption));
  for (const auto& rival : view.rivals) out += field("other file", "work " + rival);
  return out;
}

std::string documents_table(const std::vector<operations::DocumentRow>& documents) {
  Table table({{"document"},
               {"SAP number"},
               {"state"},
               {"lines", true},
               {"receivable", true},
               {"currency"},
               {"read back"},
               {"reversed by"}});
  for (const auto& document : documents) {
    table.add({document.key, document.number, document.outcome, std::to_string(document.items),
               document.receivable, document.currency,
               document.confirmed_at ? format_instant(*document.confirmed_at) : "",
               document.reversed_by});
  }
  return table.empty() ? "" : "\nDocuments\n" + table.text(2);
}

std::string place_of(const operations::ClassView& view) {
  if (view.destination == operations::Destination::kOrder) return "the line of its order";
  if (view.document.empty()) return std::string(operations::to_word(view.destination));
  const bool suspense = view.destination == operations::Destination::kSuspense;
  return view.document + " line " + std::to_string(view.item) + (suspense ? ", on suspense" : "");
}

std::string classes_table(const std::vector<operations::ClassView>& classes) {
  Table table({{"type"},
               {"amount type"},
               {"description"},
               {"marketplace"},
               {"fulfilment"},
               {"rows", true},
               {"amount", true},
               {"rule"},
               {"where it went"}});
  for (const auto& view : classes) {
    table.add({view.row_class.transaction_type, view.row_class.amount_type,
               view.row_class.amount_description, view.row_class.marketplace,
               view.row_class.fulfillment, std::to_string(view.rows), view.amount, view.rule,
               place_of(view)});
  }
  return table.empty() ? "" : "\nRows by class\n" + table.text(2);
}

std::string unit_text(const std::optional<operations::UnitView>& unit) {
  if (!unit) return "";
  std::string out = "\nLast unit sent to " + unit->intent.identity.system_id + "/" +
                    unit->intent.identity.client + " at " + format_instant(unit->intent.at) + "\n";
  for (const auto& entry : unit->journal) {
    out += "  " + format_instant(entry.at) + "  " + std::string(ports::to_word(entry.step));
    out += (entry.detail.empty() ? "" : "  " + harmless(entry.detail)) + "\n";
  }
  for (const auto& look_up : unit->look_ups) {
    out += "  " + format_instant(look_up.at) + "  looked up: " + look_up.finding;
    out += look_up.control == ports::ControlFinding::kFound ? ", control found"
                                                            : ", control not found";
    out += look_up.update_records ? ", update records pending\n" : "\n";
  }
  return out;
}

std::string history_text(const std::vector<ports::AuditEntry>& history) {
  std::string out;
  for (const auto& entry : history) {
    out += "  " + format_instant(entry.at) + "  " + harmless(entry.actor) + "  " + entry.action;
    for (const Fact& fact : entry.facts) {
      // Hashes are long and have their own place above.
      const bool is_hash = fact.value.size() >= 64;
      out += "  " + fact.name + "=" + (is_hash ? fact.value.substr(0, 12) : harmless(fact.value));
    }
    out += "\n";
  }
  return out.empty() ? "" : "\nHistory\n" + out;
}

std::string commands_text(const std::vector<std::string>& commands, const Prompt& prompt) {
  std::string out;
  for (const auto& command : commands) out += "  " + prompt.line(command) + "\n";
  return out.empty() ? "" : "\nWhat you can type\n" + out;
}

}  // namespace

std::string date_text(const std::optional<Instant>& instant) {
  return instant ? format_date(utc_date(*instant)) : "-";
}

std::string adoption_text(ledger::Adoption adoption) {
  switch (adoption) {
    case ledger::Adoption::kNone: return "";
    case ledger::Adoption::kRules:
      return "the documents were found in SAP, and these rules give exactly them";
    case ledger::Adoption::kTotals:
      return "the documents were found in SAP, and these rules give the same totals; the lines are "
             "SAP's, so a line may show rows of another line of its account";
    case ledger::Adoption::kPerson: return "a person accepted the documents as SAP has them";
  }
  return "";
}

std::string error_text(const ports::StoredError& error, std::size_t indent) {
  const std::string blanks(indent, ' ');
  std::string out = blanks + error.id + ": " + harmless(error.text) + "\n";
  if (error.written != Written::kNo) {
    out += blanks + "  written: " + std::string(to_word(error.written)) + "\n";
  }
  if (!error.cure.empty()) out += blanks + "  do next: " + harmless(error.cure) + "\n";
  return out;
}

std::string text_of(const std::vector<operations::SettlementRow>& rows,
                    const std::vector<operations::CurrencyTotal>& totals, const Prompt& prompt) {
  if (rows.empty()) return "No settlements.\n";
  Table table({{"settlement"},
               {"state"},
               {"start"},
               {"end"},
               {"deposit", true},
               {"currency"},
               {"rows", true},
               {"documents"},
               {"type next"}});
  for (const auto& row : rows) {
    table.add({row.name, row.state, date_text(row.start), date_text(row.end), row.amount,
               row.currency, row.rows == 0 ? "" : std::to_string(row.rows),
               documents_text(row.documents), first_command(row, prompt)});
  }
  std::string out = table.text();
  for (const auto& total : totals) out += total_text(total);
  return out;
}

std::string text_of(const operations::SettlementView& view, const Prompt& prompt) {
  std::string out = header_text(view);
  if (view.row.error) out += error_text(*view.row.error, 2);
  out += documents_table(view.documents);
  for (const auto& reversal : view.reversals) {
    out += "  reversal " + reversal.id.str() + ": " + reversal.state + "\n";
    if (reversal.error) out += error_text(*reversal.error, 4);
  }
  out += classes_table(view.classes);
  for (const Error& error : view.missing) out += error.explain() + "\n";
  out += unit_text(view.last_unit);
  out += history_text(view.history);
  return out + commands_text(view.row.next, prompt);
}

}  // namespace mlc::cli
