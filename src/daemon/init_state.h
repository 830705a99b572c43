// Makes a state directory from a person's answers.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "configuration/hub_configuration.h"

namespace mlc::daemon {

using InitAnswers = std::map<std::string, std::string>;

// What a connection needs to be told. Keys are those of docs/formats/configuration.md.
struct InitQuestion {
  std::string key;
  std::string words;
  // Proposed by the answers before; empty: there is none.
  std::function<std::string(const InitAnswers& before)> proposal;
  bool secret = false;   // typed unseen, or a reference "file:PATH" or "env:NAME"
  bool required = true;  // an empty answer is none
  bool asked = true;     // false: only taken when it is given
};
// In the order in which they are asked. `today` proposes dates.
[[nodiscard]] std::vector<InitQuestion> init_questions(Instant today);

// The answers as settings. Errors: those of read_configuration, which name the key.
[[nodiscard]] Result<configuration::HubConfiguration> configuration_of(const InitAnswers& answers);

struct InitState {
  InitAnswers answers;                    // each key once
  std::map<std::string, Secret> secrets;  // typed ones, by key
  Instant now;
};
// Writes commented configuration, the chosen sample rules (or a copy of the named files), typed
// secrets, and the store with its signing key into `directory`, which must not exist or be empty:
// nothing is ever overwritten, and nothing is left behind when it fails (make_whole.h). Files are
// private. Errors: those of make_whole, of read_configuration and of rule files, the store's.
[[nodiscard]] Status make_first_state(const std::filesystem::path& directory, InitState state);

}  // namespace mlc::daemon
