#include "configuration/hub_configuration.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

#include "configuration/errors.h"
#include "configuration/hub_sections.h"
#include "ledger/currency.h"
#include "ledger/money.h"
#include "ledger/posting_model.h"
#include "ledger/text.h"
#include "runtime/cron_schedule.h"
#include "runtime/quiet_hours.h"
#include "runtime/time_zone.h"

namespace mlc::configuration {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

bool is_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://127.0.0.1") ||
         text.starts_with("http://localhost") || text.starts_with("http://[::1]");
}

constexpr std::string_view kAddresses =
    "an address that begins with https:// (http:// for this machine only)";

Status check_amazon(const Reading& reading, const TomlValue& table, const AmazonSettings& amazon) {
  if (!amazon.endpoint.empty() && amazon.endpoint != kSimulator && !is_address(amazon.endpoint)) {
    return failure(bad_value(reading, "endpoint", value_or_table(table, "endpoint"),
                             "\"simulator\", an empty text or " + std::string(kAddresses)));
  }
  const bool proxy = amazon.proxy.empty() || amazon.proxy == kEnvironment ||
                     amazon.proxy.starts_with("http://") || amazon.proxy.starts_with("https://");
  // A user and password would stand in the file.
  if (!proxy || amazon.proxy.find('@') != std::string::npos) {
    return failure(bad_value(reading, "proxy", value_or_table(table, "proxy"),
                             "\"http://host:port\" without a user, \"environment\" or an empty "
                             "text"));
  }
  if (!amazon.login_endpoint.empty() && !is_address(amazon.login_endpoint)) {
    return failure(bad_value(reading, "login_endpoint", value_or_table(table, "login_endpoint"),
                             "an empty text or " + std::string(kAddresses)));
  }
  return {};
}

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

Status expect_table(const Reading& reading, std::string_view key, const TomlValue& value) {
  if (value.kind == TomlValue::Kind::kTable) return {};
  return failure(bad_value(reading, key, value, "a table"));
}

Result<AmazonSettings> read_amazon(const Reading& outer, const TomlValue& table) {
  MLC_TRY_STATUS(expect_table(outer, "amazon", table));
  const Reading reading{outer.file, "amazon of " + outer.section};
  AmazonSettings out;
  MLC_TRY_STATUS(read_section(reading, table, amazon_fields(), {"simulator"}, out));
  MLC_TRY_STATUS(check_amazon(reading, table, out));
  const TomlValue* simulator = table.find("simulator");
  if (simulator == nullptr) {
    if (out.endpoint != kSimulator) return out;
    return failure(
        missing_key(reading, table, "simulator", "the table [connection.amazon.simulator]"));
  }
  MLC_TRY_STATUS(expect_table(reading, "simulator", *simulator));
  const Reading inner{outer.file, "simulator of " + reading.section};
  MLC_TRY_STATUS(read_section(inner, *simulator, amazon_simulator_fields(), {}, out.simulator));
  if (!is_one_of(out.simulator.variety, {"everyday", "everything"})) {
    return failure(bad_value(inner, "variety", value_or_table(*simulator, "variety"),
                             "\"everyday\" or \"everything\""));
  }
  return out;
}

Status check_message(const Reading& reading, const TomlValue& table, const SapMessage& message) {
  const auto digits = message.number.find_first_not_of("0123456789") == std::string::npos;
  if (message.number.size() != 3 || !digits) {
    return failure(bad_value(reading, "number", value_or_table(table, "number"),
                             "3 digits between quotes, such as \"138\""));
  }
  if (!is_one_of(message.outcome, {kDeferred, kRejected})) {
    return failure(bad_value(reading, "outcome", value_or_table(table, "outcome"),
                             "\"deferred\" or \"rejected\""));
  }
  // A semicolon parts the causes of a refusal, of which the note becomes one.
  if (message.note.find_first_of(";\n\r\t") != std::string::npos) {
    return failure(
        bad_value(reading, "note", value_or_table(table, "note"), "one line without semicolons"));
  }
  return {};
}

Status read_messages(const Reading& outer, const TomlValue& list, std::vector<SapMessage>& out) {
  if (list.kind != TomlValue::Kind::kArray) {
    return failure(
        bad_value(outer, "message", list, "[[connection.sap.message]] with two brackets"));
  }
  const Reading reading{outer.file, "message of " + outer.section};
  for (const TomlValue& table : list.items) {
    MLC_TRY_STATUS(expect_table(outer, "message", table));
    SapMessage message;
    MLC_TRY_STATUS(read_section(reading, table, sap_message_fields(), {}, message));
    MLC_TRY_STATUS(check_message(reading, table, message));
    const bool known = std::ranges::any_of(out, [&](const SapMessage& other) {
      return other.id == message.id && other.number == message.number;
    });
    if (known) {
      return failure(bad_value(reading, "number", value_or_table(table, "number"),
                               "each class and number once"));
    }
    out.push_back(std::move(message));
  }
  return {};
}

