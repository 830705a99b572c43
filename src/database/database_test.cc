#include "database/database.h"

#include <gtest/gtest.h>

namespace mlc::database {
TEST(DatabaseTest, OpensInMemory) { EXPECT_TRUE(Database::open({.file = ":memory:"})); }
}  // namespace mlc::database
