// Which orders do not net: a second pass over the rows, in bounded memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "flow/step.h"
#include "ledger/netting.h"
#include "ports/scratch.h"

namespace mlc::flow {

// Sums by key with a bounded number of keys in memory. What is beyond goes to disk as sorted runs,
// which are merged at the end; a key that stands at zero when a run is written is forgotten, and
// orders usually come in one piece, so that runs are short. Not thread-safe.
class SpillingSums {
 public:
  // `most` keys in memory (about 150 bytes each). The vault outlives it.
  SpillingSums(ports::EvidenceVault& vault, std::size_t most) : vault_(vault), most_(most) {}

  // Errors: ledger.amount_overflow is not possible before 2^63; those of the scratch file.
  [[nodiscard]] Status add(const std::string& key, std::int64_t minor);

  struct Left {
    std::uint64_t count = 0;                                  // of keys that are not zero
    std::vector<std::pair<std::string, std::int64_t>> first;  // the first of them by key
  };
  // To be called once.
  [[nodiscard]] Result<Left> finish(std::size_t shown);
  [[nodiscard]] std::size_t runs() const { return runs_.size(); }

 private:
  struct Run {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  class RunReader;
  [[nodiscard]] Status write_run();
  ports::EvidenceVault& vault_;
  std::size_t most_;
  std::unordered_map<std::string, std::int64_t> sums_{};
  std::unique_ptr<ports::ScratchFile> scratch_{};
  std::uint64_t written_ = 0;
  std::vector<Run> runs_{};
};

struct Unnetted {
  std::uint64_t orders = 0;
  std::vector<ledger::UnnettedOrder> first;  // at most kShownOrders
};
inline constexpr std::size_t kShownOrders = 10;
// About 15 MiB, whatever the size of the file.
inline constexpr std::size_t kOrdersInMemory = 100'000;

// Reads the rows once more. With `all`, every netted row is added up by its order, to name those
// that break a sum; else only rows of rules that must net per order. Errors: the vault's and the
// reader's, ledger.amount_overflow.
[[nodiscard]] Result<Unnetted> find_unnetted(const World& world,
                                             const ports::SettlementRecord& settlement,
                                             const Connection& connection, bool all);

}  // namespace mlc::flow
