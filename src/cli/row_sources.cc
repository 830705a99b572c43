#include "cli/row_sources.h"

#include <algorithm>

#include "cli/report_file.h"
#include "configuration/hub_configuration.h"
#include "configuration/rule_files.h"
#include "operations/names.h"
#include "operations/settlement_rows.h"

namespace mlc::cli {
namespace {

namespace fs = std::filesystem;

class TakingSink final : public ports::RowSink {
 public:
  TakingSink(const RowSource& source, const std::function<void()>& begin, const TakeRow& take)
      : source_(source), begin_(begin), take_(take) {}

  Status on_header(const ledger::SettlementHeader& /*header*/) override {
    begin_();
    return {};
  }
  // on_header begins everything anew.
  Status on_restart() override { return {}; }

  Status on_rows(std::span<const ports::SettlementRow> rows) override {
    for (const ports::SettlementRow& row : rows) {
      MLC_TRY_STATUS(
          take_({row.transaction_type, row.amount_type, row.amount_description, row.marketplace,
                 row.fulfillment, row.sku, source_.local_date(row.posted), row.spelling},
                row.amount));
    }
    return {};
  }

 private:
  const RowSource& source_;
  const std::function<void()>& begin_;
  const TakeRow& take_;
};

RowSource of_file(const std::string& file) {
  return {file, nullptr, [](Instant posted) { return utc_date(posted); },
          [file](ports::RowSink& sink) -> Result<ports::ReadReport> {
            MLC_TRY(auto parsed, read_report_file(file, sink));
            MLC_TRY_STATUS(amazon::settlement_report::check_control_identity(parsed, file));
            return std::move(parsed.report);
          }};
}

RowSource of_settlement(const operations::Hub& hub, const operations::SettlementRows& rows) {
  return {rows.name, rows.rules,
          [zone = rows.home_zone](Instant posted) { return zone.local_date(posted); },
          [&hub, rows](ports::RowSink& sink) { return operations::read_rows(hub, rows, sink); }};
}

std::vector<fs::path> files_of(const configuration::ConnectionSettings& connection,
                               const fs::path& state) {
  std::vector<fs::path> out;
  for (const auto& file : connection.rules) out.push_back(state / file);
  return out;
}

std::vector<fs::path> split_at_commas(const std::string& names) {
  std::vector<fs::path> out;
  std::size_t begin = 0;
  while (begin <= names.size()) {
    const auto end = std::min(names.find(',', begin), names.size());
    out.emplace_back(names.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

}  // namespace

Result<RowSources> row_sources(const Session& session) {
  RowSources out;
  for (const auto& file : session.line.files) out.sources.push_back(of_file(file));
  if (session.line.settlements.empty()) return out;
  MLC_TRY(out.process, open_to_look(session));
  const operations::Hub& hub = out.process->hub();
  MLC_TRY(const auto settlements, operations::settlements_to_read(hub, session.line.settlements));
  for (const auto& one : settlements) out.sources.push_back(of_settlement(hub, one));
  return out;
}

Result<ports::ReadReport> read_rows(const RowSource& source, const std::function<void()>& begin,
                                    const TakeRow& take) {
  TakingSink sink(source, begin, take);
  return source.read(sink);
}

Result<ledger::RuleBook> named_rules(const Session& session, const std::string& name) {
  std::error_code ignored;
  if (fs::exists(name, ignored)) return configuration::read_rule_files({name});
  const fs::path file = session.line.state / configuration::kConfigurationFile;
  if (fs::exists(file, ignored)) {
    MLC_TRY(const auto settings, configuration::load_configuration(file));
    for (const auto& connection : settings.connections) {
      if (connection.id.str() != name) continue;
      return configuration::read_rule_files(files_of(connection, session.line.state));
    }
  }
  return configuration::read_rule_files(split_at_commas(name));
}

Result<std::vector<std::vector<fs::path>>> rule_files_of_connections(const Session& session) {
  MLC_TRY(const auto settings, configuration::load_configuration(
                                   session.line.state / configuration::kConfigurationFile));
  std::vector<std::vector<fs::path>> out;
  const std::string& only = session.line.connection;
  std::vector<std::string> known;
  for (const auto& connection : settings.connections) {
    known.push_back(connection.id.str());
    if (!only.empty() && known.back() != only) continue;
    auto files = files_of(connection, session.line.state);
    if (std::ranges::find(out, files) == out.end()) out.push_back(std::move(files));
  }
  if (!out.empty() || only.empty()) return out;
  return failure(operations::no_such_connection(only, known));
}

}  // namespace mlc::cli
