#include "store/audit_entry.h"

#include <nlohmann/json.hpp>
#include <simdjson.h>

namespace mlc::store {
namespace {

std::string text_at(const simdjson::dom::element& object, std::string_view key) {
  return std::string(std::string_view(object[key]));
}

ports::AuditEntry parse(std::string_view text) {
  simdjson::dom::parser parser;
  const simdjson::dom::element root = parser.parse(text.data(), text.size());
  ports::AuditEntry entry;
  entry.at = parse_instant(text_at(root, "at")).value_or(Instant{});
  entry.actor = text_at(root, "actor");
  entry.action = text_at(root, "action");
  entry.subject = text_at(root, "subject");
  for (const simdjson::dom::element fact : simdjson::dom::array(root["facts"])) {
    entry.facts.push_back(
        {std::string(std::string_view(fact.at(0))), std::string(std::string_view(fact.at(1)))});
  }
  return entry;
}

}  // namespace

std::string write_audit_entry(const ports::AuditEntry& entry) {
  nlohmann::json facts = nlohmann::json::array();
  for (const Fact& fact : entry.facts) {
    facts.push_back(nlohmann::json::array({fact.name, fact.value}));
  }
  // nlohmann sorts the names and escapes as RFC 8785 asks; there are no numbers.
  const nlohmann::json object{{"at", format_instant(entry.at)},
                              {"actor", entry.actor},
                              {"action", entry.action},
                              {"subject", entry.subject},
                              {"facts", std::move(facts)}};
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<ports::AuditEntry> read_audit_entry(std::string_view text) {
  try {
    ports::AuditEntry entry = parse(text);
    if (write_audit_entry(entry) != text) return std::nullopt;
    return entry;
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;
  }
}

}  // namespace mlc::store
