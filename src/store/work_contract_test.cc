// Work: claims, fences, saves and requests, for every store.
#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "store/store_contract_test.h"

namespace mlc::store {
namespace {

using ports::kNever;
using ports::StoreTransaction;
using ports::WorkRecord;

WorkRecord read(ports::Store& store, const std::string& id) {
  auto transaction = must(store.begin());
  return must(transaction->work(tenant(), WorkId("work-" + id)));
}

TEST_P(StoreContract, AddWork_AllFields_AreReadBack) {
  WorkRecord work = work_record("1", at(0));
  work.error = stored_error();
  work.attempts = 3;
  work.request = request("retry", 4);
  add(work);
  const WorkRecord found = read(store(), "1");
  EXPECT_EQ(found.kind, work.kind);
  EXPECT_EQ(found.subject, work.subject);
  EXPECT_EQ(found.state, work.state);
  EXPECT_EQ(found.due_at, work.due_at);
  EXPECT_EQ(found.attempts, 3U);
  EXPECT_EQ(found.error, work.error);
  EXPECT_EQ(found.request, work.request);
  EXPECT_EQ(found.memory, "page 7");
  EXPECT_EQ(found.owner, "");
}

TEST_P(StoreContract, AddWork_SameKindAndSubject_ChangesNothing) {
  add(work_record("1", at(0)));
  WorkRecord second = work_record("2", at(9));
  second.subject = "report 1";
  EXPECT_FALSE(in_transaction([&](StoreTransaction& t) { return must(t.add_work(second)); }));
  second.kind = "reversal";
  EXPECT_TRUE(in_transaction([&](StoreTransaction& t) { return must(t.add_work(second)); }));
  second.tenant = TenantId("other");
  EXPECT_TRUE(in_transaction([&](StoreTransaction& t) { return must(t.add_work(second)); }));
  EXPECT_EQ(read(store(), "1").due_at, at(0));
}

TEST_P(StoreContract, Work_Unknown_IsNotFound) {
  auto transaction = must(store().begin());
  EXPECT_EQ(error_of(transaction->work(tenant(), WorkId("x"))), "store.work_not_found");
  EXPECT_EQ(error_of(transaction->request_work(tenant(), WorkId("x"), request("retry", 0))),
            "store.work_not_found");
}

TEST_P(StoreContract, Claim_SeveralDue_TakesTheLongestDueFirst) {
  add(work_record("late", at(5)));
  add(work_record("early", at(1)));
  add(work_record("future", at(100)));
  add(work_record("never", kNever));
  EXPECT_EQ(claim(at(10))->id.str(), "work-early");
  EXPECT_EQ(claim(at(10))->id.str(), "work-late");
  EXPECT_FALSE(claim(at(10)).has_value());
  EXPECT_EQ(claim(at(100))->id.str(), "work-early") << "its lease of 60 s is over";
}

// One seller has a hundred reports due, another two that came later.
TEST_P(StoreContract, Claim_LanesTakeTurns_WhateverTheirBacklog) {
  for (int i = 0; i < 100; ++i) add(work_record("a" + std::to_string(i), at(i - 200)));
  for (int i = 0; i < 2; ++i) {
    WorkRecord work = work_record("b" + std::to_string(i), at(i));
    work.lane = "eu";
    add(work);
  }
  std::vector<std::string> lanes;
  for (int i = 0; i < 6; ++i) lanes.push_back(claim(at(10))->lane);
  std::ranges::sort(lanes.begin(), lanes.begin() + 2);
  std::ranges::sort(lanes.begin() + 2, lanes.begin() + 4);
  EXPECT_EQ(lanes, (std::vector<std::string>{"eu", "us", "eu", "us", "us", "us"}));
  EXPECT_EQ(claim(at(10))->id, WorkId("work-a4")) << "within a lane what is due longest";
}

// A seller with many connections has no more turns for it than one with a single one.
TEST_P(StoreContract, Claim_SellersTakeTurns_HoweverManyLanesTheyHave) {
  const auto add_lane = [&](const std::string& lane, const std::string& seller) {
    for (int i = 0; i < 9; ++i) {
      WorkRecord work = work_record(lane + std::to_string(i), at(-i));
      work.lane = lane;
      add(work);
    }
    in_transaction([&](StoreTransaction& t) { must(t.put_lane(tenant(), lane, seller)); });
  };
  for (const char* lane : {"a-us", "a-ca", "a-mx"}) add_lane(lane, "A");
  add_lane("b-us", "B");
  std::map<std::string, int> turns;
  for (int i = 0; i < 12; ++i) ++turns[claim(at(10))->lane];
  EXPECT_EQ(turns["b-us"], 6);
  for (const char* lane : {"a-us", "a-ca", "a-mx"}) EXPECT_EQ(turns[lane], 2) << lane;

  in_transaction([&](StoreTransaction& t) { must(t.put_lane(tenant(), "a-mx", "C")); });
  turns.clear();
  for (int i = 0; i < 6; ++i) ++turns[claim(at(10))->lane];
  EXPECT_EQ(turns["a-mx"], 2) << "it has another seller now";
  EXPECT_EQ(turns["b-us"], 2);
}

TEST_P(StoreContract, Claim_MarksOwnerLeaseAndFence) {
  add(work_record("1", at(0)));
  const auto claimed = claim(at(1), "worker");
  ASSERT_TRUE(claimed.has_value());
  EXPECT_EQ(claimed->owner, "worker");
  EXPECT_EQ(claimed->lease_until, at(61));
  EXPECT_EQ(claimed->fence, (ports::Fence{store().epoch(), 1}));
  EXPECT_EQ(read(store(), "1").fence, claimed->fence);
}

TEST_P(StoreContract, Claim_AgainAndAgain_FencesRise) {
  add(work_record("1", at(0)));
  ports::Fence before;
  for (int i = 0; i < 5; ++i) {
    const auto claimed = claim(at(100 * i));
    ASSERT_TRUE(claimed.has_value());
    EXPECT_GT(claimed->fence, before);
    before = claimed->fence;
  }
}

TEST_P(StoreContract, Claim_LeaseEndsExactlyNow_IsFree) {
  add(work_record("1", at(0)));
  ASSERT_TRUE(claim(at(0)).has_value());
  EXPECT_FALSE(claim(at(60) - Duration(1)).has_value());
  EXPECT_TRUE(claim(at(60)).has_value());
}

TEST_P(StoreContract, SaveWork_UnderItsClaim_KeepsAllAndRaisesTheRevision) {
  add(work_record("1", at(0)));
  WorkRecord work = *claim(at(1));
  work.state = "downloaded";
  work.due_at = at(50);
  work.owner.clear();
  work.attempts = 2;
  work.error = stored_error();
  work.memory = "token\nwith lines";
  in_transaction([&](StoreTransaction& t) { must(t.save_work(work)); });
  const WorkRecord found = read(store(), "1");
  EXPECT_EQ(found.revision, work.revision + 1);
  EXPECT_EQ(found.state, "downloaded");
  EXPECT_EQ(found.due_at, at(50));
  EXPECT_EQ(found.owner, "");
  EXPECT_EQ(found.attempts, 2U);
  EXPECT_EQ(found.error, work.error);
  EXPECT_EQ(found.memory, work.memory);
}

TEST_P(StoreContract, SaveWork_OldRevision_IsRefused) {
  add(work_record("1", at(0)));
  WorkRecord work = *claim(at(1));
  in_transaction([&](StoreTransaction& t) { must(t.save_work(work)); });
  auto transaction = must(store().begin());
  work.state = "posted";
  EXPECT_EQ(error_of(transaction->save_work(work)), "store.lease_lost");
  EXPECT_EQ(must(transaction->work(tenant(), work.id)).state, "found");
}

TEST_P(StoreContract, SaveWork_AnotherWorkerClaimedMeanwhile_IsRefused) {
  add(work_record("1", at(0)));
  WorkRecord slow = *claim(at(1), "slow");
  WorkRecord quick = *claim(at(61), "quick");
  ASSERT_EQ(slow.revision, quick.revision);
  auto transaction = must(store().begin());
  EXPECT_EQ(error_of(transaction->save_work(slow)), "store.lease_lost");
  must(transaction->save_work(quick));
  must(transaction->commit());
}

TEST_P(StoreContract, SaveWork_Unknown_IsNotFound) {
  auto transaction = must(store().begin());
  EXPECT_EQ(error_of(transaction->save_work(work_record("1", at(0)))), "store.work_not_found");
}

TEST_P(StoreContract, Request_OnWaitingWork_MakesItClaimableAtOnce) {
  add(work_record("1", kNever));
  EXPECT_FALSE(claim(at(10)).has_value());
  in_transaction([&](StoreTransaction& t) {
    must(t.request_work(tenant(), WorkId("work-1"), request("approve", 10)));
  });
  const auto claimed = claim(at(9));
  ASSERT_TRUE(claimed.has_value()) << "even when the asker's clock is ahead";
  EXPECT_EQ(claimed->request, request("approve", 10));
}

TEST_P(StoreContract, Request_WhileLeased_WaitsForTheLeaseAndIsKept) {
  add(work_record("1", at(0)));
  WorkRecord work = *claim(at(1));
  in_transaction(
      [&](StoreTransaction& t) { must(t.request_work(tenant(), work.id, request("retry", 2))); });
  EXPECT_FALSE(claim(at(3)).has_value());
  work.state = "rejected";
  work.due_at = kNever;
  work.owner.clear();
  work.request.reset();
  in_transaction([&](StoreTransaction& t) { must(t.save_work(work)); });
  const auto next = claim(at(3));
  ASSERT_TRUE(next.has_value()) << "the request that arrived meanwhile makes it due";
  EXPECT_EQ(next->request, request("retry", 2));
  EXPECT_EQ(next->state, "rejected");
}

TEST_P(StoreContract, Request_CarriedOut_IsCleared) {
  add(work_record("1", kNever));
  in_transaction([&](StoreTransaction& t) {
    must(t.request_work(tenant(), WorkId("work-1"), request("approve", 1)));
  });
  WorkRecord work = *claim(at(2));
  work.request.reset();
  work.owner.clear();
  in_transaction([&](StoreTransaction& t) { must(t.save_work(work)); });
  EXPECT_FALSE(read(store(), "1").request.has_value());
  EXPECT_FALSE(claim(at(3)).has_value());
}

TEST_P(StoreContract, Request_SameWordsAgainWhileTheFirstRuns_IsNotLost) {
  add(work_record("1", kNever));
  const auto ask = [&](StoreTransaction& t) {
    must(t.request_work(tenant(), WorkId("work-1"), request("approve", 1)));
  };
  in_transaction(ask);
  WorkRecord work = *claim(at(2));
  in_transaction(ask);
  work.request.reset();
  work.owner.clear();
  in_transaction([&](StoreTransaction& t) { must(t.save_work(work)); });
  EXPECT_EQ(read(store(), "1").request, request("approve", 1));
}

TEST_P(StoreContract, Request_Second_ReplacesTheFirst) {
  add(work_record("1", kNever));
  for (const char* verb : {"retry", "reverse"}) {
    in_transaction([&](StoreTransaction& t) {
      must(t.request_work(tenant(), WorkId("work-1"), request(verb, 1)));
    });
  }
  EXPECT_EQ(claim(at(2))->request, request("reverse", 1));
}

TEST_P(StoreContract, Request_SurvivesAWorkerThatDies) {
  add(work_record("1", kNever));
  in_transaction([&](StoreTransaction& t) {
    must(t.request_work(tenant(), WorkId("work-1"), request("approve", 1)));
  });
  ASSERT_TRUE(claim(at(2), "dies").has_value());
  EXPECT_EQ(claim(at(62), "lives")->request, request("approve", 1));
}

TEST_P(StoreContract, NextDue_IsTheEarliestMomentWithSomethingToDo) {
  const auto next = [&] {
    return in_transaction([](StoreTransaction& t) { return must(t.next_due()); });
  };
  EXPECT_EQ(next(), std::nullopt);
  add(work_record("never", kNever));
  EXPECT_EQ(next(), std::nullopt);
  add(work_record("1", at(30)));
  EXPECT_EQ(next(), at(30));
  add(work_record("2", at(20)));
  EXPECT_EQ(next(), at(20));
  ASSERT_EQ(claim(at(25))->id.str(), "work-2");
  EXPECT_EQ(next(), at(30)) << "the leased work comes back at 85";
  ASSERT_EQ(claim(at(30))->id.str(), "work-1");
  EXPECT_EQ(next(), at(85));
}

TEST_P(StoreContract, ListWork_OfAKind_IsOfTheTenantAndInOrder) {
  add(work_record("2", at(0)));
  add(work_record("1", at(0)));
  WorkRecord other = work_record("3", at(0));
  other.tenant = TenantId("other");
  add(other);
  auto transaction = must(store().begin());
  const auto list = must(transaction->list_work(tenant(), "settlement"));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].subject, "report 1");
  EXPECT_TRUE(must(transaction->list_work(tenant(), "reversal")).empty());
}

