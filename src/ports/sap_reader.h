// What the engine asks SAP about customizing and master data, beside posting. Reads only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ledger/money.h"
#include "ports/unit.h"

namespace mlc::ports {

// Whether documents of a type can be numbered on these days.
struct NumberRangeQuestion {
  std::string company_code;   // BUKRS
  std::string document_type;  // BLART
  std::vector<Date> days;     // posting dates
};

enum class RangeState {
  kFound,
  kMissing,  // the interval does not exist for the day's fiscal year
  kUsedUp,   // its last number was drawn
  kUnknown,  // the tables that say it may not be read, or do not know the company code or type
};

struct DayRange {
  Date day;
  std::optional<int> fiscal_year;  // GJAHR; nothing when the fiscal year variant says nothing
  RangeState state = RangeState::kUnknown;
};

struct NumberRangeAnswer {
  SystemIdentity identity;
  std::string interval;        // NRRANGENR of the document type
  std::vector<DayRange> days;  // in the order of the question
};

// What stood on G/L accounts at the beginning of a day, in one document currency.
struct BalanceQuestion {
  std::string company_code;           // BUKRS
  std::vector<std::string> accounts;  // HKONT, with SAP's zeros
  ledger::Currency currency;
  Date day;  // postings before it count
};

struct AccountBalance {
  std::string account;
  std::optional<ledger::Money> balance;  // debit positive; nothing when it cannot be read
};

struct BalanceAnswer {
  SystemIdentity identity;
  std::vector<AccountBalance> accounts;  // in the order of the question
};

// Whether G/L accounts and cost centres can be posted to on a day.
struct TargetQuestion {
  std::string company_code;               // BUKRS
  std::vector<std::string> accounts;      // HKONT, with SAP's zeros
  std::vector<std::string> cost_centers;  // KOSTL, with SAP's zeros
  Date day;
};

enum class TargetState {
  kUsable,
  kMissing,
  kBlocked,
  kUnknown,  // a table that says it may not be read
};

struct Target {
  std::string number;
  TargetState state = TargetState::kUnknown;
  std::string where;  // "company code 1000"; of an unknown one the table
  std::string why;    // of a blocked one: "blocked for posting"
};

struct TargetAnswer {
  SystemIdentity identity;
  std::vector<Target> accounts;      // in the order of the question
  std::vector<Target> cost_centers;  // the same
};

// One SAP system and client. Not thread-safe. Repeatable. Errors: those of the session, and what
// SAP answers that cannot be read.
class SapReader {
 public:
  virtual ~SapReader() = default;
  [[nodiscard]] virtual Result<NumberRangeAnswer> number_ranges(
      const NumberRangeQuestion& question) = 0;
  [[nodiscard]] virtual Result<BalanceAnswer> balances(const BalanceQuestion& question) = 0;
  [[nodiscard]] virtual Result<TargetAnswer> targets(const TargetQuestion& question) = 0;
};

}  // namespace mlc::ports
