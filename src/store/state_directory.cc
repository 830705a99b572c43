#include "store/state_directory.h"

#include <algorithm>
#include <unistd.h>

#include "database/catalog.h"
#include "database/errors.h"
#include "database/migrations.h"
#include "store/errors.h"
#include "store/migrations.h"

namespace mlc::store {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> no_state_directory(const fs::path& directory, std::string found) {
  return failure(kNotAStateDirectory,
                 {{"directory", directory.string()}, {"found", std::move(found)}});
}

// Whether anything but a lock lies in the folder.
bool is_unused(const fs::path& directory) {
  std::error_code error;
  fs::directory_iterator entry(directory, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (entry->path().filename() != "lock") return false;
  }
  return !error;
}

// A file of no bytes is what an accident leaves; sqlite would take it for a new database.
bool has_content(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  return error ? path_exists(file) : size > 0;
}

// A store may begin here: nothing says that there was one before.
Status check_beginning(const StateDirectorySettings& settings) {
  const fs::path& directory = settings.directory;
  const auto lost = [&](std::string found) {
    if (path_exists(directory / kDatabaseFile)) found += " and a hub.sqlite of no bytes";
    return failure(kDatabaseMissing,
                   {{"directory", directory.string()}, {"found", std::move(found)}});
  };
  if (path_exists(directory / kSigningKeyFile)) return lost(std::string(kSigningKeyFile));
  if (!is_empty_folder(directory / kEvidenceFolder / "objects")) return lost("evidence");
  if (!settings.create) return no_state_directory(directory, "it holds no hub.sqlite");
  if (path_exists(directory / kConfigurationFile) || is_unused(directory)) return {};
  return no_state_directory(directory, "it is not empty and holds no ml-connector.toml");
}

Status check_directory(const StateDirectorySettings& settings) {
  std::error_code error;
  if (fs::is_directory(settings.directory, error)) return {};
  const bool missing = !error || error == std::errc::no_such_file_or_directory ||
                       error == std::errc::not_a_directory;
  if (!missing) return no_state_directory(settings.directory, error.message());
  if (path_exists(settings.directory)) {
    return no_state_directory(settings.directory, "it is a file");
  }
  if (!settings.create) return no_state_directory(settings.directory, "it does not exist");
  return make_folder(settings.directory);
}

enum class Content { kNothing, kOurs, kForeign };

Result<Content> content_of(database::Database& database) {
  auto transaction = database.read();
  if (!transaction) return failure(store_error(std::move(transaction).error()));
  auto names = database::table_names(*transaction);
  if (!names) return failure(store_error(std::move(names).error()));
  if (names->empty()) return Content::kNothing;
  const bool ours = std::ranges::find(*names, "migration") != names->end();
  return ours ? Content::kOurs : Content::kForeign;
}

Status check_ours(database::Database& database, const fs::path& directory) {
  MLC_TRY(const Content content, content_of(database));
  if (content != Content::kForeign) return {};
  const std::string name =
      database.dialect() == database::Dialect::kSqlite ? "hub.sqlite" : database.name();
  return no_state_directory(directory, name + " is the database of another program");
}

// As check_beginning, where the records are in a database that somebody else may have emptied.
Status check_beginning_on_server(const StateDirectorySettings& settings,
                                 database::Database& database) {
  MLC_TRY(const Content content, content_of(database));
  if (content != Content::kNothing) return {};
  const auto lost = [&](std::string_view found) {
    return failure(kDatabaseEmpty, {{"directory", settings.directory.string()},
                                    {"found", std::string(found)},
                                    {"database", database.name()}});
  };
  if (path_exists(settings.directory / kSigningKeyFile)) return lost(kSigningKeyFile);
  if (!is_empty_folder(evidence_of(settings.directory, settings.place) / "objects"))
    return lost("evidence");
  if (settings.create) return {};
  return no_state_directory(settings.directory, "its database is empty");
}

Result<SigningKey> open_key(const StateDirectorySettings& settings, database::Database& database) {
  auto transaction = database.begin();
  if (!transaction) return failure(store_error(std::move(transaction).error()));
  SqlSession session(std::move(*transaction));
  MLC_TRY(auto key, open_signing_key(settings.directory, session, settings.chance, settings.now));
  MLC_TRY_STATUS(session.commit());
  return key;
}

// Everything that opening writes: the lock, the database, and files beside both.
bool can_write(const fs::path& directory) {
  for (const fs::path& path : {directory, directory / "lock", directory / kDatabaseFile}) {
    if (path_exists(path) && ::access(path.c_str(), W_OK) != 0) return false;
  }
  return true;
}

database::Settings database_settings(const StateDirectorySettings& settings, bool read_only) {
  database::Settings out;
  out.file = settings.directory / kDatabaseFile;
  out.create = !read_only && !has_content(out.file);
  out.busy_timeout = settings.busy_timeout;
  out.read_only = read_only;
  out.server = settings.place.server;
  return out;
}

Result<SigningKey> look_up_key(const fs::path& directory, database::Database& database) {
  auto transaction = database.read();
  if (!transaction) return failure(store_error(std::move(transaction).error()));
  SqlSession session(std::move(*transaction));
  return public_key_of(directory, session);
}

Error newer_version(const fs::path& directory, const Error& cause) {
  return Error(kNewerVersion, {{"directory", directory.string()},
                               {"found", std::string(cause.fact("found"))},
                               {"expected", std::to_string(migrations().size())}})
      .caused_by(cause);
}

}  // namespace

