// What the answers in JSON (docs/formats/json.md) have in common. For the .cc files that make them:
// they include nlohmann/json.hpp themselves. All are pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "ports/store.h"

namespace mlc::cli {

using Json = nlohmann::ordered_json;

// Indented, with a line end; what is no UTF-8 is replaced.
[[nodiscard]] std::string dump(const Json& json);

// null for an empty text, for no instant (else ISO 8601 in UTC) and for no error.
[[nodiscard]] Json text_or_null(const std::string& text);
[[nodiscard]] Json instant_or_null(const std::optional<Instant>& instant);
[[nodiscard]] Json error_or_null(const std::optional<Error>& error);
[[nodiscard]] Json error_or_null(const std::optional<ports::StoredError>& error);

// An object of names and values.
[[nodiscard]] Json facts_json(const std::vector<Fact>& facts);
// {id, text, cure, written, facts}
[[nodiscard]] Json error_json(const Error& error);
[[nodiscard]] Json stored_error_json(const ports::StoredError& error);

// An array of what `make` gives for each. (`Made` is Json: a name that waits for its definition.)
template <class Items, class Make, class Made = Json>
[[nodiscard]] Made list_json(const Items& items, Make make) {
  Made out = Made::array();
  for (const auto& item : items) out.push_back(make(item));
  return out;
}

// null, or what `make` gives.
template <class Value, class Make, class Made = Json>
[[nodiscard]] Made or_null(const std::optional<Value>& value, Make make) {
  return value ? make(*value) : Made(nullptr);
}

}  // namespace mlc::cli
