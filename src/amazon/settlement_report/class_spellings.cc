#include "amazon/settlement_report/class_spellings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "amazon/settlement_report/same_bytes.h"

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

constexpr std::array<Word, sizeof(Word) + 1> kOnes = [] {  // in so many of the first bytes
  std::array<Word, sizeof(Word) + 1> out{};
  for (std::size_t i = 1; i < out.size(); ++i) out.at(i) = out.at(i - 1) << 8U | 0xFFU;
  return out;
}();

// The first bytes of a text, or all it has, as a number; bytes behind it are blanked out.
Word first_word(const char* text, std::size_t size) {
  static_assert(std::endian::native == std::endian::little);  // the first byte is the lowest
  return load<Word>(text) & kOnes[std::min(size, sizeof(Word))];
}

// Which text it is, but not for sure; a shorter one looked at as a whole.
std::uint64_t hash_of_cell(std::string_view text) {
  const std::size_t before_last = std::max(text.size(), sizeof(Word)) - sizeof(Word);
  return first_word(text.data() + before_last, text.size()) * kLast;
}

// The same for a text of several cells.
std::uint64_t hash_of_cells(std::string_view text) {
  const std::size_t before_two = std::max(text.size(), sizeof(Block)) - sizeof(Block);
  return hash_of_cell(text) + first_word(text.data() + before_two, text.size()) * kBefore +
         first_word(text.data(), text.size()) * kFirst;
}

std::uint64_t finished(std::uint64_t hash) {
  hash = (hash ^ (hash >> 32U)) * kLast;
  return hash ^ (hash >> 29U);
}

// The cells of a row, with kReadable bytes behind it.
class ReadableCopy {
 public:
  explicit ReadableCopy(const LineCells& cells) {
    for (std::size_t at = 0; at < cells.size(); ++at) {
      if (at > 0) {
        tabs_.push_back(static_cast<std::uint32_t>(text_.size()));
        text_ += '\t';
      }
      text_ += cells[at];
    }
    size_ = text_.size();
    text_.append(kReadable, '\0');
  }
  [[nodiscard]] LineCells cells() const { return {text_.data(), tabs_, 0, size_}; }

 private:
  std::string text_;
  std::vector<std::uint32_t> tabs_;
  std::size_t size_ = 0;
};

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

void ClassSpellings::begin(const Header& header) {
  columns_.clear();
  slots_.assign(kFirstSlots, {});
  entries_.clear();
  hashes_.clear();
  class_texts_.clear();
  kept_.clear();
  used_ = 0;
  last_found_ = 0;
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

// False for a row that is too short, or has a range that is very long.
bool ClassSpellings::read_sizes(const LineCells& cells, std::uint64_t& out) const {
  if (cells.size() < cells_needed_ || columns_.empty()) return false;
  std::uint64_t sizes = 0;
  std::size_t longest = 0;
  for (const Columns& one : columns_) {
    const std::size_t size = cells.inner_range(one.first, one.last).size();
    sizes = sizes << kSizeBits | size;
    longest |= size;
  }
  out = sizes;
  return longest >> kSizeBits == 0;
}

std::uint64_t ClassSpellings::hash_of(const LineCells& cells, std::uint64_t sizes) const {
  std::uint64_t hash = sizes * kSizes;
  for (const Columns& one : columns_) {
    const std::string_view bytes = cells.inner_range(one.first, one.last);
    hash =
        std::rotl(hash, 23) + (one.first == one.last ? hash_of_cell(bytes) : hash_of_cells(bytes));
  }
  return finished(hash);
}

// Sizes are the same.
bool ClassSpellings::is_same(const Entry& entry, const LineCells& cells) const {
  const char* key = entry.key;
  Block differs{};
  for (const Columns& one : columns_) {
    std::string_view bytes = cells.inner_range(one.first, one.last);
    for (; bytes.size() > kReadable; bytes.remove_prefix(kReadable), key += kReadable) {
      if (std::memcmp(bytes.data(), key, kReadable) != 0) return false;
    }
    differs |= difference(bytes.data(), key, bytes.size());
    key += bytes.size();
  }
  return is_zero(differs);
}

std::uint32_t ClassSpellings::look_up(const LineCells& cells, std::uint64_t sizes) const {
  const std::uint64_t hash = hash_of(cells, sizes);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t probe = 0; probe < kLongestProbe; ++probe) {
    const Slot& slot = slots_.data()[(hash + probe) & mask];
    if (slot.entry == 0) return kUnknown;
    if (slot.tag != tag_of(hash)) continue;
    const Entry& entry = entries_.data()[slot.entry - 1];
    if (entry.sizes == sizes && is_same(entry, cells)) return slot.entry - 1;
  }
  return kUnknown;
}

std::uint32_t ClassSpellings::find(const LineCells& cells, std::size_t readable_behind) const {
  if (readable_behind < kReadable) {
    const ReadableCopy copy(cells);
    return find(copy.cells(), kReadable);
  }
  std::uint64_t sizes = 0;
  return read_sizes(cells, sizes) ? look_up(cells, sizes) : kUnknown;
}

std::size_t ClassSpellings::find_all(std::span<const LineCells> rows,
                                     std::span<std::uint32_t> out) {
  if (entries_.empty()) return 0;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const LineCells& cells = rows.data()[at];
    std::uint64_t sizes = 0;
    if (!read_sizes(cells, sizes)) return at;
    std::uint32_t& next = entries_.data()[last_found_].next;
    const Entry& guess = entries_.data()[next];
    if (guess.sizes != sizes || !is_same(guess, cells)) {
      const std::uint32_t number = look_up(cells, sizes);
      if (number == kUnknown) return at;
      next = number;
    }
    last_found_ = next;
    out.data()[at] = next;
  }
  return rows.size();
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

// Texts lie close together, in the order in which they came, and kReadable bytes behind each.
std::string_view ClassSpellings::keep(std::string_view text) {
  constexpr std::size_t kTogether = 16 * 1024;
  const std::size_t needed = text.size() + kReadable;
  if (kept_.empty() || kept_.back().size() - used_ < needed) {
    kept_.emplace_back(std::max(kTogether, needed), '\0');
    used_ = 0;
  }
  char* const to = kept_.back().data() + used_;
  text.copy(to, text.size());
  used_ += text.size();
  return {to, text.size()};
}

std::uint32_t ClassSpellings::add(const LineCells& cells, const ClassTexts& texts) {
  const ReadableCopy copy(cells);
  std::uint64_t sizes = 0;
  if (entries_.size() == kMost || !read_sizes(cells, sizes)) return kUnknown;
  const std::uint64_t hash = hash_of(copy.cells(), sizes);
  std::string key;
  for (const Columns& one : columns_) key += cells.inner_range(one.first, one.last);
  std::size_t size = key.size();
  for (const std::string_view part : {texts.transaction_type, texts.marketplace, texts.amount_type,
                                      texts.amount_description, texts.fulfillment}) {
    size += part.size();
  }
  if (bytes_ + size > kMostBytes) return kUnknown;
  if (entries_.size() * 2 >= slots_.size()) grow();
  Slot* slot = free_slot(hash);
  if (slot == nullptr) return kUnknown;
  bytes_ += size;
  const auto number = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({sizes, keep(key).data(), 0});
  hashes_.push_back(hash);
  class_texts_.push_back({keep(texts.transaction_type), keep(texts.marketplace),
                          keep(texts.amount_type), keep(texts.amount_description),
                          keep(texts.fulfillment)});
  *slot = {tag_of(hash), number + 1};
  return number;
}

}  // namespace mlc::amazon::settlement_report
