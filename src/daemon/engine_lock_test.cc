#include "daemon/engine_lock.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/digest.h"
#include "daemon/errors.h"

namespace mlc::daemon {
namespace {

const Instant kNow = *parse_instant("2026-11-27T09:00:00Z");

class EngineLockTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directory(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("mlc-engine-" + to_hex(random_bytes(6)));
};

TEST_F(EngineLockTest, WhoLooksIsToldWhoHasIt) {
  EXPECT_EQ(EngineLock::look(folder_)->has_value(), false);
  {
    const auto lock = EngineLock::take(folder_, kNow);
    ASSERT_TRUE(lock);
    const auto holder = EngineLock::look(folder_);
    ASSERT_TRUE(holder && *holder);
    EXPECT_EQ((*holder)->process, ::getpid());
    EXPECT_EQ((*holder)->since, kNow);
    EXPECT_FALSE((*holder)->host.empty());
    const auto second = EngineLock::take(folder_, kNow);
    ASSERT_FALSE(second);
    EXPECT_TRUE(second.error().is(kEngineElsewhere));
  }
  EXPECT_FALSE(EngineLock::look(folder_)->has_value()) << "the file stays, the holder is gone";
  EXPECT_TRUE(EngineLock::take(folder_, kNow));
}

}  // namespace
}  // namespace mlc::daemon
