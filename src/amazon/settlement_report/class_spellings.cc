#include "amazon/settlement_report/class_spellings.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::array kClassColumns{Column::kTransactionType, Column::kMarketplaceName,
                                   Column::kAmountType, Column::kAmountDescription,
                                   Column::kFulfillmentId};
constexpr std::size_t kFirstSlots = 1024;  // a power of two
constexpr std::size_t kLongestProbe = 64;  // bounds what a file made for collisions can cost

std::uint64_t load(const char* bytes, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  return word;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15U;
  hash = (hash ^ word) * kFactor;
  return hash ^ (hash >> 29U);
}

// Whole words, then the last word once more, overlapping: no byte is left out.
std::uint64_t hash_bytes(std::uint64_t hash, std::string_view bytes) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  constexpr std::size_t kHalf = sizeof(std::uint32_t);
  const std::size_t size = bytes.size();
  hash = mix(hash, size);
  if (size >= kWord) {
    for (std::size_t at = 0; at + kWord <= size; at += kWord) {
      hash = mix(hash, load(bytes.data() + at, kWord));
    }
    return mix(hash, load(bytes.data() + size - kWord, kWord));
  }
  if (size >= kHalf) {
    const std::uint64_t front = load(bytes.data(), kHalf);
    return mix(hash, front << 32U | load(bytes.data() + size - kHalf, kHalf));
  }
  std::uint64_t few = 0;
  for (const char c : bytes) few = few << 8U | static_cast<std::uint8_t>(c);
  return mix(hash, few);
}

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

void ClassSpellings::begin(const Header& header) {
  columns_.clear();
  slots_.assign(kFirstSlots, {});
  entries_.clear();
  texts_.clear();
  luck_ = kMostLuck;
  before_ = 0;
  trail_ = 0;
  expected_.fill(nullptr);
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
  cells_needed_ = positions.empty() ? 0 : positions.back() + 1;
}

std::uint64_t ClassSpellings::hash_of(const LineCells& cells) const {
  std::uint64_t hash = columns_.size();
  for (const Columns& one : columns_) hash = hash_bytes(hash, cells.range(one.first, one.last));
  // Once more: the last bytes have reached only the high bits, and slots are counted by the low.
  return mix(hash, 0);
}

const ClassSpellings::Entry* ClassSpellings::look_up(const LineCells& cells) const {
  if (slots_.empty()) return nullptr;
  const std::uint64_t hash = hash_of(cells);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t probe = 0; probe < kLongestProbe; ++probe) {
    const Slot& slot = slots_[(hash + probe) & mask];
    if (slot.entry == 0) return nullptr;
    if (slot.tag != tag_of(hash)) continue;
    const Entry& entry = entries_[slot.entry - 1];
    if (entry.hash == hash && is_same(entry, cells)) return &entry;
  }
  return nullptr;
}

void ClassSpellings::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (std::uint32_t number = 1; number <= entries_.size(); ++number) {
    const std::uint64_t hash = entries_[number - 1].hash;
    std::size_t at = hash & mask;
    while (larger[at].entry != 0) at = (at + 1) & mask;
    larger[at] = {tag_of(hash), number};
  }
  slots_ = std::move(larger);
}

// Where `find` would look for it.
std::optional<std::size_t> ClassSpellings::free_slot(std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t probe = 0; probe < kLongestProbe; ++probe) {
    const std::size_t at = (hash + probe) & mask;
    if (slots_[at].entry == 0) return at;
  }
  return std::nullopt;
}

// Texts lie close together, in the order in which they came.
std::string_view ClassSpellings::keep(std::string_view text) {
  constexpr std::size_t kTogether = 16 * 1024;
  if (texts_.empty() || texts_.back().capacity() - texts_.back().size() < text.size()) {
    texts_.emplace_back().reserve(std::max(kTogether, text.size()));
  }
  const std::size_t from = texts_.back().size();
  texts_.back() += text;
  return std::string_view(texts_.back()).substr(from);
}

const ClassSpellings::Spelling* ClassSpellings::add(const LineCells& cells,
                                                    const ClassTexts& texts) {
  if (cells.size() < cells_needed_ || slots_.empty() || entries_.size() == kMost) return nullptr;
  std::string key;
  for (const Columns& one : columns_) {
    key += cells.range(one.first, one.last);
    key += '\t';
  }
  std::size_t size = key.size();
  for (const std::string_view part : {texts.transaction_type, texts.marketplace, texts.amount_type,
                                      texts.amount_description, texts.fulfillment}) {
    size += part.size();
  }
  if (bytes_ + size > kMostBytes) return nullptr;
  if (entries_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = hash_of(cells);
  const auto slot = free_slot(hash);
  if (!slot) return nullptr;
  bytes_ += size;
  const auto number = static_cast<std::uint32_t>(entries_.size());
  const ClassTexts kept{keep(texts.transaction_type), keep(texts.marketplace),
                        keep(texts.amount_type), keep(texts.amount_description),
                        keep(texts.fulfillment)};
  const Entry& entry = entries_.emplace_back(Entry{hash, keep(key), {number, kept}});
  expected_[trail_] = &entry;
  follow(entry);
  slots_[*slot] = {tag_of(hash), number + 1};
  return &entry.spelling;
}

}  // namespace mlc::amazon::settlement_report
