#include "flow/posting_guard.h"

#include <gtest/gtest.h>
#include <stdexcept>

#include "runtime/clock.h"
#include "store/memory_store.h"

namespace mlc::flow {
namespace {

constexpr Duration kLease = std::chrono::minutes(5);

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().explain());
  return std::move(*result);
}

std::string id_of(const Status& status) {
  return status ? std::string() : std::string(status.error().id());
}

// A worker that holds work and company code, in the middle of its unit.
class PostingGuardTest : public ::testing::Test {
 protected:
  PostingGuardTest() {
    ports::WorkRecord work;
    work.tenant = TenantId("acme");
    work.id = WorkId("1");
    work.kind = "settlement";
    work.subject = "1";
    work.state = "posting";
    work.due_at = clock_.now();
    auto transaction = must(store_->begin());
    EXPECT_TRUE(must(transaction->add_work(work)));
    EXPECT_TRUE(transaction->commit().has_value());
    const auto claimed = claim("w1");
    holder_ = take_company_code("w1");
    guard_.enter({claimed.tenant, claimed.id, claimed.fence, identity_, "1000", "w1", clock_.now(),
                  clock_.now() + kLease});
  }

  ports::WorkRecord claim(const std::string& worker) {
    auto transaction = must(store_->begin());
    const auto work =
        must(transaction->claim_due_work(clock_.now(), worker, clock_.now() + kLease));
    EXPECT_TRUE(work.has_value());
    EXPECT_TRUE(transaction->commit().has_value());
    return work.value_or(ports::WorkRecord{});
  }

  ports::HolderRecord take_company_code(const std::string& worker) {
    ports::HolderRecord wanted{identity_, "1000", worker, clock_.now() + kLease, {}};
    wanted.fence.epoch = store_->epoch();
    auto transaction = must(store_->begin());
    auto holder = must(transaction->acquire_holder(wanted, clock_.now(), {}));
    EXPECT_TRUE(transaction->commit().has_value());
    return holder;
  }

  Status record(ports::JournalStep step) {
    return guard_.record({UnitId("u"), step, clock_.now(), "x"});
  }
  Status may_write() { return guard_.may_write(holder_.fence, clock_.now() + kLease); }
  std::size_t journalled() {
    auto transaction = must(store_->begin());
    return must(transaction->journal(TenantId("acme"), UnitId("u"))).size();
  }

  runtime::ManualClock clock_{*parse_instant("2026-11-23T12:00:00Z")};
  std::unique_ptr<store::MemoryStore> store_ = must(store::open_memory_store(clock_.now()));
  PostingGuard guard_{*store_, clock_};
  ports::SystemIdentity identity_{"MLS", "100", "MLSCLNT100"};
  ports::HolderRecord holder_;
};

TEST_F(PostingGuardTest, record_under_the_fence_is_there_at_once) {
  EXPECT_EQ(id_of(record(ports::JournalStep::kStarted)), "");
  EXPECT_EQ(journalled(), 1U);
  EXPECT_EQ(id_of(may_write()), "");
}

TEST_F(PostingGuardTest, record_after_another_worker_took_over_is_refused_and_leaves_nothing) {
  clock_.advance(kLease + std::chrono::seconds(1));
  EXPECT_EQ(claim("w2").owner, "w2");
  EXPECT_EQ(id_of(record(ports::JournalStep::kPostSent)), "flow.lease_lost");
  EXPECT_EQ(journalled(), 0U);
  EXPECT_EQ(id_of(may_write()), "flow.lease_lost");
}

TEST_F(PostingGuardTest, write_without_the_company_code_is_refused) {
  EXPECT_EQ(id_of(guard_.may_write({holder_.fence.epoch, holder_.fence.counter + 1},
                                   clock_.now() + kLease)),
            "flow.lease_lost");
  clock_.advance(kLease + std::chrono::seconds(1));
  EXPECT_EQ(id_of(may_write()), "flow.lease_lost") << "its own lease is over";
  EXPECT_EQ(take_company_code("w2").owner, "w2");
  EXPECT_EQ(id_of(may_write()), "flow.lease_lost");
}

TEST_F(PostingGuardTest, write_after_the_deadline_is_refused) {
  EXPECT_EQ(id_of(guard_.may_write(holder_.fence, clock_.now())), "flow.deadline_passed");
  EXPECT_EQ(id_of(may_write()), "");
}

TEST_F(PostingGuardTest, nothing_is_recorded_or_written_outside_of_a_unit) {
  EXPECT_EQ(guard_.cut_at(), clock_.now() + kLease / 2);
  guard_.leave();
  EXPECT_EQ(guard_.cut_at(), std::nullopt);
  EXPECT_EQ(id_of(record(ports::JournalStep::kStarted)), "flow.lease_lost");
  EXPECT_EQ(id_of(may_write()), "flow.lease_lost");
  EXPECT_EQ(journalled(), 0U);
}

}  // namespace
}  // namespace mlc::flow
