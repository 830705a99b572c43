#include <array>
#include <sstream>

#include "operations/import_file.h"
#include "operations/verbs.h"
#include "tests/scenarios/settlement_text.h"
#include "tests/scenarios/steps.h"

namespace mlc::scenarios {
namespace {

void import(Play& play, const SettlementWords& words, const Step& step,
            const std::string& connection) {
  std::istringstream content(settlement_text(words, step.table));
  const auto imported =
      operations::import_file(play.world->hub(), connection, words.id + ".tsv", content, {});
  if (!imported) fail(imported.error().explain());
}

void arrives(Play& play, const Words& said, const Step& step) {
  import(play, {said[0], said[1], said[2], said[3], said[4]}, step, "us");
}

// Amazon's periods of two account types lie seconds apart.
void arrives_later(Play& play, const Words& said, const Step& step) {
  import(play, {said[0], said[1], said[2], said[3], said[4], std::stoi(said[5])}, step, "us");
}

void arrives_for(Play& play, const Words& said, const Step& step) {
  import(play, {said[0], said[1], said[2], said[3], said[4]}, step, said[5]);
}

void night(Play& play, const Words&, const Step&) { play.world->pass_night(); }

void works(Play& play, const Words&, const Step&) { play.world->work(); }

void minutes(Play& play, const Words& said, const Step&) {
  play.world->pass(std::chrono::minutes(std::stoi(said[0])));
}

void hours(Play& play, const Words& said, const Step&) {
  play.world->pass(std::chrono::hours(std::stoi(said[0])));
}

// What an operator types, word by word, as the command line would hand it on.
Status run_command(const operations::Hub& hub, const Words& typed) {
  const auto word = [&typed](std::size_t at) { return at < typed.size() ? typed[at] : ""; };
  const auto done = [](const auto& asked) -> Status {
    if (!asked) return failure(asked.error());
    return {};
  };
  const std::string verb = word(0);
  if (verb == "approve") return done(operations::approve(hub, word(1), word(2)));
  if (verb == "retry") return done(operations::retry(hub, word(1)));
  if (verb == "reverse") return done(operations::reverse(hub, word(1), "01"));
  if (verb == "post") {
    return done(operations::post(hub, word(1), word(2) == "--revision" ? word(3) : ""));
  }
  if (verb == "resolve" && word(1) == "--lift-stop") {
    return done(operations::lift_stop(hub, word(2)));
  }
  if (verb == "resolve") return done(operations::resolve(hub, word(1), word(2)));
  fail("no such command: " + verb);
}

Words words_of(Play& play, const std::string& command) {
  std::istringstream in(command);
  Words out;
  for (std::string word; in >> word;) out.push_back(work_named(play, word));
  return out;
}

void types(Play& play, const Words& said, const Step&) {
  const auto done = run_command(play.world->hub(), words_of(play, said[0]));
  if (!done) fail(done.error().explain());
  play.world->work();
}

// Refused at once, or by the engine when it carries the request out.
std::string refusal_of(Play& play, const Words& typed) {
  const auto done = run_command(play.world->hub(), typed);
  if (!done) return std::string(done.error().id());
  play.world->work();
  const auto named = operations::find_named(play.world->hub(), typed.at(1));
  if (!named) fail(named.error().explain());
  return named->work.refusal ? named->work.refusal->id : "";
}

void types_in_vain(Play& play, const Words& said, const Step&) {
  const std::string found = refusal_of(play, words_of(play, said[0]));
  if (found.empty()) fail("`" + said[0] + "` was not refused");
  if (found != said[1]) fail("refused because of " + found);
}

// The works of a settlement's files in the order in which they came; with a state, only those in
// it.
std::vector<std::string> files_of(Play& play, const std::string& settlement,
                                  const std::string& state) {
  const auto transaction = play.world->store().begin();
  if (!transaction) fail(transaction.error().explain());
  const auto records = (*transaction)->list_settlements(play.world->connection().tenant);
  if (!records) fail(records.error().explain());
  std::vector<std::string> out;
  for (const auto& record : *records) {
    const auto work = (*transaction)->work(record.tenant, record.work);
    if (!record.header || record.header->id.str() != settlement || !work) continue;
    if (state.empty() || work->state == state) out.push_back(record.work.str());
  }
  return out;
}

// The file of a settlement that waits for a decision; it is named by its work.
std::string reissue_of(Play& play, const std::string& settlement) {
  const auto files = files_of(play, settlement, "reissued");
  if (files.empty()) fail("settlement " + settlement + " was not sent again");
  return files.front();
}

void decides(Play& play, const Words& said, const Step&) {
  const auto done = run_command(play.world->hub(), {"resolve", reissue_of(play, said[1]), said[0]});
  if (!done) fail(done.error().explain());
  play.world->work();
}

void decides_in_vain(Play& play, const Words& said, const Step&) {
  const std::string found = refusal_of(play, {"resolve", reissue_of(play, said[1]), said[0]});
  if (found != said[2]) fail("refused because of '" + found + "'");
}

void freezes(Play& play, const Words& said, const Step&) {
  play.world->freeze_before_commit(std::chrono::hours(std::stoi(said[0])));
}

void rules_become(Play& play, const Words& said, const Step& step) {
  play.world->use_rules(said[0], rules_of(step.table));
}

void takes_at_most(Play& play, const Words& said, const Step&) {
  play.world->use_item_limit(std::stoi(said[0]));
}

void opening_becomes(Play& play, const Words& said, const Step&) {
  play.world->use_opening(opening_of(said));
  play.world->work();
}

void backs_up(Play& play, const Words&, const Step&) { play.world->back_up_hub(); }

void restores(Play& play, const Words&, const Step&) { play.world->restore_hub(); }

constexpr std::array kSentences{
    Sentence{"When", "settlement {} of {} to {} over {} {} arrives", &arrives},
    Sentence{"When", "settlement {} of {} to {} over {} {} arrives, its period {} seconds later",
             &arrives_later},
    Sentence{"When", "settlement {} of {} to {} over {} {} arrives for connection {}",
             &arrives_for},
    Sentence{"When", "the night runs", &night},
    Sentence{"When", "the hub works", &works},
    Sentence{"When", "the hub freezes for {} hours before its next commit, and another takes over",
             &freezes},
    Sentence{"When", "the rules become version {}", &rules_become},
    Sentence{"When", "a document takes at most {} items from now on", &takes_at_most},
    Sentence{"When", "the opening becomes receivable {} and reserve {} {}", &opening_becomes},
    Sentence{"When", "the hub is backed up", &backs_up},
    Sentence{"When", "the hub is restored from that backup", &restores},
    Sentence{"When", "{} minutes pass", &minutes},
    Sentence{"When", "{} hours pass", &hours},
    Sentence{"When", "the operator types {}", &types},
    Sentence{"When", "the operator decides {} for the file of settlement {} that came again",
             &decides},
    Sentence{"When",
             "the operator decides {} for the file of settlement {} that came again and is refused "
             "because {}",
             &decides_in_vain},
    Sentence{"When", "the operator types {} and is refused because {}", &types_in_vain},
};

}  // namespace

std::string work_named(Play& play, const std::string& name) {
  constexpr std::string_view kFile = "file-";
  constexpr std::string_view kOf = "-of-";
  const auto of = name.find(kOf);
  if (!name.starts_with(kFile) || of == std::string::npos) return name;
  const auto files = files_of(play, name.substr(of + kOf.size()), "");
  const auto number =
      static_cast<std::size_t>(std::stoi(name.substr(kFile.size(), of - kFile.size())));
  if (number < 1 || number > files.size()) fail("there is no " + name);
  return files[number - 1];
}

std::span<const Sentence> hub_sentences() { return kSentences; }

}  // namespace mlc::scenarios
