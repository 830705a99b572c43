// streams.
#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

std::string continuity_text(const operations::StreamRow& row) {
  switch (row.continuity) {
    case ledger::Continuity::kFirst: return "first that is known";
    case ledger::Continuity::kFollows: return "follows " + row.before;
    case ledger::Continuity::kReserveBreak:
      return "RESERVE: " + row.before + " held " + row.before_held + ", " + row.released +
             " released";
    case ledger::Continuity::kGap:
      return "GAP: nothing since " + row.before + " ended " + format_instant(*row.before_ended);
    case ledger::Continuity::kUnclear:
      return "UNCLEAR: may follow " + joined(row.perhaps_before, " or ");
  }
  return "";
}

std::string stream_text(const operations::StreamView& view) {
  Table table({{"settlement"},
               {"from"},
               {"to"},
               {"released", true},
               {"held back", true},
               {"state"},
               {"connection"},
               {"continuity"}});
  for (const auto& row : view.rows) {
    table.add({row.settlement_id, format_instant(row.start), format_instant(row.end), row.released,
               row.held, row.state, row.connection, continuity_text(row)});
  }
  const std::string stores =
      view.marketplaces.empty() ? "" : " in " + harmless(joined(view.marketplaces, ", "));
  return view.currency + " of " + harmless(view.selling_account) + stores + ": " +
         counted(view.rows.size(), "settlement") + "\n" + table.text(2);
}

bool any_gap(const std::vector<operations::StreamView>& views) {
  for (const auto& view : views) {
    for (const auto& row : view.rows) {
      if (row.continuity == ledger::Continuity::kGap) return true;
    }
  }
  return false;
}

}  // namespace

std::string text_of(const std::vector<operations::StreamView>& views, const Prompt& prompt) {
  std::string out;
  for (const auto& view : views) out += (out.empty() ? "" : "\n") + stream_text(view);
  if (views.empty()) out = "No settlement was read yet: " + prompt.line("run --once") + "\n";
  if (!any_gap(views)) return out;
  return out +
         "\nA settlement is missing in a gap. Download it in Seller Central (Payments, Reports "
         "Repository; Amazon's interface keeps reports for 90 days only), then: " +
         prompt.line("import FILE") + "\n";
}

}  // namespace mlc::cli
