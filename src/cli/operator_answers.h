// What the commands of daily life answer: operations' views, and what only the composition knows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/prompt.h"
#include "daemon/engine_lock.h"
#include "daemon/quotas.h"
#include "operations/hub_status.h"
#include "operations/night_plan.h"
#include "operations/pauses.h"
#include "operations/settlement_list.h"
#include "operations/standing.h"
#include "operations/sync.h"

namespace mlc::cli {

// What Amazon lets a connection do, and for how long.
struct AmazonOutlook {
  std::vector<daemon::Quota> quotas;
  std::vector<Error> renewals;  // what ends soon or has ended
};

struct StatusAnswer {
  operations::HubStatus status;
  std::optional<daemon::EngineHolder> engine;
  std::map<std::string, AmazonOutlook> amazon;  // by connection
};

// The calls of one operation that a plan needs.
struct CallPlan {
  std::string operation;
  std::uint64_t needed = 0;
  std::int64_t left = 0;        // now
  std::int64_t rate_micro = 0;  // millionths of a call per second
  Instant done;                 // when the last could be made, one after the other from now on
};

struct PlanAnswer {
  operations::NightPlan plan;
  std::map<std::string, std::vector<CallPlan>> calls;  // by connection
};

struct PauseAnswer {
  std::string verb;  // "pause" or "resume"
  std::vector<operations::PauseChange> changes;
};

struct SyncAnswer {
  std::vector<operations::SyncResult> results;
  bool carried_out = true;  // false: another program has the engine, and goes on
};

// The list of settlements, and which connections are paused.
struct SettlementsAnswer {
  std::vector<operations::SettlementRow> rows;
  std::vector<operations::CurrencyTotal> totals;
  std::vector<ports::PauseRecord> pauses;
};

// print_operator.cc
[[nodiscard]] std::string text_of(const SettlementsAnswer& answer, const Prompt& prompt);
[[nodiscard]] std::string text_of(const StatusAnswer& answer, const Prompt& prompt);
[[nodiscard]] std::string text_of(const PauseAnswer& answer, const Prompt& prompt);
[[nodiscard]] std::string text_of(const SyncAnswer& answer, const Prompt& prompt);
// One line per paused connection; empty for none.
[[nodiscard]] std::string text_of(const std::vector<ports::PauseRecord>& pauses,
                                  const Prompt& prompt);
// print_plan.cc
[[nodiscard]] std::string text_of(const PlanAnswer& answer, const Prompt& prompt);

// operator_json.cc
[[nodiscard]] std::string json_of(const SettlementsAnswer& answer);
[[nodiscard]] std::string json_of(const StatusAnswer& answer);
[[nodiscard]] std::string json_of(const PlanAnswer& answer);
[[nodiscard]] std::string json_of(const PauseAnswer& answer);
[[nodiscard]] std::string json_of(const SyncAnswer& answer);
// The object `json` with `paused`, an array of the pauses.
[[nodiscard]] std::string with_pauses(const std::string& json,
                                      const std::vector<ports::PauseRecord>& pauses);

// The calls that a connection's plan needs, against its quotas. Pure.
[[nodiscard]] std::vector<CallPlan> call_plans(const operations::ConnectionPlan& plan,
                                               const std::vector<daemon::Quota>& quotas);

}  // namespace mlc::cli
