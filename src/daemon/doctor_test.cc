#include "daemon/doctor.h"

#include <gtest/gtest.h>

namespace mlc::daemon {
namespace {

struct Case {
  const char* error;
  const char* who;
};

TEST(WhoCanCure, IsSomebodyWhoCan) {
  const std::vector<Case> table{
      {"amazon.invalid_grant", "the primary user of the selling account"},
      {"amazon.role_missing", "who administers the application in Amazon's console"},
      {"amazon.secret_expired", "who administers the application in Amazon's console"},
      {"amazon.invalid_client", "who keeps ml-connector.toml and its keys"},
      {"amazon.clock_differs", "who administers this machine"},
      {"amazon.unavailable", "nobody: it passes by itself"},
      {"net.tls_failed", "who administers this machine's network"},
      {"configuration.bad_value", "who keeps ml-connector.toml and its keys"},
      {"daemon.control_not_found", "SAP Basis"},
      {"sap.not_authorised", "SAP Basis"},
      {"anything.else", "who keeps ml-connector.toml and its keys"},
  };
  for (const auto& row : table) EXPECT_EQ(who_can_cure(row.error), row.who) << row.error;
}

}  // namespace
}  // namespace mlc::daemon
