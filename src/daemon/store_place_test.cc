#include "daemon/store_place.h"

#include <fstream>
#include <gtest/gtest.h>

#include "configuration/errors.h"
#include "daemon/errors.h"
#include "daemon/worker_name.h"
#include "store/temporary_folder_test.h"

namespace mlc::daemon {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> no_environment(const std::string& /*name*/) { return std::nullopt; }

class StorePlaceTest : public ::testing::Test {
 protected:
  void write(const char* name, const std::string& text) const {
    fs::create_directories((folder_.path() / name).parent_path());
    std::ofstream(folder_.path() / name) << text;
  }
  [[nodiscard]] Result<store::StorePlace> find() const {
    return find_store(folder_.path(), folder_.path(), no_environment);
  }
  store::TemporaryFolder folder_;
};

TEST_F(StorePlaceTest, WithoutConfigurationOrUrl_TheDirectoryKeepsItsRecordsItself) {
  EXPECT_FALSE(find()->server);
  write("ml-connector.toml", "[state]\nname = \"hub\"\n");
  EXPECT_FALSE(find()->server);
}

TEST_F(StorePlaceTest, Url_NamesTheDatabaseItsPasswordAndTheSharedEvidence) {
  write("ml-connector.toml",
        "[store]\nurl = \"postgresql://hub@db/hub\"\npassword = \"file:keys/store-password\"\n"
        "evidence = \"shared\"\n[nonsense]\n");
  const auto missing = find();
  ASSERT_FALSE(missing);
  EXPECT_TRUE(missing.error().is(configuration::kSecretMissing));
  write("keys/store-password", "sesame\n");
  const auto place = find();
  ASSERT_TRUE(place) << place.error().explain();
  EXPECT_EQ(place->server->address, "postgresql://hub@db/hub");
  EXPECT_EQ(place->server->password.reveal(), "sesame");
  EXPECT_EQ(place->evidence, folder_.path() / "shared");
}

// Whoever looks at a store must not be led to another one by a fault of the configuration.
TEST_F(StorePlaceTest, FileThatIsNoToml_CountsOnlyWhereTheDirectoryHasRecords) {
  write("ml-connector.toml", "[store\n");
  const auto refused = find();
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(configuration::kBadToml));
  write("hub.sqlite", "records");
  EXPECT_FALSE(find()->server);
  write("ml-connector.toml", "[store]\nurl = \"postgresql://hub:sesame@db/hub\"\n");
  const auto inlined = find();
  ASSERT_FALSE(inlined);
  EXPECT_TRUE(inlined.error().is(configuration::kInlineSecret));
}

TEST(WorkerName, IsThatOfTheDirectoryItself_AndOfNoCopy) {
  const store::TemporaryFolder folder;
  const auto one = folder.path() / "one";
  fs::create_directories(one);
  const auto nobody = shared_worker_name(one);
  ASSERT_FALSE(nobody);
  EXPECT_TRUE(nobody.error().is(kLockFailed));
  std::ofstream(one / "engine.lock") << "";
  const auto name = shared_worker_name(one);
  ASSERT_TRUE(name);
  EXPECT_EQ(name->size(), std::string("hub-1a2b3c4d5e6f").size());
  fs::create_symlink(one, folder.path() / "link");
  EXPECT_EQ(shared_worker_name(folder.path() / "link"), *name);
  fs::copy(one, folder.path() / "two");
  EXPECT_NE(shared_worker_name(folder.path() / "two"), *name);
  fs::rename(one, folder.path() / "old");
  fs::rename(folder.path() / "two", one);
  EXPECT_NE(shared_worker_name(one), *name) << "put in its place, it is a copy all the same";
}

}  // namespace
}  // namespace mlc::daemon
