#include "daemon/store_place.h"

#include <cstdlib>

#include "configuration/errors.h"
#include "operations/backup.h"
#include "store/files.h"

namespace mlc::daemon {

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): set by nobody
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

Result<store::StorePlace> find_store(const std::filesystem::path& directory,
                                     const std::filesystem::path& state_directory,
                                     const configuration::Environment& environment) {
  const auto file = directory / store::kConfigurationFile;
  if (!store::path_exists(file)) return store::StorePlace{};
  const auto settings = configuration::load_store_settings(file);
  if (!settings) {
    const Error& error = settings.error();
    const bool unread = error.is(configuration::kBadToml) || error.is(configuration::kUnreadable);
    // Such a directory can still be looked at; what is wrong is told with it.
    if (unread && store::path_exists(directory / store::kDatabaseFile)) return store::StorePlace{};
    return failure(error);
  }
  store::StorePlace out;
  if (settings->url.empty()) return out;
  out.server.emplace();
  out.server->address = settings->url;
  if (settings->password.kind != configuration::SecretReference::Kind::kNone) {
    MLC_TRY(out.server->password,
            configuration::read_secret(settings->password, state_directory, environment));
  }
  if (!settings->evidence.empty()) out.evidence = state_directory / settings->evidence;
  return out;
}

Result<store::RestoreReport> restore(const RestoreOrder& order, Instant now) {
  const bool configured = store::path_exists(order.state_directory / store::kConfigurationFile);
  MLC_TRY(auto place, find_store(configured ? order.state_directory : order.backup,
                                 order.state_directory, environment_variable));
  return operations::restore(
      {order.backup, order.state_directory, order.actor, now, order.replace, std::move(place)});
}

}  // namespace mlc::daemon
