// One post unit from look-up to read-back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "abap/value.h"
#include "ports/unit.h"
#include "sap/guarded_unit.h"

namespace mlc::sap {

// Whether the positive control is there: the same number with the same reference. A table that may
// not be read is `unreadable`; broken connections are errors. Repeatable.
[[nodiscard]] Result<ports::ControlFinding> find_control(
    DocumentReader& reader, const std::optional<ports::PositiveControl>& control);

// Used once. Not thread-safe.
class PostRun {
 public:
  PostRun(const Bench& bench, const ports::PostUnit& unit);
  [[nodiscard]] ports::PostResult post();    // guarded
  [[nodiscard]] ports::CheckResult check();  // repeatable; no journal
 private:
  struct Prepared {
    const ledger::LedgerDocument* document;
    abap::Structure arguments;
    ledger::DocumentNumber number;  // once POST answered
  };
  [[nodiscard]] std::optional<Ending> validate() const;
  [[nodiscard]] std::optional<Ending> look_up();
  [[nodiscard]] std::optional<Ending> read_and_judge();
  [[nodiscard]] ledger::Judgement judge_own(
      const std::vector<ledger::PostedDocument>& documents) const;
  [[nodiscard]] std::optional<Ending> prepare();
  [[nodiscard]] std::optional<Ending> find_rate(const ledger::LedgerDocument& document);
  [[nodiscard]] std::optional<Ending> check_all();
  [[nodiscard]] std::optional<Ending> reserve_all();
  [[nodiscard]] std::optional<Ending> after_taken_keys();
  [[nodiscard]] std::optional<Ending> post_all();
  [[nodiscard]] std::optional<Ending> take_number(Prepared& part, const abap::Structure& answer);
  [[nodiscard]] std::optional<Ending> commit_all();
  [[nodiscard]] Ending read_back();
  [[nodiscard]] Ending run_guarded();
  [[nodiscard]] Ending run_check();
  void mark_our_rates(std::vector<ledger::PostedDocument>& documents) const;
  [[nodiscard]] std::string keys() const;
  [[nodiscard]] std::string object_keys() const;
  const ports::PostUnit& unit_;
  GuardedUnit guard_;
  ledger::Judgement judgement_;
  std::string base_finding_;                  // which base does not stand as it should, and how
  std::vector<ports::UpdateRecord> updates_;  // of our user; read under session_lock only
  std::vector<Prepared> parts_;
};

}  // namespace mlc::sap
