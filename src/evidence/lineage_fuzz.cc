// Any bytes as a lineage file, with a right hash and name around them: damage is named, numbers
// stay within the classes and frames that there are. What was written reads back the same.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "evidence/bytes.h"
#include "evidence/directory_vault.h"
#include "evidence/errors.h"
#include "evidence/lineage_file.h"
#include "evidence/lineage_footer.h"
#include "evidence/memory_file_system.h"
#include "evidence/zstd_frame.h"

namespace mlc::evidence {
namespace {

using fuzzing::FuzzInput;

void expect_damage(const Error& error) {
  MLC_EXPECT(error.is(kDamaged));
  fuzzing::expect_named(error, 4000);
  MLC_EXPECT(fuzzing::is_shown(error.explain()));
}

void check_bytes(std::string bytes) {
  const ObjectId id(to_hex(sha256(bytes)));
  const auto reader = read_lineage(std::move(bytes), id);
  if (!reader) return expect_damage(reader.error());
  const std::size_t classes = (*reader)->classes().size();
  for (std::uint32_t i = 0; i < (*reader)->frames(); ++i) {
    const auto frame = (*reader)->frame(i);
    if (!frame) {
      expect_damage(frame.error());
      continue;
    }
    for (const auto number : frame->classes) {
      MLC_EXPECT(number == ports::kNoClass || number < classes);
    }
  }
  for (ledger::ClassNumber number = 0; number <= classes; ++number) {
    std::int64_t last = -1;
    for (const std::uint32_t frame : (*reader)->frames_with(number)) {
      MLC_EXPECT(frame > last && frame < (*reader)->frames());
      last = frame;
    }
  }
}

// A tail that is right for a footer.
std::string file_of(std::string_view blocks, std::string_view footer) {
  const std::string stored = compress_frame(footer, 3);
  std::string out(blocks);
  out += stored;
  put_u32(out, static_cast<std::uint32_t>(stored.size()));
  put_u32(out, static_cast<std::uint32_t>(footer.size()));
  return out + "MLCLINE1";
}

struct Lineage {
  std::vector<ports::LineageFrame> frames;
  std::vector<ports::LineageClass> classes;
  ports::LineageMark mark = ports::LineageMark::kNone;
};

// Texts of the classes as lines until an empty one, then lines of class numbers, one byte each,
// counted from `0`; anything below is no class.
Lineage lineage_of(FuzzInput input) {
  Lineage out;
  if ((input.byte() & 1U) != 0) out.mark = ports::LineageMark::kAdopted;
  while (!input.empty() && out.classes.size() < 40) {
    FuzzInput line(input.line());
    if (line.empty()) break;
    ports::LineageClass one;
    one.row_class.transaction_type = line.until("|");
    one.row_class.amount_type = line.until("|");
    one.row_class.sku = line.until("|");
    one.row_class.material_group = line.until("|");
    one.rule = line.until("|");
    one.sum = line.until("|");
    one.item = static_cast<std::uint32_t>(line.number());
    one.row_class.sign = static_cast<ledger::Sign>(line.byte() % 3);
    out.classes.push_back(std::move(one));
  }
  while (!input.empty() && out.frames.size() < 40) {
    ports::LineageFrame frame;
    for (const char c : input.line()) {
      const int number = c - '0';
      const bool none = number < 0 || out.classes.empty();
      const auto place = none ? 0 : static_cast<std::size_t>(number) % out.classes.size();
      frame.classes.push_back(none ? ports::kNoClass : static_cast<ledger::ClassNumber>(place));
      if (!none) ++out.classes[place].rows;
    }
    out.frames.push_back(std::move(frame));
  }
  return out;
}

std::string written(const Lineage& lineage) {
  MemoryFileSystem files;
  const auto vault = DirectoryVault::open(files, "");
  MLC_EXPECT(vault.has_value());
  auto writer = (*vault)->begin_lineage();
  MLC_EXPECT(writer.has_value());
  for (const auto& frame : lineage.frames) MLC_EXPECT((*writer)->add(frame).has_value());
  const auto id = (*writer)->finish(lineage.classes, lineage.mark);
  MLC_EXPECT(id.has_value());
  const auto reader = (*vault)->open_lineage(*id);
  MLC_EXPECT(reader && (*reader)->classes() == lineage.classes);
  MLC_EXPECT((*reader)->mark() == lineage.mark && (*reader)->frames() == lineage.frames.size());
  for (std::uint32_t i = 0; i < lineage.frames.size(); ++i) {
    const auto frame = (*reader)->frame(i);
    MLC_EXPECT(frame && frame->classes == lineage.frames[i].classes);
  }
  MLC_EXPECT((*vault)->verify().empty());
  return *files.content("lineage/" + id->str());
}

// The footer of what was written, changed, under right hashes.
void check_damage(FuzzInput input) {
  FuzzInput edits(input.take(input.byte() % 24));
  std::string bytes = written(lineage_of(input));
  ByteCursor tail(std::string_view(bytes).substr(bytes.size() - 16));
  const std::size_t stored = tail.u32();
  const std::size_t inflated = tail.u32();
  const std::size_t start = bytes.size() - 16 - stored;
  auto footer = inflate_frame(std::string_view(bytes).substr(start, stored), inflated);
  MLC_EXPECT(footer && read_footer(*footer).has_value());
  while (!edits.empty() && !footer->empty()) {
    const unsigned kind = edits.byte();
    const std::size_t place = edits.number() % footer->size();
    const auto byte = static_cast<char>(edits.byte());
    if (kind % 4 == 0) footer->insert(place, 1, byte);
    if (kind % 4 == 1) footer->erase(place, 1);
    if (kind % 4 == 2) (*footer)[place] = byte;
    if (kind % 4 == 3) bytes[place % std::max<std::size_t>(start, 1)] ^= byte;
  }
  check_bytes(file_of(std::string_view(bytes).substr(0, start), *footer));
}

}  // namespace
}  // namespace mlc::evidence

// The first byte says what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  switch (input.byte()) {
    case 'f': {
      const auto blocks = input.take(input.byte());
      mlc::evidence::check_bytes(mlc::evidence::file_of(blocks, input.rest()));
      break;
    }
    case 'w':
      mlc::evidence::check_bytes(mlc::evidence::written(mlc::evidence::lineage_of(input)));
      break;
    case 'd': mlc::evidence::check_damage(input); break;
    default: mlc::evidence::check_bytes(std::string(input.rest()));
  }
  return 0;
}
