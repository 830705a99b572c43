// Going back to a backup. Everything is prepared in restoring/ of the target and then moved to its
// place; while that folder exists, no program opens the directory. A database on a server is filled
// last, in one transaction.
#include <algorithm>

#include "database/errors.h"
#include "store/backup.h"
#include "store/copy_store.h"
#include "store/errors.h"
#include "store/restored_epoch.h"

namespace mlc::store {
namespace {

namespace fs = std::filesystem;

Result<SqlSession> begin_session(database::Database& database) {
  auto transaction = database.begin();
  if (!transaction) return failure(store_error(std::move(transaction).error()));
  return SqlSession(std::move(*transaction));
}

Status check_target(const RestoreRequest& request, bool inhabited) {
  const bool unfinished = path_exists(request.target / kRestoringFolder);
  if (request.replace || unfinished || !inhabited) return {};
  return failure(kTargetInhabited, {{"directory", request.target.string()}});
}

// The database on a server into which the backup goes, ours alone until it is closed; nothing when
// the target keeps its records itself.
Result<std::unique_ptr<database::Database>> open_target(const RestoreRequest& request) {
  if (!request.place.server) return nullptr;
  database::Settings settings;
  settings.server = request.place.server;
  settings.server->alone = true;
  auto opened = open_hub_database(settings, request.target, request.now,
                                  [&](database::Database& database) -> Status {
                                    MLC_TRY(const bool inhabited, holds_store(database));
                                    return check_target(request, inhabited);
                                  });
  if (!opened && opened.error().is(database::kInUse)) {
    return failure(Error(kInUse, {{"directory", request.target.string()}})
                       .caused_by(std::move(opened).error()));
  }
  return opened;
}

// A store too damaged to be read, or newer than this program, is replaced all the same: nothing
// is known of it then, and the audit logs say so.
ReplacedStore describe(database::Database& database) {
  auto session = begin_session(database);
  if (!session) return {};
  auto described = describe_store(*session);
  return described ? std::move(*described) : ReplacedStore{};
}

ReplacedStore describe_target(const RestoreRequest& request, database::Database* server) {
  if (server != nullptr) return describe(*server);
  const fs::path file = request.target / kDatabaseFile;
  if (!path_exists(file)) return {};
  auto database = database::Database::open({file, false, std::chrono::seconds(10)});
  return database ? describe(**database) : ReplacedStore{};
}

Status copy_all(const RestoreRequest& request, const std::vector<std::string>& names,
                const fs::path& staging) {
  MLC_TRY_STATUS(make_folder(staging));
  for (const auto& name : names) {
    MLC_TRY_STATUS(make_folder((staging / name).parent_path()));
    MLC_TRY_STATUS(copy_durably(request.backup / name, staging / name));
  }
  return {};
}

// Makes the copied database today's: the schema of this program, the keys of the target, a new
// epoch. It is closed again, so that it is one file.
Result<std::uint64_t> renew_database(const RestoreRequest& request, const fs::path& staging,
                                     const ReplacedStore& replaced) {
  MLC_TRY(auto database,
          open_hub_database({staging / kDatabaseFile, false, std::chrono::seconds(10)},
                            request.backup, request.now));
  if (auto sound = database->check_integrity(); !sound) {
    return failure(store_error(std::move(sound).error()));
  }
  MLC_TRY(auto session, begin_session(*database));
  MLC_TRY(auto key, signing_key_for_restore(request.target, session));
  const AuditSigner signer{log_name_of(key.public_key), std::move(key)};
  const RestoreReason reason{request.actor, request.backup.filename().string(), request.now};
  MLC_TRY(const auto epoch, begin_restored_epoch(session, replaced, reason, signer));
  MLC_TRY_STATUS(session.commit());
  return epoch;
}

Status move_away(const fs::path& target, const std::string& name, const fs::path& replaced) {
  if (!path_exists(target / name)) return {};
  MLC_TRY_STATUS(make_folder((replaced / name).parent_path()));
  return rename_file(target / name, replaced / name);
}

// A folder of evidence that others share may lie on another file system.
Status place_evidence(const fs::path& from, const fs::path& to) {
  MLC_TRY_STATUS(make_folder(to.parent_path()));
  const fs::path partial = to.string() + ".partial";
  MLC_TRY_STATUS(remove_tree(partial));
  MLC_TRY_STATUS(copy_durably(from, partial));
  return rename_file(partial, to);
}

// Where a file of the backup goes; nothing when it goes nowhere as a file.
std::optional<std::string> place_of(const RestoreRequest& request, const std::string& name) {
  if (!request.place.server) return name;
  if (name == kDatabaseFile) return std::nullopt;
  // It says which database this is, and stays.
  const bool kept = name == kConfigurationFile && path_exists(request.target / name);
  return kept ? name + ".from-backup" : name;
}

Status put_file(const RestoreRequest& request, const fs::path& staging, const fs::path& replaced,
                const std::string& name) {
  const fs::path& target = request.target;
  if (name.starts_with(kEvidenceFolder)) {
    const auto rest = fs::path(name).lexically_relative(kEvidenceFolder);
    const fs::path to = evidence_of(target, request.place) / rest;
    if (!request.place.evidence.empty()) return place_evidence(staging / name, to);
    MLC_TRY_STATUS(make_folder(to.parent_path()));
    return rename_file(staging / name, to);
  }
  const auto place = place_of(request, name);
  if (!place) return {};
  MLC_TRY_STATUS(move_away(target, *place, replaced));
  if (name == kDatabaseFile) {
    MLC_TRY_STATUS(move_away(target, name + "-wal", replaced));
    MLC_TRY_STATUS(move_away(target, name + "-shm", replaced));
  }
  MLC_TRY_STATUS(make_folder((target / *place).parent_path()));
  return rename_file(staging / name, target / *place);
}

// The database comes last: until then the old one, or none, lies there.
Status put_in_place(const RestoreRequest& request, const fs::path& staging,
                    const fs::path& replaced, std::vector<std::string> names,
                    database::Database* server) {
  std::erase(names, std::string(kBackupNote));
  std::stable_partition(names.begin(), names.end(),
                        [](const std::string& name) { return name != kDatabaseFile; });
  for (const auto& name : names) MLC_TRY_STATUS(put_file(request, staging, replaced, name));
  if (server == nullptr) return {};
  if (auto copied = copy_from_file(staging / kDatabaseFile, *server); !copied) {
    return failure(store_error(std::move(copied).error()));
  }
  return {};
}

}  // namespace

Result<RestoreReport> restore(const RestoreRequest& request) {
  MLC_TRY(const auto names, verify_backup(request.backup));
  MLC_TRY_STATUS(make_folder(request.target));
  MLC_TRY_STATUS(check_target(request, path_exists(request.target / kDatabaseFile)));
  MLC_TRY(const auto lock, DirectoryLock::take(request.target, DirectoryLock::Mode::kAlone));
  const fs::path preparing = request.target / "restore.partial";
  MLC_TRY_STATUS(remove_tree(preparing));
  MLC_TRY(const auto server, open_target(request));
  const auto replaced_store = describe_target(request, server.get());
  RestoreReport report;
  const auto prepare_all = [&]() -> Status {
    MLC_TRY_STATUS(copy_all(request, names, preparing));
    MLC_TRY(report.epoch, renew_database(request, preparing, replaced_store));
    return {};
  };
  if (const Status prepared = prepare_all(); !prepared) {
    // The target is as it was; what went wrong first is what a person must read.
    (void)remove_tree(preparing);
    return failure(prepared.error());
  }
  // The folder around the files is the mark; an earlier one stays until its work is done again.
  const fs::path mark = request.target / kRestoringFolder;
  const fs::path staging = mark / "files";
  const fs::path replaced = request.target / ("replaced-" + std::to_string(report.epoch));
  MLC_TRY_STATUS(make_folder(mark));
  MLC_TRY_STATUS(remove_tree(staging));
  MLC_TRY_STATUS(rename_file(preparing, staging));
  MLC_TRY_STATUS(put_in_place(request, staging, replaced, names, server.get()));
  MLC_TRY_STATUS(remove_tree(mark));
  MLC_TRY_STATUS(sync_folder(request.target));
  if (path_exists(replaced)) report.replaced = replaced;
  return report;
}

}  // namespace mlc::store
