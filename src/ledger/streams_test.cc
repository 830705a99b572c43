#include "ledger/streams.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::usd;

struct Row {
  const char* id;
  const char* start;
  const char* end;
  const char* held = "0.00";
  const char* released = "0.00";
  const char* currency = "USD";
};

std::vector<StreamSettlement> settlements(const std::vector<Row>& rows) {
  std::vector<StreamSettlement> out;
  for (const Row& row : rows) {
    const auto instant = [](const std::string& text) {
      return parse_instant(text.size() > 10 ? text : text + "T00:00:00Z").value();
    };
    const auto currency = Currency::from_code(row.currency).value();
    out.push_back({SettlementId(row.id), instant(row.start), instant(row.end),
                   Money::parse(row.held, currency).value(),
                   Money::parse(row.released, currency).value()});
  }
  return out;
}

// A line for each stream: "1, follows 2, gap 4".
std::string in_words(const std::vector<StreamSettlement>& all) {
  std::string out;
  for (const Stream& stream : find_streams(all)) {
    std::string line;
    for (const StreamLink& link : stream.links) {
      if (!line.empty()) line += ", ";
      if (link.continuity != Continuity::kFirst)
        line += std::string(to_word(link.continuity)) + " ";
      line += all[link.settlement].id.str();
    }
    out += line + "\n";
  }
  return out;
}

struct Case {
  const char* name;
  std::vector<Row> rows;
  const char* streams;
};

std::vector<Case> cases_of_one_stream() {
  return {
      {"none", {}, ""},
      {"one", {{"1", "2026-01-01", "2026-01-15"}}, "1\n"},
      {"each begins where the one before ended",
       {{"1", "2026-01-01", "2026-01-15", "-500.00"},
        {"2", "2026-01-15", "2026-01-29", "-20.00", "500.00"},
        {"3", "2026-01-29", "2026-02-12", "0.00", "20.00"}},
       "1, follows 2, follows 3\n"},
      {"case 9: 500.00 held back, 499.00 released",
       {{"1", "2026-01-01", "2026-01-15", "-500.00"},
        {"2", "2026-01-15", "2026-01-29", "0.00", "499.00"}},
       "1, reserve_break 2\n"},
      {"one file missing",
       {{"1", "2026-01-01", "2026-01-15"}, {"3", "2026-01-29", "2026-02-12"}},
       "1, gap 3\n"},
      {"each currency for itself",
       {{"1", "2026-01-01", "2026-01-15"},
        {"2", "2026-01-15", "2026-01-29", "0.00", "0.00", "EUR"},
        {"3", "2026-01-15", "2026-01-29"}},
       "2\n1, follows 3\n"},
      {"two gaps",
       {{"1", "2026-01-01", "2026-01-15"},
        {"3", "2026-01-29", "2026-02-12"},
        {"5", "2026-02-26", "2026-03-12"}},
       "1, gap 3, gap 5\n"},
  };
}