TEST_P(StoreContract, Transaction_Dropped_LeavesNothing) {
  {
    auto transaction = must(store().begin());
    ASSERT_TRUE(must(transaction->add_work(work_record("1", at(0)))));
  }
  auto transaction = must(store().begin());
  EXPECT_EQ(error_of(transaction->work(tenant(), WorkId("work-1"))), "store.work_not_found");
}

TEST_P(StoreContract, Claim_TwoConnectionsCompete_EachWorkHasOneOwner) {
  ports::Store* second = fixture().again();
  if (second == nullptr) GTEST_SKIP() << "this store has one connection";
  constexpr int kWorks = 40;
  for (int i = 0; i < kWorks; ++i) add(work_record(std::to_string(i), at(0)));
  const auto take_all = [](ports::Store& from, const std::string& owner) {
    std::vector<std::string> taken;
    while (true) {
      auto transaction = must(from.begin());
      const auto work = must(transaction->claim_due_work(at(1), owner, at(61)));
      must(transaction->commit());
      if (!work) return taken;
      taken.push_back(work->id.str());
    }
  };
  std::vector<std::string> left;
  std::vector<std::string> right;
  std::thread one([&] { left = take_all(store(), "left"); });
  std::thread two([&] { right = take_all(*second, "right"); });
  one.join();
  two.join();
  std::set<std::string> all(left.begin(), left.end());
  all.insert(right.begin(), right.end());
  EXPECT_EQ(left.size() + right.size(), static_cast<std::size_t>(kWorks));
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kWorks));
}

}  // namespace
}  // namespace mlc::store
