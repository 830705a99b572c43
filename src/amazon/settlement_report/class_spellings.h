// The texts that tell a row's class, found again by the raw bytes of their cells: a distinct
// spelling is decoded once, unless the file has too many or was made so that they collide.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/header.h"
#include "amazon/settlement_report/line_splitter.h"

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
  [[nodiscard]] const Spelling* find(const LineCells& cells);
  // Keeps the texts of the row that `find` knew nothing of; nullptr when there is no room.
  const Spelling* add(const LineCells& cells, const ClassTexts& texts);

 private:
  struct Columns {  // neighbours, looked at as one
    std::size_t first;
    std::size_t last;
  };
  struct Entry {
    std::uint64_t hash;
    std::string key;  // raw bytes of the columns; a TAB behind each range
    std::string text;
    Spelling spelling;
  };
  [[nodiscard]] std::uint64_t hash_of(const LineCells& cells) const;
  [[nodiscard]] bool is_same(const Entry& entry, const LineCells& cells) const;
  [[nodiscard]] std::optional<std::size_t> free_slot(std::uint64_t hash) const;
  void grow();

  std::vector<Columns> columns_;
  std::size_t cells_needed_ = 0;
  std::vector<std::uint32_t> slots_;  // index of an entry + 1, 0 where free; linear probing
  std::deque<Entry> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace mlc::amazon::settlement_report
