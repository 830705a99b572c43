// The first night of a seller: more reports than Amazon gives at once. What our own count of
// Amazon's limits puts off has not failed, and waits no longer than the count says.
#include <algorithm>
#include <gtest/gtest.h>

#include "operations/testing/hub_fixture.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::ListingSource;
using testing::sample_file;

constexpr ErrorKind kPutOff{"amazon.quota_wait",    "No call is left.", "Nothing to do.",
                            ExitCode::kUnavailable, Again::kLater,      Tried::kPutOff};
constexpr std::chrono::minutes kOneCall{1};

// Calls at Amazon's pace: some at once, then one a minute.
class Pace {
 public:
  Pace(const runtime::Clock& clock, int burst) : clock_(clock), full_(clock.now()), burst_(burst) {}

  Status take() {
    const Instant now = clock_.now();
    const Instant free = full_ + kOneCall * (made_ + 1 - burst_);
    if (now < free) return failure(Error(kPutOff).with_wait(free - now));
    ++made_;
    return {};
  }
  [[nodiscard]] int made() const { return made_; }

 private:
  const runtime::Clock& clock_;
  const Instant full_;
  const int burst_;
  int made_ = 0;
};

class PacedSource final : public ports::ReportSource {
 public:
  // How many calls of either kind Amazon gives at once.
  PacedSource(ListingSource& inner, const runtime::Clock& clock, int pages, int downloads)
      : listing(clock, pages), documents(clock, downloads), inner_(inner) {}

  Result<ports::ReportPage> list_settlement_reports(Instant since,
                                                    const std::string& token) override {
    MLC_TRY_STATUS(listing.take());
    return inner_.list_settlement_reports(since, token);
  }
  Result<ports::ReportListing> report(const std::string& report_id) override {
    return inner_.report(report_id);
  }
  Result<ports::ReceivedDocument> download(const std::string& report_document_id,
                                           ports::EvidenceVault& vault) override {
    MLC_TRY_STATUS(documents.take());
    return inner_.download(report_document_id, vault);
  }

  Pace listing;
  Pace documents;

 private:
  ListingSource& inner_;
};

class BackFill : public ::testing::Test {
 protected:
  // How long it takes until as many settlements are posted.
  Duration night(int reports, PacedSource& paced) {
    for (int i = 0; i < reports; ++i) {
      hub_.source.contents.push_back(sample_file(std::to_string(1000 + i)));
    }
    hub_.add_discovery();
    hub_.world->connections.front().source = &paced;
    const Instant begun = hub_.clock.now();
    for (int i = 0; i < 1'000; ++i) {
      hub_.run();
      if (posted() == reports) break;
      hub_.clock.set(next_due());
    }
    EXPECT_EQ(posted(), reports);
    return hub_.clock.now() - begun;
  }
  std::vector<ports::WorkRecord> works(const std::string& kind) {
    return (*hub_.store->begin())->list_work(TenantId("default"), kind).value();
  }

  HubFixture hub_{flow::PostMode::kAuto};

 private:
  int posted() {
    const auto all = works("settlement");
    return static_cast<int>(std::ranges::count(all, "posted", &ports::WorkRecord::state));
  }
  Instant next_due() { return (*hub_.store->begin())->next_due().value().value(); }
};

TEST_F(BackFill, TakesAsLongAsAmazonsLimitsAsk_AndNoLonger) {
  PacedSource paced(hub_.source, hub_.clock, 1'000, 15);
  EXPECT_EQ(night(60, paced), kOneCall * 45);
  EXPECT_EQ(paced.documents.made(), 60);
  for (const auto& work : works("settlement")) EXPECT_EQ(work.attempts, 0U);
}

TEST_F(BackFill, ListingThatIsPutOffGoesOnWithItsPage) {
  PacedSource paced(hub_.source, hub_.clock, 3, 1'000);
  EXPECT_EQ(night(8, paced), kOneCall * 5);
  EXPECT_EQ(paced.listing.made(), 8) << "each page once";
}

}  // namespace
}  // namespace mlc::operations
