// The texts that tell a row's class, found again by the raw bytes of their cells: a distinct
// spelling is decoded once, unless the file has too many or was made so that they collide.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/header.h"
#include "amazon/settlement_report/line_splitter.h"
#include "amazon/settlement_report/same_bytes.h"

namespace mlc::amazon::settlement_report {

// Trimmed and in UTF-8.
struct ClassTexts {
  std::string_view transaction_type;
  std::string_view marketplace;
  std::string_view amount_type;
  std::string_view amount_description;
  std::string_view fulfillment;
};

// For layouts in which these five cells stand alone for the texts (V2). Bounded: a file with more
// spellings than it keeps is read all the same. Not thread-safe.
class ClassSpellings {
 public:
  static constexpr std::size_t kMost = 32 * 1024;             // spellings
  static constexpr std::size_t kMostBytes = 4 * 1024 * 1024;  // of them

  struct Spelling {
    std::uint32_t number = 0;  // from 0
    ClassTexts texts;          // valid as long as the table
  };

  // Of the file that rows come from; forgets everything.
  void begin(const Header& header);
  // The spelling of a row; nullptr when it was not kept before, or the row is too short for one.
  [[nodiscard]] const Spelling* find(const LineCells& cells) {
    // Orders repeat the same rows, so that the row after two others mostly is what it was the last
    // time. In a file where it is not, to compare with that one first would be in vain.
    if (cells.size() < cells_needed_) return nullptr;
    const Entry*& expected = expected_[trail_];
    if (luck_ < kLucky || expected == nullptr || !is_same(*expected, cells)) {
      const Entry* found = look_up(cells);
      if (found == nullptr) return nullptr;
      luck_ = found == expected ? std::min(luck_ + 1, kMostLuck) : std::max(luck_ - 1, 0);
      expected = found;
    }
    follow(*expected);
    return &expected->spelling;
  }
  // Keeps the texts of the row that `find` knew nothing of; nullptr when there is no room.
  const Spelling* add(const LineCells& cells, const ClassTexts& texts);

 private:
  struct Columns {  // neighbours, looked at as one
    std::size_t first;
    std::size_t last;
  };
  struct Entry {
    std::uint64_t hash;
    std::string_view key;  // raw bytes of the columns; a TAB behind each range
    Spelling spelling;
  };
  struct Slot {               // of a table with linear probing
    std::uint32_t tag = 0;    // the high half of the entry's hash
    std::uint32_t entry = 0;  // its index + 1, 0 where free
  };
  static constexpr std::size_t kTrails = 1024;
  static constexpr int kMostLuck = 15;
  static constexpr int kLucky = 8;
  // The rows so far, by the last two of them.
  void follow(const Entry& entry) {
    constexpr std::size_t kStep = 37;
    trail_ = (before_ * kStep + entry.spelling.number) % kTrails;
    before_ = entry.spelling.number;
  }
  [[nodiscard]] const Entry* look_up(const LineCells& cells) const;
  [[nodiscard]] std::uint64_t hash_of(const LineCells& cells) const;
  [[nodiscard]] bool is_same(const Entry& entry, const LineCells& cells) const {
    std::string_view key = entry.key;
    for (const Columns& one : columns_) {
      const std::string_view bytes = cells.range(one.first, one.last);
      // The number of TABs in a range is fixed, so the TAB behind it ends it.
      if (key.size() <= bytes.size() || key[bytes.size()] != '\t' ||
          !same_bytes(key.substr(0, bytes.size()), bytes)) {
        return false;
      }
      key.remove_prefix(bytes.size() + 1);
    }
    return key.empty();
  }
  [[nodiscard]] std::optional<std::size_t> free_slot(std::uint64_t hash) const;
  void grow();
  std::string_view keep(std::string_view text);

  std::vector<Columns> columns_;
  std::size_t cells_needed_ = 0;
  std::vector<Slot> slots_;
  std::deque<Entry> entries_;
  std::deque<std::string> texts_;  // keys and texts, many in one; never moved
  std::size_t bytes_ = 0;
  std::uint32_t before_ = 0;                      // number of the spelling that was found last
  std::size_t trail_ = 0;                         // of the last two
  std::array<const Entry*, kTrails> expected_{};  // what came after them when last seen
  int luck_ = kMostLuck;                          // how often it came again of late
};

}  // namespace mlc::amazon::settlement_report
