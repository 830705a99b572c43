#include "operations/evidence_rows.h"

#include <algorithm>
#include <set>

#include "operations/errors.h"

namespace mlc::operations {
namespace {

// Calls `use` with index, begin and end (without line end) of each line of a frame, until false.
template <class Use>
void each_line(std::string_view frame, Use use) {
  std::size_t begin = 0;
  for (std::size_t index = 0; begin < frame.size(); ++index) {
    const std::size_t feed = std::min(frame.find('\n', begin), frame.size());
    std::size_t end = feed;
    if (end > begin && frame[end - 1] == '\r') --end;
    if (!use(index, begin, end)) return;
    begin = feed + 1;
  }
}

EvidenceRow make_row(const ports::EvidenceReader& evidence, std::uint32_t frame,
                     std::string_view content, std::size_t index, std::size_t begin,
                     std::size_t end) {
  EvidenceRow out;
  out.line = evidence.lines_before(frame) + index + 1;
  out.offset = evidence.frame_offset(frame) + begin;
  out.size = end - begin;
  out.text = std::string(content.substr(begin, end - begin));
  return out;
}

std::uint32_t frame_of(const ports::EvidenceReader& evidence, std::uint64_t line) {
  std::uint32_t frame = 0;
  while (frame + 1 < evidence.object().frames && evidence.lines_before(frame + 1) < line) ++frame;
  return frame;
}

ledger::ClassNumber class_at(const ports::LineageFrame& frame, std::size_t index) {
  return index < frame.classes.size() ? frame.classes[index] : ports::kNoClass;
}

}  // namespace

Result<EvidenceRow> read_row(ports::EvidenceReader& evidence, ports::LineageReader& lineage,
                             std::uint64_t line, const std::string& name) {
  const std::uint32_t frame = frame_of(evidence, line);
  const std::uint64_t before = evidence.lines_before(frame);
  std::uint64_t lines = before;
  std::optional<EvidenceRow> found;
  if (evidence.object().frames > 0) {
    MLC_TRY(const auto content, evidence.frame(frame));
    each_line(content, [&](std::size_t index, std::size_t begin, std::size_t end) {
      lines = before + index + 1;
      if (lines == line) found = make_row(evidence, frame, content, index, begin, end);
      return lines != line;
    });
  }
  if (!found) {
    return failure(
        kNoSuchRow,
        {{"name", name}, {"line", std::to_string(line)}, {"lines", std::to_string(lines)}});
  }
  if (frame < lineage.frames()) {
    MLC_TRY(const auto classes, lineage.frame(frame));
    found->number = class_at(classes, line - 1 - before);
  }
  return std::move(*found);
}

Result<std::vector<EvidenceRow>> read_rows(ports::EvidenceReader& evidence,
                                           ports::LineageReader& lineage,
                                           const std::vector<ledger::ClassNumber>& classes,
                                           std::size_t limit) {
  std::set<std::uint32_t> frames;
  for (const auto number : classes) {
    const auto holding = lineage.frames_with(number);
    frames.insert(holding.begin(), holding.end());
  }
  std::vector<EvidenceRow> out;
  for (const std::uint32_t frame : frames) {
    if (out.size() >= limit) break;
    MLC_TRY(const auto numbers, lineage.frame(frame));
    MLC_TRY(const auto content, evidence.frame(frame));
    each_line(content, [&](std::size_t index, std::size_t begin, std::size_t end) {
      const ledger::ClassNumber number = class_at(numbers, index);
      if (number == ports::kNoClass) return true;
      if (std::ranges::find(classes, number) == classes.end()) return true;
      out.push_back(make_row(evidence, frame, content, index, begin, end));
      out.back().number = number;
      return out.size() < limit;
    });
  }
  return out;
}

}  // namespace mlc::operations
