#include "daemon/doctor.h"

#include <algorithm>
#include <array>

#include "amazon/renewals.h"
#include "configuration/rule_files.h"
#include "daemon/connections.h"
#include "daemon/doctor_parts.h"
#include "operations/errors.h"
#include "operations/names.h"

namespace mlc::daemon {
namespace {

struct Curer {
  std::string_view id;  // of an error, or the beginning of several
  std::string_view who;
};
// The first that fits counts.
constexpr std::string_view kDeveloper = "who administers the application in Amazon's console";
constexpr std::string_view kSeller = "the primary user of the selling account";
constexpr std::string_view kNetwork = "who administers this machine's network";
constexpr std::string_view kMachine = "who administers this machine";
constexpr std::string_view kOperator = "who keeps ml-connector.toml and its keys";
constexpr std::string_view kBasis = "SAP Basis";
constexpr std::string_view kNobody = "nobody: it passes by itself";
constexpr std::array<Curer, 22> kCurers{Curer{"amazon.invalid_client", kOperator},
                                        {"amazon.secret_", kDeveloper},
                                        {"amazon.unauthorized_client", kDeveloper},
                                        {"amazon.role_missing", kDeveloper},
                                        {"amazon.access_denied", kDeveloper},
                                        {"amazon.invalid_grant", kSeller},
                                        {"amazon.authorisation_", kSeller},
                                        {"amazon.wrong_region", kOperator},
                                        {"amazon.clock_", kMachine},
                                        {"amazon.old_secret_in_use", kOperator},
                                        {"amazon.web_page", kNetwork},
                                        {"amazon.", kNobody},
                                        {"daemon.no_marketplace", kOperator},
                                        {"daemon.control_not_found", kBasis},
                                        {"daemon.updates_unreadable", kBasis},
                                        {"net.", kNetwork},
                                        {"configuration.", kOperator},
                                        {"daemon.", kOperator},
                                        {"ledger.", kOperator},
                                        {"runtime.", kMachine},
                                        {"store.", kMachine},
                                        {"sap", kBasis}};

bool is_asked(const DoctorQuestion& question, const std::string& connection) {
  return question.connection.empty() || question.connection == connection;
}

void examine_rules(const configuration::ConnectionSettings& settings, HubProcess& process,
                   Findings& findings) {
  const auto connection =
      make_connection(settings, process.configuration()->times, process.state().path());
  if (!connection) return findings.failed("rules", connection.error());
  std::size_t rules = 0;
  for (const auto& set : connection->rules.versions()) rules += set.rules.size();
  findings.passed("rules", std::to_string(rules) + " rules of " +
                               std::to_string(settings.rules.size()) + " files");
}

void examine_renewals(const configuration::AmazonSettings& amazon, Instant now,
                      Findings& findings) {
  const auto due = amazon::renewals_due({amazon.secret_rotated_on, amazon.authorised_on}, now);
  for (const Error& error : due) findings.failed("renewals", error);
  if (!due.empty()) return;
  if (!amazon.secret_rotated_on) {
    return findings.skipped(
        "renewals",
        "secret_rotated_on is not written down, so that nobody is warned before "
        "the client secret ends");
  }
  findings.passed("renewals",
                  "the client secret lasts until " +
                      format_date(Date(std::chrono::sys_days(*amazon.secret_rotated_on) +
                                       amazon::kSecretLife)));
}

void examine_connection(const configuration::ConnectionSettings& settings, HubProcess& process,
                        Findings& findings) {
  examine_rules(settings, process, findings);
  if (!settings.amazon) {
    findings.skipped("amazon", "files are imported by hand only: no [connection.amazon]");
  } else {
    examine_renewals(*settings.amazon, process.clock().now(), findings);
    auto side = process.open_amazon(settings);
    if (side) {
      findings.passed("secrets", "client secret and refresh token can be read");
      examine_amazon(**side, settings, process, findings);
    } else {
      findings.failed("secrets", side.error());
      findings.skipped("amazon", "without its secrets Amazon cannot be asked");
    }
  }
  examine_sap(settings, process, findings);
}

Status check_name(const DoctorQuestion& question,
                  const configuration::HubConfiguration& configuration) {
  std::vector<std::string> known;
  for (const auto& settings : configuration.connections) known.push_back(settings.id.str());
  const bool there = std::ranges::find(known, question.connection) != known.end();
  if (question.connection.empty() || there) return {};
  return failure(operations::no_such_connection(question.connection, known));
}

}  // namespace

std::string_view to_word(CheckResult result) {
  switch (result) {
    case CheckResult::kPassed: return "passed";
    case CheckResult::kFailed: return "failed";
    case CheckResult::kSkipped: return "skipped";
  }
  return "skipped";
}

std::string_view who_can_cure(std::string_view error_id) {
  for (const Curer& curer : kCurers) {
    if (error_id.starts_with(curer.id)) return curer.who;
  }
  return kOperator;
}

void Findings::asks(const std::string& name) const {
  if (progress_) progress_((connection_.empty() ? "" : connection_ + ": ") + name);
}

void Findings::passed(const std::string& name, std::string text) {
  out_.push_back({connection_, name, CheckResult::kPassed, std::move(text), {}, ""});
}

void Findings::skipped(const std::string& name, std::string why) {
  out_.push_back({connection_, name, CheckResult::kSkipped, std::move(why), {}, ""});
}

void Findings::failed(const std::string& name, Error error) {
  std::string who(who_can_cure(error.id()));
  std::string text = error.text();
  out_.push_back(
      {connection_, name, CheckResult::kFailed, std::move(text), std::move(error), std::move(who)});
}

Result<std::vector<Check>> examine(HubProcess& process, const DoctorQuestion& question) {
  std::vector<Check> out;
  Findings whole("", question.progress, out);
  const auto* configuration = process.configuration();
  if (configuration == nullptr) {
    for (const Error& problem : process.hub().problems) whole.failed("configuration", problem);
    whole.skipped("connections", "without a configuration that can be read there is none");
    return out;
  }
  MLC_TRY_STATUS(check_name(question, *configuration));
  whole.passed("configuration", std::to_string(configuration->connections.size()) +
                                    " connection(s) in " + process.state().path().string());
  for (const auto& settings : configuration->connections) {
    if (!is_asked(question, settings.id.str())) continue;
    Findings findings(settings.id.str(), question.progress, out);
    examine_connection(settings, process, findings);
  }
  return out;
}

}  // namespace mlc::daemon
