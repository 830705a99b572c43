// Where the records and the evidence of a state directory are, as its configuration says; and going
// back to a backup there.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "configuration/hub_configuration.h"
#include "store/backup.h"

namespace mlc::daemon {

// Reads the section [store] of `directory`'s ml-connector.toml, and its password, which lies in the
// state directory. A directory without that file, or with hub.sqlite and a file that is no TOML,
// keeps its records itself. Errors: configuration.bad_toml, .unknown_key, .missing_key, .bad_value,
// .inline_secret, .secret_missing.
[[nodiscard]] Result<store::StorePlace> find_store(const std::filesystem::path& directory,
                                                   const std::filesystem::path& state_directory,
                                                   const configuration::Environment& environment);

// The environment of this process.
[[nodiscard]] std::optional<std::string> environment_variable(const std::string& name);

struct RestoreOrder {
  std::filesystem::path backup;
  std::filesystem::path state_directory;
  std::string actor;
  bool replace = false;
};

// Puts a backup in the place of the state directory's store. The configuration of the directory
// says where that is; where it has none, the backup's does.
// Errors: those of find_store and of store::restore.
[[nodiscard]] Result<store::RestoreReport> restore(const RestoreOrder& order, Instant now);

}  // namespace mlc::daemon