std::vector<Case> cases_of_several_streams() {
  return {
      {"case 26: standard and invoiced seconds apart",
       {{"S1", "2026-01-01T08:00:00Z", "2026-01-15T08:00:00Z", "-500.00"},
        {"I1", "2026-01-01T08:00:07Z", "2026-01-15T08:00:05Z", "-40.00"},
        {"S2", "2026-01-15T08:00:00Z", "2026-01-29T08:00:00Z", "0.00", "500.00"},
        {"I2", "2026-01-15T08:00:05Z", "2026-01-29T08:00:09Z", "0.00", "40.00"}},
       "S1, follows S2\nI1, follows I2\n"},
      {"case 26: one of them missing is a gap of that one only",
       {{"S1", "2026-01-01T08:00:00Z", "2026-01-15T08:00:00Z"},
        {"I1", "2026-01-01T08:00:07Z", "2026-01-15T08:00:05Z"},
        {"I2", "2026-01-15T08:00:05Z", "2026-01-29T08:00:09Z"},
        {"S3", "2026-01-29T08:00:00Z", "2026-02-12T08:00:00Z"},
        {"I3", "2026-01-29T08:00:09Z", "2026-02-12T08:00:03Z"}},
       "S1, gap S3\nI1, follows I2, follows I3\n"},
      {"seconds between streams are no gap",
       {{"S1", "2026-01-01T08:00:00Z", "2026-01-15T08:00:00Z"},
        {"I2", "2026-01-15T08:00:05Z", "2026-01-29T08:00:09Z"}},
       "S1\nI2\n"},
      {"two end at the same second: the reserve tells",
       {{"S1", "2026-01-01", "2026-01-15", "-500.00"},
        {"I1", "2026-01-01", "2026-01-15", "-40.00"},
        {"S2", "2026-01-15", "2026-01-29", "0.00", "500.00"},
        {"I2", "2026-01-15", "2026-01-29", "0.00", "40.00"}},
       "I1, follows I2\nS1, follows S2\n"},
      {"two end at the same second, one reserve agrees: the other is left for the other",
       {{"S1", "2026-01-01", "2026-01-15", "-500.00"},
        {"I1", "2026-01-01", "2026-01-15", "-40.00"},
        {"S2", "2026-01-15", "2026-01-29", "0.00", "500.00"},
        {"I2", "2026-01-15", "2026-01-29", "0.00", "41.00"}},
       "I1, reserve_break I2\nS1, follows S2\n"},
      {"two end at the same second without reserve: nothing tells",
       {{"S1", "2026-01-01", "2026-01-15"},
        {"I1", "2026-01-01", "2026-01-15"},
        {"S2", "2026-01-15", "2026-01-29"}},
       "I1\nS1\nunclear S2\n"},
      {"two streams stopped: nothing tells which goes on",
       {{"S1", "2026-01-01T08:00:00Z", "2026-01-15T08:00:00Z"},
        {"I1", "2026-01-01T08:00:07Z", "2026-01-15T08:00:05Z"},
        {"X3", "2026-01-29T08:00:00Z", "2026-02-12T08:00:00Z"}},
       "S1\nI1\nunclear X3\n"},
      {"two begin after one stopped: nothing tells which goes on",
       {{"S1", "2026-01-01T08:00:00Z", "2026-01-15T08:00:00Z"},
        {"S3", "2026-01-29T08:00:00Z", "2026-02-12T08:00:00Z"},
        {"I3", "2026-01-29T08:00:07Z", "2026-02-12T08:00:05Z"}},
       "S1\nunclear S3\nunclear I3\n"},
      {"an overlap is another stream",
       {{"1", "2026-01-01", "2026-01-15"}, {"2", "2026-01-10", "2026-01-20"}},
       "1\n2\n"},
  };
}

std::vector<Case> cases() {
  std::vector<Case> out = cases_of_one_stream();
  for (Case& row : cases_of_several_streams()) out.push_back(std::move(row));
  return out;
}

TEST(FindStreams, TableOfCases) {
  for (const Case& row : cases()) {
    EXPECT_EQ(in_words(settlements(row.rows)), row.streams) << row.name;
  }
}

TEST(FindStreams, OrderOfTheList_DoesNotMatter) {
  std::mt19937 chance(7);
  for (const Case& row : cases()) {
    auto rows = row.rows;
    for (int i = 0; i < 20; ++i) {
      std::ranges::shuffle(rows, chance);
      EXPECT_EQ(in_words(settlements(rows)), row.streams) << row.name;
    }
  }
}

TEST(FindStreams, EverySettlement_IsInExactlyOneStream) {
  for (const Case& row : cases()) {
    const auto all = settlements(row.rows);
    std::vector<int> seen(all.size());
    for (const Stream& stream : find_streams(all)) {
      for (const StreamLink& link : stream.links) ++seen.at(link.settlement);
    }
    EXPECT_EQ(seen, std::vector<int>(all.size(), 1)) << row.name;
  }
}

TEST(FindStreams, UnclearOne_NamesThoseItMayFollow) {
  const auto all = settlements({{"S1", "2026-01-01", "2026-01-15"},
                                {"I1", "2026-01-01", "2026-01-15"},
                                {"S2", "2026-01-15", "2026-01-29"}});
  const auto streams = find_streams(all);
  ASSERT_EQ(streams.size(), 3U);
  const StreamLink& link = streams.back().links.front();
  EXPECT_EQ(link.perhaps_before, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(link.before, std::nullopt);
}

TEST(ToStreamSettlement, ReserveRows_AreFoundByAmazonsDescriptions) {
  const SettlementHeader header{SettlementId("1"), {}, {}, {}, usd("10.00")};
  const auto total = [](const char* description, const char* amount) {
    ClassTotal out{{}, 1, usd(amount)};
    out.row_class.amount_description = description;
    return out;
  };
  const auto found = to_stream_settlement(
      header, {total("Current Reserve Amount", "-500.00"), total("current reserve amount", "-1.00"),
               total("Principal", "700.00"), total("Previous Reserve Amount Balance", "9.00")});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->held, usd("-501.00"));
  EXPECT_EQ(found->released, usd("9.00"));
}

}  // namespace
}  // namespace mlc::ledger
