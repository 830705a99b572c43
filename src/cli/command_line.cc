#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <functional>
#include <sstream>

#include "cli/errors.h"
#include "operations/names.h"

namespace mlc::cli {
namespace {

struct Command {
  std::string name;  // "audit verify" is `verify` below `audit`
  std::string words;
  std::string example;
  std::function<void(CLI::App&, CommandLine&)> add;
};

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
                        "supersede or reinstate");
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

std::vector<Command> commands() {
  std::vector<Command> out;
  for (auto group : {running(), looking(), ruling(), deciding(), keeping()}) {
    for (Command& command : group) out.push_back(std::move(command));
  }
  return out;
}

constexpr const char* words_of_group(const std::string_view group) {
  return group == "rules" ? "What the rules say, and what other rules would say."
                          : "The trail of everything that was done.";
}

CLI::App* add_below(CLI::App& root, const Command& command) {
  const auto blank = command.name.find(' ');
  if (blank == std::string::npos) return root.add_subcommand(command.name, command.words);
  const std::string group = command.name.substr(0, blank);
  const auto known =
      root.get_subcommands([&group](const CLI::App* app) { return app->get_name() == group; });
  CLI::App* parent = known.empty() ? nullptr : known.front();
  if (parent == nullptr) {
    parent = root.add_subcommand(group, words_of_group(group));
    parent->require_subcommand(1);
    parent->footer("Example:\n  " + command.example);
  }
  return parent->add_subcommand(command.name.substr(blank + 1), command.words);
}

void add_command(CLI::App& root, const Command& command, CommandLine& out) {
  CLI::App* app = add_below(root, command);
  app->add_option("--state", out.state, "state directory (./ml-connector-state unless given)");
  app->add_flag("--json", out.json, "print JSON");
  app->footer("Example:\n  " + command.example);
  command.add(*app, out);
  app->callback([&out, name = command.name] { out.command = name; });
}

// Which rows are looked at: those of files, or those of the state.
void check_rows(const CommandLine& line) {
  const bool files = !line.files.empty();
  const bool settlements = !line.settlements.empty();
  if (files && settlements) {
    throw CLI::ValidationError(line.command, "give either files or --settlements");
  }
  const bool without = line.command == "rules diff";  // then only the rules are compared
  if (!files && !settlements && !without) {
    throw CLI::ValidationError(line.command, "give settlement reports, or --settlements");
  }
}

void check(const CommandLine& line) {
  for (const char* name : {"rules coverage", "rules diff", "rules replay"}) {
    if (line.command == name) check_rows(line);
  }
  if (line.command != "resolve") return;
  const bool named = !line.name.empty() && !line.decision.empty();
  const bool lifts = !line.company_code.empty();
  if (named == lifts) {
    throw CLI::ValidationError("resolve", "give either NAME and DECISION, or --lift-stop BUKRS");
  }
}

// Names of commands: of all (`group` empty), or below a group such as "audit".
std::vector<std::string> names_below(const std::string& group) {
  std::vector<std::string> out;
  for (const Command& command : commands()) {
    const auto blank = command.name.find(' ');
    const std::string first = command.name.substr(0, blank);
    const std::string rest = blank == std::string::npos ? "" : command.name.substr(blank + 1);
    const std::string& name = group.empty() ? first : rest;
    if (!group.empty() && first != group) continue;
    if (!name.empty() && std::ranges::find(out, name) == out.end()) out.push_back(name);
  }
  return out;
}

// A word in the place of a command that is none, with what was perhaps meant.
Status check_words(const std::vector<std::string>& words) {
  std::string group;
  for (const std::string& word : words) {
    if (word.starts_with('-')) return {};
    const auto possible = names_below(group);
    if (possible.empty()) return {};  // its arguments begin
    if (std::ranges::find(possible, word) == possible.end()) {
      std::string detail = "There is no command '" + (group.empty() ? "" : group + " ") + word +
                           "'" + operations::near_text(operations::near_names(word, possible));
      return failure(
          kUsage, {{"detail", std::move(detail)}, {"command", group.empty() ? "" : group + " "}});
    }
    group = word;
  }
  return {};
}

// `help`, `help COMMAND` and `--version` as other programs know them.
std::vector<std::string> as_known_elsewhere(std::vector<std::string> words) {
  if (words.empty()) return words;
  if (words.front() == "--version") words.front() = "version";
  if (words.front() != "help") return words;
  words.erase(words.begin());
  words.emplace_back("--help");
  return words;
}

std::string without_final_stop(std::string text) {
  while (!text.empty() && (text.back() == '.' || text.back() == '\n')) text.pop_back();
  return text;
}

// The deepest command that was named, for its help.
const CLI::App& named(const CLI::App& app) {
  const auto below = app.get_subcommands();
  return below.empty() ? app : named(*below.front());
}

std::string words_of(const CLI::App& root) {
  std::string out;
  for (const CLI::App* app = &root; !app->get_subcommands().empty();) {
    app = app->get_subcommands().front();
    out += app->get_name() + " ";
  }
  return out;
}

OptionDoc to_doc(const CLI::Option& option) {
  OptionDoc out;
  out.positional = option.get_positional();
  out.name = option.get_name(out.positional);
  out.words = option.get_description();
  out.takes_value = option.get_items_expected_max() > 0;
  out.required = option.get_required();
  out.several = option.get_items_expected_max() > 1;
  return out;
}

}  // namespace

Result<Parsed> parse_command_line(std::vector<std::string> arguments) {
  CommandLine line;
  CLI::App app("Carries Amazon's settlements into SAP ECC: exactly once, to the cent, traceable.",
               "ml-connector");
  app.footer("Example:\n  ml-connector demo --once\nEvery command has --help with an example.");
  app.require_subcommand(1);
  for (const Command& command : commands()) add_command(app, command, line);
  arguments = as_known_elsewhere(std::move(arguments));
  MLC_TRY_STATUS(check_words(arguments));
  std::reverse(arguments.begin(), arguments.end());
  try {
    app.parse(std::move(arguments));
    check(line);
    return Parsed{std::move(line), ""};
  } catch (const CLI::CallForHelp&) {
    return Parsed{std::nullopt, named(app).help()};
  } catch (const CLI::Error& error) {
    return failure(kUsage,
                   {{"detail", without_final_stop(error.what())}, {"command", words_of(app)}});
  }
}

std::vector<std::string> command_names() {
  std::vector<std::string> out;
  for (const Command& command : commands()) out.push_back(command.name);
  return out;
}

std::vector<CommandDoc> command_docs() {
  std::vector<CommandDoc> out;
  CommandLine line;
  CLI::App root;
  for (const Command& command : commands()) {
    add_command(root, command, line);
    CLI::App* app = &root;
    std::istringstream words(command.name);
    for (std::string word; words >> word;) app = app->get_subcommand(word);
    CommandDoc doc{command.name, command.words, command.example, {}};
    for (const CLI::Option* option : app->get_options()) {
      if (option->get_name() != "--help") doc.options.push_back(to_doc(*option));
    }
    out.push_back(std::move(doc));
  }
  return out;
}

}  // namespace mlc::cli
