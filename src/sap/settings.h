// What a site decides about one SAP system.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/time.h"
#include "sap/bapi_messages.h"
#include "sap/posting_fence.h"
#include "sap/table_reader.h"

namespace mlc::sap {

struct Settings {
  std::string user;  // USERNAME of documents and owner of update records; empty: the logon user
  Duration longest_run = std::chrono::hours(1);  // rdisp/max_wprun_time of the system
  ReaderLimits reader;
  FenceSettings fence;
  std::vector<SiteMessage> site_messages;  // seen on this system; they go before the shipped table
};

}  // namespace mlc::sap
