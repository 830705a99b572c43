#include "daemon/init_state.h"

#include <array>

#include "base/digest.h"
#include "configuration/rule_files.h"
#include "configuration/shipped_rules.h"
#include "configuration/toml_value.h"
#include "daemon/make_whole.h"
#include "store/files.h"
#include "store/state_directory.h"

namespace mlc::daemon {
namespace {

namespace fs = std::filesystem;

enum class Kind { kText, kList, kDate };

// Where an answer stands in the configuration, and under which name.
struct Place {
  std::string_view section;
  std::string_view answer;
  std::string_view key;
  Kind kind = Kind::kText;
};
constexpr std::string_view kConnection = "[[connection]]";
constexpr std::string_view kAmazon = "[connection.amazon]";
constexpr std::string_view kSap = "[connection.sap]";
constexpr std::string_view kControl = "[connection.first_control]";
// In the order of the file; sections together.
constexpr std::array<Place, 35> kPlaces{
    Place{kConnection, "id", "id"},
    {kConnection, "selling_account", "selling_account"},
    {kConnection, "region", "region"},
    {kConnection, "currencies", "currencies", Kind::kList},
    {kConnection, "marketplace_label", "marketplace_label"},
    {kConnection, "home_zone", "home_zone"},
    {kConnection, "cutover", "cutover", Kind::kDate},
    {kConnection, "post", "post"},
    {kConnection, "schedule", "schedule"},
    {kConnection, "schedule_zone", "schedule_zone"},
    {kConnection, "quiet_hours", "quiet_hours", Kind::kList},
    {kConnection, "company_code", "company_code"},
    {kConnection, "document_type", "document_type"},
    {kConnection, "receivable_account", "receivable_account"},
    {kConnection, "rules", "rules", Kind::kList},
    {kAmazon, "endpoint", "endpoint"},
    {kAmazon, "login_endpoint", "login_endpoint"},
    {kAmazon, "proxy", "proxy"},
    {kAmazon, "client_id", "client_id"},
    {kAmazon, "client_secret", "client_secret"},
    {kAmazon, "refresh_token", "refresh_token"},
    {kAmazon, "secret_rotated_on", "secret_rotated_on", Kind::kDate},
    {kAmazon, "authorised_on", "authorised_on", Kind::kDate},
    {kSap, "transport", "transport"},
    {kSap, "system_id", "system_id"},
    {kSap, "client", "client"},
    {kSap, "logical_system", "logical_system"},
    {kSap, "user", "user"},
    {kSap, "password", "password"},
    {kSap, "books", "books"},
    {kSap, "socket", "socket"},
    {kControl, "company_code", "company_code"},
    {kControl, "control_number", "number"},
    {kControl, "control_year", "fiscal_year"},
    {kControl, "control_reference", "reference"},
};

std::vector<std::string> items_of(const std::string& list) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  while (begin < list.size()) {
    const auto end = std::min(list.find(',', begin), list.size());
    const auto first = list.find_first_not_of(' ', begin);
    if (first < end) {
      const auto last = list.find_last_not_of(' ', end - 1);
      out.push_back(list.substr(first, last + 1 - first));
    }
    begin = end + 1;
  }
  return out;
}

std::string toml_of(const std::string& answer, Kind kind) {
  if (kind == Kind::kDate) {
    // What is no date is refused as the text that it is.
    return parse_date(answer) ? answer : configuration::quoted_toml(answer);
  }
  if (kind == Kind::kText) return configuration::quoted_toml(answer);
  std::string out;
  for (const std::string& item : items_of(answer)) {
    out += (out.empty() ? "" : ", ") + configuration::quoted_toml(item);
  }
  return "[" + out + "]";
}

std::string text_of(const InitAnswers& answers) {
  const bool control = answers.contains("control_number") && !answers.at("control_number").empty();
  std::string out;
  std::string_view section;
  for (const Place& place : kPlaces) {
    const auto answer = answers.find(std::string(place.answer));
    if (answer == answers.end() || answer->second.empty()) continue;
    if (place.section == kControl && !control) continue;
    if (place.section != section) out += std::string(place.section) + "\n";
    section = place.section;
    out += std::string(place.key) + " = " + toml_of(answer->second, place.kind) + "\n";
  }
  return out;
}

std::string key_name(const std::string& key) {
  if (key == "client_secret") return "amazon-client-secret";
  return key == "refresh_token" ? "amazon-refresh-token" : "sap-password";
}

Status write_secrets(const fs::path& directory, InitState& state) {
  MLC_TRY_STATUS(store::make_folder(directory / "keys"));
  for (const auto& [key, secret] : state.secrets) {
    const std::string file = "keys/" + key_name(key);
    MLC_TRY_STATUS(
        store::write_private_file(directory / file, std::string(secret.reveal()) + "\n"));
    state.answers[key] = "file:" + file;
  }
  return {};
}

Result<std::string> rules_text(const std::string& name) {
  if (name == configuration::kShippedRulesName) return std::string(configuration::shipped_rules());
  if (name == configuration::kShippedGermanRulesName) {
    return std::string(configuration::shipped_german_rules());
  }
  return store::read_file(name);
}

// Rule files come into the state directory, whatever folder they are in.
Status write_rules(const fs::path& directory, InitState& state) {
  MLC_TRY_STATUS(store::make_folder(directory / "rules"));
  std::string names;
  std::vector<fs::path> files;
  for (const std::string& name : items_of(state.answers["rules"])) {
    MLC_TRY(const std::string text, rules_text(name));
    const std::string own = "rules/" + fs::path(name).filename().string();
    MLC_TRY_STATUS(store::write_private_file(directory / own, text));
    files.push_back(directory / own);
    names += (names.empty() ? "" : ", ") + own;
  }
  state.answers["rules"] = names;
  MLC_TRY(const auto book, configuration::read_rule_files(files));
  static_cast<void>(book);  // only whether they can be used
  return {};
}

Status write_state(const fs::path& directory, InitState& state) {
  MLC_TRY_STATUS(store::make_folder(directory));
  MLC_TRY_STATUS(write_secrets(directory, state));
  MLC_TRY_STATUS(write_rules(directory, state));
  MLC_TRY(const auto configuration, configuration_of(state.answers));
  MLC_TRY_STATUS(
      store::write_private_file(directory / configuration::kConfigurationFile,
                                configuration::write_commented_configuration(configuration)));
  store::StateDirectorySettings settings;
  settings.directory = directory;
  settings.create = true;
  settings.now = state.now;
  settings.chance = [](std::size_t count) { return random_bytes(count); };
  MLC_TRY(const auto opened, store::StateDirectory::open(settings));
  static_cast<void>(opened);  // the store and its signing key are there now
  return {};
}

}  // namespace

Result<configuration::HubConfiguration> configuration_of(const InitAnswers& answers) {
  return configuration::read_configuration(text_of(answers), "answers");
}

Status make_first_state(const fs::path& directory, InitState state) {
  return make_whole(directory,
                    [&state](const fs::path& folder) { return write_state(folder, state); });
}

}  // namespace mlc::daemon
