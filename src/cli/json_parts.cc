#include "cli/json_parts.h"

#include <nlohmann/json.hpp>

namespace mlc::cli {

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json instant_or_null(const std::optional<Instant>& instant) {
  return instant ? Json(format_instant(*instant)) : Json(nullptr);
}

Json error_or_null(const std::optional<Error>& error) { return or_null(error, error_json); }

Json error_or_null(const std::optional<ports::StoredError>& error) {
  return or_null(error, stored_error_json);
}

Json facts_json(const std::vector<Fact>& facts) {
  Json out = Json::object();
  for (const Fact& fact : facts) out[fact.name] = fact.value;
  return out;
}

Json error_json(const Error& error) {
  return {{"id", error.id()},
          {"text", error.text()},
          {"cure", error.cure()},
          {"written", to_word(error.written())},
          {"facts", facts_json(error.facts())}};
}

Json stored_error_json(const ports::StoredError& error) {
  return {{"id", error.id},
          {"text", error.text},
          {"cure", error.cure},
          {"written", to_word(error.written)},
          {"facts", facts_json(error.facts)}};
}

}  // namespace mlc::cli
