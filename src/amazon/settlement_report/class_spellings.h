// The texts that tell a row's class, found again by the raw bytes of their cells: a distinct
// spelling is decoded once, unless the file has too many or was made so that they collide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
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
  static constexpr std::uint32_t kUnknown = UINT32_MAX;

  // Of the file that rows come from; forgets everything.
  void begin(const Header& header);
  // The number of a row's spelling, from 0; kUnknown when it was not kept before, or the row is no
  // such row: too short, or with one of the five cells at its very start or end.
  // `readable_behind` says how many bytes can be read behind the row.
  [[nodiscard]] std::uint32_t find(const LineCells& cells, std::size_t readable_behind = 0) const;
  // The same for many rows, behind each of which kReadable bytes can be read. Puts the numbers into
  // `out`, of the same size, up to the first that is unknown; how many.
  [[nodiscard]] std::size_t find_all(std::span<const LineCells> rows, std::span<std::uint32_t> out);
  // Of a number that was found or added; valid until `begin`.
  [[nodiscard]] const ClassTexts& texts(std::uint32_t number) const { return class_texts_[number]; }
  // Keeps the texts of a row that `find` knew nothing of; kUnknown when there is no room.
  std::uint32_t add(const LineCells& cells, const ClassTexts& texts);

 private:
  struct Columns {  // neighbours, looked at as one
    std::size_t first;
    std::size_t last;
  };
  struct Entry {
    std::uint64_t sizes;
    const char* key;     // the ranges, one after the other; kReadable bytes can be read behind them
    std::uint32_t next;  // the entry that came behind it last: rows of orders repeat
  };
  struct Slot {               // of a table with linear probing
    std::uint32_t tag = 0;    // the high half of the entry's hash
    std::uint32_t entry = 0;  // its index + 1, 0 where free
  };

  [[nodiscard]] bool read_sizes(const LineCells& cells, std::uint64_t& out) const;
  [[nodiscard]] std::uint64_t hash_of(const LineCells& cells, std::uint64_t sizes) const;
  [[nodiscard]] bool is_same(const Entry& entry, const LineCells& cells) const;
  [[nodiscard]] std::uint32_t look_up(const LineCells& cells, std::uint64_t sizes) const;
  [[nodiscard]] Slot* free_slot(std::uint64_t hash);
  void grow();
  std::string_view keep(std::string_view text);

  std::vector<Columns> columns_;
  std::size_t cells_needed_ = 0;
  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
  std::vector<std::uint64_t> hashes_;   // of entries
  std::deque<ClassTexts> class_texts_;  // of entries
  std::deque<std::string> kept_;        // keys and texts, many in one; never moved
  std::size_t used_ = 0;                // of the last one
  std::size_t bytes_ = 0;
  std::uint32_t last_found_ = 0;  // by find_all
};

}  // namespace mlc::amazon::settlement_report
