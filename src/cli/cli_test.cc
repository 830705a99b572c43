#include <array>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/application.h"
#include "cli/errors.h"
#include "cli/narrator.h"
#include "cli/session.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

using Json = nlohmann::json;

constexpr const char* kSample = "../shared/data/settlements/us-sample-cc-by-4.0.tsv";

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

Ran run_words(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream err;
  const auto clock = runtime::system_clock();
  Surroundings around{out, err, false, "anna", *clock, [] { return std::stop_token(); }};
  Ran ran;
  ran.code = run(words, around);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> out;
  std::istringstream in(command);
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

class ScratchFile {
 public:
  explicit ScratchFile(const std::string& content) {
    path_ = (std::filesystem::temp_directory_path() / "mlc_cli_test.tsv").string();
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~ScratchFile() { std::filesystem::remove(path_); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string sample_text() {
  std::ifstream in(kSample, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Help, EveryCommand_HasAnExampleAndTheCommonOptions) {
  for (const std::string& command : command_names()) {
    std::vector<std::string> words = words_of(command);
    words.emplace_back("--help");
    const Ran ran = run_words(words);
    EXPECT_EQ(ran.code, 0) << command;
    EXPECT_NE(ran.out.find("Example:\n  ml-connector " + command), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("--state"), std::string::npos) << command;
    EXPECT_NE(ran.out.find("--json"), std::string::npos) << command;
  }
}

TEST(Help, Program_ListsEveryCommand) {
  const Ran ran = run_words({"--help"});
  EXPECT_EQ(ran.code, 0);
  for (const std::string& command : command_names()) {
    EXPECT_NE(ran.out.find("  " + words_of(command).front()), std::string::npos) << command;
  }
}

TEST(ParseCommandLine, OptionsOfEveryKind_AreTaken) {
  const auto parsed = parse_command_line(
      {"explain", "28471003921-01A", "3", "--limit", "5", "--state", "here", "--json"});
  ASSERT_TRUE(parsed.has_value());
  const CommandLine& line = *parsed->command;
  EXPECT_EQ(line.command, "explain");
  EXPECT_EQ(line.name, "28471003921-01A");
  EXPECT_EQ(line.line, 3U);
  EXPECT_EQ(line.limit, 5U);
  EXPECT_EQ(line.state, "here");
  EXPECT_TRUE(line.json);
  EXPECT_EQ(parse_command_line({"audit", "verify"})->command->command, "audit verify");
  EXPECT_EQ(parse_command_line({"exceptions"})->command->state, "ml-connector-state");
}

TEST(ParseCommandLine, WrongWords_AreUsageErrors) {
  for (const char* words :
       {"", "nonsense", "show", "explain", "trace 123", "trace 123 x", "import", "audit",
        "show 1 --colour", "resolve", "resolve 1", "resolve 1 absent --lift-stop US01"}) {
    const auto parsed = parse_command_line(words_of(words));
    ASSERT_FALSE(parsed.has_value()) << words;
    EXPECT_TRUE(parsed.error().is(kUsage)) << words;
    EXPECT_EQ(run_words(words_of(words)).code, 2) << words;
  }
}

TEST(Run, UsageErrorWithJson_IsAnObjectOnOutput) {
  const Ran ran = run_words({"nonsense", "--json"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(ran.err.empty());
  const Json answer = Json::parse(ran.out);
  EXPECT_EQ(answer["error"]["id"], "cli.usage");
  for (const char* key : {"text", "cure", "written", "facts"}) {
    EXPECT_TRUE(answer["error"].contains(key)) << key;
  }
}

TEST(Run, StateDirectoryMissing_IsRefusedOnErrorOutput) {
  const Ran ran = run_words({"settlements", "--state", "no/such/directory"});
  EXPECT_NE(ran.code, 0);
  EXPECT_TRUE(ran.out.empty());
  EXPECT_NE(ran.err.find("do next:"), std::string::npos);
}

TEST(Run, MistypedCommand_IsNamedWithWhatWasPerhapsMeant) {
  const Ran ran = run_words({"setlements"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.err.find("no command 'setlements'; near it: settlements"), std::string::npos)
      << ran.err;
  const Ran below = run_words({"audit", "verfy"});
  EXPECT_EQ(below.code, 2);
  EXPECT_NE(below.err.find("no command 'audit verfy'; near it: verify"), std::string::npos)
      << below.err;
  EXPECT_NE(below.err.find("ml-connector audit --help"), std::string::npos) << below.err;
}

TEST(Run, HelpAndVersionAsElsewhere_Work) {
  EXPECT_EQ(run_words({"help"}).out, run_words({"--help"}).out);
  EXPECT_EQ(run_words({"help", "show"}).out, run_words({"show", "--help"}).out);
  EXPECT_EQ(run_words({"help", "audit", "verify"}).out,
            run_words({"audit", "verify", "--help"}).out);
  EXPECT_EQ(run_words({"--version"}).out, run_words({"version"}).out);
  EXPECT_EQ(run_words({"--version"}).code, 0);
}

TEST(Demo, SeedThatNoConfigurationHolds_IsRefusedBeforeAnythingIsMade) {
  const auto folder = std::filesystem::temp_directory_path() / "mlc_cli_test_seed";
  for (const char* seed : {"-1", "12345678901234567890123", "9223372036854775808", "x", "1.5"}) {
    const Ran ran = run_words({"demo", "--once", "--state", folder.string(), "--seed", seed});
    EXPECT_EQ(ran.code, 2) << seed;
    EXPECT_FALSE(std::filesystem::exists(folder)) << seed;
  }
  EXPECT_EQ(parse_command_line({"demo", "--seed", "9223372036854775807"})->command->seed,
            9223372036854775807U);
}

TEST(Demo, MarketsBetweenCommas_AreTakenAndUnknownOnesMakeNothing) {
  const auto parsed = parse_command_line({"demo", "--markets", "US,CA", "--night-only"});
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->command->markets, (std::vector<std::string>{"US", "CA"}));
  EXPECT_TRUE(parsed->command->night_only);
  const auto folder = std::filesystem::temp_directory_path() / "mlc_cli_test_markets";
  const Ran ran = run_words({"demo", "--once", "--state", folder.string(), "--markets", "US,XX"});
  EXPECT_EQ(ran.code, 2) << ran.err;
  EXPECT_NE(ran.err.find("daemon.unknown_market"), std::string::npos) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(Run, StateThatIsNotThere_IsMadeByNoCommandButDemo) {
  const auto folder = std::filesystem::temp_directory_path() / "mlc_cli_test_no_state";
  for (const char* words :
       {"run --once", "import x.tsv", "retry 1", "approve 1", "post 1 --revision B", "reverse 1",
        "resolve 1 absent", "settlements"}) {
    auto all = words_of(words);
    all.insert(all.end(), {"--state", folder.string()});
    const Ran ran = run_words(all);
    EXPECT_EQ(ran.code, 3) << words;
    EXPECT_NE(ran.err.find("store.not_a_state_directory"), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(folder)) << words;
  }
}

TEST(Run, FileThatCannotBeLookedAt_IsAnErrorByName) {
  const std::string name(5000, 'x');  // longer than any file system takes: as refused as no right
  const Ran ran = run_words({"import", "--dry-run", name});
  EXPECT_EQ(ran.code, 7);
  EXPECT_NE(ran.out.find("cli.unreadable_file"), std::string::npos) << ran.out;
}

// Takes what a full disk takes: nothing.
class FullBuffer final : public std::streambuf {
 protected:
  int_type overflow(int_type) override { return traits_type::eof(); }
};

TEST(Run, OutputThatTakesNothing_IsSaidOnErrorOutput) {
  FullBuffer full;
  std::ostream out(&full);
  std::ostringstream err;
  const auto clock = runtime::system_clock();
  Surroundings around{out, err, false, "anna", *clock, [] { return std::stop_token(); }};
  EXPECT_EQ(run({"version"}, around), 6);
  EXPECT_NE(err.str().find("cli.output_lost"), std::string::npos);
  out.clear();
  EXPECT_EQ(run({"nonsense", "--json"}, around), 2);
}

TEST(Version, WithAndWithoutJson_NamesTheProgram) {
  EXPECT_TRUE(run_words({"version"}).out.starts_with("ml-connector "));
  EXPECT_EQ(Json::parse(run_words({"version", "--json"}).out)["program"], "ml-connector");
}

TEST(ImportDryRun, SampleFile_TiesToTheCent) {
  if (!std::filesystem::exists(kSample)) GTEST_SKIP() << kSample << " is not there";
  const Ran ran = run_words({"import", "--dry-run", "--json", kSample});
  EXPECT_EQ(ran.code, 0) << ran.out;
  const Json answer = Json::parse(ran.out);
  ASSERT_EQ(answer.size(), 1U);
  const Json& file = answer[0];
  EXPECT_EQ(file["file"], kSample);
  EXPECT_EQ(file["layout"], "V2");
  EXPECT_EQ(file["settlement_id"], "28471003921");
  EXPECT_EQ(file["currency"], "USD");
  EXPECT_EQ(file["charset"], "UTF-8");
  EXPECT_EQ(file["decimal_mark"], ".");
  EXPECT_EQ(file["rows"], 23);
  EXPECT_EQ(file["total"], "582.89");
  EXPECT_EQ(file["sum"], "582.89");
  EXPECT_EQ(file["difference"], "0.00");
  EXPECT_EQ(file["ties"], true);
  EXPECT_EQ(file["quarantined_rows"], 0);
  EXPECT_EQ(file["quarantined_amount"], "0.00");
  EXPECT_TRUE(file["errors"].empty());
  for (const Json& group : file["groups"]) {
    for (const char* key :
         {"type", "amount_type", "description", "marketplace", "rows", "amount", "category"}) {
      EXPECT_TRUE(group.contains(key)) << key;
    }
  }
}

TEST(ImportDryRun, OneCentChanged_IsRefusedByName) {
  if (!std::filesystem::exists(kSample)) GTEST_SKIP() << kSample << " is not there";
  std::string text = sample_text();
  text.replace(text.find("129.99"), 6, "129.98");
  const ScratchFile changed(text);
  const Ran ran = run_words({"import", "--dry-run", "--json", changed.path()});
  EXPECT_EQ(ran.code, 3);
  const Json answer = Json::parse(ran.out);
  EXPECT_EQ(answer[0]["ties"], false);
  EXPECT_EQ(answer[0]["difference"], "-0.01");
  EXPECT_EQ(answer[0]["errors"][0]["id"], "settlement_report.sum_differs");
}

TEST(ImportDryRun, UnreadableAndForeignFiles_AreSaidAndTheOthersGoOn) {
  const ScratchFile foreign("this is no report\n");
  const Ran ran = run_words({"import", "--dry-run", "--json", "no/such/file", foreign.path()});
  EXPECT_NE(ran.code, 0);
  const Json answer = Json::parse(ran.out);
  ASSERT_EQ(answer.size(), 2U);
  EXPECT_EQ(answer[0]["errors"][0]["id"], "cli.unreadable_file");
  EXPECT_EQ(answer[0]["total"], nullptr);
  EXPECT_EQ(answer[1]["errors"][0]["id"], "settlement_report.missing_columns");
}

TEST(ImportDryRun, WithoutJson_SaysThatItTies) {
  if (!std::filesystem::exists(kSample)) GTEST_SKIP() << kSample << " is not there";
  const Ran ran = run_words({"import", "--dry-run", kSample});
  EXPECT_EQ(ran.code, 0);
  EXPECT_NE(ran.out.find("difference 0.00: ties"), std::string::npos) << ran.out;
}

struct ExitCase {
  std::string_view state;
  std::string_view error;
  ExitCode code;
};

TEST(ExitCodeOf, StatesAtRest_SayWhatAScriptNeeds) {
  const ExitCase cases[] = {
      {"posted", "", ExitCode::kOk},
      {"awaiting_approval", "", ExitCode::kOk},
      {"before_cutover", "", ExitCode::kOk},
      {"needs_rules", "flow.needs_rules", ExitCode::kAttention},
      {"conflicts", "flow.conflicts", ExitCode::kAttention},
      {"rejected", "settlement_report.sum_differs", ExitCode::kBadInput},
      {"rejected", "sap.rejected", ExitCode::kRefused},
      {"in_doubt", "flow.in_doubt", ExitCode::kInDoubt},
      {"deferred", "", ExitCode::kUnavailable},
  };
  for (const auto& row : cases) EXPECT_EQ(exit_code_of(row.state.data(), row.error), row.code);
  EXPECT_EQ(worse(ExitCode::kOk, ExitCode::kAttention), ExitCode::kAttention);
  EXPECT_EQ(worse(ExitCode::kInDoubt, ExitCode::kRefused), ExitCode::kInDoubt);
  EXPECT_EQ(worse(ExitCode::kOk, ExitCode::kOk), ExitCode::kOk);
}

TEST(ExitCodeOf, WhatWaits_SaysWhetherAPersonIsNeeded) {
  operations::ExceptionRow later;
  later.cause = "deferred";
  later.goes_on_by_itself = true;
  operations::ExceptionRow person;
  person.cause = "rejected";
  operations::ExceptionRow doubt = later;
  doubt.cause = "in_doubt";
  EXPECT_EQ(exit_code_of(std::vector<operations::ExceptionRow>{}), ExitCode::kOk);
  EXPECT_EQ(exit_code_of(std::vector{later}), ExitCode::kUnavailable);
  EXPECT_EQ(exit_code_of(std::vector{later, person}), ExitCode::kAttention);
  EXPECT_EQ(exit_code_of(std::vector{later, person, doubt}), ExitCode::kInDoubt);
  EXPECT_EQ(exit_code_of(std::vector<operations::ExceptionRow>{}, true), ExitCode::kAttention);
  EXPECT_EQ(exit_code_of(std::vector{later}, true), ExitCode::kAttention);
  EXPECT_EQ(exit_code_of(std::vector{later, doubt}, true), ExitCode::kInDoubt);
}

TEST(Prompt, StateThatWasGiven_IsPartOfEveryCommand) {
  EXPECT_EQ(Prompt().line("exceptions"), "ml-connector exceptions");
  EXPECT_EQ(Prompt("build/demo").line("retry 1"), "ml-connector retry 1 --state build/demo");
  EXPECT_EQ(shell_word("Anna's state"), "'Anna'\\''s state'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(ExceptionsText, EveryCommandIsShownAndWhenItGoesOn) {
  operations::ExceptionRow row;
  row.cause = "deferred";
  row.what = "SAP cannot be reached.";
  row.goes_on_by_itself = true;
  row.due = parse_instant("2026-11-26T03:30:00Z");
  for (int i = 0; i < 9; ++i) row.next.push_back("retry " + std::to_string(i));
  const std::string text = text_of(std::vector{row}, Prompt("s"));
  EXPECT_NE(text.find("goes on by itself at 2026-11-26T03:30:00"), std::string::npos) << text;
  EXPECT_NE(text.find("$ ml-connector retry 8 --state s\n"), std::string::npos) << text;
}

TEST(SummaryText, WhatWaitsAndWhatIsNotCounted_IsSaid) {
  operations::CurrencySummary usd;
  usd.total = {"USD",  4,         "8748.81", "5916.18",
               "0.00", "2832.63", "2832.63", {{"before_cutover", 1, "85.00"}}};
  usd.receivable = "5916.18";
  usd.difference = "2832.63";
  usd.read_from = usd.read_until = parse_instant("2026-11-26T03:30:00Z");
  operations::Summary summary;
  summary.currencies = {usd};
  const std::string text = text_of(summary, Prompt());
  for (const char* part :
       {"deposits by Amazon  8748.81", "  reversed          2832.63", "difference          2832.63",
        "1 settlement before_cutover worth 85.00", "SAP read at 2026-11-26T03:30:00"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(SummaryText, SeveralCurrencies_HaveARowEachAndNoSumOverThem) {
  operations::Summary summary;
  for (const auto& [code, amount, zero] :
       {std::array{"EUR", "120.00", "0.00"}, std::array{"JPY", "120", "0"}}) {
    operations::CurrencySummary one;
    one.total = {code, 1, amount, amount, zero, zero, zero, {}};
    one.receivable = amount;
    one.difference = zero;
    one.accounts = {{"0000140100", "", amount, 1}};
    summary.currencies.push_back(one);
  }
  const std::string text = text_of(summary, Prompt());
  EXPECT_NE(text.find("deposits by Amazon  posted"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  EUR "), std::string::npos) << text;
  EXPECT_NE(text.find("\n  JPY "), std::string::npos) << text;
  EXPECT_EQ(text.find("240"), std::string::npos) << text;
}

TEST(Table, AmountsOnTheRight_NothingIsCut) {
  Table table({{"account"}, {"amount", true}});
  table.add({"0000400000", "1.00"});
  table.add({"x", "-12345678.90"});
  EXPECT_EQ(table.text(),
            "account           amount\n"
            "0000400000          1.00\n"
            "x           -12345678.90\n");
}

TEST(Table, ForeignControlCharacters_CannotReachTheTerminal) {
  Table table({{"text"}});
  table.add({"a\x1b[31mb\tc"});
  EXPECT_EQ(table.text(), "text\na?[31mb?c\n");
}

TEST(Sentence, ChangesOfASettlement_AreToldInWordsOfFinance) {
  operations::SettlementRow row;
  row.settlement_id = "28471003921";
  row.state = "posted";
  row.documents.resize(1);
  row.documents.front().number = "1000/0100000001/2026";
  EXPECT_EQ(sentence(row),
            "Settlement 28471003921: posted as 1000/0100000001/2026, read back from SAP and equal");
}

}  // namespace
}  // namespace mlc::cli
