#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "cli/command_table.h"
#include "cli/errors.h"
#include "operations/names.h"

namespace mlc::cli {
namespace {

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
  for (const Command& command : command_table()) {
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
                           "'" + operations::near_text(word, possible);
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
  for (const Command& command : command_table()) add_command(app, command, line);
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
  for (const Command& command : command_table()) out.push_back(command.name);
  return out;
}

std::vector<CommandDoc> command_docs() {
  std::vector<CommandDoc> out;
  CommandLine line;
  CLI::App root;
  for (const Command& command : command_table()) {
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
