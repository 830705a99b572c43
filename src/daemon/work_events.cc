#include "daemon/work_events.h"

#include <algorithm>

#include "daemon/events.h"

namespace mlc::daemon {
namespace {

// The first fact of a name counts: a line of JSON has each name once.
void add(std::vector<Fact>& facts, const std::vector<Fact>& more) {
  for (const Fact& fact : more) {
    const bool known = std::ranges::find(facts, fact.name, &Fact::name) != facts.end();
    if (!known) facts.push_back(fact);
  }
}

}  // namespace

flow::Told told_as_events(runtime::EventLog& log) {
  return [&log](const ports::WorkRecord& before, const flow::Decision& decision,
                const ports::AuditEntry& entry) {
    std::vector<Fact> facts{{"kind", before.kind},
                            {"subject", before.subject},
                            {"actor", entry.actor},
                            {"from", before.state},
                            {"to", decision.next}};
    const auto& error = decision.refusal ? decision.refusal : decision.error;
    if (error) add(facts, runtime::facts_of(*error));
    if (decision.due != ports::kNever) add(facts, {{"due", format_instant(decision.due)}});
    add(facts, entry.facts);
    if (decision.refusal) {
      log.write(kWorkRefused, facts);
    } else {
      log.write(decision.error ? kWorkWaits : kWorkMoved, facts);
    }
  };
}

}  // namespace mlc::daemon
