#include "amazon/settlement_report/class_spellings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::array kClassColumns{Column::kTransactionType, Column::kMarketplaceName,
                                   Column::kAmountType, Column::kAmountDescription,
                                   Column::kFulfillmentId};
constexpr std::size_t kFirstSlots = 1024;  // a power of two
constexpr std::size_t kLongestProbe = 64;  // bounds what a file made for collisions can cost
constexpr unsigned kSizeBits = 12;         // of a range in Look::sizes

// Odd, without a pattern, one for each word: the words do not wait for one another.
constexpr std::uint64_t kLast = 0x9E3779B97F4A7C15U;
constexpr std::uint64_t kBefore = 0xBF58476D1CE4E5B9U;
constexpr std::uint64_t kFirst = 0x94D049BB133111EBU;
constexpr std::uint64_t kSizes = 0xD6E8FEB86659FD93U;

using Word = std::uint64_t;
// Sixteen bytes at once, on every processor.
using Block __attribute__((vector_size(16))) = std::uint64_t;

template <class Piece>
Piece load(const char* at) {
  Piece out;
  std::memcpy(&out, at, sizeof out);
  return out;
}

// Bytes of a text, as a number, `back` from its end or less where it is shorter; bytes before it
// are blanked out. Eight bytes before its end must be there to be read. Sizes come as they like, so
// that a branch would be guessed wrong too often; and half the bits twice, because no shift takes a
// whole word.
Word word_from_end(std::string_view text, std::size_t back) {
  static_assert(std::endian::native == std::endian::little);  // the last byte is the highest
  const std::size_t half = 4 * std::min(text.size(), sizeof(Word));
  const Word before = ~Word{0} >> half >> half;
  const std::size_t reach = std::max(text.size(), sizeof(Word));
  return load<Word>(text.data() + text.size() - std::min(back, reach)) & ~before;
}

// As many bytes at the end as the text has, as ones.
Block ones_at_the_end(std::size_t size) {
  constexpr std::size_t kBlock = sizeof(Block);
  static constexpr auto kSteps = [] {
    std::array<char, 2 * kBlock> out{};
    std::fill(out.begin() + kBlock, out.end(), '\xFF');
    return out;
  }();
  return load<Block>(kSteps.data() + std::min(size, kBlock));
}

// What two texts of the same size differ in, looked at in blocks from their ends, as many as
// `longest` needs; a block before each must be there to be read.
Block difference(const char* end, const char* other, std::size_t size, std::size_t longest) {
  constexpr std::size_t kBlock = sizeof(Block);
  const std::size_t reach = std::max(size, kBlock);
  Block differs{};
  for (std::size_t back = kBlock; back < longest + kBlock; back += kBlock) {
    const std::size_t at = std::min(back, reach);
    differs |= load<Block>(end - at) ^ load<Block>(other - at);
  }
  return differs & ones_at_the_end(size);
}

std::uint64_t finished(std::uint64_t hash) {
  hash = (hash ^ (hash >> 32U)) * kLast;
  return hash ^ (hash >> 29U);
}

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

void ClassSpellings::begin(const Header& header) {
  columns_.clear();
  slots_.assign(kFirstSlots, {});
  entries_.clear();
  hashes_.clear();
  class_texts_.clear();
  kept_.clear();
  bytes_ = 0;
  std::vector<std::size_t> positions;
  for (const Column column : kClassColumns) {
    const std::size_t position = header.position(column);
    if (position != Header::kAbsent) positions.push_back(position);
  }
  std::ranges::sort(positions);
  for (const std::size_t position : positions) {
    if (!columns_.empty() && columns_.back().last + 1 == position) {
      columns_.back().last = position;
    } else {
      columns_.push_back({position, position});
    }
  }
  // A cell behind the last and one before the first, so that each has a TAB on either side.
  cells_needed_ = positions.empty() ? 0 : positions.back() + 2;
  if (!positions.empty() && positions.front() == 0) columns_.clear();
}

