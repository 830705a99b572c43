#include "flow/opening.h"

#include <algorithm>
#include <set>

#include "flow/errors.h"
#include "flow/step_table.h"
#include "ledger/opening.h"
#include "ledger/text.h"

namespace mlc::flow {
namespace {

constexpr std::string_view kAgreeing = "agreeing";
constexpr std::string_view kAgreed = "agreed";
constexpr auto kEvery = std::chrono::hours(24);
constexpr std::size_t kAccountWidth = 10;

// Kept with the work: what was compared, so that a change of the configuration is noticed.
std::string text_of(const ledger::Opening& opening) {
  return opening.receivable.decimal() + " " + opening.reserve.decimal();
}

std::string subject_of(const Connection& connection, const ledger::Opening& opening) {
  return connection.id.str() + "/" + std::string(opening.receivable.currency().code());
}

struct Subject {
  const ConnectionPorts* connection = nullptr;
  const ledger::Opening* opening = nullptr;  // nullptr: no longer in the configuration
};

Result<Subject> subject_of(StepInput& input) {
  Subject out;
  const auto slash = input.work.subject.rfind('/');
  MLC_TRY(out.connection, find_connection(input.world, input.work.tenant,
                                          ConnectionId(input.work.subject.substr(0, slash))));
  for (const auto& opening : out.connection->settings.openings) {
    if (subject_of(out.connection->settings, opening) == input.work.subject) out.opening = &opening;
  }
  return out;
}

Result<std::vector<ledger::OpeningSettlement>> settlements_of(StepInput& input,
                                                              const Connection& connection,
                                                              ledger::Currency currency) {
  std::vector<ledger::OpeningSettlement> out;
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(const auto records, transaction->list_settlements(connection.tenant));
  for (const auto& record : records) {
    if (!record.header || !record.holds_id || record.connection != connection.id) continue;
    if (record.header->total.currency() != currency) continue;
    MLC_TRY(const auto classes, transaction->classes(connection.tenant, record.work));
    MLC_TRY(auto settlement, ledger::to_stream_settlement(*record.header, classes));
    out.push_back({std::move(settlement), record.header->total,
                   connection.home_zone.local_date(record.header->end),
                   connection.home_zone.local_date(record.header->deposit)});
  }
  return out;
}

// The accounts that the rules post reserves to, in SAP's form.
std::set<std::string> reserve_accounts(const Connection& connection) {
  std::set<std::string> out;
  const ledger::RuleSet* rules = connection.rules.governing(connection.cutover);
  if (rules == nullptr) return out;
  for (const auto& rule : rules->rules) {
    const bool posts = rule.result.nature == ledger::Nature::kReserve &&
                       rule.result.treatment == ledger::Treatment::kPost;
    if (posts) out.insert(ledger::alpha(rule.result.account, kAccountWidth));
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// What SAP's books say of one balance; nothing when an account cannot be read.
Result<std::optional<ledger::OpeningWitness>> in_books(const ConnectionPorts& connection,
                                                       const std::string& balance,
                                                       const std::vector<std::string>& accounts,
                                                       ledger::Currency currency) {
  using Said = std::optional<ledger::OpeningWitness>;
  if (connection.masters == nullptr || accounts.empty()) return Said();
  const Connection& settings = connection.settings;
  MLC_TRY(const auto read, connection.masters->balances(
                               {settings.company_code, accounts, currency, settings.cutover}));
  if (read.identity != settings.sap) return Said();
  ledger::Money sum = ledger::Money::zero(currency);
  for (const auto& account : read.accounts) {
    if (!account.balance) return Said();
    MLC_TRY(sum, sum.plus(*account.balance));
  }
  return Said(ledger::OpeningWitness{
      balance, "SAP account " + joined(accounts) + " before " + format_date(settings.cutover),
      sum});
}

Result<std::vector<ledger::OpeningWitness>> all_witnesses(StepInput& input,
                                                          const Subject& subject) {
  const Connection& settings = subject.connection->settings;
  const auto currency = subject.opening->receivable.currency();
  MLC_TRY(const auto settlements, settlements_of(input, settings, currency));
  MLC_TRY(auto out, ledger::witnesses_of(settlements, currency, settings.cutover));
  const std::string receivable = ledger::alpha(settings.receivable_account, kAccountWidth);
  const auto reserves = reserve_accounts(settings);
  MLC_TRY(const auto owed, in_books(*subject.connection, "receivable", {receivable}, currency));
  MLC_TRY(const auto held,
          in_books(*subject.connection, "reserve", {reserves.begin(), reserves.end()}, currency));
  if (owed) out.push_back(*owed);
  if (held) out.push_back(*held);
  return out;
}

std::string words_of(const std::vector<ledger::OpeningWitness>& witnesses) {
  std::string out;
  for (const auto& one : witnesses) {
    out += (out.empty() ? "" : "; ") + one.balance + " " + one.amount.decimal() + " (" +
           one.source + ")";
  }
  return out;
}

Error differs(const Connection& settings, const ledger::Opening& opening,
              const std::vector<ledger::OpeningWitness>& wrong) {
  return Error(kOpeningDiffers, {{"connection", settings.id.str()},
                                 {"currency", std::string(opening.receivable.currency().code())},
                                 {"receivable", opening.receivable.decimal()},
                                 {"reserve", opening.reserve.decimal()},
                                 {"said", words_of(wrong)}});
}

// What nothing was said of: one witness of the receivable does not speak for the reserve.
std::string unsaid(const std::vector<ledger::OpeningWitness>& witnesses) {
  std::string out;
  for (const std::string_view balance : {"receivable", "reserve"}) {
    if (std::ranges::find(witnesses, balance, &ledger::OpeningWitness::balance) !=
        witnesses.end()) {
      continue;
    }
    out += (out.empty() ? "" : " and the ") + std::string(balance);
  }
  return out;
}

Decision verdict(const Connection& settings, const ledger::Opening& opening,
                 const std::vector<ledger::OpeningWitness>& witnesses, Instant now) {
  const auto wrong = ledger::contradictions(opening, witnesses);
  if (!wrong.empty()) {
    return wait_until(std::string(kAgreeing), now + kEvery, differs(settings, opening, wrong));
  }
  if (std::string balances = unsaid(witnesses); !balances.empty()) {
    return wait_until(
        std::string(kAgreeing), now + kEvery,
        Error(kOpeningUnproved, {{"balances", std::move(balances)},
                                 {"connection", settings.id.str()},
                                 {"currency", std::string(opening.receivable.currency().code())}}));
  }
  Decision decision = wait_for_person(std::string(kAgreed));
  decision.facts = {{"receivable", opening.receivable.decimal()},
                    {"reserve", opening.reserve.decimal()},
                    {"agrees_with", words_of(witnesses)}};
  return decision;
}

Result<Decision> agree_step(StepInput& input) {
  MLC_TRY(const Subject subject, subject_of(input));
  if (subject.opening == nullptr) return wait_for_person(std::string(kAgreed));
  const auto witnesses = all_witnesses(input, subject);
  if (!witnesses) return try_later(input.work, input.now, witnesses.error());
  Decision decision =
      verdict(subject.connection->settings, *subject.opening, *witnesses, input.now);
  decision.memory = text_of(*subject.opening);
  return decision;
}

Result<Decision> agree_now(StepInput& input) { return go_on(std::string(kAgreeing), input.now); }

ports::WorkRecord work_for(const Connection& connection, const ledger::Opening& opening,
                           Instant now) {
  ports::WorkRecord work;
  work.tenant = connection.tenant;
  work.kind = std::string(opening_table().kind);
  work.subject = subject_of(connection, opening);
  work.id = WorkId("opening-" + connection.id.str() + "-" +
                   std::string(opening.receivable.currency().code()));
  work.state = std::string(opening_table().first);
  work.due_at = now;
  return work;
}

}  // namespace

Status add_openings(ports::StoreTransaction& transaction, const Connection& connection,
                    Instant now) {
  for (const auto& opening : connection.openings) {
    const auto work = work_for(connection, opening, now);
    MLC_TRY(const bool added, transaction.add_work(work));
    if (added) continue;
    MLC_TRY(const auto known, transaction.work(work.tenant, work.id));
    if (known.memory == text_of(opening) || known.memory.empty()) continue;
    MLC_TRY_STATUS(
        transaction.request_work(work.tenant, work.id, {"retry", "", "configuration", now}));
  }
  return {};
}

const KindTable& opening_table() {
  static const KindTable table{"opening",
                               kAgreeing,
                               {{kAgreeing,
                                 "opening balances are held against settlements and SAP's books",
                                 Waits::kStep,
                                 &agree_step,
                                 Effect::kRepeatable,
                                 "",
                                 {kAgreed},
                                 {{"retry", &agree_now, {kAgreeing}}}},
                                {kAgreed,
                                 "the opening balances agree",
                                 Waits::kPerson,
                                 nullptr,
                                 Effect::kNone,
                                 "",
                                 {},
                                 {{"retry", &agree_now, {kAgreeing}}}}}};
  return table;
}

}  // namespace mlc::flow
