// Why Amazon denied a call. Its 403 says the same for a missing role and for the wrong region, so
// two questions decide: whether the seller's marketplaces may be read here, and whether they may be
// read in another region.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "amazon/region.h"
#include "amazon/selling_partner_stub.h"
#include "runtime/clock.h"

namespace mlc::amazon {

using RegionStubs = std::map<Region, std::unique_ptr<SellingPartnerStub>>;

// Asks getMarketplaceParticipations at most once per region, and remembers the finding for an hour.
// Thread-safe.
class DenialFinder {
 public:
  // `own` answers calls of `region`; `others` those of other regions where their address is known.
  // `own` and `clock` must outlive it.
  DenialFinder(SellingPartnerStub& own, Region region, RegionStubs others,
               const runtime::Clock& clock);

  // amazon.access_denied of `operation` becomes amazon.role_missing or amazon.wrong_region where
  // that can be told; otherwise it stays.
  [[nodiscard]] Error explain(const Error& denied, Operation operation);

 private:
  enum class Cause { kUnknown, kRoleMissing, kWrongRegion };
  struct Finding {
    Cause cause = Cause::kUnknown;
    Region other = Region::kNorthAmerica;
    Instant found;
  };
  [[nodiscard]] Finding find(Operation operation);
  [[nodiscard]] Finding look_elsewhere();

  SellingPartnerStub& own_;
  const Region region_;
  const RegionStubs others_;
  const runtime::Clock& clock_;
  std::mutex mutex_;
  std::optional<Finding> remembered_;
};

}  // namespace mlc::amazon
