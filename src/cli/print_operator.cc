// status, pause, resume, sync.
#include "cli/operator_answers.h"
#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

std::string engine_text(const std::optional<daemon::EngineHolder>& engine, const Prompt& prompt) {
  if (!engine) {
    return "no program on this machine moves work of this directory now (`" + prompt.line("run") +
           "` does)";
  }
  std::string out = "runs on " + engine->host + ", process " + std::to_string(engine->process);
  if (engine->since) out += ", since " + format_instant(*engine->since);
  return out;
}

std::string person_text(const operations::HubStatus& status, const Prompt& prompt) {
  std::uint64_t causes = 0;
  for (const auto& one : status.exceptions) causes += one.goes_on_by_itself ? 0 : 1;
  std::string out;
  if (causes > 0) out = counted(causes, "cause") + ": `" + prompt.line("exceptions") + "`";
  if (status.awaiting_approval > 0) {
    out += (out.empty() ? "" : "; ") + counted(status.awaiting_approval, "approval") + ": `" +
           prompt.line("settlements --status awaiting_approval") + "`";
  }
  return out.empty() ? "nothing" : out;
}

std::string itself_text(const operations::HubStatus& status) {
  std::string out;
  for (const auto& one : status.exceptions) {
    if (!one.goes_on_by_itself) continue;
    out += labelled("put off", one.cause + ": " + one.what +
                                   (one.due ? " (again at " + format_instant(*one.due) + ")" : ""));
  }
  return out;
}

std::string answer_text(const operations::ConnectionStatus& connection) {
  if (!connection.asks_amazon) return "not asked by this hub";
  std::string out = "not answered yet";
  if (connection.answer) {
    const auto& answer = *connection.answer;
    out = answer.ended_at ? "answered " + format_instant(*answer.ended_at) : "being read";
    out += ": " + counted(answer.reports, "report") + ", " + std::to_string(answer.fresh) + " new";
  }
  if (connection.next_poll) return out + "; asked next " + format_instant(*connection.next_poll);
  return out + "; not asked by itself";
}

std::string pause_text(const ports::PauseRecord& pause) {
  return "since " + format_instant(pause.at) + " by " + pause.actor + ": " + pause.reason;
}

std::string posting_text(const operations::ConnectionStatus& connection) {
  if (connection.stop) {
    return "STOPPED since " + format_instant(connection.stop->at) + ": " +
           connection.stop->error.text;
  }
  if (!connection.holder) return "held by nobody";
  return "held by " + connection.holder->owner + " until " +
         format_instant(connection.holder->lease_until);
}

std::string quota_text(const daemon::Quota& quota) {
  const auto& bucket = quota.bucket;
  std::string out = quota.operation + " " + std::to_string(amazon::calls_left(bucket)) + " of " +
                    std::to_string(bucket.burst);
  if (bucket.blocked_until > bucket.as_of) {
    out += " (refused; again from " + format_instant(bucket.blocked_until) + ")";
  } else if (amazon::calls_left(bucket) < bucket.burst) {
    out += " (full again " + format_instant(amazon::made_at(bucket, bucket.burst)) + ")";
  }
  return out;
}

std::string outlook_text(const AmazonOutlook& outlook) {
  std::string quotas;
  for (const auto& quota : outlook.quotas) {
    quotas += (quotas.empty() ? "" : ", ") + quota_text(quota);
  }
  std::string out = quotas.empty() ? "" : labelled("calls left", quotas);
  for (const Error& renewal : outlook.renewals) {
    out += labelled("ends", renewal.text() + " " + renewal.cure());
  }
  return out;
}

