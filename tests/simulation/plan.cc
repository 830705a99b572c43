#include "tests/simulation/plan.h"

#include <algorithm>
#include <array>

namespace mlc::simulation {
namespace {

using simulators::FaultOrder;

constexpr const char* kPost = "BAPI_ACC_DOCUMENT_POST";
constexpr const char* kCheck = "BAPI_ACC_DOCUMENT_CHECK";
constexpr const char* kCommit = "commit";
constexpr const char* kLock = "Z_MLC_LOCK_POSTING";
constexpr const char* kKeys = "Z_MLC_RESERVE_KEYS";
constexpr const char* kRead = "RFC_READ_TABLE";

struct FenceWord {
  sap::FenceStrength fence;
  std::string_view word;
};
constexpr std::array kFences{FenceWord{sap::FenceStrength::kNone, "none"},
                             FenceWord{sap::FenceStrength::kSessionLock, "session_lock"},
                             FenceWord{sap::FenceStrength::kZWrapper, "z_wrapper"}};

std::string seconds(runtime::Random& random, std::uint64_t most) {
  return std::to_string(1 + random.below(most));
}

FaultOrder sap_fault(runtime::Random& random) {
  const std::uint64_t nth = 1 + random.below(3);
  switch (random.below(16)) {
    case 0: return {kCommit, nth, "drop_before", {}};
    case 1: return {kCommit, nth, "drop_after", {}};
    case 2: return {kCommit, nth, "execute_late", {{"seconds", seconds(random, 1800)}}};
    case 3: return {kCommit, nth, "update_late", {{"seconds", seconds(random, 1800)}}};
    case 4: return {kCommit, nth, "update_stopped", {{"seconds", seconds(random, 86400)}}};
    case 5: return {kCommit, nth, "commit_fails", {{"seconds", seconds(random, 3600)}}};
    case 6: return {kPost, nth, "drop_after", {}};
    case 7: return {kPost, nth, "enqueue_collision", {{"user", "MEIER"}}};
    case 8: return {kPost, nth, "runtime_failure", {{"text", "TSV_TNEW_PAGE_ALLOC_FAILED"}}};
    case 9: return {kCheck, nth, "drop_before", {}};
    case 10: return {kCommit, nth, "linger", {{"seconds", seconds(random, 7200)}}};
    case 11: return {kPost, nth, "linger", {{"seconds", seconds(random, 7200)}}};
    case 12: return {kLock, nth, "drop_after", {}};
    case 13: return {kKeys, nth, "drop_after", {}};
    case 14: return {kRead, 1 + random.below(40), "drop_after", {}};
    default: return {kRead, 1 + random.below(40), "timeout", {}};
  }
}

FaultOrder amazon_fault(runtime::Random& random) {
  constexpr std::array<const char*, 5> kPlaces{"login", "getReports", "getReportDocument",
                                               "document", "document"};
  constexpr std::array<const char*, 4> kKinds{"status", "drop", "drop_after", "truncate"};
  const auto* place = kPlaces[random.below(kPlaces.size())];
  const auto* kind = kKinds[random.below(kKinds.size())];
  return {place, 1 + random.below(3), kind, {{"status", random.below(2) == 0 ? "429" : "503"}}};
}

Odds draw_odds(runtime::Random& random) {
  Odds odds;
  constexpr std::array<std::uint64_t, 4> kCrash{0, 200, 80, 40};
  constexpr std::array<std::uint64_t, 3> kDrop{0, 60, 25};
  constexpr std::array<std::uint64_t, 4> kFreeze{0, 0, 250, 90};
  odds.crash = kCrash[random.below(kCrash.size())];
  odds.drop = kDrop[random.below(kDrop.size())];
  odds.freeze = kFreeze[random.below(kFreeze.size())];
  constexpr std::array<std::uint64_t, 3> kFreezeCommit{0, 4, 2};
  odds.freeze_commit = kFreezeCommit[random.below(kFreezeCommit.size())];
  odds.longest_freeze = std::chrono::minutes(random.below(2) == 0 ? 30 : 240);
  return odds;
}

}  // namespace

std::string word_of(sap::FenceStrength fence) {
  const auto at = std::ranges::find(kFences, fence, &FenceWord::fence);
  return std::string(at == kFences.end() ? "" : at->word);
}

std::optional<sap::FenceStrength> fence_of(std::string_view word) {
  const auto at = std::ranges::find(kFences, word, &FenceWord::word);
  if (at == kFences.end()) return std::nullopt;
  return at->fence;
}

Plan draw_plan(runtime::Random& random, std::optional<sap::FenceStrength> fence) {
  Plan plan;
  const auto drawn = kFences[random.below(kFences.size())].fence;
  plan.fence = fence.value_or(drawn);
  plan.words = "fence " + word_of(plan.fence) + "; ";
  plan.odds = draw_odds(random);
  plan.settlements = 1 + static_cast<std::uint32_t>(random.below(3));
  plan.rows = 20 + static_cast<std::uint32_t>(random.below(30));
  plan.item_limit = random.below(2) == 0 ? 900 : 4 + static_cast<int>(random.below(6));
  plan.restore_hub = random.below(4) == 0;
  plan.change_rules = plan.restore_hub && random.below(2) == 0;
  plan.restore_sap = random.below(8) == 0;
  plan.hands = random.below(6) == 0;
  plan.sap_drops_idle = random.below(3) == 0;
  plan.old_copy = std::chrono::minutes(random.below(2) == 0 ? 20 : 720);
  for (std::uint64_t i = random.below(4); i > 0; --i) plan.sap_faults.push_back(sap_fault(random));
  for (std::uint64_t i = random.below(3); i > 0; --i) {
    plan.amazon_faults.push_back(amazon_fault(random));
  }
  for (const auto& fault : plan.sap_faults) {
    plan.words += fault.where + " #" + std::to_string(fault.nth) + " " + fault.kind + "; ";
  }
  if (plan.restore_hub) plan.words += "hub restored; ";
  if (plan.change_rules) plan.words += "with other rules; ";
  if (plan.restore_sap) plan.words += "sap restored; ";
  if (plan.hands) plan.words += "hands; ";
  if (plan.sap_drops_idle) plan.words += "sap drops idle sessions; ";
  return plan;
}

}  // namespace mlc::simulation
