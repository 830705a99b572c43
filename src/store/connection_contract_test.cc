// Pauses and polls of connections, over every implementation.
#include <gtest/gtest.h>

#include "store/store_contract_test.h"

namespace mlc::store {
namespace {

using ports::PauseRecord;
using ports::PollRecord;
using ports::StoreTransaction;

const ConnectionId kUs{std::string("us")};

TEST_P(StoreContract, Pause_PutReplacedAndLifted) {
  const PauseRecord second{tenant(), kUs, "cli:ben", "year end", at(2)};
  in_transaction([&](StoreTransaction& t) {
    EXPECT_EQ(must(t.pause(tenant(), kUs)), std::nullopt);
    must(t.put_pause({tenant(), kUs, "cli:anna", "SAP is upgraded", at(1)}));
    must(t.put_pause(second));
  });
  in_transaction([&](StoreTransaction& t) {
    EXPECT_EQ(must(t.pause(tenant(), kUs)), second);
    EXPECT_EQ(must(t.pause(TenantId("other"), kUs)), std::nullopt);
    EXPECT_EQ(must(t.pause(tenant(), ConnectionId("eu"))), std::nullopt);
    must(t.lift_pause(tenant(), kUs));
    must(t.lift_pause(tenant(), kUs));
  });
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->pause(tenant(), kUs)), std::nullopt);
}

TEST_P(StoreContract, Poll_PutAgain_Replaces) {
  const PollRecord begun{tenant(), kUs, at(1), {}, 100, 3, at(0)};
  const PollRecord ended{tenant(), kUs, at(1), at(2), 130, 4, {}};
  in_transaction([&](StoreTransaction& t) {
    EXPECT_EQ(must(t.poll(tenant(), kUs)), std::nullopt);
    must(t.put_poll(begun));
  });
  in_transaction([&](StoreTransaction& t) {
    EXPECT_EQ(must(t.poll(tenant(), kUs)), begun);
    must(t.put_poll(ended));
  });
  auto transaction = must(store().begin());
  EXPECT_EQ(must(transaction->poll(tenant(), kUs)), ended);
  EXPECT_EQ(must(transaction->poll(TenantId("other"), kUs)), std::nullopt);
}

}  // namespace
}  // namespace mlc::store
