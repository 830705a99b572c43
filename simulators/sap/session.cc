#include "simulators/sap/session.h"

#include "abap/errors.h"
#include "simulators/sap/read_table.h"
#include "simulators/sap/site_functions.h"

namespace mlc::simulators::sap {
namespace {

abap::Structure system_info(const Call& call) {
  return {{"RFCSI_EXPORT", abap::Structure{{"RFCPROTO", "011"},
                                           {"RFCCHARTYP", "4103"},
                                           {"RFCINTTYP", "LIT"},
                                           {"RFCFLOTYP", "IE3"},
                                           {"RFCDEST", call.host + "_" + call.system_id + "_00"},
                                           {"RFCHOST", call.host.substr(0, 8)},
                                           {"RFCSYSID", call.system_id},
                                           {"RFCSAPRL", call.release},
                                           {"RFCTZONE", "0"},
                                           {"RFCKERNRL", "721"},
                                           {"RFCHOST2", call.host}}}};
}

abap::Structure connection_test(const Call& call, const abap::Structure& arguments) {
  const auto& user = call.session.user;
  return {{"ECHOTEXT", abap::text_of(arguments, "REQUTEXT")},
          {"RESPTEXT", "SAP R/3 Rel. " + call.release + "   Sysid: " + call.system_id +
                           "      Date: " + format_dats(utc_date(call.now)) +
                           "   Time: " + format_instant(call.now).substr(11, 8) +
                           "   Logon_Data: " + call.session.client + "/" + user + "/E"}};
}

Result<abap::Structure> read(const Call& call, const abap::Structure& arguments) {
  const auto& table = abap::text_of(arguments, "QUERY_TABLE");
  bool empty = false;
  for (const auto& order : call.faults) {
    const auto only = order.parameter("table");
    if (order.kind == "return_nothing" && (only.empty() || only == table)) empty = true;
  }
  return read_table(call.books, call.session.client, call.session.user, arguments, empty);
}

}  // namespace

std::optional<std::string> LockTable::take(const std::string& name, const Session& session,
                                           LockScope scope) {
  const auto [holder, taken] = holders_.try_emplace(name, Holder{session.id, session.user, scope});
  if (taken || holder->second.session == session.id) return std::nullopt;
  return holder->second.user;
}

void LockTable::end_unit(std::uint64_t session) {
  std::erase_if(holders_, [session](const auto& one) {
    return one.second.session == session && one.second.scope == LockScope::kUnitOfWork;
  });
}

void LockTable::end_session(std::uint64_t session) {
  std::erase_if(holders_, [session](const auto& one) { return one.second.session == session; });
}

const FaultOrder* Call::fault(std::string_view kind) const {
  for (const auto& order : faults) {
    if (order.kind == kind) return &order;
  }
  return nullptr;
}

std::string Call::logical_system() const {
  const auto row = books.find("T000", {{"MANDT", session.client}});
  return row ? at(*row, "LOGSYS") : "";
}

Context Call::context() const {
  return {books, session.client, session.user, logical_system(), now};
}

Result<abap::Structure> run_function(const Call& call, const std::string& function,
                                     const abap::Structure& arguments) {
  if (function == "BAPI_ACC_DOCUMENT_POST") return post_document(call, arguments);
  if (function == "BAPI_ACC_DOCUMENT_CHECK") return check_only(call, arguments);
  if (function == "BAPI_ACC_DOCUMENT_REV_POST") return post_reversal(call, arguments);
  if (function == "BAPI_TRANSACTION_COMMIT") return commit_work(call, arguments);
  if (function == "BAPI_TRANSACTION_ROLLBACK") return rollback_work(call);
  if (function == "RFC_READ_TABLE") return read(call, arguments);
  if (function == "DDIF_FIELDINFO_GET") return field_info(arguments);
  if (function == "RFC_SYSTEM_INFO") return system_info(call);
  if (function == "STFC_CONNECTION") return connection_test(call, arguments);
  if (function == "RFC_PING") return abap::Structure{};
  return run_site_function(call, function, arguments);
}

}  // namespace mlc::simulators::sap
