#include "daemon/make_whole.h"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "base/digest.h"
#include "configuration/hub_configuration.h"
#include "daemon/errors.h"
#include "store/errors.h"
#include "store/files.h"

namespace mlc::daemon {
namespace {

namespace fs = std::filesystem;

using Write = std::function<Status(const fs::path& folder)>;

// The folder's name without a slash at its end and without links.
fs::path named(const fs::path& folder) {
  std::error_code unknown;  // then the name stays as it was given
  const fs::path real = fs::weakly_canonical(folder, unknown);
  const fs::path whole = (unknown ? folder : real).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

fs::path aside_of(const fs::path& prefix) {
  fs::path out = prefix;
  out += ".making-" + to_hex(random_bytes(4));
  return out;
}

// Whether a folder made beside it may take its place.
bool may_be_replaced(const fs::path& place) {
  struct stat inner {};
  struct stat outer {};
  if (::stat(place.c_str(), &inner) != 0) return true;  // nothing is there
  const fs::path parent = place.parent_path();
  return ::stat(parent.c_str(), &outer) == 0 && inner.st_dev == outer.st_dev &&
         ::access(parent.c_str(), W_OK) == 0;
}

Status make_beside(const fs::path& place, const fs::path& aside, const Write& write) {
  MLC_TRY_STATUS(write(aside));
  // Atomic, also over an empty folder.
  const Status renamed = store::rename_file(aside, place);
  if (!renamed && !store::is_empty_folder(place)) {
    return failure(kStateInUse, {{"directory", place.string()}});  // somebody else was faster
  }
  return renamed;
}

// Folders first: of two that fill the same one, only one can move a folder that holds something.
// The configuration last: without it nothing is taken for a state.
std::vector<fs::path> names_to_move(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    out.push_back(entry.path().filename());
  }
  const auto rank = [&folder](const fs::path& name) {
    std::error_code ignored;
    if (name == configuration::kConfigurationFile) return 2;
    return fs::is_directory(folder / name, ignored) ? 0 : 1;
  };
  std::ranges::sort(out, {}, [&](const fs::path& name) { return std::pair(rank(name), name); });
  return out;
}

Status move_all(const fs::path& from, const fs::path& to, std::vector<fs::path>& moved) {
  std::error_code error;
  const auto names = names_to_move(from, error);
  if (error) {
    return failure(
        store::kFileFailed,
        {{"operation", "listing"}, {"file", from.string()}, {"detail", error.message()}});
  }
  for (const fs::path& name : names) {
    // Somebody else was faster.
    if (store::path_exists(to / name)) return failure(kStateInUse, {{"directory", to.string()}});
    MLC_TRY_STATUS(store::rename_file(from / name, to / name));
    moved.push_back(to / name);
  }
  return {};
}

Status make_within(const fs::path& place, const fs::path& aside, const Write& write) {
  MLC_TRY_STATUS(write(aside));
  std::vector<fs::path> moved;
  const Status done = move_all(aside, place, moved);
  if (done) return store::remove_tree(aside);
  for (const fs::path& one : moved) {
    const Status removed = store::remove_tree(one);
    static_cast<void>(removed);  // the first failure is what counts
  }
  return done;
}

}  // namespace

Status make_whole(const fs::path& directory, const Write& write) {
  if (!store::is_empty_folder(directory)) {
    return failure(kStateInUse, {{"directory", directory.string()}});
  }
  const fs::path place = named(directory);
  const bool beside = may_be_replaced(place);
  const fs::path aside = aside_of(beside ? place : place / "");
  const Status made = beside ? make_beside(place, aside, write) : make_within(place, aside, write);
  if (made) return {};
  const Status removed = store::remove_tree(aside);
  static_cast<void>(removed);  // the first failure is what counts
  return made;
}

}  // namespace mlc::daemon
