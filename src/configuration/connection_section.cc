// [[connection]]: one SAP side and one selling account.
#include <algorithm>
#include <set>

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

}  // namespace

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

}  // namespace mlc::configuration
