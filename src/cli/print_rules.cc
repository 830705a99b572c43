// rules check, coverage, diff, replay.
#include "cli/print.h"
#include "cli/rules_answers.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

std::string heading(const LookedAt& source) {
  std::string out = harmless(source.name);
  if (source.error) return out + " cannot be looked at.\n" + source.error->explain() + "\n";
  if (source.name != source.settlement_id) out += ": settlement " + harmless(source.settlement_id);
  return out + ", " + source.currency + "\n";
}

std::string problem_text(const Error& problem) {
  std::string out(problem.fact("file"));
  if (!problem.fact("line").empty()) {
    out += ":" + std::string(problem.fact("line")) + ":" + std::string(problem.fact("column"));
  }
  out += (out.empty() ? "" : ": ") + std::string(problem.id()) + ": " + problem.text() +
         "\n  do next: " + problem.cure();
  return out;
}

std::string file_text(const configuration::CheckedRuleFile& file) {
  if (!file.valid_from) return file.file + ": not read";
  return file.file + ": " + file.name + ", version " + file.version + ", valid from " +
         format_date(*file.valid_from) + ", " + counted(file.rules, "rule");
}

std::string asked_text(const operations::TargetCheck& asked) {
  return "SAP " + asked.sap.system_id + "/" + asked.sap.client + " was asked about " +
         counted(asked.accounts, "account") + " and " + counted(asked.cost_centers, "cost centre") +
         ", as of " + format_date(asked.day) + "\n";
}

std::string share_line(const ledger::Coverage& coverage, const std::string& currency) {
  const auto minor = [](const ledger::Money& money) {
    return static_cast<std::uint64_t>(money.minor());
  };
  return std::to_string(coverage.mapped_rows) + " of " + counted(coverage.rows, "row") + " (" +
         ledger::share_text(ledger::share_of(coverage.mapped_rows, coverage.rows)) + "), " +
         coverage.mapped_size.decimal() + " of " + coverage.size.decimal() + " " + currency + " (" +
         ledger::share_text(ledger::share_of(minor(coverage.mapped_size), minor(coverage.size))) +
         ")\n";
}

std::string classes_text(const ledger::Coverage& coverage) {
  Table table({{"type"},
               {"amount type"},
               {"description"},
               {"marketplace"},
               {"fulfilment"},
               {"rows", true},
               {"amount", true},
               {"share", true},
               {"rule"},
               {"category"},
               {"account"}});
  for (const auto& one : coverage.classes) {
    const auto& row = one.row_class;
    const auto share = ledger::share_of(static_cast<std::uint64_t>(one.size.minor()),
                                        static_cast<std::uint64_t>(coverage.size.minor()));
    table.add({row.transaction_type, row.amount_type, row.amount_description, row.marketplace,
               row.fulfillment, std::to_string(one.rows), one.sum.decimal(),
               ledger::share_text(share), one.rule.empty() ? "(no rule)" : one.rule, one.category,
               one.account});
  }
  return table.text(2);
}

std::string values_text(const std::vector<ledger::ValueChange>& values) {
  const auto shown = [](const std::string& text) { return text.empty() ? "(none)" : text; };
  std::string out;
  for (const auto& one : values) {
    out += (out.empty() ? "" : "; ") + one.name + " " + shown(one.from) + " -> " + shown(one.to);
  }
  return out;
}

// What a rule that is only on one side says, without arrows.
std::string said_text(const ledger::RuleChange& change) {
  std::string out;
  for (const auto& one : change.values) {
    const bool added = change.kind == ledger::RuleChange::Kind::kAdded;
    const std::string& value = added ? one.to : one.from;
    if (!value.empty()) out += (out.empty() ? "" : "; ") + one.name + " " + value;
  }
  return out;
}

std::string change_text(const ledger::RuleChange& change) {
  using Kind = ledger::RuleChange::Kind;
  if (change.kind == Kind::kAdded || change.kind == Kind::kRemoved) return said_text(change);
  std::string out;
  if (change.kind == Kind::kMatch) {
    out = "matches " + change.other_match;
    if (change.rank != ledger::RuleChange::Rank::kSame) {
      out += ", ranks " + std::string(to_word(change.rank));
    }
  }
  const std::string values = values_text(change.values);
  return out + (out.empty() || values.empty() ? "" : "; ") + values;
}

std::string version_text(const ledger::VersionDifference& version) {
  const auto name = [](const std::string& text) { return text.empty() ? "(no version)" : text; };
  std::string out = name(version.version) + " -> " + name(version.other_version) + ": " +
                    counted(version.same, "rule") + (version.same == 1 ? " says" : " say") +
                    " the same\n";
  for (const auto& one : version.head) out += "  " + harmless(values_text({one})) + "\n";
  Table table({{"change"}, {"rule"}, {"matches"}, {"says"}});
  for (const auto& one : version.rules) {
    const bool renamed = !one.other_id.empty() && one.other_id != one.id;
    table.add({std::string(to_word(one.kind)), renamed ? one.id + " -> " + one.other_id : one.id,
               one.match, change_text(one)});
  }
  return out + (table.empty() ? "" : table.text(2));
}

