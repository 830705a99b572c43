// Customizing and master data over a channel.
#pragma once

#include "abap/channel.h"
#include "ports/sap_reader.h"
#include "sap/settings.h"
#include "sap/unit_session.h"

namespace mlc::sap {

// Each question uses a session of its own. One caller at a time; only `abort_current` may come from
// another thread.
class MasterReading final : public ports::SapReader {
 public:
  // The channel outlives it.
  MasterReading(abap::Channel& channel, Settings settings)
      : channel_(channel), settings_(std::move(settings)) {}

  // Errors: those of read_number_ranges and of abap::Channel::open.
  [[nodiscard]] Result<ports::NumberRangeAnswer> number_ranges(
      const ports::NumberRangeQuestion& question) override;

  // Errors: those of read_balances and of abap::Channel::open.
  [[nodiscard]] Result<ports::BalanceAnswer> balances(
      const ports::BalanceQuestion& question) override;

  // Errors: those of read_targets and of abap::Channel::open.
  [[nodiscard]] Result<ports::TargetAnswer> targets(const ports::TargetQuestion& question) override;

  // Cuts the session of the question that runs now, if any. Thread-safe.
  void abort_current() { current_.abort(); }

 private:
  abap::Channel& channel_;
  Settings settings_;
  CurrentSession current_{};
};

}  // namespace mlc::sap
