// The streams of a hub, from files that were imported.
#include "operations/stream_list.h"

#include <cctype>
#include <gtest/gtest.h>

#include "operations/summary.h"
#include "operations/testing/hub_fixture.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;

struct File {
  const char* id;
  const char* start;
  const char* end;
  const char* released;
  const char* held;
  const char* marketplace = "";
};

std::string content(const File& file) {
  std::string out = "type\tamount type\tdescription\tmarketplace\tamount\n";
  const auto row = [&](const std::string& description, const std::string& amount) {
    out += "other-transaction\tother-transaction\t" + description + "\t" + file.marketplace + "\t" +
           amount + "\n";
  };
  const auto zero = ledger::Money::zero(ledger::Currency::from_code("USD").value());
  const auto money = [&](const char* text) {
    return ledger::Money::parse(text, zero.currency()).value();
  };
  const auto total = money(file.released).plus(money(file.held)).value();
  out += std::string("total\t") + file.id + "\t" + total.decimal() + "\tUSD\t" + file.start + "\t" +
         file.end + "\n";
  row("Previous Reserve Amount Balance", file.released);
  row("Current Reserve Amount", file.held);
  return out;
}

void import(HubFixture& fixture, const std::vector<File>& files) {
  fixture.use_rules({"Previous Reserve Amount Balance", "Current Reserve Amount"});
  for (const File& file : files) fixture.import(content(file), std::string(file.id) + ".tsv");
}

constexpr File kFirst{"1", "2026-09-01T00:00:00Z", "2026-09-10T00:00:00Z", "0.00", "-500.00"};
constexpr File kSecond{"2", "2026-09-10T00:00:00Z", "2026-09-20T00:00:00Z", "500.00", "-20.00"};
constexpr File kThird{"3", "2026-09-20T00:00:00Z", "2026-09-30T00:00:00Z", "19.00", "0.00"};

std::vector<std::string> lower_cased(std::vector<std::string> texts) {
  for (auto& text : texts) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return texts;
}

TEST(ListStreams, MissingFile_IsAGapUntilItIsImported) {
  HubFixture fixture(flow::PostMode::kApprove);
  import(fixture, {kFirst, kThird});
  const auto streams = list_streams(*fixture.hub, "");
  ASSERT_TRUE(streams.has_value()) << streams.error().explain();
  ASSERT_EQ(streams->size(), 1U);
  const StreamView& view = streams->front();
  EXPECT_EQ(view.selling_account, "A1");
  EXPECT_EQ(view.currency, "USD");
  ASSERT_EQ(view.rows.size(), 2U);
  EXPECT_EQ(view.rows[0].held, "-500.00");
  EXPECT_EQ(view.rows[1].continuity, ledger::Continuity::kGap);
  EXPECT_EQ(view.rows[1].before, "1");
  EXPECT_EQ(breaks_in(*streams), 1U);
  EXPECT_EQ(summarize(*fixture.hub)->stream_breaks, 1U);

  import(fixture, {kSecond});
  const auto again = list_streams(*fixture.hub, "");
  ASSERT_TRUE(again.has_value());
  ASSERT_EQ(again->front().rows.size(), 3U);
  EXPECT_EQ(again->front().rows[1].continuity, ledger::Continuity::kFollows);
  // 20.00 were held back, 19.00 released.
  EXPECT_EQ(again->front().rows[2].continuity, ledger::Continuity::kReserveBreak);
  EXPECT_EQ(again->front().rows[2].before_held, "-20.00");
  EXPECT_EQ(again->front().rows[2].released, "19.00");
  EXPECT_EQ(breaks_in(*again), 1U);
}

TEST(ListStreams, MarketplacesOfItsRows_AreNamedOnceWhateverTheirCase) {
  HubFixture fixture(flow::PostMode::kApprove);
  File first = kFirst;
  File second = kSecond;
  first.marketplace = "amazon.com";
  second.marketplace = "Amazon.com";
  File other{"4", "2026-09-01T00:00:09Z", "2026-09-10T00:00:09Z", "0.00", "-7.00", "Amazon.ca"};
  import(fixture, {first, second, other});
  const auto streams = list_streams(*fixture.hub, "");
  ASSERT_TRUE(streams.has_value()) << streams.error().explain();
  ASSERT_EQ(streams->size(), 2U);
  EXPECT_EQ(lower_cased((*streams)[0].marketplaces), std::vector<std::string>{"amazon.com"});
  EXPECT_EQ((*streams)[1].marketplaces, std::vector<std::string>{"Amazon.ca"});
}

TEST(ListStreams, WholeStream_NeedsNobody) {
  HubFixture fixture(flow::PostMode::kApprove);
  import(fixture, {kSecond, kFirst});
  const auto streams = list_streams(*fixture.hub, "us");
  ASSERT_TRUE(streams.has_value());
  ASSERT_EQ(streams->size(), 1U);
  EXPECT_EQ(breaks_in(*streams), 0U);
  EXPECT_EQ(summarize(*fixture.hub)->stream_breaks, 0U);
  EXPECT_TRUE(list_streams(*fixture.hub, "elsewhere")->empty());
}

TEST(ListStreams, SecondFileOfASettlement_IsLeftOut) {
  HubFixture fixture(flow::PostMode::kApprove);
  import(fixture, {kFirst});
  File other = kFirst;
  other.held = "-400.00";
  fixture.import(content(other), "reissue.tsv");
  const auto streams = list_streams(*fixture.hub, "");
  ASSERT_TRUE(streams.has_value());
  ASSERT_EQ(streams->size(), 1U);
  EXPECT_EQ(streams->front().rows.size(), 1U);
}

}  // namespace
}  // namespace mlc::operations