std::string connection_text(const operations::ConnectionStatus& connection,
                            const AmazonOutlook* outlook, const Prompt& prompt) {
  std::string out = connection.id.str() + ": " + harmless(connection.selling_account) + " -> " +
                    connection.sap.system_id + "/" + connection.sap.client + ", company code " +
                    connection.company_code + "\n";
  if (connection.pause) {
    out += labelled("PAUSED", pause_text(*connection.pause));
    out += labelled("", "`" + prompt.line("resume " + connection.id.str()) + "` lets it go on");
  }
  out += labelled("amazon", answer_text(connection));
  if (!connection.why_nothing.empty()) out += labelled("", connection.why_nothing);
  if (connection.poll_error) out += labelled("", connection.poll_error->text);
  for (const auto& count : connection.states) {
    out += labelled(count.state, std::to_string(count.settlements) + "  " + count.words);
  }
  out += labelled("posting", posting_text(connection));
  if (connection.quiet_until) {
    out += labelled("quiet",
                    "nothing is sent to SAP before " + format_instant(*connection.quiet_until));
  }
  if (connection.last_error) {
    out += labelled("last error", connection.last_error->id + " at " +
                                      format_instant(connection.last_error->at) + ", " +
                                      connection.last_error->subject);
  }
  return outlook == nullptr ? out : out + outlook_text(*outlook);
}

std::string change_text(const PauseAnswer& answer, const operations::PauseChange& change) {
  const std::string who = "Connection " + change.connection.str();
  if (answer.verb == "pause") {
    std::string out = who + " is paused: Amazon is not asked for it and nothing is sent to SAP. " +
                      "What is on its way to SAP is finished; what is in doubt is read on.\n";
    if (change.before) out += "It was paused already " + pause_text(*change.before) + ".\n";
    return out;
  }
  if (!change.before) return who + " was not paused.\n";
  return who + " goes on; " + counted(change.asked_again, "piece") + " of work waited for it.\n";
}

}  // namespace

std::string text_of(const SettlementsAnswer& answer, const Prompt& prompt) {
  return text_of(answer.rows, answer.totals, prompt) + text_of(answer.pauses, prompt);
}

std::string text_of(const StatusAnswer& answer, const Prompt& prompt) {
  const auto& status = answer.status;
  std::string out = "At " + format_instant(status.now) + "\n";
  out += labelled("engine", engine_text(answer.engine, prompt));
  out += labelled("for a person", person_text(status, prompt));
  out += itself_text(status);
  out += labelled("streams", status.stream_breaks == 0 ? "no break is known"
                                                       : counted(status.stream_breaks, "break") +
                                                             ": `" + prompt.line("streams") + "`");
  for (const auto& connection : status.connections) {
    const auto outlook = answer.amazon.find(connection.id.str());
    out +=
        "\n" + connection_text(connection,
                               outlook == answer.amazon.end() ? nullptr : &outlook->second, prompt);
  }
  if (status.connections.empty()) out += "\nNo connection is configured, or none can be used.\n";
  return out;
}

std::string text_of(const PauseAnswer& answer, const Prompt& /*prompt*/) {
  std::string out;
  for (const auto& change : answer.changes) out += change_text(answer, change);
  return out;
}

std::string text_of(const SyncAnswer& answer, const Prompt& prompt) {
  if (answer.results.empty()) {
    return "No connection was asked: each is paused or has no Amazon side (`" +
           prompt.line("status") + "`).\n";
  }
  std::string out;
  for (const auto& result : answer.results) {
    out += result.connection.str() + ": " + harmless(result.words);
    out += result.next_poll ? "; asked next " + format_instant(*result.next_poll) + "\n" : "\n";
  }
  if (!answer.carried_out) out += "Another ml-connector has the work and goes on with it.\n";
  return out;
}

std::string text_of(const std::vector<ports::PauseRecord>& pauses, const Prompt& prompt) {
  std::string out;
  for (const auto& pause : pauses) {
    out += "Connection " + pause.connection.str() + " is paused " + harmless(pause_text(pause)) +
           "; `" + prompt.line("resume " + pause.connection.str()) + "` lets it go on.\n";
  }
  return out;
}

}  // namespace mlc::cli
