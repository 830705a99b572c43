// An evidence vault in memory, for tests.
#pragma once

#include <map>
#include <string>

#include "ports/evidence.h"

namespace mlc::amazon::testing {

class MemoryVault final : public ports::EvidenceVault {
 public:
  Result<std::unique_ptr<ports::EvidenceWriter>> begin() override;
  Result<std::unique_ptr<ports::EvidenceReader>> open(const ObjectId& id) override;
  // Lineage is not this vault's purpose: not_found.
  Result<std::unique_ptr<ports::LineageWriter>> begin_lineage() override;
  Result<std::unique_ptr<ports::LineageReader>> open_lineage(const ObjectId& id) override;
  Result<std::unique_ptr<ports::ScratchFile>> scratch() override;  // not_found likewise
  std::vector<Error> verify() override { return {}; }

  std::map<std::string, std::string> objects;  // content by id, finished ones only
  bool refuse_writes = false;                  // every write fails with kVaultFull
};

inline constexpr ErrorKind kVaultFull{"testing.vault_full", "The vault is full.", "Empty it."};
inline constexpr ErrorKind kNotInVault{"testing.not_in_vault", "No object {id}.", "Store it."};

}  // namespace mlc::amazon::testing
