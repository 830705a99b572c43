// The words of the program sap-simulator.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "simulators/fault_plan.h"

namespace mlc::simulators::sap {

inline constexpr ErrorKind kUsage{"sap_simulator.usage", "{problem}.",
                                  "Call `sap-simulator --help`.", ExitCode::kUsage};

inline constexpr const char* kHelp =
    "sap-simulator --books DIR --socket PATH [--fault-plan FILE] [--landscape sample]\n"
    "    serves a simulated SAP FI system until it is asked to end\n"
    "sap-simulator hand --books DIR ACT\n"
    "    does what people do to the system, whether it runs or not. ACT is one of\n"
    "    list                                      all documents\n"
    "    reverse BUKRS BELNR GJAHR                 FB08\n"
    "    park BUKRS BELNR GJAHR                    a posted document becomes parked\n"
    "    post-parked BUKRS BELNR GJAHR [FROM TO]   the approver posts, account FROM becomes TO\n"
    "    delete-parked BUKRS BELNR GJAHR\n"
    "    key BUKRS XBLNR YYYYMMDD DEBIT CREDIT CENTS\n"
    "    close-period BUKRS KOART GJAHR PERIOD     KOART + closes all account types\n"
    "    open-period BUKRS KOART GJAHR PERIOD GJAHR PERIOD\n"
    "    lock-co KOKRS GJAHR PERIOD | unlock-co KOKRS GJAHR PERIOD\n"
    "    revoke-read USER TABLE denied|empty | grant-read USER TABLE\n"
    "    set-rate KURST FROM TO YYYYMMDD RATE      OB08; 0.73125 is 73125, negative is indirect\n"
    "    repeat-updates | delete-updates           SM13\n"
    "    snapshot NAME | restore NAME\n"
    "    install-function NAME CONTRACT            a module after docs/formats/sap-fence.md\n"
    "    remove-function NAME | delete-key BUKRS XBLNR\n";

struct Options {
  bool help = false;
  std::filesystem::path books;
  std::filesystem::path socket;
  std::filesystem::path fault_plan;
  std::vector<std::string> hand;  // the act and its words; empty when the program serves
};

// `words` without the program's name. Errors: sap_simulator.usage.
[[nodiscard]] Result<Options> read_options(const std::vector<std::string>& words);

// The orders of a file, none when the path is empty. Errors: simulators.bad_fault_plan.
[[nodiscard]] Result<std::vector<FaultOrder>> read_plan(const std::filesystem::path& file);

// Moves a hand on the books of a running or stopped system and writes what came of it to `out`.
// Errors: sap_simulator.usage, sap_simulator.books_unusable, sap_simulator.refused.
inline constexpr ErrorKind kRefused{"sap_simulator.refused", "SAP refused: {message}",
                                    "Look at the document with `sap-simulator hand list`.",
                                    ExitCode::kRefused};
[[nodiscard]] Status move_by_command(const Options& options, Instant now, std::ostream& out);

// Serves until SIGINT or SIGTERM, then writes the report of the fault plan to `out`.
[[nodiscard]] Status serve_until_asked(const Options& options, std::ostream& out);

}  // namespace mlc::simulators::sap
