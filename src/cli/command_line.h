// The words of a command line as a value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/prompt.h"

namespace mlc::cli {

struct CommandLine {
  std::string command;  // "settlements", "audit verify", ...
  std::filesystem::path state = kDefaultState;
  bool json = false;

  std::vector<std::string> files;  // import, rules, audit verify --checkpoint
  std::vector<std::string> rules;  // import --dry-run, rules coverage
  std::string name;                // settlement, document or work
  std::string connection;
  std::string status;                 // settlements
  std::string text;                   // settlements --find
  std::string manifest;               // approve
  std::string revision;               // post
  std::string reason = "01";          // reverse
  std::string because;                // pause, resume
  std::string span = "24 h";          // plan
  std::string answers;                // init
  std::vector<std::string> set;       // init
  std::string decision;               // resolve
  std::string company_code;           // resolve --lift-stop
  std::string shell;                  // completion
  std::filesystem::path folder;       // backup, restore
  std::filesystem::path sap_socket;   // demo
  std::uint64_t row = 0;              // trace
  std::uint32_t line = 0;             // explain
  std::size_t limit = 20;             // explain: rows shown
  std::optional<std::uint64_t> seed;  // demo
  std::vector<std::string> markets;   // demo
  bool night_only = false;            // demo
  bool everything = false;            // demo
  bool once = false;
  bool dry_run = false;
  bool no_sap = false;   // preview
  bool replace = false;  // restore

  std::vector<std::string> settlements;  // rules coverage, diff, replay
  std::string first_rules;               // rules diff, replay
  std::string second_rules;
};

// A command, or a text to show instead (help, version).
struct Parsed {
  std::optional<CommandLine> command;
  std::string help;
};

// `arguments` without the program's name. Pure. Errors: cli.usage.
[[nodiscard]] Result<Parsed> parse_command_line(std::vector<std::string> arguments);

// The commands, in the order of the help.
[[nodiscard]] std::vector<std::string> command_names();

// What a command takes, for the manual page and for shells that complete it.
struct OptionDoc {
  std::string name;  // "--state", or "FILE" for a word without a name
  std::string words;
  bool takes_value = false;  // a flag does not
  bool positional = false;
  bool required = false;
  bool several = false;  // may be repeated
};
struct CommandDoc {
  std::string name;  // "audit verify"
  std::string words;
  std::string example;
  std::vector<OptionDoc> options;  // in the order of the help, without --help
};
// Taken from the very commands that parse_command_line knows. Pure.
[[nodiscard]] std::vector<CommandDoc> command_docs();

}  // namespace mlc::cli
