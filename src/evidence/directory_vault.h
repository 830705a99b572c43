// The evidence vault in a folder: objects/, lineage/ and incoming/ for what is being written.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "evidence/file_system.h"
#include "ports/evidence.h"

namespace mlc::evidence {

// Thread-safe; several programs may use one folder. Besides the errors of ports::EvidenceVault
// every verb may answer evidence.unreadable and evidence.disk_full.
class DirectoryVault final : public ports::EvidenceVault {
 public:
  // Makes the folders where missing. `files` must outlive the vault.
  [[nodiscard]] static Result<std::unique_ptr<DirectoryVault>> open(FileSystem& files,
                                                                    std::filesystem::path folder);

  // Of a folder that can only be read: nothing is made; what is missing is not found.
  [[nodiscard]] static std::unique_ptr<DirectoryVault> look(FileSystem& files,
                                                            std::filesystem::path folder) {
    return std::unique_ptr<DirectoryVault>(new DirectoryVault(files, std::move(folder)));
  }

  [[nodiscard]] Result<std::unique_ptr<ports::EvidenceWriter>> begin() override;
  [[nodiscard]] Result<std::unique_ptr<ports::EvidenceReader>> open(const ObjectId& id) override;
  [[nodiscard]] Result<std::unique_ptr<ports::LineageWriter>> begin_lineage() override;
  [[nodiscard]] Result<std::unique_ptr<ports::LineageReader>> open_lineage(
      const ObjectId& id) override;
  [[nodiscard]] Result<std::unique_ptr<ports::ScratchFile>> scratch() override;
  [[nodiscard]] std::vector<Error> verify() override;

  // Names of everything stored, sorted; for backups.
  [[nodiscard]] Result<std::vector<ObjectId>> objects();
  [[nodiscard]] Result<std::vector<ObjectId>> lineages();
  // Removes what writers that died left in incoming/. Only while no other program writes.
  [[nodiscard]] Status remove_leftovers();

 private:
  DirectoryVault(FileSystem& files, std::filesystem::path folder)
      : files_(files), folder_(std::move(folder)) {}
  [[nodiscard]] Result<std::vector<ObjectId>> names_in(const char* folder);

  FileSystem& files_;
  std::filesystem::path folder_;
  std::atomic<std::uint64_t> next_{0};  // where the search for a free name begins
};

}  // namespace mlc::evidence
