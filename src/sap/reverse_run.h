// One reverse unit: all parts in one unit of work.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/unit.h"
#include "sap/guarded_unit.h"

namespace mlc::sap {

// Guarded like a post. A reversal has no reference: it is done when STBLG of the original is
// filled, so that is looked at first and again after the commit. Used once; not thread-safe.
class ReverseRun {
 public:
  ReverseRun(const Bench& bench, const ports::ReverseUnit& unit);
  [[nodiscard]] ports::ReverseResult run();

 private:
  [[nodiscard]] Ending run_guarded();
  [[nodiscard]] std::optional<Ending> look_up();
  [[nodiscard]] std::optional<Ending> sort_in(const ports::PostedPart& part,
                                              const std::optional<ledger::PostedDocument>& found);
  [[nodiscard]] std::optional<Ending> send_all();
  [[nodiscard]] Ending read_back();
  [[nodiscard]] std::string numbers() const;
  const ports::ReverseUnit& unit_;
  GuardedUnit guard_;
  std::vector<ledger::DocumentNumber> wanted_;     // originals still to be reversed
  std::vector<ledger::DocumentNumber> reversals_;  // STBLG of those that are
  std::string object_keys_;
};

}  // namespace mlc::sap
