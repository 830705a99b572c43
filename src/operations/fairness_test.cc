// Sellers take turns: the backlog of one does not hold up another.
#include <gtest/gtest.h>
#include <sstream>

#include "operations/import_file.h"
#include "operations/testing/hub_fixture.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

void import_only(HubFixture& hub, const std::string& connection, const std::string& content) {
  std::istringstream in(content);
  ASSERT_TRUE(import_file(*hub.hub, connection, "report.tsv", in, {}));
}

// The sample in another currency.
std::string in_euro(const std::string& id) {
  std::string out = sample_file(id);
  const std::string total = id + "\t100.00";
  return out.replace(out.find(total), total.size(), total + "\tEUR");
}

TEST(FairnessTest, OneSellerOfAHundred_OneOfTwo) {
  HubFixture hub(flow::PostMode::kAuto);
  auto other = hub.world->connections.front();
  other.settings.id = ConnectionId("eu");
  other.settings.selling_account = "A2";
  other.settings.currencies = {"EUR"};
  hub.world->connections.push_back(other);
  for (int i = 0; i < 100; ++i) import_only(hub, "us", sample_file(std::to_string(1000 + i)));
  hub.clock.advance(std::chrono::seconds(1));
  for (int i = 0; i < 2; ++i) import_only(hub, "eu", in_euro(std::to_string(2000 + i)));
  hub.clock.advance(std::chrono::seconds(1));

  int steps = 0;
  while (hub.state_of("2000") != "posted" || hub.state_of("2001") != "posted") {
    ASSERT_TRUE(*hub.engine->run_one());
    ++steps;
  }
  // A settlement needs five steps or less, and every other step is the other seller's.
  EXPECT_LE(steps, 2 * 2 * 5);
  hub.run();
  EXPECT_EQ(hub.state_of("1099"), "posted");
}

}  // namespace
}  // namespace mlc::operations
