#include "daemon/make_whole.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/digest.h"
#include "daemon/errors.h"
#include "store/errors.h"
#include "store/files.h"

namespace mlc::daemon {
namespace {

namespace fs = std::filesystem;

Status write_both(const fs::path& folder) {
  MLC_TRY_STATUS(store::make_folder(folder / "keys"));
  MLC_TRY_STATUS(store::write_private_file(folder / "keys/secret", "s3cret"));
  return store::write_private_file(folder / "ml-connector.toml", "");
}

Status write_and_fail(const fs::path& folder) {
  MLC_TRY_STATUS(write_both(folder));
  return failure(store::kFileFailed, {{"operation", "writing"}, {"file", ""}, {"detail", "full"}});
}

class MakeWhole : public testing::Test {
 protected:
  void SetUp() override { fs::create_directory(folder_); }
  void TearDown() override {
    fs::permissions(folder_, fs::perms::owner_all);
    fs::remove_all(folder_);
  }
  // The user cannot make anything beside `hub` any more.
  void close() { fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec); }
  [[nodiscard]] std::vector<std::string> files() const {
    return store::list_files(folder_).value_or(std::vector<std::string>{});
  }
  fs::path folder_ = fs::temp_directory_path() / ("mlc-whole-" + to_hex(random_bytes(6)));
  fs::path hub_ = folder_ / "hub";
  const std::vector<std::string> whole_{"hub/keys/secret", "hub/ml-connector.toml"};
};

TEST_F(MakeWhole, MakesAFolderOrFillsAnEmptyOne) {
  ASSERT_TRUE(make_whole(hub_ / "", write_both));
  EXPECT_EQ(files(), whole_);
  fs::remove_all(hub_);
  fs::create_directory(hub_);
  ASSERT_TRUE(make_whole(hub_, write_both));
  EXPECT_EQ(files(), whole_);
  EXPECT_TRUE(make_whole(hub_, write_both).error().is(kStateInUse));
}

TEST_F(MakeWhole, FollowsALinkToAnEmptyFolder) {
  fs::create_directory(hub_);
  fs::create_directory_symlink(hub_, folder_ / "link");
  ASSERT_TRUE(make_whole(folder_ / "link", write_both));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(*store::read_file(hub_ / "keys/secret"), "s3cret");
}

TEST_F(MakeWhole, LeavesNothingBehindWhenItFails) {
  EXPECT_EQ(make_whole(hub_, write_and_fail).error().fact("detail"), "full");
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(MakeWhole, OfTwoAtOnceOneSucceeds) {
  const auto slow = [&](const fs::path& folder) {
    EXPECT_TRUE(make_whole(hub_, write_both));  // the other one, meanwhile
    return write_both(folder);
  };
  EXPECT_TRUE(make_whole(hub_, slow).error().is(kStateInUse));
  EXPECT_EQ(files(), whole_);
}

class MakeWithin : public MakeWhole {
 protected:
  void SetUp() override {
    MakeWhole::SetUp();
    if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
    fs::create_directory(hub_);
    close();
  }
};

TEST_F(MakeWithin, FillsTheFolderBesideWhichNothingMayBeMade) {
  const Status made = make_whole(hub_, write_both);
  ASSERT_TRUE(made) << made.error().explain();
  EXPECT_EQ(files(), whole_);
  EXPECT_EQ(std::distance(fs::directory_iterator(hub_), {}), 2);
}

TEST_F(MakeWithin, LeavesItEmptyWhenItFails) {
  EXPECT_FALSE(make_whole(hub_, write_and_fail));
  EXPECT_TRUE(fs::is_empty(hub_));
}

TEST_F(MakeWithin, OfTwoAtOnceOneSucceeds) {
  const auto slow = [&](const fs::path& folder) {
    EXPECT_TRUE(make_whole(hub_, write_both));  // the other one, meanwhile
    return write_both(folder);
  };
  const Status made = make_whole(hub_, slow);
  ASSERT_FALSE(made);
  EXPECT_TRUE(made.error().is(kStateInUse));
  EXPECT_EQ(files(), whole_);
}

TEST_F(MakeWithin, MakesNothingWhereThereIsNoFolder) {
  EXPECT_FALSE(make_whole(folder_ / "other", write_both));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

}  // namespace
}  // namespace mlc::daemon
