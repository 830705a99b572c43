// rules check, coverage, diff, replay: they only look, and files need no state.
#include <algorithm>

#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/row_sources.h"
#include "cli/rules_answers.h"

namespace mlc::cli {
namespace {

ExitCode worst_of(const CheckAnswer& answer) {
  ExitCode code = ExitCode::kOk;
  for (const auto& check : answer.checks) {
    for (const Error& problem : check.problems) code = worse(code, problem.exit_code());
  }
  if (!answer.targets) return code;
  for (const Error& problem : answer.targets->problems) code = worse(code, problem.exit_code());
  return code;
}

bool has_problems(const CheckAnswer& answer) {
  return std::ranges::any_of(answer.checks,
                             [](const auto& check) { return !check.problems.empty(); });
}

// SAP is asked about rules that are right by themselves.
Status ask_masters(const Session& session, const std::vector<std::filesystem::path>& files,
                   CheckAnswer& answer) {
  answer.connection = session.line.connection;
  if (has_problems(answer)) return {};
  MLC_TRY(const auto rules, configuration::read_rule_files(files));
  MLC_TRY(const auto process, open_to_look(session));
  ProgressLine progress(session.around);
  progress.show("asking SAP");
  MLC_TRY(answer.targets,
          operations::check_targets(process->hub(), session.line.connection, rules));
  return {};
}

void note(const ports::ReadReport& report, LookedAt& source) {
  source.settlement_id = report.header.id.str();
  source.currency = report.header.total.currency().code();
}

// The rules that rows of a source are looked at with: those named, its connection's, those built
// in.
Result<std::optional<ledger::RuleBook>> rules_for_all(const Session& session) {
  if (session.line.rules.empty() && session.line.files.empty()) return std::nullopt;
  MLC_TRY(auto rules, dry_run_rules(session.line.rules));
  return rules;
}

Result<ledger::Coverage> cover(const RowSource& source, const ledger::RuleBook& rules,
                               LookedAt& looked_at) {
  std::optional<ledger::Classifier> classifier(rules);
  const auto begin = [&] { classifier.emplace(rules); };
  const auto take = [&](const auto& row, const auto& amount) -> Status {
    MLC_TRY_STATUS(classifier->add(row, amount).map([](ledger::ClassNumber) {}));
    return {};
  };
  MLC_TRY(const auto report, read_rows(source, begin, take));
  note(report, looked_at);
  return ledger::cover(classifier->totals(), rules, report.header.total.currency());
}

Status add(const CoverageAnswer::One& one, CoverageAnswer& answer) {
  if (!one.coverage) return {};
  const auto [total, is_new] = answer.totals.emplace(one.source.currency, *one.coverage);
  if (!is_new) {
    MLC_TRY(total->second, ledger::together(total->second, *one.coverage));
  }
  return {};
}

struct Replayed {
  ledger::Replay replay;
  LookedAt source;
};

Result<Replayed> replay_one(const RowSource& source, const ledger::RuleBook& first,
                            const ledger::RuleBook& second) {
  std::optional<ledger::TwofoldClassifier> classifier(std::in_place, first, second);
  const auto begin = [&] { classifier.emplace(first, second); };
  const auto take = [&](const auto& row, const auto& amount) {
    return classifier->add(row, amount);
  };
  MLC_TRY(const auto report, read_rows(source, begin, take));
  Replayed out;
  note(report, out.source);
  MLC_TRY(out.replay, ledger::replay(*classifier, report.header,
                                     source.local_date(report.header.end), first, second));
  return out;
}

template <class One>
ExitCode code_of(const std::vector<One>& sources) {
  ExitCode code = ExitCode::kOk;
  for (const One& one : sources) {
    if (one.source.error) code = worse(code, one.source.error->exit_code());
  }
  return code;
}

}  // namespace

Result<ExitCode> run_rules_check(const Session& session) {
  std::vector<std::vector<std::filesystem::path>> sets;
  if (session.line.files.empty()) {
    MLC_TRY(sets, rule_files_of_connections(session));
  } else {
    sets.emplace_back(session.line.files.begin(), session.line.files.end());
  }
  CheckAnswer answer;
  for (const auto& files : sets) answer.checks.push_back(configuration::check_rule_files(files));
  if (!session.line.connection.empty()) {
    MLC_TRY_STATUS(ask_masters(session, sets.front(), answer));
  }
  session.say(answer);
  return worst_of(answer);
}

Result<ExitCode> run_rules_coverage(const Session& session) {
  MLC_TRY(const auto rules, rules_for_all(session));
  MLC_TRY(const auto rows, row_sources(session));
  CoverageAnswer answer;
  {
    ProgressLine progress(session.around);
    for (const RowSource& source : rows.sources) {
      progress.show("reading " + source.name);
      CoverageAnswer::One one{{source.name, {}, {}, {}}, {}};
      const auto covered = cover(source, rules ? *rules : *source.rules, one.source);
      if (covered) {
        one.coverage = *covered;
      } else {
        one.source.error = covered.error();
      }
      MLC_TRY_STATUS(add(one, answer));
      answer.sources.push_back(std::move(one));
    }
  }
  session.say(answer);
  ExitCode code = code_of(answer.sources);
  for (const auto& [currency, total] : answer.totals) {
    for (const auto& one : total.classes) {
      if (one.mapping == ledger::Mapping::kMissing) code = worse(code, ExitCode::kAttention);
    }
  }
  return code;
}

Result<ExitCode> run_rules_diff(const Session& session) {
  MLC_TRY(const auto first, named_rules(session, session.line.first_rules));
  MLC_TRY(const auto second, named_rules(session, session.line.second_rules));
  MLC_TRY(const auto rows, row_sources(session));
  DiffAnswer answer{ledger::differences(first, second), {}};
  {
    ProgressLine progress(session.around);
    for (const RowSource& source : rows.sources) {
      progress.show("reading " + source.name);
      DiffAnswer::One one{{source.name, {}, {}, {}}, {}};
      auto replayed = replay_one(source, first, second);
      if (replayed) {
        one = {std::move(replayed->source), std::move(replayed->replay.moved)};
        one.source.name = source.name;
      } else {
        one.source.error = replayed.error();
      }
      answer.sources.push_back(std::move(one));
    }
  }
  session.say(answer);
  return code_of(answer.sources);
}

Result<ExitCode> run_rules_replay(const Session& session) {
  MLC_TRY(const auto first, named_rules(session, session.line.first_rules));
  MLC_TRY(const auto second, named_rules(session, session.line.second_rules));
  MLC_TRY(const auto rows, row_sources(session));
  ReplayAnswer answer;
  {
    ProgressLine progress(session.around);
    for (const RowSource& source : rows.sources) {
      progress.show("reading " + source.name);
      ReplayAnswer::One one{{source.name, {}, {}, {}}, 0, {}, {}};
      auto replayed = replay_one(source, first, second);
      if (replayed) {
        one.source = replayed->source;
        one.source.name = source.name;
        for (const auto& moved : replayed->replay.moved) one.moved_rows += moved.rows;
        one.first_held = replayed->replay.first_held;
        one.second_held = replayed->replay.second_held;
        auto& places = answer.places[one.source.currency];
        MLC_TRY_STATUS(ledger::add_places(places, replayed->replay.places));
      } else {
        one.source.error = replayed.error();
      }
      answer.sources.push_back(std::move(one));
    }
  }
  session.say(answer);
  ExitCode code = code_of(answer.sources);
  for (const auto& one : answer.sources) {
    if (one.second_held) code = worse(code, ExitCode::kAttention);
  }
  return code;
}

}  // namespace mlc::cli
