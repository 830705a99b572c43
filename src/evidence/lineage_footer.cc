#include "evidence/lineage_footer.h"

#include <algorithm>

#include "evidence/bytes.h"

namespace mlc::evidence {
namespace {

constexpr std::string_view kAdopted = "adopted";
constexpr std::string_view kGroups = "material groups";

void put_class(std::string& out, const ports::LineageClass& one) {
  const ledger::RowClass& row = one.row_class;
  for (const std::string* text :
       {&row.transaction_type, &row.amount_type, &row.amount_description, &row.marketplace,
        &row.fulfillment, &row.sku, &row.rules_version, &one.rule, &one.document, &one.sum}) {
    put_text(out, *text);
  }
  put_varint(out, static_cast<std::uint64_t>(row.sign));
  put_varint(out, one.item);
  put_varint(out, one.rows);
}

std::optional<ports::LineageClass> take_class(ByteCursor& cursor) {
  ports::LineageClass one;
  ledger::RowClass& row = one.row_class;
  for (std::string* text :
       {&row.transaction_type, &row.amount_type, &row.amount_description, &row.marketplace,
        &row.fulfillment, &row.sku, &row.rules_version, &one.rule, &one.document, &one.sum}) {
    *text = cursor.text();
  }
  const std::uint64_t sign = cursor.varint();
  const std::uint64_t item = cursor.varint();
  one.rows = cursor.varint();
  if (!cursor.ok() || sign > 2 || item > UINT32_MAX) return std::nullopt;
  row.sign = static_cast<ledger::Sign>(sign);
  one.item = static_cast<std::uint32_t>(item);
  return one;
}

// Only where some class has one.
void put_groups(std::string& out, const std::vector<ports::LineageClass>& classes) {
  const auto empty = [](const ports::LineageClass& one) {
    return one.row_class.material_group.empty();
  };
  if (std::ranges::all_of(classes, empty)) return;
  put_text(out, kGroups);
  for (const auto& one : classes) put_text(out, one.row_class.material_group);
}

std::optional<std::vector<std::uint32_t>> take_frames(ByteCursor& cursor, std::size_t limit) {
  std::vector<std::uint32_t> frames;
  std::uint64_t frame = 0;
  for (std::uint64_t left = cursor.varint(); left > 0; --left) {
    const std::uint64_t distance = cursor.varint();
    const bool ascends = frames.empty() || distance > 0;
    if (!cursor.ok() || !ascends || distance >= limit || frame + distance >= limit) {
      return std::nullopt;
    }
    frame += distance;
    frames.push_back(static_cast<std::uint32_t>(frame));
  }
  return frames;
}

}  // namespace

void FrameList::append(std::uint32_t frame) {
  put_varint(distances_, frame - last_);
  last_ = frame;
  ++size_;
}

std::string write_footer(const std::vector<LineageBlock>& blocks,
                         const std::vector<ports::LineageClass>& classes,
                         const std::vector<FrameList>& frames_with, ports::LineageMark mark) {
  std::string out;
  put_varint(out, blocks.size());
  for (const LineageBlock& block : blocks) {
    put_varint(out, block.stored);
    put_varint(out, block.encoded);
    put_varint(out, block.lines);
  }
  put_varint(out, classes.size());
  for (std::size_t i = 0; i < classes.size(); ++i) {
    put_class(out, classes[i]);
    put_varint(out, i < frames_with.size() ? frames_with[i].size() : 0);
    if (i < frames_with.size()) out += frames_with[i].distances();
  }
  if (mark == ports::LineageMark::kAdopted) put_text(out, kAdopted);
  put_groups(out, classes);
  return out;
}

std::optional<LineageFooter> read_footer(std::string_view text) {
  ByteCursor cursor(text);
  LineageFooter footer;
  for (std::uint64_t left = cursor.varint(); left > 0 && cursor.ok(); --left) {
    LineageBlock block;
    block.stored = cursor.varint();
    block.encoded = cursor.varint();
    block.lines = cursor.varint();
    footer.blocks.push_back(block);
  }
  for (std::uint64_t left = cursor.varint(); left > 0 && cursor.ok(); --left) {
    auto one = take_class(cursor);
    auto frames = take_frames(cursor, footer.blocks.size());
    if (!one || !frames) return std::nullopt;
    footer.classes.push_back(std::move(*one));
    footer.frames_with.push_back(std::move(*frames));
  }
  if (cursor.at_end()) return footer;
  std::string tag = cursor.text();
  if (tag == kAdopted) {
    footer.mark = ports::LineageMark::kAdopted;
    if (cursor.at_end()) return footer;
    tag = cursor.text();
  }
  if (tag != kGroups) return std::nullopt;
  for (auto& one : footer.classes) one.row_class.material_group = cursor.text();
  if (!cursor.ok() || !cursor.at_end()) return std::nullopt;
  return footer;
}

}  // namespace mlc::evidence
