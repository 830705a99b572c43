#include "cli/shell_completion.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace mlc::cli {
namespace {

// "audit verify" is `verify` below `audit`.
struct Name {
  std::string first;
  std::string second;
};

Name split(const std::string& name) {
  const auto blank = name.find(' ');
  if (blank == std::string::npos) return {name, ""};
  return {name.substr(0, blank), name.substr(blank + 1)};
}

std::string with_blanks(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::vector<std::string> first_words(const std::vector<CommandDoc>& commands) {
  std::vector<std::string> out;
  for (const CommandDoc& command : commands) {
    const std::string first = split(command.name).first;
    if (std::ranges::find(out, first) == out.end()) out.push_back(first);
  }
  out.emplace_back("help");
  return out;
}

// What stands below each first word that is a group.
std::map<std::string, std::vector<std::string>> groups(const std::vector<CommandDoc>& commands) {
  std::map<std::string, std::vector<std::string>> out;
  for (const CommandDoc& command : commands) {
    const Name name = split(command.name);
    if (!name.second.empty()) out[name.first].push_back(name.second);
  }
  return out;
}

std::string options_of(const CommandDoc& command) {
  std::vector<std::string> out;
  for (const OptionDoc& option : command.options) {
    if (!option.positional) out.push_back(option.name);
  }
  out.emplace_back("--help");
  return with_blanks(out);
}

// The two `case` statements that bash and zsh share: words below groups, and options.
std::string group_cases(const std::vector<CommandDoc>& commands, std::string_view assign) {
  std::string out;
  for (const auto& [group, words] : groups(commands)) {
    out += "    " + group + ") " + std::string(assign) + "'" + with_blanks(words) + "' ;;\n";
  }
  return out;
}

std::string option_cases(const std::vector<CommandDoc>& commands) {
  std::string out;
  for (const CommandDoc& command : commands) {
    out += "    '" + command.name + "') options='" + options_of(command) + "' ;;\n";
  }
  return out;
}

// Within single quotes of fish.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char byte : text) {
    if (byte == '\'' || byte == '\\') out += '\\';
    out += byte;
  }
  return out + "'";
}

std::string fish_condition(const Name& name) {
  std::string out = "__fish_seen_subcommand_from " + name.first;
  if (!name.second.empty()) out += "; and __fish_seen_subcommand_from " + name.second;
  return fish_quoted(out);
}

std::string fish_option(const CommandDoc& command, const OptionDoc& option) {
  if (option.positional) return "";
  return "complete -c ml-connector -n " + fish_condition(split(command.name)) + " -l " +
         option.name.substr(2) + (option.takes_value ? " -r" : "") + " -d " +
         fish_quoted(option.words) + "\n";
}

}  // namespace

std::string bash_completion(const std::vector<CommandDoc>& commands) {
  return "# bash completion of ml-connector; made by `ml-connector completion bash`.\n"
         "_ml_connector() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} below='' options=''\n"
         "  COMPREPLY=()\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    mapfile -t COMPREPLY < <(compgen -W '" +
         with_blanks(first_words(commands)) +
         "' -- \"$current\")\n"
         "    return\n"
         "  fi\n"
         "  case $command in\n" +
         group_cases(commands, "below=") +
         "  esac\n"
         "  if [[ -n $below ]]; then\n"
         "    if ((COMP_CWORD == 2)); then\n"
         "      mapfile -t COMPREPLY < <(compgen -W \"$below\" -- \"$current\")\n"
         "      return\n"
         "    fi\n"
         "    command+=\" ${COMP_WORDS[2]}\"\n"
         "  fi\n"
         "  case $command in\n" +
         option_cases(commands) +
         "  esac\n"
         "  if [[ $current == -* ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\")\n"
         "  else\n"
         "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _ml_connector ml-connector\n";
}

std::string zsh_completion(const std::vector<CommandDoc>& commands) {
  return "#compdef ml-connector\n"
         "# zsh completion of ml-connector; made by `ml-connector completion zsh`.\n"
         "_ml_connector() {\n"
         "  local command=${words[2]} below='' options=''\n"
         "  if ((CURRENT == 2)); then\n"
         "    compadd -- " +
         with_blanks(first_words(commands)) +
         "\n"
         "    return\n"
         "  fi\n"
         "  case $command in\n" +
         group_cases(commands, "below=") +
         "  esac\n"
         "  if [[ -n $below ]]; then\n"
         "    if ((CURRENT == 3)); then\n"
         "      compadd -- ${=below}\n"
         "      return\n"
         "    fi\n"
         "    command+=\" ${words[3]}\"\n"
         "  fi\n"
         "  case $command in\n" +
         option_cases(commands) +
         "  esac\n"
         "  if [[ ${words[CURRENT]} == -* ]]; then\n"
         "    compadd -- ${=options}\n"
         "  else\n"
         "    _files\n"
         "  fi\n"
         "}\n"
         "if [[ ${funcstack[1]} == _ml_connector ]]; then\n"
         "  _ml_connector\n"
         "else\n"
         "  compdef _ml_connector ml-connector\n"
         "fi\n";
}

std::string fish_completion(const std::vector<CommandDoc>& commands) {
  std::string out = "# fish completion of ml-connector; made by `ml-connector completion fish`.\n";
  const auto below = groups(commands);
  for (const std::string& word : first_words(commands)) {
    const auto at = std::ranges::find(commands, word, &CommandDoc::name);
    const std::string words = at == commands.end() ? "" : " -d " + fish_quoted(at->words);
    out += "complete -c ml-connector -n __fish_use_subcommand -f -a " + word + words + "\n";
  }
  for (const CommandDoc& command : commands) {
    const Name name = split(command.name);
    if (name.second.empty()) continue;
    out +=
        "complete -c ml-connector -n " +
        fish_quoted("__fish_seen_subcommand_from " + name.first +
                    "; and not __fish_seen_subcommand_from " + with_blanks(below.at(name.first))) +
        " -f -a " + name.second + " -d " + fish_quoted(command.words) + "\n";
  }
  for (const CommandDoc& command : commands) {
    for (const OptionDoc& option : command.options) out += fish_option(command, option);
  }
  return out;
}

}  // namespace mlc::cli