Result<bool> holds_store(database::Database& database) {
  MLC_TRY(const Content content, content_of(database));
  return content == Content::kOurs;
}

Result<std::unique_ptr<database::Database>> open_hub_database(
    const database::Settings& settings, const fs::path& directory, Instant now,
    const std::function<Status(database::Database&)>& check) {
  auto opened = database::Database::open(settings);
  if (!opened) return failure(store_error(std::move(opened).error()));
  MLC_TRY_STATUS(check_ours(**opened, directory));
  if (check) MLC_TRY_STATUS(check(**opened));
  const Status prepared = prepare(**opened, now);
  if (!prepared && prepared.error().is(database::kNewerVersion)) {
    return failure(newer_version(directory, prepared.error()));
  }
  if (!prepared) return failure(prepared.error());
  return std::move(*opened);
}

fs::path evidence_of(const fs::path& directory, const StorePlace& place) {
  return place.evidence.empty() ? directory / kEvidenceFolder : place.evidence;
}

Result<std::unique_ptr<StateDirectory>> StateDirectory::open(
    const StateDirectorySettings& settings) {
  MLC_TRY_STATUS(check_directory(settings));
  const fs::path& directory = settings.directory;
  const bool begun = settings.place.server || has_content(directory / kDatabaseFile);
  if (begun && settings.look && !can_write(directory)) return open_to_look(settings);
  if (!begun && !path_exists(directory / kRestoringFolder)) {
    MLC_TRY_STATUS(check_beginning(settings));
  }
  return open_to_work(settings);
}

Result<std::unique_ptr<StateDirectory>> StateDirectory::open_to_work(
    const StateDirectorySettings& settings) {
  const fs::path& directory = settings.directory;
  MLC_TRY(auto lock, DirectoryLock::take(directory, DirectoryLock::Mode::kShared));
  if (path_exists(directory / kRestoringFolder)) {
    return failure(kRestoreUnfinished, {{"directory", directory.string()}});
  }
  MLC_TRY(auto database, open_hub_database(database_settings(settings, false), directory,
                                           settings.now, [&](database::Database& opened) -> Status {
                                             if (!settings.place.server) return {};
                                             return check_beginning_on_server(settings, opened);
                                           }));
  MLC_TRY(auto key, open_key(settings, *database));
  MLC_TRY(auto store, SqlStore::open(*database));
  return std::unique_ptr<StateDirectory>(new StateDirectory(
      settings, std::move(lock), std::move(database), std::move(key), std::move(store)));
}

Result<std::unique_ptr<StateDirectory>> StateDirectory::open_to_look(
    const StateDirectorySettings& settings) {
  const fs::path& directory = settings.directory;
  if (path_exists(directory / kRestoringFolder)) {
    return failure(kRestoreUnfinished, {{"directory", directory.string()}});
  }
  auto opened = database::Database::open(database_settings(settings, true));
  if (!opened) return failure(store_error(std::move(opened).error()));
  MLC_TRY(const Content content, content_of(**opened));
  if (content != Content::kOurs) return no_state_directory(directory, "its database is not ours");
  const Status version = database::check_migrated(**opened, migrations());
  if (!version && version.error().is(database::kNewerVersion)) {
    return failure(newer_version(directory, version.error()));
  }
  if (!version) return failure(store_error(version.error()));
  MLC_TRY(auto key, look_up_key(directory, **opened));
  MLC_TRY(auto store, SqlStore::open(**opened));
  return std::unique_ptr<StateDirectory>(new StateDirectory(
      settings, std::nullopt, std::move(*opened), std::move(key), std::move(store)));
}

std::string StateDirectory::log_name() const { return log_name_of(key_.public_key); }

}  // namespace mlc::store
