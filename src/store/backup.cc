#include "store/backup.h"

#include <algorithm>
#include <map>

#include "store/copy_store.h"
#include "store/errors.h"

namespace mlc::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "ml-connector backup 1\n";

using Sums = std::map<std::string, std::string>;  // relative path -> hex SHA-256

bool stays_inside(const fs::path& path) {
  return !path.empty() && path.is_relative() && path.lexically_normal() == path &&
         *path.begin() != "..";
}

bool is_sha256(const std::string& text) { return text.size() == 64 && from_hex(text).has_value(); }

// What a backup may hold, and nothing else: a restore writes what it finds there, and a key, a
// password or a lock must never be among it. Rule files end in .toml, as secrets do not.
bool belongs_in_backup(const std::string& name) {
  const fs::path path(name);
  if (!stays_inside(path) || !path.has_filename()) return false;
  if (name == kDatabaseFile || name == kBackupNote || name == kConfigurationFile) return true;
  const std::string first = *path.begin();
  if (first == kEvidenceFolder) {
    const std::string folder = path.parent_path().generic_string();
    const std::string evidence(kEvidenceFolder);
    return (folder == evidence + "/objects" || folder == evidence + "/lineage") &&
           is_sha256(path.filename());
  }
  if (first == kRulesFolder) return true;
  const bool ours = first == "keys" || first == kRestoringFolder || first.starts_with("replaced-");
  return !ours && path.extension() == ".toml";
}

// Copies one file; `name` is where it lies in the backup.
Status take(const fs::path& file, const fs::path& to, const std::string& name, Sums& sums) {
  if (sums.contains(name)) return {};
  MLC_TRY_STATUS(make_folder((to / name).parent_path()));
  MLC_TRY(const auto digest, copy_durably(file, to / name));
  sums[name] = to_hex(digest);
  return {};
}

// What lies there and belongs elsewhere (an editor's copy) stays.
Status take_folder(const fs::path& folder, const fs::path& to, const std::string& name,
                   Sums& sums) {
  MLC_TRY(const auto files, list_files(folder));
  for (const auto& file : files) {
    const std::string whole = name + "/" + file;
    if (belongs_in_backup(whole)) MLC_TRY_STATUS(take(folder / file, to, whole, sums));
  }
  return {};
}

Status take_settings(const StateDirectory& state, const BackupRequest& request, const fs::path& to,
                     Sums& sums) {
  std::vector<std::string> names = request.files;
  if (path_exists(state.configuration())) names.emplace_back(kConfigurationFile);
  for (const auto& name : names) {
    if (!belongs_in_backup(name)) return failure(kNotForBackup, {{"file", name}});
    MLC_TRY_STATUS(take(state.path() / name, to, name, sums));
  }
  return take_folder(state.path() / kRulesFolder, to, std::string(kRulesFolder), sums);
}

Status take_note(const fs::path& to, std::uint64_t epoch, Instant now, Sums& sums) {
  const std::string note = std::string(kFirstLine) + "created " + format_instant(now) + "\nepoch " +
                           std::to_string(epoch) + "\n";
  const std::string name(kBackupNote);
  MLC_TRY_STATUS(write_private_file(to / name, note));
  sums[name] = to_hex(sha256(note));
  return {};
}

// Evidence is durable before the row that names it, so the database is copied first: whatever it
// names is there when the evidence is listed. It may lie outside of the state directory; in a
// backup it is always in evidence/.
Status take_all(StateDirectory& state, const BackupRequest& request, const fs::path& to,
                Sums& sums) {
  MLC_TRY_STATUS(make_folder(to));
  const std::string database(kDatabaseFile);
  auto copied = state.is_shared() ? copy_to_file(state.database(), to / database, request.now)
                                  : state.database().backup_to(to / database);
  if (!copied) return failure(store_error(std::move(copied).error()));
  MLC_TRY(const auto digest, hash_file(to / database));
  sums[database] = to_hex(digest);
  for (const char* folder : {"objects", "lineage"}) {
    MLC_TRY_STATUS(take_folder(state.evidence() / folder, to,
                               std::string(kEvidenceFolder) + "/" + folder, sums));
  }
  MLC_TRY_STATUS(take_settings(state, request, to, sums));
  MLC_TRY_STATUS(take_note(to, state.store().epoch(), request.now, sums));
  std::string text;
  for (const auto& [name, sum] : sums) text += sum + "  " + name + "\n";
  return write_private_file(to / kSumsFile, text);
}

Status damaged_file(const std::string& file, std::string found, std::string expected) {
  return failure(kBackupDamaged,
                 {{"file", file}, {"found", std::move(found)}, {"expected", std::move(expected)}});
}

// Lines of "<64 hex digits>  <relative path>", as sha256sum writes and checks them.
Result<Sums> read_sums(const fs::path& backup) {
  MLC_TRY(const auto text, read_file(backup / kSumsFile));
  Sums sums;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const std::string line(rest.substr(0, end));
    const bool whole = end != std::string_view::npos && line.size() > 66 &&
                       from_hex(line.substr(0, 64)) && line.substr(64, 2) == "  ";
    if (!whole) {
      MLC_TRY_STATUS(damaged_file(std::string(kSumsFile), "'" + line + "'", "a sum and a file"));
    }
    if (!belongs_in_backup(line.substr(66))) {
      return failure(kForeignToBackup, {{"file", line.substr(66)}});
    }
    sums[line.substr(66)] = line.substr(0, 64);
    rest.remove_prefix(end + 1);
  }
  return sums;
}

tl::unexpected<Error> not_a_backup(const fs::path& backup, std::string found) {
  return failure(kNotABackup, {{"directory", backup.string()}, {"found", std::move(found)}});
}

}  // namespace

Result<BackupReport> backup(StateDirectory& state, const BackupRequest& request) {
  if (path_exists(request.target)) {
    return failure(kBackupExists, {{"target", request.target.string()}});
  }
  const fs::path partial = request.target.string() + ".partial";
  MLC_TRY_STATUS(remove_tree(partial));
  Sums sums;
  Status taken = take_all(state, request, partial, sums);
  if (taken) taken = rename_file(partial, request.target);
  if (!taken) {
    // What went wrong first is what a person must read.
    (void)remove_tree(partial);
    return failure(taken.error());
  }
  return BackupReport{sums.size(), state.store().epoch()};
}

Result<std::vector<std::string>> verify_backup(const fs::path& backup) {
  if (!path_exists(backup / kSumsFile)) {
    return not_a_backup(backup, "it holds no " + std::string(kSumsFile));
  }
  MLC_TRY(const auto sums, read_sums(backup));
  MLC_TRY(auto names, list_files(backup));
  std::erase(names, std::string(kSumsFile));
  for (const auto& name : names) {
    if (!sums.contains(name)) MLC_TRY_STATUS(damaged_file(name, "not listed", "a listed file"));
  }
  for (const auto& [name, sum] : sums) {
    if (!std::ranges::binary_search(names, name)) {
      MLC_TRY_STATUS(damaged_file(name, "missing", sum));
    }
    MLC_TRY(const auto digest, hash_file(backup / name));
    if (to_hex(digest) != sum) MLC_TRY_STATUS(damaged_file(name, to_hex(digest), sum));
  }
  if (!sums.contains(std::string(kDatabaseFile)) || !sums.contains(std::string(kBackupNote))) {
    return not_a_backup(backup, "database or note is not among its files");
  }
  MLC_TRY(const auto note, read_file(backup / kBackupNote));
  if (!note.starts_with(kFirstLine)) return not_a_backup(backup, "its format is another");
  return names;
}

}  // namespace mlc::store
