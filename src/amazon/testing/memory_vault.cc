#include "amazon/testing/memory_vault.h"

#include <algorithm>

#include "base/digest.h"

namespace mlc::amazon::testing {
namespace {

class Writer final : public ports::EvidenceWriter {
 public:
  explicit Writer(MemoryVault& vault) : vault_(vault) {}
  Status write(std::string_view bytes) override {
    if (vault_.refuse_writes) return failure(kVaultFull);
    bytes_ += bytes;
    return {};
  }
  Result<ports::StoredObject> finish() override {
    const ObjectId id(to_hex(sha256(bytes_)));
    ports::StoredObject object{id, bytes_.size(), 1};
    vault_.objects[id.str()] = std::move(bytes_);
    return object;
  }

 private:
  MemoryVault& vault_;
  std::string bytes_;
};

class Reader final : public ports::EvidenceReader {
 public:
  Reader(const ObjectId& id, std::string bytes)
      : object_{id, bytes.size(), 1}, bytes_(std::move(bytes)) {}
  const ports::StoredObject& object() const override { return object_; }
  Result<std::string_view> frame(std::uint32_t) override { return bytes_; }
  std::uint64_t frame_offset(std::uint32_t) const override { return 0; }
  std::uint64_t lines_before(std::uint32_t) const override { return 0; }

 private:
  const ports::StoredObject object_;
  const std::string bytes_;
};

}  // namespace

Result<std::unique_ptr<ports::EvidenceWriter>> MemoryVault::begin() {
  return std::make_unique<Writer>(*this);
}

Result<std::unique_ptr<ports::EvidenceReader>> MemoryVault::open(const ObjectId& id) {
  const auto found = objects.find(id.str());
  if (found == objects.end()) return failure(kNotInVault, {{"id", id.str()}});
  return std::make_unique<Reader>(id, found->second);
}

Result<std::unique_ptr<ports::LineageWriter>> MemoryVault::begin_lineage() {
  return failure(kNotInVault, {{"id", "lineage"}});
}

Result<std::unique_ptr<ports::LineageReader>> MemoryVault::open_lineage(const ObjectId& id) {
  return failure(kNotInVault, {{"id", id.str()}});
}

Result<std::unique_ptr<ports::ScratchFile>> MemoryVault::scratch() {
  return failure(kNotInVault, {{"id", "scratch"}});
}

}  // namespace mlc::amazon::testing
