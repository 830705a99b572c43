#include "evidence/directory_vault.h"

#include <algorithm>

#include "base/digest.h"
#include "evidence/directory_scratch.h"
#include "evidence/errors.h"
#include "evidence/lineage_file.h"
#include "evidence/object_file.h"
#include "evidence/temporary_file.h"

namespace mlc::evidence {
namespace {

constexpr const char* kObjects = "objects";
constexpr const char* kLineage = "lineage";
constexpr const char* kIncoming = "incoming";

bool is_name(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

tl::unexpected<Error> not_found(const ObjectId& id) {
  return failure(kNotFound, {{"object", id.str()}});
}

}  // namespace

Result<std::unique_ptr<DirectoryVault>> DirectoryVault::open(FileSystem& files,
                                                             std::filesystem::path folder) {
  for (const char* part : {kObjects, kLineage, kIncoming}) {
    MLC_TRY_STATUS(files.make_folder(folder / part));
  }
  return std::unique_ptr<DirectoryVault>(new DirectoryVault(files, std::move(folder)));
}

Result<std::unique_ptr<ports::EvidenceWriter>> DirectoryVault::begin() {
  MLC_TRY(auto file, TemporaryFile::create(files_, folder_ / kIncoming, next_++));
  return write_object(std::move(file), folder_ / kObjects);
}

Result<std::unique_ptr<ports::EvidenceReader>> DirectoryVault::open(const ObjectId& id) {
  // Ids reach us from databases and command lines: only a name can be a path here.
  if (!is_name(id.str())) return not_found(id);
  return read_object(files_, folder_ / kObjects, id);
}

Result<std::unique_ptr<ports::LineageWriter>> DirectoryVault::begin_lineage() {
  MLC_TRY(auto file, TemporaryFile::create(files_, folder_ / kIncoming, next_++));
  return write_lineage(std::move(file), folder_ / kLineage);
}

Result<std::unique_ptr<ports::LineageReader>> DirectoryVault::open_lineage(const ObjectId& id) {
  if (!is_name(id.str())) return not_found(id);
  auto file = files_.open(folder_ / kLineage / id.str());
  if (!file && file.error().is(kFileMissing)) return not_found(id);
  if (!file) return failure(file.error());
  MLC_TRY(auto bytes, (*file)->read(0, static_cast<std::size_t>((*file)->size())));
  return read_lineage(std::move(bytes), id);
}

Result<std::unique_ptr<ports::ScratchFile>> DirectoryVault::scratch() {
  return make_scratch(files_, folder_ / kIncoming, next_++);
}

Result<std::vector<ObjectId>> DirectoryVault::names_in(const char* folder) {
  MLC_TRY(const auto names, files_.list(folder_ / folder));
  std::vector<ObjectId> out;
  for (const std::string& name : names) {
    if (is_name(name)) out.emplace_back(name);
  }
  return out;
}

Result<std::vector<ObjectId>> DirectoryVault::objects() { return names_in(kObjects); }
Result<std::vector<ObjectId>> DirectoryVault::lineages() { return names_in(kLineage); }

std::vector<Error> DirectoryVault::verify() {
  std::vector<Error> found;
  const auto take = [&](const Status& status) {
    if (!status) found.push_back(status.error());
  };
  const auto each = [&](const char* folder, auto check) {
    const auto names = files_.list(folder_ / folder);
    if (!names) return found.push_back(names.error());
    for (const std::string& name : *names) {
      if (is_name(name)) {
        take(check(ObjectId(name)));
      } else {
        take(failure(kForeignFile, {{"file", (folder_ / folder / name).string()}}));
      }
    }
  };
  each(kObjects, [&](const ObjectId& id) { return verify_object(files_, folder_ / kObjects, id); });
  each(kLineage, [&](const ObjectId& id) -> Status {
    MLC_TRY(const auto reader, open_lineage(id));
    for (std::uint32_t i = 0; i < reader->frames(); ++i) MLC_TRY_STATUS(reader->frame(i));
    return {};
  });
  return found;
}

Status DirectoryVault::remove_leftovers() {
  MLC_TRY(const auto names, files_.list(folder_ / kIncoming));
  for (const std::string& name : names) {
    MLC_TRY_STATUS(files_.remove(folder_ / kIncoming / name));
  }
  return {};
}

}  // namespace mlc::evidence
