#include "store/record_text.h"

#include <array>
#include <nlohmann/json.hpp>
#include <simdjson.h>

#include "store/errors.h"

namespace mlc::store {
namespace {

namespace dom = simdjson::dom;

std::string dump(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<std::string> text_of(simdjson::simdjson_result<dom::element> element) {
  std::string_view text;
  if (element.get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> text_of(dom::element element) {
  return text_of(simdjson::simdjson_result<dom::element>(dom::element(element)));
}

std::optional<Written> written_of(std::string_view word) {
  for (const Written written : {Written::kNo, Written::kPerhaps, Written::kYes}) {
    if (to_word(written) == word) return written;
  }
  return std::nullopt;
}

std::optional<std::vector<Fact>> facts_of(simdjson::simdjson_result<dom::element> element) {
  dom::array pairs;
  if (element.get_array().get(pairs) != simdjson::SUCCESS) return std::nullopt;
  std::vector<Fact> facts;
  for (const dom::element pair : pairs) {
    auto name = text_of(pair.at(0));
    auto value = text_of(pair.at(1));
    if (!name || !value) return std::nullopt;
    facts.push_back({std::move(*name), std::move(*value)});
  }
  return facts;
}

std::optional<ports::StoredError> stored_error_of(dom::element root) {
  auto id = text_of(root["id"]);
  auto text = text_of(root["text"]);
  auto cure = text_of(root["cure"]);
  auto facts = facts_of(root["facts"]);
  const auto word = text_of(root["written"]);
  const auto written = word ? written_of(*word) : std::nullopt;
  if (!id || !text || !cure || !facts || !written) return std::nullopt;
  return ports::StoredError{std::move(*id), std::move(*text), std::move(*cure), *written,
                            std::move(*facts)};
}

std::optional<ports::Request> request_of(dom::element root) {
  auto verb = text_of(root["verb"]);
  auto argument = text_of(root["argument"]);
  auto actor = text_of(root["actor"]);
  const auto moment = text_of(root["at"]);
  const auto at = moment ? parse_instant(*moment) : std::nullopt;
  if (!verb || !argument || !actor || !at) return std::nullopt;
  return ports::Request{std::move(*verb), std::move(*argument), std::move(*actor), *at};
}

std::optional<std::vector<std::string>> texts_of(dom::element root) {
  dom::array items;
  if (root.get(items) != simdjson::SUCCESS) return std::nullopt;
  std::vector<std::string> texts;
  for (const dom::element item : items) {
    auto text = text_of(item);
    if (!text) return std::nullopt;
    texts.push_back(std::move(*text));
  }
  return texts;
}

// Parses and converts; the parser outlives the conversion, which copies all it needs.
template <class T, class Convert>
Result<T> read_json(const std::string& text, std::string_view place, std::string_view expected,
                    Convert convert) {
  dom::parser parser;
  dom::element root;
  if (parser.parse(text).get(root) != simdjson::SUCCESS) return damaged(place, text, expected);
  std::optional<T> value = convert(root);
  if (!value) return damaged(place, text, expected);
  return std::move(*value);
}

template <class Enum, std::size_t kCount, class Word>
Result<Enum> read_word(const std::array<Enum, kCount>& all, Word word_of, std::string_view word,
                       std::string_view place, std::string_view expected) {
  for (const Enum value : all) {
    if (word_of(value) == word) return value;
  }
  return damaged(place, word, expected);
}

}  // namespace

tl::unexpected<Error> damaged(std::string_view place, std::string_view found,
                              std::string_view expected) {
  return failure(kDamagedRecord, {{"place", std::string(place)},
                                  {"found", std::string(found)},
                                  {"expected", std::string(expected)}});
}

std::string write_stored_error(const ports::StoredError& error) {
  nlohmann::json facts = nlohmann::json::array();
  for (const Fact& fact : error.facts) {
    facts.push_back(nlohmann::json::array({fact.name, fact.value}));
  }
  return dump({{"id", error.id},
               {"text", error.text},
               {"cure", error.cure},
               {"written", std::string(to_word(error.written))},
               {"facts", std::move(facts)}});
}

std::string write_request(const ports::Request& request) {
  return dump({{"verb", request.verb},
               {"argument", request.argument},
               {"actor", request.actor},
               {"at", format_instant(request.at)}});
}

std::string write_texts(const std::vector<std::string>& texts) {
  return dump(nlohmann::json(texts));
}

Result<ports::StoredError> read_stored_error(const std::string& text, std::string_view place) {
  return read_json<ports::StoredError>(text, place, "an error as JSON", stored_error_of);
}

Result<ports::Request> read_request(const std::string& text, std::string_view place) {
  return read_json<ports::Request>(text, place, "a request as JSON", request_of);
}

Result<std::vector<std::string>> read_texts(const std::string& text, std::string_view place) {
  return read_json<std::vector<std::string>>(text, place, "an array of texts as JSON", texts_of);
}

Result<ledger::Money> read_money(const std::string& amount, const std::string& currency,
                                 std::string_view place) {
  const auto known = ledger::Currency::from_code(currency);
  if (!known) return damaged(place, currency, "an ISO 4217 currency");
  const auto money = ledger::Money::parse(amount, *known);
  if (!money) return damaged(place, amount, "an amount in " + currency);
  return *money;
}

std::string_view sign_word(ledger::Sign sign) {
  switch (sign) {
    case ledger::Sign::kNegative: return "negative";
    case ledger::Sign::kZero: return "zero";
    case ledger::Sign::kPositive: return "positive";
  }
  return "zero";
}

Result<ledger::Sign> read_sign(std::string_view word, std::string_view place) {
  constexpr std::array kAll{ledger::Sign::kNegative, ledger::Sign::kZero, ledger::Sign::kPositive};
  return read_word(kAll, sign_word, word, place, "negative, zero or positive");
}

Result<ledger::Adoption> read_adoption(std::string_view word, std::string_view place) {
  const auto found = ledger::adoption(word);
  if (!found) return damaged(place, word, "nothing, rules, totals or person");
  return *found;
}

std::string_view control_word(ports::ControlFinding finding) {
  switch (finding) {
    case ports::ControlFinding::kNotAsked: return "not_asked";
    case ports::ControlFinding::kFound: return "found";
    case ports::ControlFinding::kMissing: return "missing";
    case ports::ControlFinding::kUnreadable: return "unreadable";
  }
  return "unreadable";
}

Result<ports::ControlFinding> read_control(std::string_view word, std::string_view place) {
  using enum ports::ControlFinding;
  constexpr std::array kAll{kNotAsked, kFound, kMissing, kUnreadable};
  return read_word(kAll, control_word, word, place, "not_asked, found, missing or unreadable");
}

Result<ports::JournalStep> read_step(std::string_view word, std::string_view place) {
  using enum ports::JournalStep;
  constexpr std::array kAll{kStarted,   kLookedUp, kChecked,   kPostSent, kCommitAboutToBeSent,
                            kCommitted, kReadBack, kRolledBack};
  const auto word_of = [](ports::JournalStep step) { return ports::to_word(step); };
  return read_word(kAll, word_of, word, place, "a step of a guarded unit");
}

std::string fence_text(const ports::Fence& fence) {
  return std::to_string(fence.epoch) + "." + std::to_string(fence.counter);
}

Result<char> read_letter(std::string_view text, std::string_view place) {
  if (text.size() != 1) return damaged(place, text, "one character");
  return text.front();
}

}  // namespace mlc::store