Result<SapSettings> read_sap(const Reading& outer, const TomlValue& table) {
  MLC_TRY_STATUS(expect_table(outer, "sap", table));
  const Reading reading{outer.file, "sap of " + outer.section};
  SapSettings out;
  MLC_TRY_STATUS(read_section(reading, table, sap_fields(), {"message"}, out));
  if (out.reader_rows < 1) {
    return failure(bad_value(reading, "reader_rows", value_or_table(table, "reader_rows"),
                             "a whole number from 1 to 1000000"));
  }
  if (const TomlValue* messages = table.find("message")) {
    MLC_TRY_STATUS(read_messages(reading, *messages, out.messages));
  }
  if (out.transport == kSimulator) {
    if (out.books.empty()) return failure(missing_key(reading, table, "books", "a directory"));
    return out;
  }
  if (out.transport == kSimulatorSocket) {
    if (out.socket.empty()) return failure(missing_key(reading, table, "socket", "a path"));
    return out;
  }
  return failure(bad_value(reading, "transport", value_or_table(table, "transport"),
                           "\"simulator\" or \"simulator-socket\""));
}

bool are_currencies(const std::vector<std::string>& codes) {
  const auto known = [](const std::string& code) {
    return ledger::Currency::from_code(code).has_value();
  };
  const std::set<std::string> distinct(codes.begin(), codes.end());
  return !codes.empty() && distinct.size() == codes.size() && std::ranges::all_of(codes, known);
}

// What stands in `detail` of a refused text becomes part of what is expected.
Error bad_calendar(const Reading& reading, std::string_view key, const TomlValue& table,
                   std::string_view expected, const Error& why) {
  return bad_value(reading, key, value_or_table(table, key),
                   std::string(expected) + " (" + std::string(why.fact("detail")) + ")");
}

Status check_calendar(const Reading& reading, const TomlValue& table,
                      const ConnectionSettings& settings) {
  if (!settings.schedule.empty()) {
    const auto schedule = runtime::CronSchedule::parse(settings.schedule);
    if (!schedule) {
      return failure(bad_calendar(reading, "schedule", table,
                                  "a schedule such as \"*/15 22-23,0-5 * * *\"", schedule.error()));
    }
  }
  if (!settings.schedule_zone.empty() && !runtime::TimeZone::find(settings.schedule_zone)) {
    return failure(bad_value(reading, "schedule_zone", value_or_table(table, "schedule_zone"),
                             "a time zone that this machine knows, such as \"Europe/Berlin\""));
  }
  const auto quiet = runtime::QuietHours::parse(settings.quiet_hours);
  if (quiet) return {};
  return failure(bad_calendar(reading, "quiet_hours", table,
                              "times of the day such as [\"22:00-06:00\"]", quiet.error()));
}

Status check_connection(const Reading& reading, const TomlValue& table,
                        const ConnectionSettings& settings) {
  if (!is_one_of(settings.region, {"na", "eu", "fe"})) {
    return failure(
        bad_value(reading, "region", value_or_table(table, "region"), "\"na\", \"eu\" or \"fe\""));
  }
  if (!ledger::posting_model(settings.posting_model)) {
    return failure(bad_value(reading, "posting_model", value_or_table(table, "posting_model"),
                             "\"A\" or \"B\""));
  }
  if (!are_currencies(settings.currencies)) {
    return failure(bad_value(reading, "currencies", value_or_table(table, "currencies"),
                             "a list of ISO 4217 currencies, each once, such as [\"USD\"]"));
  }
  if (!runtime::TimeZone::find(settings.home_zone)) {
    return failure(bad_value(reading, "home_zone", value_or_table(table, "home_zone"),
                             "a time zone that this machine knows, such as "
                             "\"America/Los_Angeles\""));
  }
  if (!ledger::is_digits(settings.receivable_account)) {
    return failure(bad_value(reading, "receivable_account",
                             value_or_table(table, "receivable_account"),
                             "an account number of at most 10 digits"));
  }
  if (settings.item_limit < 2) {
    return failure(bad_value(reading, "item_limit", value_or_table(table, "item_limit"),
                             "a whole number from 2 to 900"));
  }
  if (settings.document_limit < 1) {
    return failure(bad_value(reading, "document_limit", value_or_table(table, "document_limit"),
                             "a whole number from 1 to 359"));
  }
  return {};
}

