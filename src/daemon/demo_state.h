// Makes a state directory whose two sides are simulators.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mlc::daemon {

// Three regions, five currencies, two company codes.
[[nodiscard]] std::vector<std::string> demo_markets();

struct DemoSettings {
  std::uint64_t seed = 1;
  Instant now;  // dates of the simulated settlements are anchored here and stay so
  // Socket of a running sap-simulator; empty: SAP is played inside this process, its books in
  // `<state>/sap-simulator`.
  std::filesystem::path sap_socket;
  // Stores whose settlements there are. Each region is one selling account with a connection per
  // currency; North America and the Far East belong to company code 1000, Europe to 2000. Yen wait
  // for approval, and Germany's last settlement has a fee that no rule knows.
  std::vector<std::string> markets = demo_markets();
  bool everything = false;  // settlements hold also what is rare
};

// Writes commented configuration, rules, keys and secrets into `directory`, which must not exist or
// be empty; all of it or nothing (make_whole.h). Errors: daemon.demo_directory_in_use,
// daemon.unknown_market, those of make_whole.
[[nodiscard]] Status make_demo_state(const std::filesystem::path& directory,
                                     const DemoSettings& settings);

}  // namespace mlc::daemon
