// SAP's side of `doctor`: what one look-up through the present channel tells. Nothing is posted.
#include <algorithm>

#include "daemon/doctor_parts.h"
#include "daemon/errors.h"

namespace mlc::daemon {
namespace {

// Never the stem of a settlement: ids have no letters but a leading Z.
constexpr std::string_view kNoStem = "DOCTOR-";

std::string identity_text(const ports::SystemIdentity& identity) {
  return identity.system_id + "/" + identity.client + " (" + identity.logical_system + ")";
}

Result<std::optional<ports::PositiveControl>> control_of(HubProcess& process,
                                                         const flow::Connection& connection) {
  MLC_TRY(const auto transaction, process.hub().store.begin());
  MLC_TRY(auto newest, transaction->newest_confirmed(connection.tenant, connection.sap,
                                                     connection.company_code));
  return newest ? newest : connection.first_control;
}

void examine_control(const ports::LookUpResult& found, Findings& findings) {
  switch (found.control) {
    case ports::ControlFinding::kFound:
      return findings.passed("SAP positive control", "the document that must be there is there");
    case ports::ControlFinding::kNotAsked:
      return findings.skipped(
          "SAP positive control",
          "none is known: name one in [connection.first_control], or absence of "
          "a document is never proved");
    case ports::ControlFinding::kMissing:
    case ports::ControlFinding::kUnreadable:
      return findings.failed("SAP positive control", Error(kControlNotFound));
  }
}

void examine_updates(const ports::LookUpResult& found, Findings& findings) {
  const auto unreadable = std::ranges::find(found.update_records, ports::kUnreadableUpdates,
                                            &ports::UpdateRecord::state);
  if (unreadable != found.update_records.end()) {
    return findings.failed("SAP update records", Error(kUpdatesUnreadable, {{"user", found.user}}));
  }
  findings.passed("SAP update records", std::to_string(found.update_records.size()) +
                                            " unfinished of user " + found.user);
}

}  // namespace

void examine_sap(const configuration::ConnectionSettings& settings, HubProcess& process,
                 Findings& findings) {
  const auto* world = process.hub().world;
  const flow::ConnectionPorts* connection = nullptr;
  for (const auto& candidate : world->connections) {
    if (candidate.settings.id == settings.id) connection = &candidate;
  }
  if (connection == nullptr || connection->sap == nullptr) {
    for (const Error& problem : process.hub().problems) findings.failed("SAP", problem);
    return findings.skipped("SAP system", "SAP's side of the connection cannot be opened here");
  }
  const auto control = control_of(process, connection->settings);
  if (!control) return findings.failed("SAP positive control", control.error());
  findings.asks("SAP " + settings.sap.system_id);
  const auto found = connection->sap->look_up({connection->settings.sap, std::string(kNoStem),
                                               connection->settings.company_codes, *control, true});
  if (!found) {
    findings.failed("SAP system", found.error());
    return findings.skipped("SAP reading", "nothing more was asked");
  }
  findings.passed("SAP system", identity_text(found->identity) + " answers as user " + found->user);
  findings.passed("SAP reading", "documents of company codes can be looked up");
  examine_control(*found, findings);
  examine_updates(*found, findings);
  findings.skipped("SAP posting", "is not tried: `preview` asks CHECK about a real settlement");
}

}  // namespace mlc::daemon
