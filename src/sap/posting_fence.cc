#include "sap/posting_fence.h"

#include <algorithm>
#include <array>
#include <set>

#include "abap/errors.h"
#include "sap/errors.h"

namespace mlc::sap {
namespace {

// The same for every installation, so that all of them exclude one another.
constexpr const char* kHolderName = "ML-CONNECTOR";
constexpr std::string_view kContract = "1";

struct Exception {
  std::string_view key;
  const ErrorKind& kind;
};
constexpr std::array kExceptions{
    Exception{"FU_NOT_FOUND", kFenceMissing},
    Exception{"FOREIGN_LOCK", kPostingHeld},
    Exception{"KEY_LOCKED", kKeyInUse},
    Exception{"DUPLICATE_KEY", kKeyTaken},
};

// The dump of a module that is there but not remote-enabled.
bool is_not_callable(const Error& error) {
  return error.is(abap::kRuntimeFailure) &&
         error.fact("message").find("CALL_FUNCTION_NOT_") != std::string_view::npos;
}

Error wrong(const std::string& function, std::string found) {
  return Error(
      kFenceWrong,
      {{"function", function}, {"found", std::move(found)}, {"expected", std::string(kContract)}});
}

Error named(const Error& error, const std::string& function, const std::string& what) {
  const std::vector<Fact> facts{{"function", function}, {"what", what}};
  if (is_not_callable(error)) return Error(kFenceMissing, facts).caused_by(error);
  if (error.is(abap::kUnknownParameter) || error.is(abap::kUnknownField)) {
    return wrong(function, "another interface").caused_by(error);
  }
  if (!error.is(abap::kException)) return error;
  const auto key = error.fact("key");
  const auto at = std::ranges::find(kExceptions, key, &Exception::key);
  if (at != kExceptions.end()) return Error(at->kind, facts);
  return Error(kFenceFailed, {{"function", function}, {"key", std::string(key)}});
}

// One call of a module under the site's name; `what` it is about, for messages.
Status call_module(UnitSession& session, const KnownFunction& function, const std::string& name,
                   const abap::Structure& arguments, const std::string& what) {
  const auto answer = session.call(function, arguments, name);
  if (!answer) return failure(named(answer.error(), name, what).with_written(Written::kNo));
  const auto& contract = abap::text_of(*answer, "E_CONTRACT");
  if (contract != kContract) return failure(wrong(name, contract).with_written(Written::kNo));
  return {};
}

}  // namespace

Status probe_fence(UnitSession& session, const FenceSettings& fence) {
  if (fence.strength == FenceStrength::kSessionLock) {
    return call_module(session, kLockPosting, fence.lock_function,
                       {{"I_BUKRS", ""}, {"I_NAME", kHolderName}, {"I_TEST", "X"}}, "");
  }
  if (fence.strength == FenceStrength::kZWrapper) {
    return call_module(session, kReserveKeys, fence.key_function,
                       {{"I_TEST", "X"}, {"T_KEYS", abap::Table{}}}, "");
  }
  return {};
}

Status hold_posting(UnitSession& session, const FenceSettings& fence,
                    const std::vector<std::string>& company_codes) {
  if (fence.strength != FenceStrength::kSessionLock) return {};
  // In one order everywhere, so that two sessions never hold one each and want the other's.
  const std::set<std::string> ordered(company_codes.begin(), company_codes.end());
  for (const std::string& company : ordered) {
    MLC_TRY_STATUS(call_module(session, kLockPosting, fence.lock_function,
                               {{"I_BUKRS", company}, {"I_NAME", kHolderName}}, company));
  }
  return {};
}

Status reserve_keys(UnitSession& session, const FenceSettings& fence,
                    const std::vector<const ledger::LedgerDocument*>& documents) {
  if (fence.strength != FenceStrength::kZWrapper) return {};
  abap::Table keys;
  std::string what;
  for (const auto* document : documents) {
    keys.push_back({{"BUKRS", document->company_code}, {"XBLNR", document->key.text()}});
    what += (what.empty() ? "" : ", ") + document->key.text();
  }
  return call_module(session, kReserveKeys, fence.key_function, {{"T_KEYS", std::move(keys)}},
                     what);
}

}  // namespace mlc::sap
