// The parts of `doctor`. Private to this module.
#pragma once

#include <string>
#include <vector>

#include "daemon/amazon_side.h"
#include "daemon/doctor.h"

namespace mlc::daemon {

// The lines of one connection as they are found.
class Findings {
 public:
  Findings(std::string connection, const std::function<void(const std::string&)>& progress,
           std::vector<Check>& out)
      : connection_(std::move(connection)), progress_(progress), out_(out) {}

  // Told before something is asked that may take a while.
  void asks(const std::string& name) const;
  void passed(const std::string& name, std::string text);
  void skipped(const std::string& name, std::string why);
  void failed(const std::string& name, Error error);

 private:
  std::string connection_;
  const std::function<void(const std::string&)>& progress_;
  std::vector<Check>& out_;
};

// doctor_amazon.cc: from name resolution to the newest settlement report.
void examine_amazon(AmazonSide& side, const configuration::ConnectionSettings& settings,
                    HubProcess& process, Findings& findings);
// doctor_sap.cc: system, positive control, what may be read.
void examine_sap(const configuration::ConnectionSettings& settings, HubProcess& process,
                 Findings& findings);

}  // namespace mlc::daemon
