// The committed books: one SQLite file in a directory of its own. docs/formats/
// sap-simulator-books.md describes its tables. Several processes may open it at once.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlc::simulators::sap {

inline constexpr ErrorKind kBooksUnusable{
    "sap_simulator.books_unusable",
    "The simulator's books in {directory} cannot be used: {reason}.",
    "Check the directory's rights and space, or name another one.", ExitCode::kUnavailable};

// Fields by name, every value as text: numbers as whole numbers scaled by the field's decimals
// (amounts: hundredths of SAP's stored notation, which are minor units of the currency).
using Row = std::map<std::string, std::string, std::less<>>;
using Rows = std::vector<Row>;

// Thrown inside the simulator when SQLite fails; SapSystem turns it into an answer.
class BooksFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The field's text, empty when the row lacks it.
[[nodiscard]] const std::string& at(const Row& row, std::string_view field);
[[nodiscard]] std::int64_t number_at(const Row& row, std::string_view field);

// Not thread-safe. All functions but `open` throw BooksFailure.
class Books {
 public:
  // Creates directory, file and tables where they are missing. `durable` waits for the disk at
  // each commit (WAL, synchronous FULL). Errors: sap_simulator.books_unusable.
  [[nodiscard]] static Result<std::unique_ptr<Books>> open(const std::filesystem::path& directory,
                                                           bool durable);
  ~Books();
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;

  [[nodiscard]] Rows query(const std::string& sql, const std::vector<std::string>& values = {});
  // Returns the number of changed rows.
  int execute(const std::string& sql, const std::vector<std::string>& values = {});
  // Fields that are missing become initial. Throws when the key exists.
  void insert(std::string_view table, const Row& row);
  [[nodiscard]] std::optional<Row> find(std::string_view table, const Row& key);
  [[nodiscard]] bool exists(std::string_view table, const Row& key) {
    return find(table, key).has_value();
  }
  // The next number of a counter kept in the file, from 1.
  [[nodiscard]] std::int64_t next(const std::string& counter);

  // Copies of the whole books, by name, beside the file.
  void snapshot(const std::string& name);
  // The file's content becomes the snapshot's; false when there is no such snapshot.
  [[nodiscard]] bool restore(const std::string& name);

  // One unit of work: rolled back unless committed. Not nested.
  class Transaction {
   public:
    explicit Transaction(Books& books);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

   private:
    Books& books_;
    bool open_ = true;
  };

 private:
  struct Database;
  explicit Books(std::filesystem::path directory);
  void create_tables();
  std::filesystem::path directory_;
  std::unique_ptr<Database> database_;
};

}  // namespace mlc::simulators::sap
