// Rows that a person wants to see under rules: of files, or of settlements in the state; and the
// rules that a person names.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/session.h"
#include "ledger/classify.h"
#include "ledger/rules.h"
#include "ports/settlement_reader.h"

namespace mlc::cli {

struct RowSource {
  std::string name;                         // of the file or of the settlement
  const ledger::RuleBook* rules = nullptr;  // of its connection; none for a file
  std::function<Date(Instant)> local_date;  // in the home zone; UTC for a file
  // Errors: those of reading, settlement_report.sum_differs.
  std::function<Result<ports::ReadReport>(ports::RowSink&)> read;
};

// The hub lives as long as the sources that read from it.
struct RowSources {
  std::unique_ptr<daemon::HubProcess> process;
  std::vector<RowSource> sources;
};

// Of the command's files, or of its settlements; empty when it names neither. Files need no state.
// Errors: those of open_to_look and of operations::settlements_to_read.
[[nodiscard]] Result<RowSources> row_sources(const Session& session);

// Gives each row of a source to `take`, with the row's local posted date. `begin` is called before
// the first row, and again when the rows so far are void and all come anew.
using TakeRow = std::function<Status(const ledger::RowAttributes&, const ledger::Money&)>;
[[nodiscard]] Result<ports::ReadReport> read_rows(const RowSource& source,
                                                  const std::function<void()>& begin,
                                                  const TakeRow& take);

// "a.toml", "2025.toml,2026.toml", or the id of a connection of --state (all its files). A file of
// that name comes first. Errors: those of configuration::read_rule_files.
[[nodiscard]] Result<ledger::RuleBook> named_rules(const Session& session, const std::string& name);

// The files of each connection of --state, or of the one that --connection names, as the
// configuration lists them.
// Errors: those of configuration::load_configuration, operations.no_such_connection.
[[nodiscard]] Result<std::vector<std::vector<std::filesystem::path>>> rule_files_of_connections(
    const Session& session);

}  // namespace mlc::cli
