#include "daemon/noticing_source.h"

#include <gtest/gtest.h>

#include "amazon/errors.h"

namespace mlc::daemon {
namespace {

class Empty final : public ports::ReportSource {
 public:
  Result<ports::ReportPage> list_settlement_reports(Instant, const std::string&) override {
    return ports::ReportPage{};
  }
  Result<ports::ReportListing> report(const std::string&) override {
    return failure(amazon::kNotFound);
  }
  Result<ports::ReceivedDocument> download(const std::string&, ports::EvidenceVault&) override {
    return failure(amazon::kDocumentGone);
  }
};

TEST(NoticingSource, NoticeIsToldWhenItAppearsOrChangesAndNeverTwice) {
  Empty inner;
  std::vector<Error> notices;
  std::vector<std::string> told;
  const auto source = noticing_source(
      inner, [&] { return notices; }, [&](const Error& notice) { told.push_back(notice.text()); });
  EXPECT_TRUE(source->list_settlement_reports({}, ""));
  EXPECT_TRUE(told.empty());
  notices = {Error(amazon::kOldSecretInUse, {{"number", "2"}})};
  EXPECT_TRUE(source->report("1").error().is(amazon::kNotFound));
  EXPECT_TRUE(source->list_settlement_reports({}, ""));
  EXPECT_EQ(told.size(), 1U);
  notices = {Error(amazon::kOldSecretInUse, {{"number", "3"}})};
  EXPECT_TRUE(source->list_settlement_reports({}, ""));
  EXPECT_EQ(told.size(), 2U);
  notices.clear();
  EXPECT_TRUE(source->list_settlement_reports({}, ""));
  notices = {Error(amazon::kOldSecretInUse, {{"number", "3"}})};
  EXPECT_TRUE(source->list_settlement_reports({}, ""));
  EXPECT_EQ(told.size(), 3U);
}

}  // namespace
}  // namespace mlc::daemon
