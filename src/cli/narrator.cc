#include "cli/narrator.h"

#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

std::string subject(const operations::SettlementRow& row) {
  const std::string name = row.settlement_id.empty() ? "Report " + row.work.str()
                                                     : "Settlement " + harmless(row.settlement_id);
  return row.connection.str().empty() ? name : name + " of " + row.connection.str();
}

std::string numbers_of(const operations::SettlementRow& row) {
  std::string out;
  for (const auto& document : row.documents) {
    if (document.number.empty()) continue;
    out += (out.empty() ? "" : ", ") + document.number;
  }
  return out;
}

std::string planned(const operations::SettlementRow& row) {
  std::uint64_t lines = 0;
  for (const auto& document : row.documents) lines += document.items;
  return ": every row has a rule; " + counted(row.documents.size(), "document") + " with " +
         counted(lines, "line") + " planned";
}

}  // namespace

std::string sentence(const operations::SettlementRow& row) {
  const std::string who = subject(row);
  if (row.state == "proved") {
    return who + ", " + date_text(row.start) + " to " + date_text(row.end) + ": " +
           counted(row.rows, "row") + " add up to the deposit of " + row.amount + " " +
           row.currency;
  }
  if (row.state == "planned") return who + planned(row);
  if (row.state == "posted") {
    const std::string numbers = numbers_of(row);
    return who + ": posted" + (numbers.empty() ? "" : " as " + numbers) +
           ", read back from SAP and equal";
  }
  std::string out = who + ": " + row.state + ", " + row.words;
  if (row.error) out += "\n" + error_text(*row.error, 2);
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

Status Narrator::begin() {
  MLC_TRY(const auto rows, operations::list_settlements(hub_, {}));
  for (const auto& row : rows) states_[row.work.str()] = row.state;
  return {};
}

Status Narrator::look() {
  MLC_TRY(const auto rows, operations::list_settlements(hub_, {}));
  std::map<std::string, std::size_t> found;
  for (const auto& row : rows) {
    std::string& known = states_[row.work.str()];
    if (known == row.state) continue;
    known = row.state;
    if (row.state == "found") ++found[row.connection.str()];
    if (row.state == "found" || row.state == "downloaded") continue;
    out_ << sentence(row) << "\n";
  }
  for (const auto& [connection, count] : found) {
    out_ << "Amazon lists " << counted(count, "settlement report") << " to " << connection << "\n";
  }
  out_ << std::flush;
  return {};
}

}  // namespace mlc::cli
