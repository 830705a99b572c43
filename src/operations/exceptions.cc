#include "operations/exceptions.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "flow/errors.h"
#include "flow/outlook.h"
#include "flow/settlement_difference.h"
#include "ledger/money.h"
#include "operations/class_view.h"
#include "operations/exceptions_load.h"
#include "operations/intercompany.h"
#include "operations/rule_text.h"

namespace mlc::operations {
namespace {

using Key = std::vector<std::string>;

// A row that still grows.
struct Cause {
  ExceptionRow row;
  std::optional<ledger::Money> sum;
  std::set<std::string> names;  // settlements that are in it already
};
using Causes = std::map<Key, Cause>;

Status add_amount(Cause& cause, const ledger::Money& amount) {
  if (!cause.sum) cause.sum = ledger::Money::zero(amount.currency());
  MLC_TRY(cause.sum, cause.sum->plus(amount));
  return {};
}

void add_name(Cause& cause, const std::string& name) {
  if (cause.names.insert(name).second) cause.row.settlements.push_back(name);
}

constexpr std::array<std::string_view, 6> kWaitForPerson{
    "rejected", "conflicts", "in_doubt", "incomplete", "reissued", "partly_reversed"};

bool waits_for_person(const std::string& state) {
  return std::ranges::find(kWaitForPerson, state) != kWaitForPerson.end();
}

// A refused discovery asks again now and then, but in vain unless somebody does something.
bool goes_on_by_itself(const ports::WorkRecord& work) {
  return work.due_at != ports::kNever && !(work.kind == "discovery" && work.state == "refused");
}

std::string currency_of(const Named& named) {
  if (!named.settlement || !named.settlement->header) return "";
  return std::string(named.settlement->header->total.currency().code());
}

// The same cause reads the same for every settlement.
std::string without_name(std::string text, const Named& named) {
  if (!named.settlement || !named.settlement->header) return text;
  const std::string& id = named.settlement->header->id.str();
  for (auto at = text.find(id); at != std::string::npos; at = text.find(id, at)) {
    text.replace(at, id.size(), "");
  }
  return text;
}

void add_commands(Cause& cause, const Named& named) {
  for (std::string& command : possible_commands(named))
    cause.row.next.push_back(std::move(command));
}

// SAP names several things at once (fact "causes", separated by "; "): each is a cause of its own.
std::set<std::string> named_causes(const ports::StoredError& error) {
  std::set<std::string> out;
  const auto at = std::ranges::find(error.facts, "causes", &Fact::name);
  std::string_view rest = at == error.facts.end() ? std::string_view() : at->value;
  while (!rest.empty()) {
    const auto end = std::min(rest.find("; "), rest.size());
    if (end > 0) out.emplace(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return out;
}

// "... on 20261123" is the same cause on every day.
std::string without_day(std::string text) {
  constexpr std::size_t kDay = 8;
  if (text.size() <= kDay) return text;
  const std::string day = text.substr(text.size() - kDay);
  if (parse_dats(day)) text.resize(text.size() - kDay);
  return text;
}

// Looked at again by itself, but only `resume` lets it go on.
bool is_paused(const ports::WorkRecord& work) {
  return work.error && work.error->id == flow::kConnectionPaused.id;
}

void add_resume(Cause& cause, const ports::StoredError& error) {
  const auto connection = std::ranges::find(error.facts, "connection", &Fact::name);
  if (connection != error.facts.end()) cause.row.next = {"resume " + connection->value};
}

Status add_cause(Causes& causes, const Named& named, const std::string& text) {
  const auto& error = named.work.error;
  const Key key{named.work.kind, named.work.state, error ? error->id : "",
                without_day(without_name(text, named)), currency_of(named)};
  Cause& cause = causes[key];
  cause.row.cause = named.work.state;
  cause.row.kind = named.work.kind;
  cause.row.what = text;
  cause.row.error_id = error ? error->id : "";
  cause.row.cure = error ? error->cure : "";
  // Looking ahead goes on every day, but what it found waits for somebody.
  const bool notice = error && flow::is_notice(error->id);
  if (notice) cause.row.cause = "notice";
  cause.row.goes_on_by_itself = goes_on_by_itself(named.work) && !notice && !is_paused(named.work);
  if (cause.row.goes_on_by_itself) {
    cause.row.due = std::min(cause.row.due.value_or(ports::kNever), named.work.due_at);
  }
  cause.row.currency = currency_of(named);
  add_name(cause, name_of(named));
  if (is_paused(named.work)) {
    add_resume(cause, *error);
  } else {
    add_commands(cause, named);
  }
  if (named.settlement && named.settlement->header) {
    MLC_TRY_STATUS(add_amount(cause, named.settlement->header->total));
  }
  return {};
}

Status add_work(Causes& causes, const Named& named) {
  const auto& error = named.work.error;
  if (!error) return add_cause(causes, named, words_of(named.work));
  if (named.work.kind == "reversal" && named.settlement && named.settlement->header) {
    return add_cause(
        causes, named,
        "Reversal of settlement " + named.settlement->header->id.str() + ": " + error->text);
  }
  const auto several = named_causes(*error);
  if (several.empty()) return add_cause(causes, named, error->text);
  for (const std::string& one : several) MLC_TRY_STATUS(add_cause(causes, named, one));
  return {};
}

bool is_stop(const ports::WorkRecord& work) {
  return work.error && work.error->id == flow::kCompanyCodeStopped.id;
}

// Settlements that only wait for a stop are part of its row.
Status add_stopped(Cause& cause, const Named& named) {
  add_name(cause, name_of(named));
  if (!named.settlement->header) return {};
  const auto& total = named.settlement->header->total;
  if (cause.sum && cause.sum->currency() != total.currency()) return {};
  cause.row.currency = currency_of(named);
  return add_amount(cause, total);
}

Status add_stops(Causes& causes, const std::vector<ports::StopRecord>& stops,
                 const std::vector<Named>& all) {
  for (const auto& stop : stops) {
    Cause& cause = causes[{"stop", stop.identity.system_id, stop.company_code}];
    cause.row.cause = "stopped";
    cause.row.what = "Posting into company code " + stop.company_code + " of " +
                     stop.identity.system_id + "/" + stop.identity.client +
                     " is stopped: " + stop.error.text;
    cause.row.error_id = stop.error.id;
    cause.row.cure = stop.error.cure;
    cause.row.next = {"resolve --lift-stop " + stop.company_code};
    for (const Named& named : all) {
      const bool mine = is_stop(named.work) && named.settlement &&
                        named.settlement->company_code == stop.company_code;
      if (mine) MLC_TRY_STATUS(add_stopped(cause, named));
    }
  }
  return {};
}

// `book` as it was when the settlement was classified; nullptr when it is not known.
void suggest_rule(ExceptionRow& row, const ledger::RowClass& of, const ledger::RuleBook* book) {
  const auto suggested = rule_to_type(of, book == nullptr ? nullptr : book->find(of.rules_version));
  row.rule = suggested.text;
  row.nearest_rule = suggested.nearest;
  row.shared = suggested.shared;
}

// Rows without a rule: one row per class that a rule would name, over all settlements.
Status add_unmapped(const Hub& hub, Causes& causes, const Named& named) {
  MLC_TRY(const auto classes, class_views(hub, named, named.settlement->revision));
  const ledger::RuleBook* book = rule_book(hub, *named.settlement);
  const auto& currency = named.settlement->header->total.currency();
  for (const ClassView& view : classes) {
    if (view.destination != Destination::kNeedsRule) continue;
    const auto& of = view.row_class;
    Cause& cause = causes[{"no rule", of.transaction_type, of.amount_type, of.amount_description,
                           of.marketplace, std::string(currency.code())}];
    cause.row.cause = "no rule";
    cause.row.what = "No rule for " + class_text(of) + ".";
    cause.row.error_id = flow::kNeedsRules.id;
    cause.row.cure = "Add the rule to the rule file, with the right account, then retry.";
    cause.row.currency = std::string(currency.code());
    suggest_rule(cause.row, of, book);
    cause.row.rows += view.rows;
    if (!cause.names.contains(name_of(named))) add_commands(cause, named);
    add_name(cause, name_of(named));
    MLC_TRY(const auto amount, ledger::Money::parse(view.amount, currency));
    MLC_TRY_STATUS(add_amount(cause, amount));
  }
  return {};
}

// Rows that were put on a suspense account, by the same classes, as long as nobody said that they
// were moved.
Status add_suspense(const Hub& hub, Causes& causes, const Named& named) {
  MLC_TRY(const auto classes, class_views(hub, named, named.settlement->revision));
  const ledger::RuleBook* book = rule_book(hub, *named.settlement);
  const auto& currency = named.settlement->header->total.currency();
  for (const ClassView& view : classes) {
    if (view.destination != Destination::kSuspense) continue;
    const auto& of = view.row_class;
    Cause& cause = causes[{"on suspense", of.transaction_type, of.amount_type,
                           of.amount_description, of.marketplace, std::string(currency.code())}];
    cause.row.cause = "on suspense";
    cause.row.what = "No rule for " + class_text(of) + ": its rows are on the suspense account.";
    cause.row.cure =
        "Add the rule to the rule file, with the right account. What is posted already is moved in "
        "SAP by hand (F-02; ZUONR is the settlement-id), then `resolve ID cleared` (`uncleared` "
        "takes that word back); or reversed and posted again under the new rule.";
    cause.row.currency = std::string(currency.code());
    suggest_rule(cause.row, of, book);
    cause.row.rows += view.rows;
    const bool first = !cause.names.contains(name_of(named));
    if (first && named.work.state == "posted") {
      cause.row.next.push_back("resolve " + name_of(named) + " cleared");
      cause.row.next.push_back("reverse " + name_of(named));
    }
    add_name(cause, name_of(named));
    MLC_TRY(const auto amount, ledger::Money::parse(view.amount, currency));
    MLC_TRY_STATUS(add_amount(cause, amount));
  }
  return {};
}

// Debts between company codes whose other side should have come by now.
Status add_one_sided(const Hub& hub, Causes& causes) {
  MLC_TRY(const auto view, intercompany(hub));
  const Date today = utc_date(hub.clock.now());
  for (const std::size_t at : view.sides.open) {
    const auto& line = view.lines[at];
    if (std::chrono::sys_days(today) <
        std::chrono::sys_days(line.posting_date) + kOtherSideWithin) {
      continue;
    }
    Cause& cause = causes[{"one side", line.document, std::to_string(line.item)}];
    cause.row.cause = "one side";
    cause.row.what = "Company code " + line.company_code + " has " + line.amount.decimal() +
                     " from another company code in " + line.document + " line " +
                     std::to_string(line.item) + ", and no other one has the other side.";
    cause.row.cure =
        "Look for the settlement of the other selling account that holds it (`streams` names "
        "missing "
        "ones) and import it; or correct its rule, so that it is of nature `intercompany`.";
    cause.row.currency = std::string(line.amount.currency().code());
    cause.row.next.push_back("explain " + line.document + " " + std::to_string(line.item));
    add_name(cause, line.settlement);
    MLC_TRY_STATUS(add_amount(cause, line.amount));
  }
  return {};
}

bool is_unmapped(const Named& named) {
  return named.work.state == "needs_rules" && named.settlement && named.settlement->header &&
         !named.settlement->lineage.empty();
}

// Of what is reversed or put aside nothing is on suspense any more.
bool is_on_suspense(const Everything& all, const Named& named) {
  constexpr std::array<std::string_view, 6> kGone{"reversed", "superseded",     "reissued",
                                                  "seen",     "before_cutover", "needs_rules"};
  return named.work.kind == "settlement" && all.on_suspense.contains(named.work.id.str()) &&
         std::ranges::find(kGone, named.work.state) == kGone.end();
}

bool is_exception(const Named& named) {
  if (named.work.kind == "settlement" && waits_for_person(named.work.state)) return true;
  return named.work.error.has_value() || named.work.state == "needs_rules";
}

std::int64_t size_of(const Cause& cause) {
  if (!cause.sum) return 0;
  const auto positive = cause.sum->is_negative() ? cause.sum->negated() : *cause.sum;
  return positive ? positive->minor() : 0;
}

std::vector<ExceptionRow> sorted(Causes causes) {
  std::vector<Cause> list;
  for (auto& [key, cause] : causes) {
    if (cause.sum) cause.row.amount = cause.sum->decimal();
    list.push_back(std::move(cause));
  }
  std::ranges::stable_sort(list, [](const Cause& a, const Cause& b) {
    return std::tuple(a.row.goes_on_by_itself, -size_of(a)) <
           std::tuple(b.row.goes_on_by_itself, -size_of(b));
  });
  std::vector<ExceptionRow> out;
  for (Cause& cause : list) out.push_back(std::move(cause.row));
  return out;
}

}  // namespace

Result<bool> needs_person(ports::StoreTransaction& transaction, const ports::WorkRecord& work) {
  if (work.error && flow::is_notice(work.error->id)) return true;
  if (work.kind == "discovery") return !goes_on_by_itself(work);
  if (work.kind == "reversal") return work.state == "rejected";
  if (work.state == "reversed") {
    if (work.error && !goes_on_by_itself(work)) return true;  // not by the hub
    MLC_TRY(const auto settlement, transaction.settlement(work.tenant, work.id));
    MLC_TRY(const auto later, flow::standing_after(transaction, settlement));
    return later.has_value();
  }
  return waits_for_person(work.state) || work.state == "needs_rules" ||
         work.state == "awaiting_approval";
}

Result<std::vector<ExceptionRow>> exceptions(const Hub& hub) {
  MLC_TRY(const Everything all, load_everything(hub));
  Causes causes;
  MLC_TRY_STATUS(add_stops(causes, all.stops, all.named));
  MLC_TRY_STATUS(add_one_sided(hub, causes));
  for (const Named& named : all.named) {
    if (is_on_suspense(all, named)) MLC_TRY_STATUS(add_suspense(hub, causes, named));
    if (!is_exception(named)) continue;
    if (is_stop(named.work) && !all.stops.empty()) continue;
    if (is_unmapped(named)) {
      const std::size_t before = causes.size();
      MLC_TRY_STATUS(add_unmapped(hub, causes, named));
      if (causes.size() != before) continue;
      const bool counted = std::ranges::any_of(
          causes, [&](const auto& entry) { return entry.second.names.count(name_of(named)) != 0; });
      if (counted) continue;
      // Today's rules know all its rows: only the retry is missing.
    }
    MLC_TRY_STATUS(add_work(causes, named));
  }
  return sorted(std::move(causes));
}

}  // namespace mlc::operations
