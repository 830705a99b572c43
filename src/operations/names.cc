#include "operations/names.h"

#include <algorithm>
#include <array>

#include "flow/settlement_documents.h"
#include "flow/step_table.h"
#include "ledger/text.h"
#include "operations/errors.h"

namespace mlc::operations {
namespace {

struct Known {
  std::vector<ports::WorkRecord> works;
  std::vector<ports::SettlementRecord> settlements;
};

Result<Known> load_known(const Hub& hub, ports::StoreTransaction& transaction) {
  Known out;
  for (const flow::KindTable* table : flow::all_tables()) {
    MLC_TRY(auto works, transaction.list_work(hub.tenant, std::string(table->kind)));
    out.works.insert(out.works.end(), works.begin(), works.end());
  }
  MLC_TRY(out.settlements, transaction.list_settlements(hub.tenant));
  return out;
}

std::vector<const ports::SettlementRecord*> with_id(const Known& known, const std::string& id) {
  std::vector<const ports::SettlementRecord*> out;
  for (const auto& settlement : known.settlements) {
    if (settlement.header && settlement.header->id.str() == id) out.push_back(&settlement);
  }
  return out;
}

const ports::SettlementRecord* record_of(const Known& known, const WorkId& work) {
  const auto at = std::ranges::find(known.settlements, work, &ports::SettlementRecord::work);
  return at == known.settlements.end() ? nullptr : &*at;
}

std::optional<Named> by_work(const Known& known, const WorkId& id) {
  const auto at = std::ranges::find(known.works, id, &ports::WorkRecord::id);
  if (at == known.works.end()) return std::nullopt;
  Named out{*at, std::nullopt};
  if (const auto* settlement = record_of(known, id)) out.settlement = *settlement;
  return out;
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto [at, other] = std::ranges::mismatch(a, b);
  return static_cast<std::size_t>(at - a.begin());
}

std::size_t common_suffix(std::string_view a, std::string_view b) {
  std::size_t out = 0;
  while (out < std::min(a.size(), b.size()) && a[a.size() - 1 - out] == b[b.size() - 1 - out]) {
    ++out;
  }
  return out;
}

// Few characters in the middle, or the end, are wrong or missing.
bool is_near(std::string_view wanted, std::string_view candidate) {
  if (wanted.size() < 3) return false;
  const std::size_t longer = std::max(wanted.size(), candidate.size());
  const std::size_t prefix = common_prefix(wanted, candidate);
  if (prefix == wanted.size()) return true;
  return prefix + common_suffix(wanted, candidate) + 2 >= longer;
}

std::vector<std::string> near_names(const std::string& wanted,
                                    const std::vector<std::string>& candidates) {
  std::vector<std::string> out;
  for (const std::string& candidate : candidates) {
    if (out.size() == 3) break;
    const bool fresh = std::ranges::find(out, candidate) == out.end();
    if (fresh && is_near(wanted, candidate)) out.push_back(candidate);
  }
  return out;
}

Error unknown_name(const Known& known, const std::string& name) {
  std::vector<std::string> candidates;
  for (const auto& work : known.works) candidates.push_back(work.id.str());
  for (const auto& settlement : known.settlements) {
    if (settlement.header) candidates.push_back(settlement.header->id.str());
  }
  const std::string near = near_text(name, candidates);
  if (!ledger::is_digits(name)) return Error(kNotASettlementId, {{"name", name}, {"near", near}});
  return Error(kNotFound, {{"what", "settlement"}, {"name", name}, {"near", near}});
}

char next_letter(char letter) { return static_cast<char>(letter + 1); }

struct ResolveArguments {
  std::string_view kind;
  std::string_view state;
  std::string_view arguments;
  bool offered = true;  // else only `exceptions` names it, where it applies
};
// What flow/settlement_verbs.cc and flow/reversal.cc understand.
constexpr std::array<ResolveArguments, 10> kResolveArguments{
    ResolveArguments{"settlement", "in_doubt", "absent"},
    {"settlement", "needs_rules", "discard"},
    {"settlement", "conflicts", "accept"},
    {"settlement", "incomplete", "complete"},
    {"settlement", "rejected", "discard"},
    {"settlement", "reissued", "discard supersede difference"},
    {"settlement", "superseded", "reinstate"},
    {"settlement", "posted", "cleared uncleared discard", false},
    {"settlement", "reversed", "discard", false},
    {"reversal", "rejected", "discard"}};

std::vector<std::string> arguments_of(const ports::WorkRecord& work, bool with_unoffered) {
  std::vector<std::string> out;
  for (const auto& row : kResolveArguments) {
    if (row.kind != work.kind || row.state != work.state) continue;
    if (!row.offered && !with_unoffered) continue;
    std::string_view rest = row.arguments;
    while (!rest.empty()) {
      const auto blank = std::min(rest.find(' '), rest.size());
      out.emplace_back(rest.substr(0, blank));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
  }
  return out;
}

void add_commands(std::vector<std::string>& out, std::string_view verb, const Named& named) {
  const std::string name = name_of(named);
  if (verb == "confirm") return;  // the engine's own; `retry` does the same for a person
  if (verb == "reverse" && !named.in_books) return;
  if (verb == "resolve") {
    for (const std::string& argument : arguments_of(named.work, false)) {
      out.push_back("resolve " + name + " " + argument);
    }
  } else if (verb == "post") {
    const char revision = named.settlement ? named.settlement->revision : 'A';
    out.push_back("post " + name + " --revision " + next_letter(revision));
  } else {
    out.push_back(std::string(verb) + " " + name);
  }
}

}  // namespace

Result<Named> find_named(const Hub& hub, const std::string& name) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const Known known, load_known(hub, *transaction));
  const auto same = with_id(known, name);
  const auto holder =
      std::ranges::find_if(same, [](const auto* settlement) { return settlement->holds_id; });
  const ports::SettlementRecord* chosen = holder == same.end() ? nullptr : *holder;
  if (chosen == nullptr && same.size() == 1) chosen = same.front();
  if (chosen == nullptr && same.size() > 1) {
    std::string works;
    for (const auto* settlement : same) {
      if (!works.empty()) works += ", ";
      works += settlement->work.str();
    }
    return failure(kAmbiguous,
                   {{"count", std::to_string(same.size())}, {"name", name}, {"works", works}});
  }
  auto found = by_work(known, chosen == nullptr ? WorkId(name) : chosen->work);
  if (!found) return failure(unknown_name(known, name));
  if (found->settlement) {
    MLC_TRY(const auto documents, transaction->documents(hub.tenant, found->work.id));
    found->in_books = !flow::live_of(documents).empty();
  }
  return *std::move(found);
}

