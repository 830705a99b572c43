// The configuration with its comments, as `demo` leaves it.
#include "configuration/hub_sections.h"

namespace mlc::configuration {
namespace {

constexpr std::string_view kHead =
    "# Configuration of ml-connector. Unknown keys are refused; secrets stand here by reference\n"
    "# only. Paths are relative to the directory of this file.\n\n";

std::string write_messages(const std::vector<SapMessage>& messages) {
  constexpr std::string_view kHeader = "[[connection.sap.message]]";
  std::string out =
      "# Messages seen on this system, one table each; they go before the built-in ones.\n";
  if (messages.empty()) {
    return out + write_section(kHeader, sap_message_fields(),
                               SapMessage{"KI", "138", std::string(kDeferred), ""}, "# ");
  }
  for (const SapMessage& message : messages) {
    out += write_section(kHeader, sap_message_fields(), message);
  }
  return out;
}

std::string write_openings(const ConnectionSettings& settings) {
  constexpr std::string_view kHeader = "[[connection.opening]]";
  std::string out =
      "# Balances at the cut-over, one table per currency; they are held against settlements and "
      "SAP.\n";
  if (settings.openings.empty()) {
    const std::string currency = settings.currencies.empty() ? "USD" : settings.currencies.front();
    return out +
           write_section(kHeader, opening_fields(), OpeningBalances{currency, "0", "0"}, "# ");
  }
  for (const OpeningBalances& opening : settings.openings) {
    out += write_section(kHeader, opening_fields(), opening);
  }
  return out;
}

std::string write_connection(const ConnectionSettings& settings) {
  std::string out = write_section("[[connection]]", connection_fields(), settings);
  if (settings.amazon) {
    out += write_section("[connection.amazon]", amazon_fields(), *settings.amazon);
    if (settings.amazon->endpoint == kSimulator) {
      out += write_section("[connection.amazon.simulator]", amazon_simulator_fields(),
                           settings.amazon->simulator);
    }
  } else {
    out +=
        "# Without Amazon's side it gets files by hand, and what another connection of its "
        "selling\n"
        "# account finds in its currencies.\n";
    out += write_section("[connection.amazon]", amazon_fields(), AmazonSettings{}, "# ");
  }
  out += write_section("[connection.sap]", sap_fields(), settings.sap);
  out += write_messages(settings.sap.messages);
  out +=
      "# A document of the company code that exists in SAP: the first proof of absence needs "
      "one.\n";
  out += settings.first_control
             ? write_section("[connection.first_control]", first_control_fields(),
                             *settings.first_control)
             : write_section("[connection.first_control]", first_control_fields(),
                             FirstControl{settings.company_code, "0100000000", "2026", ""}, "# ");
  return out + write_openings(settings);
}

}  // namespace

std::string write_commented_configuration(const HubConfiguration& configuration) {
  std::string out(kHead);
  out += write_section("[state]", state_fields(), configuration);
  out += write_section("[store]", store_fields(), configuration.store);
  for (const ConnectionSettings& settings : configuration.connections) {
    out += write_connection(settings);
  }
  out += write_section("[times]", time_fields(), configuration.times);
  out += write_section("[observe]", observe_fields(), configuration.observe);
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace mlc::configuration
