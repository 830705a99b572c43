// SAP's own books file, read with SQL that knows nothing of the product or the simulator.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;

namespace mlc::simulation {

struct BookedKey {
  std::string bukrs;
  std::string belnr;
  std::string gjahr;
  [[nodiscard]] std::string text() const { return bukrs + "/" + belnr + "/" + gjahr; }
};

// A row of BKPF.
struct Head {
  BookedKey key;
  std::string reference;
  std::string status;
  std::string reversal;
  std::string is_reversal;
  // A document that was posted for its own sake, whatever became of it. Parked ones that were
  // deleted never were.
  [[nodiscard]] bool is_original() const { return is_reversal != "2" && status != "Z"; }
  [[nodiscard]] bool is_posted() const { return status.empty() || status == " "; }
  [[nodiscard]] bool is_live() const { return is_posted() && reversal.empty(); }
};

// Cents, debit minus credit.
struct Sums {
  std::int64_t all = 0;
  std::int64_t receivable = 0;
};

// All functions throw std::runtime_error when the file cannot be read.
class BooksReader {
 public:
  // `books` is the directory that holds books.sqlite.
  explicit BooksReader(const std::filesystem::path& books);
  // Differs when somebody else wrote since.
  [[nodiscard]] std::int64_t version() const;
  [[nodiscard]] std::vector<Head> heads() const;
  [[nodiscard]] Sums sums(const BookedKey& key, const std::string& receivable) const;

 private:
  struct CloseDatabase {
    void operator()(sqlite3* handle) const;
  };
  std::unique_ptr<sqlite3, CloseDatabase> database_;
};

// The settlement-id in a reference of the form id-PPR, empty for any other.
[[nodiscard]] std::string settlement_of(const std::string& reference);

}  // namespace mlc::simulation
