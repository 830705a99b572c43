#include "tests/scenarios/runner.h"

#include <exception>
#include <optional>

#include "tests/scenarios/steps.h"

namespace mlc::scenarios {
namespace {

// Words of a sentence; what is in quotes is one word.
Words split(const std::string& text) {
  Words out;
  bool quoted = false;
  bool begun = false;
  std::string word;
  const auto end_word = [&] {
    if (begun) out.push_back(word);
    word.clear();
    begun = false;
  };
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
      begun = true;
    } else if (c == ' ' && !quoted) {
      end_word();
    } else {
      word += c;
      begun = true;
    }
  }
  if (quoted) fail("a quotation mark is missing");
  end_word();
  return out;
}

std::optional<Words> match(std::string_view sentence, const Words& text) {
  const Words wanted = split(std::string(sentence));
  if (wanted.size() != text.size()) return std::nullopt;
  Words said;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "{}") {
      said.push_back(text[i]);
    } else if (wanted[i] != text[i]) {
      return std::nullopt;
    }
  }
  return said;
}

bool run_if_known(Play& play, const Step& step, std::span<const Sentence> sentences) {
  const Words text = split(step.text);
  for (const Sentence& sentence : sentences) {
    if (sentence.kind != step.kind) continue;
    const auto said = match(sentence.words, text);
    if (!said) continue;
    sentence.run(play, *said, step);
    return true;
  }
  return false;
}

void run_step(Play& play, const Step& step) {
  if (step.kind != "Given" && !play.world) {
    if (play.settings.now == Instant{}) fail("`Given today is ...` is needed first");
    play.world = std::make_unique<HubWorld>(play.name, play.settings);
  }
  if (step.kind == "Given" && play.world) fail("a Given below the first When");
  for (const auto sentences :
       {given_sentences(), hub_sentences(), hand_sentences(), then_sentences()}) {
    if (run_if_known(play, step, sentences)) return;
  }
  fail("no such step: `" + step.kind + " " + step.text + "`");
}

void check_books(Play& play, bool last) {
  if (!play.world) return;
  std::string complaint = complaint_about(play.world->books());
  const bool once = last || !play.settings.may_double;
  if (complaint.empty() && once) complaint = double_in(play.world->books());
  if (!complaint.empty()) fail("after this step: " + complaint);
}

}  // namespace

void play(const Scenario& scenario, const std::string& name) {
  Play play{name, {}, nullptr};
  for (const Step& step : scenario.steps) {
    const std::string place = scenario.file + ":" + std::to_string(step.line) + ": ";
    try {
      run_step(play, step);
      check_books(play, &step == &scenario.steps.back());
    } catch (const Failure& failure) {
      throw Failure{place + failure.text};
    } catch (const std::exception& failure) {
      throw Failure{place + failure.what()};
    }
  }
}

}  // namespace mlc::scenarios
