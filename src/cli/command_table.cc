#include "cli/command_table.h"

#include <CLI/CLI.hpp>
#include <charconv>

namespace mlc::cli {
namespace {

void add_name(CLI::App& app, CommandLine& out, const std::string& what) {
  app.add_option("NAME", out.name, what)->required();
}

// A configuration holds it as a signed number of 64 bits.
std::string check_seed(const std::string& text) {
  std::int64_t seed = -1;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, seed);
  if (error == std::errc() && end == last && seed >= 0) return "";
  return "a whole number from 0 to 9223372036854775807 was expected, not " + text;
}

constexpr const char* kSettlement = "a settlement-id, or the id of work";

std::vector<Command> running() {
  return {
      {"init", "Asks what a connection needs and makes a state directory; overwrites nothing.",
       "ml-connector init --answers answers.toml --set region=eu --state hub",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("--answers", out.answers,
                        "a file of answers, a line `key = \"value\"` each");
         app.add_option("--set", out.set, "one answer, KEY=VALUE; goes before those of the file");
       }},
      {"demo",
       "A night of three regions from simulated Amazon into simulated SAP, and its morning.",
       "ml-connector demo --once --state night",
       [](CLI::App& app, CommandLine& out) {
         app.add_flag("--once", out.once, "end when nothing is left to do");
         app.add_option("--seed", out.seed, "other settlements (when the state is made)")
             ->check(check_seed);
         app.add_option("--sap-socket", out.sap_socket,
                        "socket of a running sap-simulator (when the state is made)");
         app.add_option("--markets", out.markets,
                        "stores that settle, such as US,CA,DE,FR,UK,JP (when the state is made)")
             ->delimiter(',');
         app.add_flag("--everything", out.everything,
                      "settlements hold also what is rare (when the state is made)");
         app.add_flag("--night-only", out.night_only,
                      "leave what waits in the morning to you instead of showing its cure");
       }},
      {"run", "Moves work until it is stopped: finds reports, proves, posts, reads back.",
       "ml-connector run --once",
       [](CLI::App& app, CommandLine& out) {
         app.add_flag("--once", out.once, "end when nothing is left to do");
       }},
      {"import", "Takes settlement reports by hand, or only looks at them.",
       "ml-connector import --dry-run --json report.tsv",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("FILE", out.files, "settlement reports as Amazon delivered them")
             ->required();
         app.add_flag("--dry-run", out.dry_run,
                      "only say what is in the files; needs neither state nor configuration");
         app.add_option("--rules", out.rules, "rule files for --dry-run (else those built in)");
         app.add_option("--connection", out.connection, "whose settlements they are");
       }},
  };
}

std::vector<Command> looking() {
  return {
      {"settlements", "Lists settlements with state, deposit and documents.",
       "ml-connector settlements --status posted",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("--status", out.status, "only those in this state");
         app.add_option("--connection", out.connection, "only those of this connection");
         app.add_option("--find", out.text, "part of an id, a file name or an SAP number");
       }},
      {"streams", "Lists which settlements follow one another, and where one is missing.",
       "ml-connector streams",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("--connection", out.connection, "only streams of this connection");
       }},
      {"show", "Shows everything about one settlement.", "ml-connector show 28471003921",
       [](CLI::App& app, CommandLine& out) { add_name(app, out, kSettlement); }},
      {"preview", "Shows the documents of a settlement and what SAP says to them.",
       "ml-connector preview 28471003921",
       [](CLI::App& app, CommandLine& out) {
         add_name(app, out, kSettlement);
         app.add_flag("--no-sap", out.no_sap, "do not ask SAP");
       }},
      {"exceptions", "Lists what waits for a person, one row per cause, and what to type.",
       "ml-connector exceptions", [](CLI::App&, CommandLine&) {}},
      {"explain", "From a document (and line) to the rule and the rows of Amazon's file.",
       "ml-connector explain 28471003921-01A 2",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("DOCUMENT", out.name, "our key (XBLNR), or BUKRS/BELNR/GJAHR")->required();
         app.add_option("LINE", out.line, "line of the document; shows its rows");
         app.add_option("--limit", out.limit, "most rows shown");
       }},
      {"trace", "From a row of Amazon's file to the document line its money went to.",
       "ml-connector trace 28471003921 3",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("SETTLEMENT", out.name, kSettlement)->required();
         app.add_option("ROW", out.row, "line of the file, header = 1")->required();
       }},
  };
}

constexpr const char* kRuleBook =
    "a rule file, several separated by commas, or the id of a connection";

void add_rows(CLI::App& app, CommandLine& out) {
  app.add_option("FILE", out.files, "settlement reports; no state is needed for them");
  app.add_option("--settlements", out.settlements,
                 "settlements of the state by settlement-id, or `all`");
}

void add_two_rule_books(CLI::App& app, CommandLine& out) {
  app.add_option("A", out.first_rules, kRuleBook)->required();
  app.add_option("B", out.second_rules, kRuleBook)->required();
  add_rows(app, out);
}

