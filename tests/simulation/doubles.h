// Ports of a worker with mishaps around every call.
#pragma once

#include <memory>
#include <string>

#include "abap/channel.h"
#include "ports/report_source.h"
#include "ports/store.h"
#include "tests/simulation/mishaps.h"
#include "tests/simulation/witness.h"

namespace mlc::simulation {

// An abap::Channel whose sessions may lose their connection or their process around each call. The
// witness learns what they were answered.
class MishapChannel final : public abap::Channel {
 public:
  MishapChannel(abap::Channel& inner, Mishaps& mishaps, Witness& witness)
      : inner_(inner), mishaps_(mishaps), witness_(witness) {}
  [[nodiscard]] Result<std::unique_ptr<abap::Session>> open() override;

 private:
  abap::Channel& inner_;
  Mishaps& mishaps_;
  Witness& witness_;
};

class MishapSource final : public ports::ReportSource {
 public:
  MishapSource(ports::ReportSource& inner, Mishaps& mishaps) : inner_(inner), mishaps_(mishaps) {}
  [[nodiscard]] Result<ports::ReportPage> list_settlement_reports(
      Instant since, const std::string& token) override;
  [[nodiscard]] Result<ports::ReportListing> report(const std::string& report_id) override;
  [[nodiscard]] Result<ports::ReceivedDocument> download(const std::string& report_document_id,
                                                         ports::EvidenceVault& vault) override;

 private:
  ports::ReportSource& inner_;
  Mishaps& mishaps_;
};

}  // namespace mlc::simulation