Status check_opening(const Reading& reading, const TomlValue& table, const OpeningBalances& opening,
                     const ConnectionSettings& connection) {
  const bool taken =
      std::ranges::find(connection.currencies, opening.currency) != connection.currencies.end();
  const bool known = std::ranges::find(connection.openings, opening.currency,
                                       &OpeningBalances::currency) != connection.openings.end();
  if (!taken || known) {
    return failure(bad_value(reading, "currency", value_or_table(table, "currency"),
                             "a currency of the connection, each once"));
  }
  const auto currency = ledger::Currency::from_code(opening.currency);
  const std::pair<std::string_view, const std::string&> amounts[] = {
      {"receivable", opening.receivable}, {"reserve", opening.reserve}};
  for (const auto& [key, amount] : amounts) {
    const auto parsed = ledger::Money::parse(amount, *currency);
    const bool usable = parsed && (key == "receivable" || !parsed->is_negative());
    if (!usable) {
      return failure(bad_value(
          reading, key, value_or_table(table, key),
          key == "receivable" ? "an amount between quotes" : "a positive amount between quotes"));
    }
  }
  return {};
}

Status read_openings(const Reading& outer, const TomlValue& list, ConnectionSettings& out) {
  if (list.kind != TomlValue::Kind::kArray) {
    return failure(bad_value(outer, "opening", list, "[[connection.opening]] with two brackets"));
  }
  const Reading reading{outer.file, "opening of " + outer.section};
  for (const TomlValue& table : list.items) {
    MLC_TRY_STATUS(expect_table(outer, "opening", table));
    OpeningBalances opening;
    MLC_TRY_STATUS(read_section(reading, table, opening_fields(), {}, opening));
    MLC_TRY_STATUS(check_opening(reading, table, opening, out));
    out.openings.push_back(std::move(opening));
  }
  return {};
}

Result<ConnectionSettings> read_connection(const std::string& file, const TomlValue& table) {
  const TomlValue* id = table.find("id");
  const std::string name =
      id != nullptr && id->kind == TomlValue::Kind::kText ? " '" + id->text + "'" : "";
  const Reading reading{file, "connection" + name};
  MLC_TRY_STATUS(expect_table({file, ""}, "connection", table));
  ConnectionSettings out;
  MLC_TRY_STATUS(read_section(reading, table, connection_fields(),
                              {"amazon", "sap", "first_control", "opening"}, out));
  MLC_TRY_STATUS(check_connection(reading, table, out));
  MLC_TRY_STATUS(check_calendar(reading, table, out));
  if (out.company_codes.empty()) out.company_codes = {out.company_code};
  if (const TomlValue* amazon = table.find("amazon")) {
    MLC_TRY(out.amazon, read_amazon(reading, *amazon));
  }
  const TomlValue* sap = table.find("sap");
  if (sap == nullptr) {
    return failure(missing_key(reading, table, "sap", "the table [connection.sap]"));
  }
  MLC_TRY(out.sap, read_sap(reading, *sap));
  if (const TomlValue* control = table.find("first_control")) {
    MLC_TRY_STATUS(expect_table(reading, "first_control", *control));
    const Reading inner{file, "first_control of " + reading.section};
    out.first_control.emplace();
    MLC_TRY_STATUS(read_section(inner, *control, first_control_fields(), {}, *out.first_control));
  }
  if (const TomlValue* openings = table.find("opening")) {
    MLC_TRY_STATUS(read_openings(reading, *openings, out));
  }
  return out;
}

// Two connections that took the same settlement would post it twice, in two places.
Status check_currencies(const std::string& file, const TomlValue& table,
                        const std::vector<ConnectionSettings>& others,
                        const ConnectionSettings& mine) {
  for (const ConnectionSettings& other : others) {
    if (other.tenant != mine.tenant || other.selling_account != mine.selling_account) continue;
    for (const std::string& currency : mine.currencies) {
      if (std::ranges::find(other.currencies, currency) == other.currencies.end()) continue;
      const TomlValue& place = value_or_table(table, "currencies");
      return failure(kCurrencyTwice, {{"file", file},
                                      {"line", std::to_string(place.place.line)},
                                      {"column", std::to_string(place.place.column)},
                                      {"id", mine.id.str()},
                                      {"currency", currency},
                                      {"account", mine.selling_account},
                                      {"first", other.id.str()}});
    }
  }
  return {};
}

Status read_connections(const std::string& file, const TomlValue& list, HubConfiguration& out) {
  if (list.kind != TomlValue::Kind::kArray) {
    return failure(bad_value({file, ""}, "connection", list, "[[connection]] with two brackets"));
  }
  for (const TomlValue& table : list.items) {
    MLC_TRY(auto connection, read_connection(file, table));
    for (std::size_t i = 0; i < out.connections.size(); ++i) {
      if (out.connections[i].id != connection.id) continue;
      return failure(kDuplicateConnection, {{"file", file},
                                            {"line", std::to_string(table.place.line)},
                                            {"column", std::to_string(table.place.column)},
                                            {"id", connection.id.str()},
                                            {"first", std::to_string(list.items[i].place.line)}});
    }
    MLC_TRY_STATUS(check_currencies(file, table, out.connections, connection));
    out.connections.push_back(std::move(connection));
  }
  return {};
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
