#include "cli/manual_page.h"

#include <array>
#include <string_view>

#include "base/exit_code.h"

namespace mlc::cli {
namespace {

struct ExitWords {
  ExitCode code;
  std::string_view words;
};

constexpr std::array<ExitWords, 10> kExitCodes{{
    {ExitCode::kOk, "Everything asked was done."},
    {ExitCode::kAttention, "Done as far as possible; something waits for a person."},
    {ExitCode::kUsage, "The command line is wrong."},
    {ExitCode::kBadInput, "A file, the configuration or a rule set cannot be used as it is."},
    {ExitCode::kRefused, "A rule of the program or of SAP forbids it; nothing was written."},
    {ExitCode::kInDoubt, "SAP may or may not hold a document; only reading resolves it."},
    {ExitCode::kUnavailable, "Amazon, SAP, the disk or the database cannot be reached now."},
    {ExitCode::kNotFound, "The thing named does not exist here."},
    {ExitCode::kTampered, "Audit trail or evidence does not agree with its proofs."},
    {ExitCode::kInternal, "A fault of this program."},
}};

// Text as roff takes it literally: no escapes, no hyphens that become dashes, no line that begins
// like a request.
std::string plain(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\\') {
      out += "\\e";
    } else if (byte == '-') {
      out += "\\-";
    } else {
      out += byte;
    }
  }
  if (!out.empty() && (out[0] == '.' || out[0] == '\'')) out.insert(0, "\\&");
  return out;
}

std::string title(std::string_view text) { return "\\fB" + plain(text) + "\\fR"; }

std::string value_of(const OptionDoc& option) {
  if (option.positional || !option.takes_value) return "";
  return " \\fIVALUE\\fR";
}

std::string in_synopsis(const OptionDoc& option) {
  std::string word = option.positional ? "\\fI" + plain(option.name) + "\\fR"
                                       : title(option.name) + value_of(option);
  if (option.several) word += "...";
  return option.required ? word : "[" + word + "]";
}

std::string option_text(const OptionDoc& option) {
  const std::string name =
      option.positional ? "\\fI" + plain(option.name) + "\\fR" : title(option.name);
  return ".TP\n" + name + value_of(option) + "\n" + plain(option.words) + "\n";
}

std::string command_text(const CommandDoc& command) {
  std::string out = ".SS " + plain(command.name) + "\n" + plain(command.words) + "\n.PP\n" +
                    title("ml-connector " + command.name);
  for (const OptionDoc& option : command.options) out += " " + in_synopsis(option);
  out += "\n";
  for (const OptionDoc& option : command.options) out += option_text(option);
  return out + ".PP\nExample:\n.PP\n.nf\n.RS 4\n" + plain(command.example) + "\n.RE\n.fi\n";
}

std::string exit_text() {
  std::string out = ".SH EXIT STATUS\n";
  for (const ExitWords& row : kExitCodes) {
    out += ".TP\n" + title(std::to_string(static_cast<int>(row.code))) + "\n" + plain(row.words) +
           "\n";
  }
  return out;
}

constexpr std::string_view kFiles =
    ".SH FILES\n"
    "The state directory (\\fI./ml\\-connector\\-state\\fR unless \\fB\\-\\-state\\fR names "
    "another) holds:\n"
    ".TP\n\\fIml\\-connector.toml\\fR\nThe configuration; secrets stand there by reference only.\n"
    ".TP\n\\fIrules/\\fR\nThe rule files.\n"
    ".TP\n\\fIhub.sqlite\\fR\nWhat was found, planned, posted and decided, and the audit trail.\n"
    ".TP\n\\fIevidence/\\fR\nAmazon's bytes and the lineage of every row.\n"
    ".TP\n\\fIkeys/\\fR\nSecrets. No backup contains them; keep them apart.\n";

}  // namespace

std::string manual_page(const std::vector<CommandDoc>& commands, const std::string& version) {
  std::string out = ".TH ML\\-CONNECTOR 1 \"\" \"ml\\-connector " + plain(version) + "\"\n";
  out += ".SH NAME\nml\\-connector \\- carries Amazon settlements into SAP ECC\n";
  out += ".SH SYNOPSIS\n" + title("ml-connector") + " \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n";
  out +=
      ".SH DESCRIPTION\n"
      "Finds settlement reports through Amazon's Selling Partner API, proves that their rows "
      "add up to the deposit, maps them to accounts and cost centres by rules, posts balanced "
      "accounting documents into SAP ECC exactly once, reads them back, and explains every "
      "ledger line down to the bytes that Amazon sent.\n";
  out += ".SH COMMANDS\n";
  for (const CommandDoc& command : commands) out += command_text(command);
  return out + exit_text() + std::string(kFiles);
}

}  // namespace mlc::cli