// False for a row that is too short, begins with such a cell, or has one that is very long.
bool ClassSpellings::look_at(const LineCells& cells, Look& look) const {
  if (cells.size() < cells_needed_ || columns_.empty()) return false;
  if (cells.bytes_before(columns_.front().first) < sizeof(Block)) return false;
  std::uint64_t sizes = 0;
  std::uint64_t hash = 0;
  std::size_t longest = 0;
  std::string_view* out = look.ranges.data();
  for (const Columns& one : columns_) {
    const std::string_view bytes = cells.inner_range(one.first, one.last);
    *out++ = bytes;
    hash = std::rotl(hash, 23) + word_from_end(bytes, sizeof(Word)) * kLast;
    if (one.first != one.last) {
      hash += word_from_end(bytes, 2 * sizeof(Word)) * kBefore;
      hash += word_from_end(bytes, std::max(bytes.size(), sizeof(Word))) * kFirst;
    }
    sizes = sizes << kSizeBits | bytes.size();
    longest |= bytes.size();
  }
  look.sizes = sizes;
  look.hash = finished(hash + sizes * kSizes);
  return longest >> kSizeBits == 0;
}

// Sizes are the same.
bool ClassSpellings::is_same(const Entry& entry, const Look& look) const {
  const char* key = entry.key;
  const std::string_view* range = look.ranges.data();
  Block differs{};
  for (const Columns& one : columns_) {
    const std::string_view bytes = *range++;
    key += bytes.size();
    differs |= difference(bytes.data() + bytes.size(), key, bytes.size(), one.longest);
  }
  return (differs[0] | differs[1]) == 0;
}

std::uint32_t ClassSpellings::find(const LineCells& cells) const {
  Look look;
  if (!look_at(cells, look)) return kUnknown;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t probe = 0; probe < kLongestProbe; ++probe) {
    const Slot& slot = slots_[(look.hash + probe) & mask];
    if (slot.entry == 0) return kUnknown;
    if (slot.tag != tag_of(look.hash)) continue;
    const Entry& entry = entries_[slot.entry - 1];
    if (entry.sizes == look.sizes && is_same(entry, look)) return slot.entry - 1;
  }
  return kUnknown;
}

void ClassSpellings::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (std::uint32_t number = 1; number <= hashes_.size(); ++number) {
    const std::uint64_t hash = hashes_[number - 1];
    std::size_t at = hash & mask;
    while (larger[at].entry != 0) at = (at + 1) & mask;
    larger[at] = {tag_of(hash), number};
  }
  slots_ = std::move(larger);
}

// Where `find` would look for it; nullptr when that is too far.
ClassSpellings::Slot* ClassSpellings::free_slot(std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t probe = 0; probe < kLongestProbe; ++probe) {
    Slot& slot = slots_[(hash + probe) & mask];
    if (slot.entry == 0) return &slot;
  }
  return nullptr;
}

// Texts lie close together, in the order in which they came.
std::string_view ClassSpellings::keep(std::string_view text) {
  constexpr std::size_t kTogether = 16 * 1024;
  if (kept_.empty() || kept_.back().capacity() - kept_.back().size() < text.size()) {
    kept_.emplace_back().reserve(std::max(kTogether, text.size()));
  }
  const std::size_t from = kept_.back().size();
  kept_.back() += text;
  return std::string_view(kept_.back()).substr(from);
}

std::uint32_t ClassSpellings::add(const LineCells& cells, const ClassTexts& texts) {
  Look look;
  if (entries_.size() == kMost || !look_at(cells, look)) return kUnknown;
  std::string key(sizeof(Block), '\0');
  for (std::size_t i = 0; i < columns_.size(); ++i) key += look.ranges.at(i);
  std::size_t size = key.size();
  for (const std::string_view part : {texts.transaction_type, texts.marketplace, texts.amount_type,
                                      texts.amount_description, texts.fulfillment}) {
    size += part.size();
  }
  if (bytes_ + size > kMostBytes) return kUnknown;
  if (entries_.size() * 2 >= slots_.size()) grow();
  Slot* slot = free_slot(look.hash);
  if (slot == nullptr) return kUnknown;
  bytes_ += size;
  const auto number = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({look.sizes, keep(key).data() + sizeof(Block)});
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i].longest = std::max(columns_[i].longest, look.ranges.at(i).size());
  }
  hashes_.push_back(look.hash);
  class_texts_.push_back({keep(texts.transaction_type), keep(texts.marketplace),
                          keep(texts.amount_type), keep(texts.amount_description),
                          keep(texts.fulfillment)});
  *slot = {tag_of(look.hash), number + 1};
  return number;
}

}  // namespace mlc::amazon::settlement_report
