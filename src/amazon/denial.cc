#include "amazon/denial.h"

#include "amazon/errors.h"

namespace mlc::amazon {
namespace {

constexpr std::chrono::hours kRemember{1};

// The status of the question, 0 when there was no answer.
int ask(SellingPartnerStub& stub) {
  const auto answer = stub.call({Operation::kGetMarketplaceParticipations, "", {}, std::nullopt});
  return answer ? answer->status : 0;
}

Error as(const ErrorKind& kind, const Error& denied) {
  Error out(kind, denied.facts());
  return denied.wait() ? out.with_wait(*denied.wait()) : out;
}

}  // namespace

DenialFinder::DenialFinder(SellingPartnerStub& own, Region region, RegionStubs others,
                           const runtime::Clock& clock)
    : own_(own), region_(region), others_(std::move(others)), clock_(clock) {}

Error DenialFinder::explain(const Error& denied, Operation operation) {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.now();
  const bool known =
      remembered_ && now >= remembered_->found && now < remembered_->found + kRemember;
  const Finding finding = known ? *remembered_ : find(operation);
  if (finding.cause == Cause::kUnknown) return denied;
  remembered_ = finding;
  if (finding.cause == Cause::kRoleMissing) return as(kRoleMissing, denied);
  return as(kWrongRegion, denied.with("other_region", std::string(to_word(finding.other))));
}

DenialFinder::Finding DenialFinder::find(Operation operation) {
  const bool denied_itself = operation == Operation::kGetMarketplaceParticipations;
  const int here = denied_itself ? 403 : ask(own_);
  if (here == 200) return {Cause::kRoleMissing, region_, clock_.now()};
  return here == 403 ? look_elsewhere() : Finding{};
}

DenialFinder::Finding DenialFinder::look_elsewhere() {
  for (const auto& [region, stub] : others_) {
    if (ask(*stub) == 200) return {Cause::kWrongRegion, region, clock_.now()};
  }
  return {};
}

}  // namespace mlc::amazon
