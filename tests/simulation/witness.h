// Sees every document that comes into SAP's books twice, what the workers read of it, and what the
// hub says. It holds the hub to its word: what stands twice is told, or was undone before anybody
// could have read it.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "tests/simulation/auditor.h"

namespace mlc::simulation {

// What became of all documents posted twice until the end of a run.
struct Twice {
  std::uint64_t posted = 0;
  std::uint64_t told = 0;    // the hub named both documents
  std::uint64_t undone = 0;  // by hand, before the hub had read the books
  std::string fault;         // of any other; empty when there is none
};

// Used by the worker that holds the baton only.
class Witness {
 public:
  Witness(const std::filesystem::path& books, const Settled& settled,
          std::function<void(const std::string&)> note)
      : books_(books), settled_(settled), note_(std::move(note)) {}

  // After everything that may have changed the books.
  void look();
  // `worker` was answered what stands under the references of `settlement`. It knows now.
  void has_read(const std::string& worker, const std::string& settlement);
  // What it read never came to a decision: its process died, or SAP did not answer on.
  void forget(const std::string& worker) { known_.erase(worker); }
  // What the hub says stands twice, as a person finds it in the settlement's record; durable now.
  void was_told(std::string_view words);
  // `worker` turned to other work, or its decision is durable: what it knew and did not say is
  // held against it until it is told after all.
  void has_decided(const std::string& worker);

  [[nodiscard]] Twice judge();

 private:
  // A part of a settlement of which two documents were posted under one reference, or stood beside
  // one another under two.
  struct Double {
    std::set<std::string> numbers;  // of all its documents, "1000/0100000000/2026"
    std::set<std::string> live;
    bool told = false;
    std::string silence;  // who read it and said nothing
  };
  [[nodiscard]] bool names(std::string_view words, const Double& found) const;

  BooksReader books_;
  const Settled& settled_;
  std::function<void(const std::string&)> note_;
  std::int64_t version_ = 0;
  std::map<std::string, Double> doubles_;               // by reference without its letter
  std::map<std::string, std::set<std::string>> known_;  // parts that a worker read, by its name
};

}  // namespace mlc::simulation
