// Which function modules the program calls, and whether a call may be sent again after a break.
#pragma once

#include <array>
#include <string_view>

#include "abap/channel.h"

namespace mlc::sap {

enum class Repeat {
  kRepeatable,  // changes nothing: may be sent again at any time
  kGuarded,     // changes books or ends a unit of work: sent once, then only reading resolves it
};

struct CallRule {
  std::string_view function;
  Repeat repeat;
  std::string_view why;
};

// The whole table. A function module without a row cannot be called.
inline constexpr std::array kCallRules{
    CallRule{"BAPI_ACC_DOCUMENT_CHECK", Repeat::kRepeatable, "checks only; draws no number"},
    CallRule{"BAPI_ACC_DOCUMENT_POST", Repeat::kGuarded, "opens a document in the unit of work"},
    CallRule{"BAPI_ACC_DOCUMENT_REV_POST", Repeat::kGuarded, "opens a reversal document"},
    CallRule{"BAPI_TRANSACTION_COMMIT", Repeat::kGuarded, "writes the unit of work"},
    CallRule{"BAPI_TRANSACTION_ROLLBACK", Repeat::kGuarded, "ends the unit of work"},
    CallRule{"Z_MLC_LOCK_POSTING", Repeat::kRepeatable, "a lock the same session may take again"},
    CallRule{"Z_MLC_RESERVE_KEYS", Repeat::kGuarded, "registers keys in the unit of work"},
    CallRule{"RFC_READ_TABLE", Repeat::kRepeatable, "reads"},
    CallRule{"RFC_SYSTEM_INFO", Repeat::kRepeatable, "reads"},
    CallRule{"RFC_PING", Repeat::kRepeatable, "does nothing"},
};

// A function module that has a row. Only constants can be made: a name without a row does not
// compile.
class KnownFunction {
 public:
  explicit consteval KnownFunction(std::string_view name) : rule_(find(name)) {}
  [[nodiscard]] constexpr std::string_view name() const { return rule_->function; }
  [[nodiscard]] constexpr bool is_repeatable() const {
    return rule_->repeat == Repeat::kRepeatable;
  }

 private:
  static constexpr const CallRule* find(std::string_view name) {
    for (const CallRule& rule : kCallRules) {
      if (rule.function == name) return &rule;
    }
    throw "a function module without a row in kCallRules";
  }
  const CallRule* rule_;
};

inline constexpr KnownFunction kCheckDocument{"BAPI_ACC_DOCUMENT_CHECK"};
inline constexpr KnownFunction kPostDocument{"BAPI_ACC_DOCUMENT_POST"};
inline constexpr KnownFunction kReverseDocument{"BAPI_ACC_DOCUMENT_REV_POST"};
inline constexpr KnownFunction kCommit{"BAPI_TRANSACTION_COMMIT"};
inline constexpr KnownFunction kRollback{"BAPI_TRANSACTION_ROLLBACK"};
// A customer's own modules, by the names of their contracts (docs/formats/sap-fence.md).
inline constexpr KnownFunction kLockPosting{"Z_MLC_LOCK_POSTING"};
inline constexpr KnownFunction kReserveKeys{"Z_MLC_RESERVE_KEYS"};
inline constexpr KnownFunction kReadTable{"RFC_READ_TABLE"};

// Checks the arguments against the description, then calls once. Errors: those of
// abap::check_arguments (nothing was sent) and of abap::Session::call. `site_name` is what the site
// calls its own module; empty: its proper name.
[[nodiscard]] Result<abap::Structure> call(abap::Session& session, const KnownFunction& function,
                                           const abap::Structure& arguments,
                                           std::string_view site_name = {});

}  // namespace mlc::sap
