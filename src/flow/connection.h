// What the engine knows of one TradeConnection: settings, and the ports that serve it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "base/time.h"
#include "ledger/derive.h"
#include "ledger/opening.h"
#include "ledger/posting_model.h"
#include "ledger/rules.h"
#include "ports/report_source.h"
#include "ports/sap_reader.h"
#include "ports/unit.h"
#include "runtime/cron_schedule.h"
#include "runtime/quiet_hours.h"
#include "runtime/time_zone.h"

namespace mlc::flow {

enum class PostMode { kAuto, kApprove };

// Times are lengths; the defaults are the product's.
struct PostingTimes {
  Duration holder_lease = std::chrono::minutes(5);
  Duration longest_call = std::chrono::minutes(2);   // a successor waits lease + this
  Duration unit_deadline = std::chrono::minutes(4);  // from the intent; below the lease
  Duration clock_skew = std::chrono::minutes(2);
  Duration longest_run = std::chrono::hours(1);        // SAP's longest work-process run
  Duration confirm_every = std::chrono::hours(24);     // re-reading of what was posted
  Duration confirm_for = std::chrono::hours(24 * 40);  // and for how long after the first post
};

struct Connection {
  TenantId tenant;
  ConnectionId id;
  std::string selling_account;
  std::vector<std::string> currencies;  // ISO 4217, of the settlements it takes
  PostMode post_mode = PostMode::kApprove;
  runtime::TimeZone home_zone;  // of the stream: posting dates and rule versions follow it
  Date cutover;                 // settlements that end before it are proved, never posted
  Duration poll_every = std::chrono::minutes(45);
  std::optional<runtime::CronSchedule> schedule = {};   // takes the place of poll_every
  std::optional<runtime::TimeZone> schedule_zone = {};  // of schedule, quiet_hours; else home_zone
  runtime::QuietHours quiet_hours = {};                 // nothing is sent to SAP in them
  ports::SystemIdentity sap;
  std::string company_code;                // of the stream
  std::vector<std::string> company_codes;  // all that the look-up searches
  std::string document_type;
  std::string receivable_account;
  std::string receivable_profit_center;
  std::string marketplace_label;
  int sap_decimals = 2;
  int item_limit = 900;
  int document_limit = 20;
  std::uint64_t largest_report = 8ULL << 30U;           // bytes, after gunzip; more is refused
  std::optional<ports::PositiveControl> first_control;  // named at onboarding
  PostingTimes times;
  ledger::RuleBook rules;
  ledger::PostingModel posting_model = ledger::PostingModel::kSalesJournal;
  std::vector<ledger::Opening> openings{};  // at the cut-over, one per currency

  // Whether settlements in this currency (ISO 4217) are its own.
  [[nodiscard]] bool takes(std::string_view currency) const {
    return std::ranges::find(currencies, currency) != currencies.end();
  }
};

// Lives as long as the engine. `source` may be null (files are imported by hand only), and so may
// `masters` (then nobody looks ahead).
struct ConnectionPorts {
  Connection settings;
  ports::ReportSource* source = nullptr;
  ports::UnitExecutor* sap = nullptr;
  ports::SapReader* masters = nullptr;
};

}  // namespace mlc::flow
