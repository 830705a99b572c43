#include "configuration/hub_configuration.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "configuration/errors.h"
#include "configuration/hub_sections.h"

namespace mlc::configuration {
namespace {

constexpr std::string_view kDatabaseAddresses =
    "an address such as \"postgresql://hub@db.example.org/hub\", without a password";

bool is_database_address(std::string_view text) {
  return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

// "postgresql://user:secret@host/..." or "...?password=secret".
bool holds_password(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return false;
  const auto rest = url.substr(begin + 3);
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  const auto at = authority.rfind('@');
  const bool named =
      at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos;
  const auto query = rest.find('?');
  return named || (query != std::string_view::npos &&
                   rest.substr(query).find("password=") != std::string_view::npos);
}

Status read_times(const std::string& file, const TomlValue& table, TimeSettings& times) {
  const Reading reading{file, "times"};
  MLC_TRY_STATUS(expect_table({file, ""}, "times", table));
  MLC_TRY_STATUS(read_section(reading, table, time_fields(), {}, times));
  if (times.unit_deadline >= times.holder_lease) {
    return failure(
        bad_value(reading, "unit_deadline", value_or_table(table, "unit_deadline"),
                  "less than holder_lease (" + format_duration(times.holder_lease) + ")"));
  }
  return {};
}

Status read_state(const std::string& file, const TomlValue& table, HubConfiguration& out) {
  const Reading reading{file, "state"};
  MLC_TRY_STATUS(expect_table({file, ""}, "state", table));
  MLC_TRY_STATUS(read_section(reading, table, state_fields(), {}, out));
  if (out.name.find_first_of(" \t+") == std::string::npos) return {};
  return failure(bad_value(reading, "name", value_or_table(table, "name"),
                           "a name without blanks and plus signs"));
}

Result<StoreSettings> read_store(const std::string& file, const TomlValue& table) {
  const Reading reading{file, "store"};
  MLC_TRY_STATUS(expect_table({file, ""}, "store", table));
  StoreSettings out;
  MLC_TRY_STATUS(read_section(reading, table, store_fields(), {}, out));
  const TomlValue& url = value_or_table(table, "url");
  if (holds_password(out.url)) {
    return failure(kInlineSecret, {{"file", file},
                                   {"line", std::to_string(url.place.line)},
                                   {"column", std::to_string(url.place.column)},
                                   {"key", "url of store"},
                                   {"name", "password"},
                                   {"suggestion", "store-password"}});
  }
  if (!out.url.empty() && !is_database_address(out.url)) {
    return failure(bad_value(reading, "url", url, kDatabaseAddresses));
  }
  // Without a database both would be taken for something that they do not do.
  const bool more = out.password.kind != SecretReference::Kind::kNone || !out.evidence.empty();
  if (out.url.empty() && more) {
    return failure(missing_key(reading, table, "url", kDatabaseAddresses));
  }
  return out;
}

Result<std::string> read_whole(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  if (in) out << in.rdbuf();
  if (!in || in.bad()) {
    return failure(kUnreadable, {{"file", file.string()}, {"detail", "it cannot be opened"}});
  }
  return out.str();
}

}  // namespace

std::string SecretReference::text() const {
  switch (kind) {
    case Kind::kNone: return "";
    case Kind::kFile: return "file:" + name;
    case Kind::kEnvironment: return "env:" + name;
  }
  return "";
}

Result<HubConfiguration> read_configuration(std::string_view text, const std::string& file) {
  MLC_TRY(const TomlValue document, parse_toml(text, file));
  const std::vector<std::string_view> sections{"state", "store", "connection", "times", "observe"};
  for (const TomlMember& member : document.members) {
    if (std::ranges::find(sections, member.key) == sections.end()) {
      return failure(unknown_key({file, ""}, member, sections));
    }
  }
  HubConfiguration out;
  if (const TomlValue* state = document.find("state")) {
    MLC_TRY_STATUS(read_state(file, *state, out));
  }
  if (const TomlValue* store = document.find("store")) {
    MLC_TRY(out.store, read_store(file, *store));
  }
  if (const TomlValue* connections = document.find("connection")) {
    MLC_TRY_STATUS(read_connections(file, *connections, out));
  }
  if (const TomlValue* times = document.find("times")) {
    MLC_TRY_STATUS(read_times(file, *times, out.times));
  }
  if (const TomlValue* observe = document.find("observe")) {
    MLC_TRY(out.observe, read_observe(file, *observe));
  }
  return out;
}

Result<HubConfiguration> load_configuration(const std::filesystem::path& file) {
  MLC_TRY(const std::string text, read_whole(file));
  return read_configuration(text, file.string());
}

Result<StoreSettings> load_store_settings(const std::filesystem::path& file) {
  MLC_TRY(const std::string text, read_whole(file));
  MLC_TRY(const TomlValue document, parse_toml(text, file.string()));
  const TomlValue* store = document.find("store");
  if (store == nullptr) return StoreSettings{};
  return read_store(file.string(), *store);
}

Result<Secret> read_secret(const SecretReference& reference,
                           const std::filesystem::path& state_directory,
                           const Environment& environment) {
  const auto missing = [&](std::string detail) {
    return failure(kSecretMissing,
                   {{"reference", reference.text()}, {"detail", std::move(detail)}});
  };
  std::string value;
  if (reference.kind == SecretReference::Kind::kNone) return missing("none is configured");
  if (reference.kind == SecretReference::Kind::kEnvironment) {
    auto found = environment(reference.name);
    if (!found) return missing("the environment has no such variable");
    value = std::move(*found);
  } else {
    auto text = read_whole(state_directory / reference.name);
    if (!text) return missing("the file cannot be opened");
    value = std::move(*text);
  }
  while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
  if (value.empty()) return missing("it is empty");
  return Secret(std::move(value));
}

}  // namespace mlc::configuration
