#include "simulators/sap/site_functions.h"

#include "abap/errors.h"
#include "simulators/sap/function_library.h"

namespace mlc::simulators::sap {
namespace {

using abap::text_of;

constexpr const char* kContract = "1";

tl::unexpected<Error> raise(const std::string& function, const char* key) {
  return failure(abap::kException, {{"function", function}, {"key", key}});
}

bool is_test(const abap::Structure& arguments) { return text_of(arguments, "I_TEST") == "X"; }

Result<abap::Structure> lock_posting(const Call& call, const std::string& function,
                                     const abap::Structure& arguments) {
  if (is_test(arguments)) return abap::Structure{{"E_CONTRACT", kContract}};
  const auto& company = text_of(arguments, "I_BUKRS");
  const auto& name = text_of(arguments, "I_NAME");
  // An empty argument of a lock object would lock every value.
  if (company.empty() || name.empty()) return raise(function, "SYSTEM_FAILURE");
  const auto lock = "ZMLC_HOLD/" + call.session.client + "/" + company + "/" + name;
  if (call.locks.take(lock, call.session, LockScope::kSession)) {
    return raise(function, "FOREIGN_LOCK");
  }
  return abap::Structure{{"E_CONTRACT", kContract}};
}

Row key_row(const Call& call, const abap::Structure& key) {
  const auto stamp = format_instant(call.now);
  return {{"MANDT", call.session.client},
          {"BUKRS", text_of(key, "BUKRS")},
          {"XBLNR", text_of(key, "XBLNR")},
          {"ERNAM", call.session.user},
          {"ERDAT", format_dats(utc_date(call.now))},
          {"ERZET", stamp.substr(11, 2) + stamp.substr(14, 2) + stamp.substr(17, 2)}};
}

// The exception that the key raises, or nothing when it is free and locked now.
const char* refusal_of(const Call& call, const Row& row) {
  if (at(row, "BUKRS").empty() || at(row, "XBLNR").empty()) return "SYSTEM_FAILURE";
  const auto lock =
      "ZMLC_KEYS/" + at(row, "MANDT") + "/" + at(row, "BUKRS") + "/" + at(row, "XBLNR");
  if (call.locks.take(lock, call.session)) return "KEY_LOCKED";
  return is_taken(call.books, row) ? "DUPLICATE_KEY" : nullptr;
}

// Registers the rows for the update, beside the documents of the same unit of work.
Result<abap::Structure> reserve_keys(const Call& call, const std::string& function,
                                     const abap::Structure& arguments) {
  if (is_test(arguments)) return abap::Structure{{"E_CONTRACT", kContract}};
  const auto& keys = abap::table_of(arguments, "T_KEYS");
  if (keys.empty()) return raise(function, "SYSTEM_FAILURE");
  PendingRows rows;
  for (const auto& key : keys) {
    rows.push_back({kKeyTable, key_row(call, key)});
    if (const char* refusal = refusal_of(call, rows.back().row)) return raise(function, refusal);
  }
  call.session.buffer.push_back(std::move(rows));
  return abap::Structure{{"T_KEYS", keys}, {"E_CONTRACT", kContract}};
}

std::string contract_of(Books& books, std::string_view name) {
  const auto row = books.find("zsim_site_function", {{"FUNCNAME", std::string(name)}});
  return row ? at(*row, "CONTRACT") : "";
}

}  // namespace

const abap::FunctionDescription* find_site_function(Books& books, std::string_view name) {
  return find_contract(contract_of(books, name));
}

Result<abap::Structure> run_site_function(const Call& call, const std::string& function,
                                          const abap::Structure& arguments) {
  const auto contract = contract_of(call.books, function);
  if (contract == "Z_MLC_LOCK_POSTING") return lock_posting(call, function, arguments);
  if (contract == "Z_MLC_RESERVE_KEYS") return reserve_keys(call, function, arguments);
  return raise(function, "FU_NOT_FOUND");
}

}  // namespace mlc::simulators::sap