std::vector<Command> ruling() {
  return {
      {"rules check", "Names everything that is wrong with rule files, with its place.",
       "ml-connector rules check rules/us-sample.toml",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("FILE", out.files,
                        "the files of one rule set (else those of every connection)");
         app.add_option("--connection", out.connection,
                        "only its files, or those named; and ask its SAP about accounts and cost "
                        "centres");
       }},
      {"rules coverage", "Shows how much of settlements the rules map, and what they lack.",
       "ml-connector rules coverage report.tsv --rules rules/us-sample.toml",
       [](CLI::App& app, CommandLine& out) {
         add_rows(app, out);
         app.add_option("--rules", out.rules,
                        "rule files (else those of the connection, or those built in)");
       }},
      {"rules diff", "Shows what two rule sets say differently, and which rows go elsewhere.",
       "ml-connector rules diff rules/old.toml rules/new.toml report.tsv", add_two_rule_books},
      {"rules replay", "Shows what would post differently, by account and period.",
       "ml-connector rules replay rules/old.toml rules/new.toml report.tsv", add_two_rule_books},
  };
}

std::vector<Command> deciding() {
  return {
      {"approve", "Lets the documents as previewed be posted.",
       "ml-connector approve 28471003921 --manifest 1a2b3c4d",
       [](CLI::App& app, CommandLine& out) {
         add_name(app, out, kSettlement);
         app.add_option("--manifest", out.manifest,
                        "the preview that was read (8 characters or more of its hash)");
       }},
      {"post", "Posts again what was reversed, under the next revision letter.",
       "ml-connector post 28471003921 --revision B",
       [](CLI::App& app, CommandLine& out) {
         add_name(app, out, kSettlement);
         app.add_option("--revision", out.revision, "the next letter, as `show` names it");
       }},
      {"reverse", "Reverses all documents of a settlement in SAP.",
       "ml-connector reverse 28471003921 --reason 01",
       [](CLI::App& app, CommandLine& out) {
         add_name(app, out, kSettlement);
         app.add_option("--reason", out.reason, "SAP's reversal reason (STGRD), 01 unless given");
       }},
      {"retry", "Tries again after the cause was corrected.", "ml-connector retry 28471003921",
       [](CLI::App& app, CommandLine& out) { add_name(app, out, kSettlement); }},
      {"resolve", "Records a decision that only a person can make.",
       "ml-connector resolve 28471003921 complete",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("NAME", out.name, kSettlement);
         app.add_option("DECISION", out.decision,
                        "absent, accept, cleared, complete, difference, discard, "
                        "supersede, reinstate or uncleared");
         app.add_option("--lift-stop", out.company_code, "lets this company code be posted into");
       }},
  };
}

std::vector<Command> keeping() {
  return {
      {"audit verify", "Recomputes the audit trail and every evidence file.",
       "ml-connector audit verify",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("--checkpoint", out.files, "checkpoints that somebody kept elsewhere");
       }},
      {"audit checkpoint", "Signs and prints what the audit trail holds now, to be kept elsewhere.",
       "ml-connector audit checkpoint > checkpoint.txt", [](CLI::App&, CommandLine&) {}},
      {"backup", "Copies database, evidence, rules and configuration; never keys.",
       "ml-connector backup saved",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("FOLDER", out.folder, "where to; must not exist")->required();
       }},
      {"restore", "Goes back to a backup; what SAP got since then is found again.",
       "ml-connector restore saved --replace",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("FOLDER", out.folder, "what `backup` wrote")->required();
         app.add_flag("--replace", out.replace, "give up the store that is in the state directory");
       }},
      {"completion", "Prints what lets a shell complete commands and options.",
       "ml-connector completion bash > /etc/bash_completion.d/ml-connector",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("SHELL", out.shell, "bash, zsh or fish")
             ->required()
             ->check(CLI::IsMember({"bash", "zsh", "fish"}));
       }},
      {"man", "Prints the manual page.", "ml-connector man | man -l -",
       [](CLI::App&, CommandLine&) {}},
      {"version", "Says which program this is.", "ml-connector version",
       [](CLI::App&, CommandLine&) {}},
  };
}

std::vector<Command> operating() {
  return {
      {"status", "Shows on one page how everything stands, and what is next.",
       "ml-connector status", [](CLI::App&, CommandLine&) {}},
      {"plan", "Shows what the coming hours bring: calls, quotas, settlements, postings.",
       "ml-connector plan --for \"12 h\"",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("--for", out.span, "how far to look, such as \"24 h\" or \"7 d\"");
         app.add_option("--connection", out.connection, "only this connection");
       }},
      {"doctor",
       "Looks whether everything between Amazon and SAP is as it must be, and who cures it.",
       "ml-connector doctor us",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("CONNECTION", out.connection, "only this connection");
       }},
      {"sync", "Asks Amazon now for new settlement reports, and carries on with them.",
       "ml-connector sync us",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("CONNECTION", out.connection, "only this connection");
       }},
      {"pause", "Lets a connection rest: Amazon is not asked, nothing is sent to SAP.",
       "ml-connector pause us --reason \"SAP is upgraded\"",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("CONNECTION", out.connection, "which one (else all)");
         app.add_option("--reason", out.because, "why, for the trail and for whoever asks");
       }},
      {"resume", "Lets a paused connection go on.", "ml-connector resume us",
       [](CLI::App& app, CommandLine& out) {
         app.add_option("CONNECTION", out.connection, "which one (else all)");
         app.add_option("--reason", out.because, "why, for the trail and for whoever asks");
       }},
  };
}

}  // namespace

std::vector<Command> command_table() {
  std::vector<Command> out;
  for (auto group : {running(), looking(), operating(), ruling(), deciding(), keeping()}) {
    for (Command& command : group) out.push_back(std::move(command));
  }
  return out;
}

}  // namespace mlc::cli
