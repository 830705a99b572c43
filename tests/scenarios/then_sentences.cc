#include <algorithm>
#include <array>

#include "operations/exceptions.h"
#include "operations/explain.h"
#include "operations/names.h"
#include "operations/settlement_view.h"
#include "operations/stream_list.h"
#include "tests/scenarios/settlement_text.h"
#include "tests/scenarios/steps.h"

namespace mlc::scenarios {
namespace {

constexpr std::uint64_t kLinesAboveRows = 2;  // the header and the summary row

template <class T>
T must(Result<T> result) {
  if (!result) fail(result.error().explain());
  return std::move(*result);
}

operations::Named named(Play& play, const std::string& name) {
  return must(operations::find_settlement(play.world->hub(), work_named(play, name)));
}

std::string why(const ports::WorkRecord& work) {
  return work.error ? " because " + work.error->id + ": " + work.error->text : "";
}

void is_in(Play& play, const Words& said, const Step&) {
  const auto work = named(play, said[0]).work;
  if (work.state != said[1]) fail("settlement " + said[0] + " is " + work.state + why(work));
}

void is_in_because(Play& play, const Words& said, const Step& step) {
  is_in(play, said, step);
  const auto work = named(play, said[0]).work;
  if (!work.error || work.error->id != said[2]) {
    fail("settlement " + said[0] + " is " + work.state + why(work));
  }
}

void says(Play& play, const Words& said, const Step&) {
  const auto work = named(play, said[0]).work;
  const std::string text = work.error ? work.error->text : "";
  if (text.find(said[1]) == std::string::npos) fail("it says: " + text);
}

void waits(Play& play, const Words& said, const Step&) {
  const auto work = named(play, said[0]).work;
  if (work.due_at != ports::kNever) fail("it goes on by itself at " + format_instant(work.due_at));
}

void goes_on(Play& play, const Words& said, const Step&) {
  const auto work = named(play, said[0]).work;
  if (work.due_at == ports::kNever) fail("it waits for a person");
}

void came_to(Play& play, const Words& said, const Step&) {
  const auto settlement = named(play, said[0]).settlement;
  const Words found{settlement->posted, settlement->netted, settlement->excluded};
  if (found == Words{said[1], said[2], said[3]}) return;
  fail("posted " + found[0] + ", netted " + found[1] + ", excluded " + found[2]);
}

void has_number(Play& play, const Words& said, const Step&) {
  const auto explained = must(operations::explain(play.world->hub(), said[0], 0));
  if (explained.document.number != said[1]) fail("its number is " + explained.document.number);
}

void trail_says(Play& play, const Words& said, const Step&) {
  for (const auto& entry : must(operations::show(play.world->hub(), said[0])).history) {
    if (std::ranges::find(entry.facts, Fact{said[1], said[2]}) != entry.facts.end()) return;
  }
  fail("no entry says so");
}

void no_documents(Play& play, const Words&, const Step&) {
  const auto documents = documents_of(play.world->books());
  if (!documents.empty()) fail("SAP holds " + documents.front().at("reference"));
}

void documents(Play& play, const Words&, const Step& step) {
  expect_same_rows(step.table, documents_of(play.world->books()));
}

void lines(Play& play, const Words&, const Step& step) {
  expect_same_rows(step.table, posted_lines_of(play.world->books()));
}

void stands_at(Play& play, const Words& said, const Step&) {
  const std::string found = balance_of(play.world->books(), said[0]);
  if (found != said[1]) fail("account " + said[0] + " stands at " + found);
}

void open_per_assignment(Play& play, const Words& said, const Step& step) {
  expect_same_rows(step.table, open_items_of(play.world->books(), said[0]));
}

void nothing_open(Play& play, const Words& said, const Step&) {
  for (const auto& row : open_items_of(play.world->books(), said[0])) {
    fail(row.at("assignment") + " is open with " + row.at("amount"));
  }
}

std::vector<ports::StopRecord> stops(Play& play) {
  const auto transaction = must(play.world->store().begin());
  return must(transaction->stops(play.world->connection().tenant));
}

void stopped(Play& play, const Words& said, const Step&) {
  std::string found = "it is not stopped";
  for (const auto& stop : stops(play)) {
    if (stop.company_code != said[0]) continue;
    if (stop.error.id == said[1]) return;
    found = "it is stopped because " + stop.error.id;
  }
  fail(found);
}

void not_stopped(Play& play, const Words& said, const Step&) {
  for (const auto& stop : stops(play)) {
    if (stop.company_code == said[0]) fail("it is stopped because " + stop.error.id);
  }
}

Columns traced(Play& play, const std::string& settlement, std::uint64_t row) {
  const auto trace = must(
      operations::trace(play.world->hub(), work_named(play, settlement), row + kLinesAboveRows));
  Columns out{{"row", std::to_string(row)},
              {"description", cell_of(trace.row.text, "description")},
              {"amount", cell_of(trace.row.text, "amount")},
              {"where", "nowhere"},
              {"rule", ""},
              {"document", trace.document ? trace.document->key : ""},
              {"line account", trace.line ? trace.line->account : ""}};
  if (!trace.row_class) return out;
  out["where"] = operations::to_word(trace.row_class->destination);
  out["rule"] = trace.row_class->rule;
  return out;
}

void rows_went(Play& play, const Words& said, const Step& step) {
  std::vector<Columns> found;
  for (const auto& row : step.table.rows) {
    found.push_back(traced(play, said[0], std::stoull(step.table.cell(row, "row"))));
  }
  expect_same_rows(step.table, found);
}

void line_comes_from(Play& play, const Words& said, const Step& step) {
  const auto line = static_cast<std::uint32_t>(std::stoul(said[0]));
  const auto explained = must(operations::explain(play.world->hub(), said[1], line));
  std::vector<Columns> found;
  for (const auto& row : explained.rows) {
    found.push_back({{"row", std::to_string(row.line - kLinesAboveRows)},
                     {"transaction type", cell_of(row.text, "transaction type")},
                     {"description", cell_of(row.text, "description")},
                     {"amount", cell_of(row.text, "amount")}});
  }
  expect_same_rows(step.table, found);
}

void line_adds_to(Play& play, const Words& said, const Step& step) {
  const auto line = static_cast<std::uint32_t>(std::stoul(said[0]));
  const auto explained = must(operations::explain(play.world->hub(), said[1], line));
  std::vector<Columns> found;
  for (const auto& one : explained.continues) {
    found.push_back({{"document", one.document},
                     {"line", std::to_string(one.item)},
                     {"amount", one.amount},
                     {"file", one.object == explained.object ? "the same" : "the first"}});
  }
  expect_same_rows(step.table, found);
}

void other_side_is(Play& play, const Words& said, const Step&) {
  const auto line = static_cast<std::uint32_t>(std::stoul(said[0]));
  const auto side = must(operations::explain(play.world->hub(), said[1], line)).other_side;
  const std::string found = side ? "line " + std::to_string(side->item) + " of document " +
                                       side->document + " in company code " + side->company_code
                                 : "nothing";
  if (found != said[2]) fail("its other side is " + found);
}

void adopted_by(Play& play, const Words& said, const Step&) {
  const auto settlement = named(play, said[0]).settlement;
  const std::string found(ledger::to_word(settlement->adoption));
  if (found != said[1]) fail("it was adopted by '" + found + "'");
}

void not_adopted(Play& play, const Words& said, const Step& step) {
  adopted_by(play, {said[0], ""}, step);
}

void document_follows(Play& play, const Words& said, const Step& step) {
  std::vector<Columns> found;
  for (const auto& line : must(operations::explain(play.world->hub(), said[0], 0)).lines) {
    for (const auto& one : line.classes) {
      if (line.balancing) continue;
      found.push_back({{"line", std::to_string(line.line.item)},
                       {"account", line.line.account},
                       {"description", one.row_class.amount_description},
                       {"rule", one.rule},
                       {"version", one.rules_version},
                       {"why", one.why},
                       {"rule file today", std::string(operations::to_word(one.rule_today))}});
    }
  }
  expect_same_rows(step.table, found);
}

// The first words of commands, each once: "retry resolve".
std::string verbs_of(const std::vector<std::string>& commands) {
  std::string out;
  for (const auto& command : commands) {
    const std::string verb = command.substr(0, command.find(' '));
    if (out.find(verb) == std::string::npos) out += (out.empty() ? "" : " ") + verb;
  }
  return out;
}

void exceptions_are(Play& play, const Words&, const Step& step) {
  std::vector<Columns> found;
  for (const auto& row : must(operations::exceptions(play.world->hub()))) {
    std::string names;
    for (const auto& name : row.settlements) names += (names.empty() ? "" : ", ") + name;
    found.push_back({{"cause", row.cause},
                     {"error", row.error_id},
                     {"what", row.what},
                     {"rows", row.rows == 0 ? "" : std::to_string(row.rows)},
                     {"amount", row.amount},
                     {"settlements", names},
                     {"type next", row.next.empty() ? "" : row.next.front()},
                     {"offers", verbs_of(row.next)}});
  }
  expect_same_rows(step.table, found);
}

void no_exceptions(Play& play, const Words&, const Step&) {
  for (const auto& row : must(operations::exceptions(play.world->hub()))) fail(row.what);
}

void streams_are(Play& play, const Words&, const Step& step) {
  std::vector<Columns> found;
  for (const auto& stream : must(operations::list_streams(play.world->hub(), ""))) {
    for (const auto& row : stream.rows) {
      found.push_back({{"currency", stream.currency},
                       {"first", stream.rows.front().settlement_id},
                       {"settlement", row.settlement_id},
                       {"continuity", std::string(ledger::to_word(row.continuity))},
                       {"before", row.before},
                       {"held before", row.before_held},
                       {"released", row.released}});
    }
  }
  expect_same_rows(step.table, found);
}

constexpr std::array kSentences{
    Sentence{"Then", "settlement {} is {}", &is_in},
    Sentence{"Then", "settlement {} is {} because {}", &is_in_because},
    Sentence{"Then", "settlement {} says {}", &says},
    Sentence{"Then", "settlement {} waits for a person", &waits},
    Sentence{"Then", "settlement {} goes on by itself", &goes_on},
    Sentence{"Then", "settlement {} came to {} posted and {} netted and {} excluded", &came_to},
    Sentence{"Then", "document {} has SAP's number {}", &has_number},
    Sentence{"Then", "the trail of settlement {} says {} {}", &trail_says},
    Sentence{"Then", "settlement {} was adopted by {}", &adopted_by},
    Sentence{"Then", "settlement {} was not adopted", &not_adopted},
    Sentence{"Then", "document {} follows the rules", &document_follows},
    Sentence{"Then", "SAP holds no documents", &no_documents},
    Sentence{"Then", "SAP holds the documents", &documents},
    Sentence{"Then", "the posted lines are", &lines},
    Sentence{"Then", "account {} stands at {}", &stands_at},
    Sentence{"Then", "account {} is open per assignment with", &open_per_assignment},
    Sentence{"Then", "account {} is open for no assignment", &nothing_open},
    Sentence{"Then", "posting into company code {} is stopped because {}", &stopped},
    Sentence{"Then", "posting into company code {} is not stopped", &not_stopped},
    Sentence{"Then", "the rows of settlement {} went", &rows_went},
    Sentence{"Then", "line {} of document {} comes from", &line_comes_from},
    Sentence{"Then", "line {} of document {} adds to", &line_adds_to},
    Sentence{"Then", "the other side of line {} of document {} is {}", &other_side_is},
    Sentence{"Then", "the streams are", &streams_are},
    Sentence{"Then", "the exceptions are", &exceptions_are},
    Sentence{"Then", "nothing is an exception", &no_exceptions},
};

}  // namespace

std::span<const Sentence> then_sentences() { return kSentences; }

}  // namespace mlc::scenarios
