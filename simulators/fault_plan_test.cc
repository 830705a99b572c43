#include "simulators/fault_plan.h"

#include <gtest/gtest.h>

namespace mlc::simulators {
namespace {

TEST(FaultPlan, order_strikes_at_its_visit_only) {
  FaultPlan plan({{"commit", 2, "drop_after", {}}});
  EXPECT_TRUE(plan.visit("commit").empty());
  EXPECT_TRUE(plan.visit("post").empty());
  EXPECT_FALSE(plan.all_used());
  const auto due = plan.visit("commit");
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].kind, "drop_after");
  EXPECT_TRUE(plan.visit("commit").empty());
  EXPECT_TRUE(plan.all_used());
  EXPECT_EQ(plan.report()[0].visits, 3U);
  EXPECT_EQ(plan.report()[0].used, 1U);
}

TEST(FaultPlan, nth_zero_strikes_every_time) {
  FaultPlan plan;
  plan.add({"post", 0, "substitute", {}});
  EXPECT_EQ(plan.visit("post").size(), 1U);
  EXPECT_EQ(plan.visit("post").size(), 1U);
  EXPECT_EQ(plan.report()[0].used, 2U);
}

TEST(ParseFaultPlan, full_order_is_read) {
  const auto plan = parse_fault_plan(
      R"({"faults": [{"where": "commit", "nth": 3, "kind": "update_late",
                      "parameters": {"seconds": 600, "name": "x"}},
                     {"where": "logon", "kind": "logon_failed"}]})");
  ASSERT_TRUE(plan) << plan.error().explain();
  ASSERT_EQ(plan->size(), 2U);
  EXPECT_EQ((*plan)[0].nth, 3U);
  EXPECT_EQ((*plan)[0].number("seconds"), 600);
  EXPECT_EQ((*plan)[0].parameter("name"), "x");
  EXPECT_EQ((*plan)[0].parameter("none", "f"), "f");
  EXPECT_EQ((*plan)[0].number("name", 7), 7);
  EXPECT_EQ((*plan)[1].nth, 1U);
}

TEST(ParseFaultPlan, everything_else_is_refused_with_its_place) {
  for (const char* text :
       {"", "{}", "[]", R"({"faults": 1})", R"({"faults": [1]})", R"({"faults": [{}]})",
        R"({"faults": [{"where": "a"}]})", R"({"faults": [{"where": "a", "kind": "b", "nht": 1}]})",
        R"({"faults": [{"where": "a", "kind": "b", "nth": -1}]})",
        R"({"faults": [{"where": "a", "kind": "b", "parameters": {"x": [1]}}]})"}) {
    const auto plan = parse_fault_plan(text);
    ASSERT_FALSE(plan) << text;
    EXPECT_TRUE(plan.error().is(kBadFaultPlan));
    EXPECT_FALSE(plan.error().fact("place").empty());
  }
}

}  // namespace
}  // namespace mlc::simulators