std::string moved_text(const std::vector<ledger::MovedClass>& moved) {
  if (moved.empty()) return "  every row goes where it went\n";
  Table table({{"type"},
               {"amount type"},
               {"description"},
               {"marketplace"},
               {"rows", true},
               {"amount", true},
               {"rule"},
               {"becomes"}});
  const auto name = [](const std::string& rule) { return rule.empty() ? "(no rule)" : rule; };
  for (const auto& one : moved) {
    const auto& row = one.row_class;
    const bool same = one.rule == one.other_rule;
    table.add({row.transaction_type, row.amount_type, row.amount_description, row.marketplace,
               std::to_string(one.rows), one.sum.decimal(),
               same ? name(one.rule) : name(one.rule) + " -> " + name(one.other_rule),
               values_text(one.values)});
  }
  return table.text(2);
}

std::string place_text(const ledger::Place& place) {
  using Kind = ledger::Place::Kind;
  switch (place.kind) {
    case Kind::kMissing: return "(no rule)";
    case Kind::kNetted: return "(nets to zero) " + place.account;
    case Kind::kExcluded: return "(excluded) " + place.account;
    case Kind::kPosted: break;
  }
  if (place.line_kind == ledger::LineKind::kGl) return place.account;
  return (place.line_kind == ledger::LineKind::kVendor ? "vendor " : "customer ") + place.account;
}

// Differences only; the last row adds up all places, so that it shows that nothing is left out.
Result<std::string> places_text(const std::vector<ledger::PlaceAmounts>& places,
                                const std::string& currency) {
  Table table({{"account"},
               {"cost centre"},
               {"period"},
               {"A", true},
               {"B", true},
               {"difference " + currency, true}});
  MLC_TRY(const auto zero, ledger::Currency::from_code(currency).map(&ledger::Money::zero));
  ledger::PlaceAmounts total{{}, {}, zero, zero, zero};
  std::size_t same = 0;
  for (const auto& one : places) {
    MLC_TRY(total.first, total.first.plus(one.first));
    MLC_TRY(total.second, total.second.plus(one.second));
    MLC_TRY(total.difference, total.difference.plus(one.difference));
    if (one.difference.is_zero()) {
      ++same;
      continue;
    }
    table.add({place_text(one.place), one.place.cost_center, one.period, one.first.decimal(),
               one.second.decimal(), one.difference.decimal()});
  }
  const std::string rest =
      std::to_string(same) + " of " + counted(places.size(), "amount") + " stay the same\n";
  table.add(
      {"all", "", "", total.first.decimal(), total.second.decimal(), total.difference.decimal()});
  return table.text(2) + "  " + rest;
}

std::string held_text(const char* rules, const std::optional<Error>& held) {
  if (!held) return "";
  return std::string("  held under ") + rules + ": " + std::string(held->id()) + ": " +
         harmless(held->text()) + "\n";
}

}  // namespace

std::string text_of(const CheckAnswer& answer) {
  std::string out;
  std::size_t problems = 0;
  for (const auto& check : answer.checks) {
    for (const auto& file : check.files) out += harmless(file_text(file)) + "\n";
    for (const Error& problem : check.problems) out += problem_text(problem) + "\n";
    problems += check.problems.size();
  }
  if (answer.targets) {
    for (const Error& problem : answer.targets->problems) out += problem_text(problem) + "\n";
    problems += answer.targets->problems.size();
    out += asked_text(*answer.targets);
  } else if (!answer.connection.empty()) {
    out += "SAP was not asked: first the rules must be right by themselves.\n";
  }
  return out + (problems == 0 ? "No problem.\n" : counted(problems, "problem") + ".\n");
}

std::string text_of(const CoverageAnswer& answer) {
  std::string out;
  for (const auto& one : answer.sources) {
    out += heading(one.source);
    if (!one.coverage) continue;
    out += "  a rule maps " + share_line(*one.coverage, one.source.currency);
    out += classes_text(*one.coverage);
  }
  for (const auto& [currency, total] : answer.totals) {
    out += "all " + currency + ": a rule maps " + share_line(total, currency);
  }
  return out;
}

std::string text_of(const DiffAnswer& answer) {
  std::string out;
  for (const auto& one : answer.versions) out += version_text(one);
  for (const auto& one : answer.sources) {
    out += heading(one.source);
    if (!one.source.error) out += moved_text(one.moved);
  }
  return out;
}

std::string text_of(const ReplayAnswer& answer) {
  std::string out;
  for (const auto& one : answer.sources) {
    out += heading(one.source);
    if (one.source.error) continue;
    out += "  " + counted(one.moved_rows, "row") + (one.moved_rows == 1 ? " posts" : " post") +
           " differently\n";
    out += held_text("A", one.first_held) + held_text("B", one.second_held);
  }
  for (const auto& [currency, places] : answer.places) {
    const auto text = places_text(places, currency);
    out += "\n" + (text ? *text : text.error().explain() + "\n");
  }
  return out;
}

}  // namespace mlc::cli
