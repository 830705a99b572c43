#include "operations/rule_targets.h"

#include <algorithm>
#include <map>
#include <set>

#include "flow/discovery.h"
#include "ledger/sap_fields.h"
#include "ledger/text.h"
#include "operations/errors.h"
#include "operations/request.h"
#include "ports/sap_reader.h"

namespace mlc::operations {
namespace {

// Who names an account or a cost centre, for messages.
struct Namer {
  std::string who;    // "Rule 'us-commission'"
  std::string place;  // "file:12:1"; empty: none
};

// By number with SAP's zeros; of several rules that one section makes, the first.
class Targets {
 public:
  void add(const std::string& number, std::size_t width, const Namer& namer) {
    if (number.empty()) return;
    auto& namers = by_number_[ledger::alpha(number, width)];
    const bool told = !namer.place.empty() &&
                      std::ranges::find(namers, namer.place, &Namer::place) != namers.end();
    if (!told) namers.push_back(namer);
  }
  [[nodiscard]] std::vector<std::string> numbers() const {
    std::vector<std::string> out;
    for (const auto& [number, namers] : by_number_) out.push_back(number);
    return out;
  }
  [[nodiscard]] const std::vector<Namer>& namers_of(const std::string& number) const {
    return by_number_.at(number);
  }

 private:
  std::map<std::string, std::vector<Namer>> by_number_;
};

struct Wanted {
  Targets accounts;
  Targets cost_centers;
};

void add_rule(const ledger::RuleSet& version, const ledger::Rule& rule, Wanted& out) {
  const ledger::RuleResult& result = rule.result;
  if (result.treatment != ledger::Treatment::kPost) return;
  const Namer namer{"Rule '" + rule.id + "'", rule.place};
  if (result.kind == ledger::LineKind::kGl) {
    out.accounts.add(result.account, ledger::kAccountLength, namer);
  }
  if (result.cost_center != ledger::kByMarketplace) {
    return out.cost_centers.add(result.cost_center, ledger::kCostCenterLength, namer);
  }
  for (const auto& [marketplace, number] : version.cost_centers) {
    out.cost_centers.add(number, ledger::kCostCenterLength,
                         {"Marketplace '" + marketplace + "' of version " + version.version, ""});
  }
}

void add_version(const ledger::RuleSet& version, Wanted& out) {
  out.accounts.add(version.suspense_account, ledger::kAccountLength,
                   {"The suspense account of version " + version.version, ""});
  for (const ledger::Rule& rule : version.rules) add_rule(version, rule, out);
}

Wanted wanted_by(const ledger::RuleBook& rules, const flow::Connection& connection, Date today) {
  const Date oldest(std::chrono::sys_days(today) - flow::kReportLookBack);
  Wanted out;
  out.accounts.add(connection.receivable_account, ledger::kAccountLength,
                   {"receivable_account of connection " + connection.id.str(), ""});
  const auto& versions = rules.versions();
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const bool over = i + 1 < versions.size() && versions[i + 1].valid_from <= oldest;
    if (!over) add_version(versions[i], out);
  }
  return out;
}

// "file:12:1" as facts, as the other problems of rule files have them.
Error with_place(Error error, const std::string& place) {
  const auto column = place.rfind(':');
  if (column == std::string::npos || column == 0) return error;
  const auto line = place.rfind(':', column - 1);
  if (line == std::string::npos) return error;
  return error.with("file", place.substr(0, line))
      .with("line", place.substr(line + 1, column - line - 1))
      .with("column", place.substr(column + 1));
}

struct Kinds {
  const ErrorKind& missing;
  const ErrorKind& blocked;
};

void judge(const std::vector<ports::Target>& found, const Targets& wanted, const Kinds& kinds,
           TargetCheck& out, std::map<std::string, std::size_t>& unread) {
  for (const ports::Target& target : found) {
    if (target.state == ports::TargetState::kUsable) continue;
    if (target.state == ports::TargetState::kUnknown) {
      ++unread[target.where];
      continue;
    }
    const bool missing = target.state == ports::TargetState::kMissing;
    for (const Namer& namer : wanted.namers_of(target.number)) {
      out.problems.push_back(with_place(
          Error(missing ? kinds.missing : kinds.blocked, {{"who", namer.who},
                                                          {"number", target.number},
                                                          {"where", target.where},
                                                          {"why", target.why},
                                                          {"day", format_date(out.day)}}),
          namer.place));
    }
  }
}

std::string system_text(const ports::SystemIdentity& system) {
  return system.system_id + "/" + system.client + " (" + system.logical_system + ")";
}

Result<const flow::ConnectionPorts*> opened(const Hub& hub, const std::string& name) {
  MLC_TRY(const auto named, connections_named(hub, name, "rules check --connection"));
  for (const auto& one : hub.world->connections) {
    if (&one.settings == named.front() && one.masters != nullptr) return &one;
  }
  return failure(kSapNotOpen, {{"connection", name}});
}

}  // namespace

Result<TargetCheck> check_targets(const Hub& hub, const std::string& connection,
                                  const ledger::RuleBook& rules) {
  MLC_TRY(const auto* ports, opened(hub, connection));
  const flow::Connection& settings = ports->settings;
  TargetCheck out;
  out.connection = connection;
  out.sap = settings.sap;
  out.day = settings.home_zone.local_date(hub.clock.now());
  const Wanted wanted = wanted_by(rules, settings, out.day);
  const ports::TargetQuestion question{settings.company_code, wanted.accounts.numbers(),
                                       wanted.cost_centers.numbers(), out.day};
  out.accounts = question.accounts.size();
  out.cost_centers = question.cost_centers.size();
  MLC_TRY(const auto answer, ports->masters->targets(question));
  if (answer.identity != settings.sap) {
    return failure(kOtherSystem, {{"found", system_text(answer.identity)},
                                  {"wanted", system_text(settings.sap)},
                                  {"connection", connection}});
  }
  std::map<std::string, std::size_t> unread;
  judge(answer.accounts, wanted.accounts, {kAccountMissing, kAccountBlocked}, out, unread);
  judge(answer.cost_centers, wanted.cost_centers, {kCostCenterMissing, kCostCenterLocked}, out,
        unread);
  for (const auto& [table, count] : unread) {
    out.problems.push_back(
        Error(kMastersUnreadable, {{"table", table}, {"count", std::to_string(count)}}));
  }
  return out;
}

}  // namespace mlc::operations
