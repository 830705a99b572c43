// What `init` asks, and what it proposes.
#include "configuration/shipped_rules.h"
#include "daemon/init_state.h"
#include "simulators/sap/landscape.h"

namespace mlc::daemon {
namespace {

using Proposal = std::function<std::string(const InitAnswers&)>;

std::string given(const InitAnswers& answers, const std::string& key) {
  const auto at = answers.find(key);
  return at == answers.end() ? "" : at->second;
}

Proposal always(std::string text) {
  return [text = std::move(text)](const InitAnswers&) { return text; };
}

// What fits the region that was answered.
Proposal by_region(std::string na, std::string eu, std::string fe) {
  return [na = std::move(na), eu = std::move(eu), fe = std::move(fe)](const InitAnswers& before) {
    const std::string region = given(before, "region");
    if (region == "eu") return eu;
    return region == "fe" ? fe : na;
  };
}

// What the simulated SAP is known to be; nothing for another.
Proposal simulated(std::string text) {
  return [text = std::move(text)](const InitAnswers& before) {
    return given(before, "transport") == configuration::kSimulator ? text : "";
  };
}

std::string first_of_month(Instant today) {
  const Date date = utc_date(today);
  return format_date(Date{date.year(), date.month(), std::chrono::day{1}});
}

InitQuestion question(std::string key, std::string words, Proposal proposal) {
  return {std::move(key), std::move(words), std::move(proposal), false, true, true};
}

InitQuestion secret(std::string key, std::string words, Proposal proposal) {
  return {std::move(key), std::move(words), std::move(proposal), true, true, true};
}

InitQuestion unasked(std::string key, Proposal proposal) {
  return {std::move(key), "", std::move(proposal), false, false, false};
}

std::vector<InitQuestion> about_the_seller(Instant today) {
  return {
      question("id", "A short name for the connection", always("us")),
      question("region", "Amazon's region: na, eu or fe", always("na")),
      question("selling_account",
               "Merchant token of the selling account (Seller Central: Account "
               "Info)",
               always("")),
      question("currencies", "Currencies of its settlements, with commas between",
               by_region("USD", "EUR", "JPY")),
      question("marketplace_label", "First word of the document header text, such as US",
               by_region("US", "EU", "JP")),
      question("home_zone", "Time zone whose days are posting dates",
               by_region("America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo")),
      question("cutover", "Cut-over: settlements that end before this day are never posted",
               always(first_of_month(today))),
      question("post", "auto posts by itself, approve waits for a person", always("approve")),
      unasked("schedule", always("")),
      unasked("schedule_zone", always("")),
      unasked("quiet_hours", always("")),
      question("client_id", "Client id of the application at Amazon", always("")),
      secret("client_secret", "Its client secret (not shown), or file:PATH, or env:NAME",
             always("")),
      secret("refresh_token", "The seller's refresh token (not shown), or file:PATH, or env:NAME",
             always("")),
      unasked("secret_rotated_on", always("")),
      unasked("authorised_on", always("")),
      unasked("endpoint", always("")),
      unasked("login_endpoint", always("")),
      unasked("proxy", always("")),
  };
}

std::vector<InitQuestion> about_sap() {
  const auto& opening = simulators::sap::kOpeningDocument;
  const std::string simulator(configuration::kSimulator);
  return {
      question("transport",
               "How SAP is reached: simulator (a rehearsal inside this program) or "
               "simulator-socket",
               always(simulator)),
      question("company_code", "Company code (BUKRS) of the documents", simulated("1000")),
      question("document_type", "Document type (BLART)", always("SA")),
      question("receivable_account", "Open-item G/L account for what Amazon owes",
               simulated("0000140100")),
      question("rules",
               "Rules to begin with: rules/us-sample.toml, rules/de-sample.toml, or a file",
               by_region(std::string(configuration::kShippedRulesName),
                         std::string(configuration::kShippedGermanRulesName),
                         std::string(configuration::kShippedRulesName))),
      question("system_id", "System id of SAP (SID)", simulated("MLS")),
      question("client", "Client (MANDT)", simulated("100")),
      question("logical_system", "Logical system of the client", simulated("MLSCLNT100")),
      question("user", "SAP user whose name the documents carry", simulated("CONNECTOR")),
      // The simulated system knows its user by this password; it protects nothing.
      secret("password", "Password (not shown), or file:PATH, or env:NAME", simulated("initial1")),
      unasked("books", simulated("sap-simulator")),
      unasked("socket", always("")),
      unasked("control_number", simulated(opening.belnr)),
      unasked("control_year", simulated(opening.gjahr)),
      unasked("control_reference", simulated(opening.xblnr)),
  };
}

}  // namespace

std::vector<InitQuestion> init_questions(Instant today) {
  std::vector<InitQuestion> out = about_the_seller(today);
  for (InitQuestion& one : about_sap()) out.push_back(std::move(one));
  return out;
}

}  // namespace mlc::daemon