Result<Named> find_settlement(const Hub& hub, const std::string& name) {
  MLC_TRY(auto named, find_named(hub, name));
  if (named.settlement) return named;
  return failure(kNotFound, {{"what", "settlement"}, {"name", name}, {"near", ""}});
}

std::string name_of(const Named& named) {
  const bool own = named.settlement && named.settlement->work == named.work.id;
  return own ? flow::command_name(*named.settlement) : named.work.id.str();
}

std::vector<std::string> possible_commands(const Named& named) {
  std::vector<std::string> out;
  const flow::KindTable* table = flow::find_table(named.work.kind);
  const flow::StateRow* row = table == nullptr ? nullptr : table->find(named.work.state);
  if (row == nullptr) return out;
  for (const flow::VerbRow& verb : row->verbs) add_commands(out, verb.verb, named);
  return out;
}

std::string possible_text(const Named& named) {
  std::string out;
  for (const std::string& command : possible_commands(named)) {
    if (!out.empty()) out += ", ";
    out += "`" + command + "`";
  }
  return out.empty() ? "nothing" : out;
}

std::string words_of(const ports::WorkRecord& work) {
  const flow::KindTable* table = flow::find_table(work.kind);
  const flow::StateRow* row = table == nullptr ? nullptr : table->find(work.state);
  return row == nullptr ? "" : std::string(row->words);
}

std::vector<std::string> resolve_arguments(const ports::WorkRecord& work) {
  return arguments_of(work, true);
}

std::string near_text(const std::string& wanted, const std::vector<std::string>& candidates) {
  std::string out;
  for (const std::string& name : near_names(wanted, candidates)) {
    out += (out.empty() ? "; near it: " : ", ") + name;
  }
  return out;
}

Error no_such_connection(const std::string& name, const std::vector<std::string>& known) {
  return Error(kNoSuchConnection, {{"name", name}, {"near", near_text(name, known)}});
}

}  // namespace mlc::operations
