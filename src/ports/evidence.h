// Evidence: Amazon's bytes, kept for ever under the hash of their content; and lineage beside it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/strong_id.h"
#include "ledger/settlement.h"
#include "ports/scratch.h"

namespace mlc::ports {

// A stored object. `id` is the SHA-256 of the content; independent frames of at most 1 MiB of
// content, each cut after a line end (a longer line makes a cut inside it).
struct StoredObject {
  ObjectId id;
  std::uint64_t size = 0;  // bytes of content
  std::uint32_t frames = 0;
};

// Streams one object in. Not thread-safe. Dropping it without `finish` leaves nothing.
class EvidenceWriter {
 public:
  virtual ~EvidenceWriter() = default;
  [[nodiscard]] virtual Status write(std::string_view bytes) = 0;
  // Durable when it returns (file and folder synced). Storing the same content again is fine.
  [[nodiscard]] virtual Result<StoredObject> finish() = 0;
};

// Reads one object frame by frame. Not thread-safe.
class EvidenceReader {
 public:
  virtual ~EvidenceReader() = default;
  [[nodiscard]] virtual const StoredObject& object() const = 0;
  // Content of a frame, 0-based, valid until the next call. Frames asked for in their order come
  // fastest. Errors: evidence.damaged, evidence.unreadable.
  [[nodiscard]] virtual Result<std::string_view> frame(std::uint32_t index) = 0;
  // Where the frame begins in the content, and the number of line ends before it.
  [[nodiscard]] virtual std::uint64_t frame_offset(std::uint32_t index) const = 0;
  [[nodiscard]] virtual std::uint64_t lines_before(std::uint32_t index) const = 0;
};

// One class of a settlement with the place its money went to, as stored in the lineage footer.
struct LineageClass {
  ledger::RowClass row_class;
  std::string rule;
  std::string document;  // key text; empty when netted or excluded
  std::uint32_t item = 0;
  std::uint64_t rows = 0;
  std::string sum;  // decimal text
  friend bool operator==(const LineageClass&, const LineageClass&) = default;
};

inline constexpr ledger::ClassNumber kNoClass = UINT32_MAX;  // header, summary row, blank line

// Whether the classes' destinations are those of the rules, or lines found in SAP for their account
// (ledger::Adoption::kTotals): then the rows shown at a line may belong to another line of it.
enum class LineageMark { kNone, kAdopted };

// Per evidence frame one class number per line (kNoClass for lines that carry no amount).
struct LineageFrame {
  std::vector<ledger::ClassNumber> classes;
};

// Writes one lineage file, frame after frame. Not thread-safe. Dropping it without `finish` leaves
// nothing.
class LineageWriter {
 public:
  virtual ~LineageWriter() = default;
  // The next frame.
  [[nodiscard]] virtual Status add(const LineageFrame& frame) = 0;
  // The name of the file (the SHA-256 of its bytes), durable when it returns; to be called once.
  // Errors: evidence.lineage_differs (a class number that is no class, or rows that do not add up).
  [[nodiscard]] virtual Result<ObjectId> finish(const std::vector<LineageClass>& classes,
                                                LineageMark mark) = 0;
};

class LineageReader {
 public:
  virtual ~LineageReader() = default;
  [[nodiscard]] virtual const std::vector<LineageClass>& classes() const = 0;
  [[nodiscard]] virtual LineageMark mark() const = 0;
  [[nodiscard]] virtual std::uint32_t frames() const = 0;
  [[nodiscard]] virtual Result<LineageFrame> frame(std::uint32_t index) = 0;
  // Frames that hold at least one row of a class.
  [[nodiscard]] virtual std::vector<std::uint32_t> frames_with(
      ledger::ClassNumber number) const = 0;
};

// Thread-safe.
class EvidenceVault {
 public:
  virtual ~EvidenceVault() = default;
  [[nodiscard]] virtual Result<std::unique_ptr<EvidenceWriter>> begin() = 0;
  // Errors: evidence.not_found, evidence.damaged.
  [[nodiscard]] virtual Result<std::unique_ptr<EvidenceReader>> open(const ObjectId& id) = 0;
  // The same frames, classes and mark give the same file.
  [[nodiscard]] virtual Result<std::unique_ptr<LineageWriter>> begin_lineage() = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<LineageReader>> open_lineage(const ObjectId& id) = 0;
  // Room for one step; nothing of it stays. Errors: evidence.disk_full, evidence.unreadable.
  [[nodiscard]] virtual Result<std::unique_ptr<ScratchFile>> scratch() = 0;
  // Re-hashes every object and lineage file; the errors name each damaged one.
  [[nodiscard]] virtual std::vector<Error> verify() = 0;
};

}  // namespace mlc::ports
