#include "configuration/hub_configuration.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "configuration/errors.h"
#include "configuration/hub_sections.h"

namespace mlc::configuration {
namespace {

constexpr std::string_view kFull = R"([state]
name = "hub.example.org"
[[connection]]
id = "us"
selling_account = "A1EXAMPLE"
region = "na"
currencies = ["USD"]
marketplace_label = "US"
home_zone = "America/Los_Angeles"
cutover = 2026-01-01
post = "auto"
poll_every = "30 min"
schedule = "*/15 22-23,0-5 * * mon-fri"
schedule_zone = "Europe/Berlin"
quiet_hours = ["23:00-00:30", "12:00-13:00"]
company_code = "US01"
document_type = "SA"
receivable_account = "0000140000"
rules = ["rules/us-sample.toml"]
posting_model = "B"
material_groups = "rules/groups.tsv"
[connection.amazon]
endpoint = "simulator"
client_id = "amzn1.application-oa2-client.x"
client_secret = "file:keys/amazon-client-secret"
refresh_token = "env:REFRESH_TOKEN"
[connection.amazon.simulator]
seed = 7
anchor = "2026-10-01T00:00:00Z"
[connection.sap]
transport = "simulator"
system_id = "ECS"
client = "800"
logical_system = "ECSCLNT800"
user = "MLC"
password = "file:keys/sap-password"
books = "simulators/sap"
reader_rows = 900
[[connection.sap.message]]
class = "KI"
number = "138"
outcome = "deferred"
note = "CO is locked at month end"
[[connection.sap.message]]
class = "ZF"
number = "001"
outcome = "rejected"
[connection.first_control]
company_code = "US01"
number = "0100000000"
fiscal_year = "2026"
reference = "OPENING"
[[connection.opening]]
currency = "USD"
receivable = "-90.00"
reserve = "50"
[times]
holder_lease = "6 min"
[observe]
listen = "127.0.0.1:9464"
log = "json"
)";

std::string with(std::string_view from, std::string_view to) {
  std::string out(kFull);
  const auto at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

Error refusal_of(const std::string& text) {
  const auto read = read_configuration(text, "ml-connector.toml");
  EXPECT_FALSE(read.has_value());
  return read ? Error(kBadToml) : read.error();
}

TEST(ReadConfiguration, FullFile_GivesEverySetting) {
  const auto read = read_configuration(kFull, "ml-connector.toml");
  ASSERT_TRUE(read.has_value()) << read.error().explain();
  ASSERT_EQ(read->connections.size(), 1U);
  const ConnectionSettings& us = read->connections.front();
  EXPECT_EQ(read->name, "hub.example.org");
  EXPECT_EQ(us.id.str(), "us");
  EXPECT_EQ(us.tenant.str(), "default");
  EXPECT_EQ(us.post, PostMode::kAuto);
  EXPECT_EQ(us.poll_every, std::chrono::minutes(30));
  EXPECT_EQ(us.schedule, "*/15 22-23,0-5 * * mon-fri");
  EXPECT_EQ(us.schedule_zone, "Europe/Berlin");
  EXPECT_EQ(us.quiet_hours, (std::vector<std::string>{"23:00-00:30", "12:00-13:00"}));
  EXPECT_EQ(format_date(us.cutover), "2026-01-01");
  EXPECT_EQ(us.company_codes, std::vector<std::string>{"US01"});
  EXPECT_EQ(us.amazon->client_secret.at(0).text(), "file:keys/amazon-client-secret");
  EXPECT_EQ(us.amazon->refresh_token.kind, SecretReference::Kind::kEnvironment);
  EXPECT_EQ(us.amazon->simulator.seed, 7U);
  EXPECT_EQ(us.first_control->number, "0100000000");
  EXPECT_EQ(us.sap.reader_rows, 900);
  EXPECT_EQ(us.posting_model, "B");
  EXPECT_EQ(us.material_groups, "rules/groups.tsv");
  EXPECT_EQ(us.openings, (std::vector<OpeningBalances>{{"USD", "-90.00", "50"}}));
  ASSERT_EQ(us.sap.messages.size(), 2U);
  EXPECT_EQ(us.sap.messages[0], (SapMessage{"KI", "138", "deferred", "CO is locked at month end"}));
  EXPECT_EQ(us.sap.messages[1], (SapMessage{"ZF", "001", "rejected", ""}));
  EXPECT_EQ(read->observe, (ObserveSettings{"127.0.0.1:9464", "json"}));
  EXPECT_EQ(read->times.holder_lease, std::chrono::minutes(6));
  EXPECT_EQ(read->times.longest_run, std::chrono::hours(1));
}

TEST(ReadConfiguration, OpeningsAndModel_AreRefusedByName) {
  struct Row {
    const char* from;
    const char* to;
    const char* key;
  };
  const Row rows[] = {{"reserve = \"50\"", "reserve = \"-50\"", "reserve"},
                      {"reserve = \"50\"", "reserve = \"5.001\"", "reserve"},
                      {"receivable = \"-90.00\"", "receivable = \"much\"", "receivable"},
                      {"currency = \"USD\"", "currency = \"EUR\"", "currency"},
                      {"posting_model = \"B\"", "posting_model = \"C\"", "posting_model"}};
  for (const Row& row : rows) {
    const Error error = refusal_of(with(row.from, row.to));
    EXPECT_TRUE(error.is(kBadValue)) << row.to;
    EXPECT_NE(error.text().find(row.key), std::string::npos) << error.text();
  }
}

TEST(WriteCommentedConfiguration, ReadBack_GivesTheSameSettings) {
  const auto read = read_configuration(kFull, "ml-connector.toml");
  ASSERT_TRUE(read.has_value());
  const std::string text = write_commented_configuration(*read);
  const auto again = read_configuration(text, "written.toml");
  ASSERT_TRUE(again.has_value()) << again.error().explain();
  EXPECT_EQ(*again, *read);
  EXPECT_EQ(write_commented_configuration(*again), text);
}

TEST(WriteCommentedConfiguration, OptionalPartsMissing_ReadBackTheSame) {
  auto read = read_configuration(kFull, "ml-connector.toml");
  ASSERT_TRUE(read.has_value());
  read->connections.front().amazon.reset();
  read->connections.front().first_control.reset();
  read->connections.front().sap.messages.clear();
  read->connections.front().openings.clear();
  const auto again = read_configuration(write_commented_configuration(*read), "written.toml");
  ASSERT_TRUE(again.has_value()) << again.error().explain();
  EXPECT_EQ(*again, *read);
}

TEST(WriteCommentedConfiguration, EveryKey_HasACommentOfOneLineBeforeIt) {
  const auto read = read_configuration(kFull, "ml-connector.toml");
  ASSERT_TRUE(read.has_value());
  const std::string text = write_commented_configuration(*read);
  const auto expect_all = [&text](const auto& fields) {
    for (const auto& field : fields) {
      const std::string comment = "# " + std::string(field.comment) + "\n";
      const std::string key = std::string(field.key) + " =";
      EXPECT_TRUE(text.find(comment + key + " ") != std::string::npos ||
                  text.find(comment + "# " + key + "\n") != std::string::npos)
          << field.key;
      EXPECT_LE(field.comment.size(), 98U) << field.key;
    }
  };
  expect_all(state_fields());
  expect_all(store_fields());
  expect_all(connection_fields());
  expect_all(amazon_fields());
  expect_all(amazon_simulator_fields());
  expect_all(sap_fields());
  expect_all(sap_message_fields());
  expect_all(first_control_fields());
  expect_all(time_fields());
}

struct UnknownKeyCase {
  std::string_view from;
  std::string_view to;
  std::string_view line;
  std::string_view near;
};

TEST(ReadConfiguration, UnknownKey_IsRefusedWithPlaceAndNearestKey) {
  const UnknownKeyCase cases[] = {
      {"home_zone =", "home_zome =", "9", "home_zone"},
      {"[times]", "[time]", "57", "times"},
      {"books =", "boks =", "37", "books"},
      {"seed =", "sead =", "28", "seed"},
      {"[connection.sap]", "[connection.sapp]", "30", "sap"},
      {"name =", "nme =", "2", "name"},
  };
  for (const auto& row : cases) {
    const Error error = refusal_of(with(row.from, row.to));
    EXPECT_TRUE(error.is(kUnknownKey)) << error.explain();
    EXPECT_EQ(error.fact("line"), row.line) << error.explain();
    EXPECT_EQ(error.fact("near"), "; did you mean '" + std::string(row.near) + "'?");
  }
}

TEST(ReadConfiguration, RequiredKeyMissing_IsNamedWithItsSection) {
  const Error error = refusal_of(with("receivable_account = \"0000140000\"\n", ""));
  EXPECT_TRUE(error.is(kMissingKey));
  EXPECT_EQ(error.fact("key"), "receivable_account");
  EXPECT_EQ(error.fact("section"), "connection 'us'");
  EXPECT_EQ(error.fact("line"), "3");
}

TEST(ReadConfiguration, Observe_ListensOnThisMachineOnly) {
  for (const char* good : {"", "localhost:9464", "[::1]:0", "127.0.0.1:65535"}) {
    EXPECT_TRUE(read_configuration(with("127.0.0.1:9464", good), "hub.toml")) << good;
  }
  for (const char* bad : {"0.0.0.0:9464", "9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                          "localhost:94 64", "hub.example.org:9464"}) {
    const Error error = refusal_of(with("127.0.0.1:9464", bad));
    EXPECT_TRUE(error.is(kBadValue)) << bad;
    EXPECT_EQ(error.fact("key"), "listen of observe") << bad;
  }
  EXPECT_TRUE(refusal_of(with("log = \"json\"", "log = \"xml\"")).is(kBadValue));
  EXPECT_EQ(refusal_of(with("log = \"json\"", "logg = \"json\"")).fact("near"),
            "; did you mean 'log'?");
  EXPECT_EQ(parse_listen_address("[::1]:9464")->host, "::1");
  EXPECT_EQ(parse_listen_address("localhost:9464")->host, "127.0.0.1");
}

TEST(ReadConfiguration, LargestReport_IsASize) {
  const auto plain = read_configuration(kFull, "hub.toml");
  EXPECT_EQ(plain->connections.at(0).largest_report, (ByteCount{8ULL << 30U}));
  const auto read =
      read_configuration(with("company_code", "largest_report = \"512 MiB\"\ncompany_code"), "x");
  ASSERT_TRUE(read) << read.error().explain();
  EXPECT_EQ(read->connections.at(0).largest_report, (ByteCount{512ULL << 20U}));
  for (const char* bad : {"5", "\"5 GB\"", "\"0 B\"", "\"GiB\"", "\"99999999 TiB\"", "\"-1 B\""}) {
    const Error error =
        refusal_of(with("company_code", "largest_report = " + std::string(bad) + "\ncompany_code"));
    EXPECT_TRUE(error.is(kBadValue)) << bad;
    EXPECT_EQ(error.fact("column"), "18") << bad;
  }
  for (const char* text : {"8 GiB", "512 MiB", "1 TiB", "3 KiB", "1025 B", "0 B"}) {
    EXPECT_EQ(format_byte_count(*parse_byte_count(text)), text);
  }
}

TEST(ReadConfiguration, SecretsAfterARotation_AreAListTheNewestFirst) {
  const std::string one = "client_secret = \"file:keys/amazon-client-secret\"";
  const auto read = read_configuration(
      with(one, "client_secret = [\"file:keys/new\", \"env:OLD\"]\nsecret_rotated_on = 2026-05-01"),
      "hub.toml");
  ASSERT_TRUE(read) << read.error().explain();
  const auto& amazon = *read->connections.at(0).amazon;
  ASSERT_EQ(amazon.client_secret.size(), 2U);
  EXPECT_EQ(amazon.client_secret[0].text(), "file:keys/new");
  EXPECT_EQ(amazon.client_secret[1].text(), "env:OLD");
  EXPECT_EQ(format_date(amazon.secret_rotated_on.value()), "2026-05-01");
  EXPECT_EQ(amazon.authorised_on, std::nullopt);
  EXPECT_EQ(read_configuration(write_commented_configuration(*read), "hub.toml").value(), *read);
  for (const char* bad : {"client_secret = []", "client_secret = [\"\", 5]", "client_secret = 5"}) {
    EXPECT_TRUE(refusal_of(with(one, bad)).is(kBadValue)) << bad;
  }
  const Error inlined = refusal_of(with(one, "client_secret = [\"env:OLD\", \"hunter2\"]"));
  EXPECT_TRUE(inlined.is(kInlineSecret));
  EXPECT_EQ(inlined.explain().find("hunter2"), std::string::npos);
}

TEST(ReadConfiguration, InlineSecret_IsRefusedWithoutRepeatingIt) {
  for (const char* key :
       {"client_secret = \"file:keys/amazon-client-secret\"",
        "refresh_token = \"env:REFRESH_TOKEN\"", "password = \"file:keys/sap-password\""}) {
    const std::string name(key, std::string_view(key).find(' '));
    const Error error = refusal_of(with(key, name + " = \"hunter2\""));
    EXPECT_TRUE(error.is(kInlineSecret)) << error.explain();
    EXPECT_EQ(error.fact("name"), name);
    EXPECT_EQ(error.explain().find("hunter2"), std::string::npos);
  }
}

struct BadValueCase {
  std::string_view from;
  std::string_view to;
  std::string_view key;
};

TEST(ReadConfiguration, BadValue_IsRefusedWithKeyFoundAndExpected) {
  const BadValueCase cases[] = {
      {"post = \"auto\"", "post = \"maybe\"", "post of connection 'us'"},
      {"cutover = 2026-01-01", "cutover = \"2026-01-01\"", "cutover of connection 'us'"},
      {"poll_every = \"30 min\"", "poll_every = 30", "poll_every of connection 'us'"},
      {"mon-fri", "mon-fry", "schedule of connection 'us'"},
      {"*/15 22-23,0-5 * * mon-fri", "*/15 22-23,0-5", "schedule of connection 'us'"},
      {"Europe/Berlin", "Europe/Nowhere", "schedule_zone of connection 'us'"},
      {"12:00-13:00", "12-13", "quiet_hours of connection 'us'"},
      {"\"23:00-00:30\", \"12:00-13:00\"", "\"00:00-13:00\", \"13:00-24:00\"",
       "quiet_hours of connection 'us'"},
      {"holder_lease = \"6 min\"", "holder_lease = \"0 s\"", "holder_lease of times"},
      {"holder_lease = \"6 min\"", "holder_lease = \"3 min\"", "unit_deadline of times"},
      {"America/Los_Angeles", "America/Nowhere", "home_zone of connection 'us'"},
      {"region = \"na\"", "region = \"us\"", "region of connection 'us'"},
      {"[\"USD\"]", "[]", "currencies of connection 'us'"},
      {"[\"USD\"]", "[\"usd\"]", "currencies of connection 'us'"},
      {"[\"USD\"]", "[\"XYZ\"]", "currencies of connection 'us'"},
      {"[\"USD\"]", "[\"USD\", \"USD\"]", "currencies of connection 'us'"},
      {"company_code = \"US01\"\ndoc", "company_code = \"US001\"\ndoc",
       "company_code of connection 'us'"},
      {"rules = [\"rules/us-sample.toml\"]", "rules = []", "rules of connection 'us'"},
      {"transport = \"simulator\"", "transport = \"rfc\"", "transport of sap of connection 'us'"},
      {"user = \"MLC\"", "user = \"MLC\"\nfence = \"lock\"", "fence of sap of connection 'us'"},
      {"user = \"MLC\"", "user = \"MLC\"\nkey_function = \"Z_0123456789012345678901234567890\"",
       "key_function of sap of connection 'us'"},
      {"receivable_account = \"0000140000\"", "receivable_account = \"abc\"",
       "receivable_account of connection 'us'"},
      {"endpoint = \"simulator\"", "endpoint = \"simulator\"\nproxy = \"proxy:3128\"",
       "proxy of amazon of connection 'us'"},
      {"endpoint = \"simulator\"", "endpoint = \"simulator\"\nproxy = \"http://a:b@proxy:3128\"",
       "proxy of amazon of connection 'us'"},
      {"seed = 7", "seed = -7", "seed of simulator of amazon of connection 'us'"},
      {"seed = 7", "seed = 7\nmarkets = \"US\"",
       "markets of simulator of amazon of connection 'us'"},
      {"seed = 7", "seed = 7\nvariety = \"some\"",
       "variety of simulator of amazon of connection 'us'"},
      {"endpoint = \"simulator\"", "endpoint = \"http://example.org\"",
       "endpoint of amazon of connection 'us'"},
      {"reader_rows = 900", "reader_rows = 0", "reader_rows of sap of connection 'us'"},
      {"number = \"138\"", "number = \"38\"", "number of message of sap of connection 'us'"},
      {"number = \"138\"", "number = \"x38\"", "number of message of sap of connection 'us'"},
      {"outcome = \"deferred\"", "outcome = \"ignored\"",
       "outcome of message of sap of connection 'us'"},
      {"month end", "month end; see FI", "note of message of sap of connection 'us'"},
      {"class = \"ZF\"\nnumber = \"001\"", "class = \"KI\"\nnumber = \"138\"",
       "number of message of sap of connection 'us'"},
      {"[[connection.sap.message]]\nclass = \"KI\"\nnumber = \"138\"\noutcome = \"deferred\"\n"
       "note = \"CO is locked at month end\"\n[[connection.sap.message]]",
       "[connection.sap.message]", "message of sap of connection 'us'"},
      {"name = \"hub.example.org\"", "name = \"two words\"", "name of state"},
      {"[[connection]]", "[connection]", "connection"},
  };
  for (const auto& row : cases) {
    const Error error = refusal_of(with(row.from, row.to));
    EXPECT_TRUE(error.is(kBadValue)) << error.explain();
    EXPECT_EQ(error.fact("key"), row.key);
    EXPECT_FALSE(error.fact("expected").empty());
  }
}

// The same connection once more, under another id.
std::string with_second(std::string_view account, std::string_view currencies) {
  std::string second(kFull.substr(kFull.find("[[connection]]")));
  second.resize(second.find("[times]"));
  const auto put = [&second](std::string_view from, std::string_view to) {
    second.replace(second.find(from), from.size(), to);
  };
  put("id = \"us\"", "id = \"ca\"");
  put("A1EXAMPLE", account);
  put("[\"USD\"]", currencies);
  put("currency = \"USD\"", "currency = " + std::string(currencies).substr(1, 5));
  return std::string(kFull) + second;
}

TEST(ReadConfiguration, OneCurrencyInTwoConnectionsOfASeller_IsRefused) {
  const Error error = refusal_of(with_second("A1EXAMPLE", "[\"CAD\", \"USD\"]"));
  EXPECT_TRUE(error.is(kCurrencyTwice)) << error.explain();
  EXPECT_EQ(error.fact("currency"), "USD");
  EXPECT_EQ(error.fact("id"), "ca");
  EXPECT_EQ(error.fact("first"), "us");
  for (const auto& text :
       {with_second("A1EXAMPLE", "[\"CAD\"]"), with_second("A2EXAMPLE", "[\"USD\"]")}) {
    const auto read = read_configuration(text, "hub.toml");
    EXPECT_TRUE(read.has_value()) << read.error().explain();
  }
}

TEST(ReadConfiguration, Fence_IsNoneUntilTheSiteSaysWhatItInstalled) {
  const auto plain = read_configuration(kFull, "x.toml");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->connections[0].sap.fence, Fence::kNone);
  for (const auto& [word, fence] :
       {std::pair{"none", Fence::kNone}, std::pair{"session_lock", Fence::kSessionLock},
        std::pair{"z_wrapper", Fence::kZWrapper}}) {
    const std::string lines =
        "user = \"MLC\"\nfence = \"" + std::string(word) + "\"\nlock_function = \"Z_ACME_LOCK\"";
    const auto read = read_configuration(with("user = \"MLC\"", lines), "x.toml");
    ASSERT_TRUE(read) << read.error().explain();
    const auto& sap = read->connections[0].sap;
    EXPECT_EQ(sap.fence, fence);
    EXPECT_EQ(sap.lock_function, "Z_ACME_LOCK");
    EXPECT_EQ(sap.key_function, "Z_MLC_RESERVE_KEYS");
    EXPECT_EQ(read_configuration(write_commented_configuration(*read), "y.toml"), *read);
  }
}

struct StoreRow {
  std::string_view lines;
  const ErrorKind* refusal;  // nullptr: accepted
};

TEST(ReadConfiguration, Store_IsADatabaseByAddressWithoutAPassword) {
  const StoreRow rows[] = {
      {"url = \"postgresql://hub@db.example.org:5432/hub?sslmode=verify-full\"", nullptr},
      {"url = \"postgresql:///hub?host=/run/postgresql\"", nullptr},
      {"url = \"postgresql:///hub\"\npassword = \"env:PW\"\nevidence = \"/srv/evidence\"", nullptr},
      {"url = \"\"", nullptr},
      {"url = \"postgresql://hub:hunter2@db.example.org/hub\"", &kInlineSecret},
      {"url = \"postgresql:///hub?password=hunter2\"", &kInlineSecret},
      {"url = \"postgresql:///hub\"\npassword = \"hunter2\"", &kInlineSecret},
      {"url = \"mysql://hub@db.example.org/hub\"", &kBadValue},
      {"url = 5", &kBadValue},
      {"password = \"env:PW\"", &kMissingKey},
      {"evidence = \"/srv/evidence\"", &kMissingKey},
      {"uri = \"postgresql:///hub\"", &kUnknownKey},
  };
  for (const StoreRow& row : rows) {
    const std::string text =
        with("[[connection]]", "[store]\n" + std::string(row.lines) + "\n[[connection]]");
    const auto read = read_configuration(text, "ml-connector.toml");
    ASSERT_EQ(read.has_value(), row.refusal == nullptr) << row.lines;
    if (read) {
      EXPECT_EQ(read_configuration(write_commented_configuration(*read), "x.toml"), *read);
      continue;
    }
    EXPECT_TRUE(read.error().is(*row.refusal)) << read.error().explain();
    EXPECT_EQ(read.error().explain().find("hunter2"), std::string::npos);
  }
}

TEST(LoadStoreSettings, WhateverIsWrongElsewhere_TheStoreIsKnown) {
  const auto file = std::filesystem::temp_directory_path() / "mlc_store_settings_test.toml";
  std::ofstream(file) << "[store]\nurl = \"postgresql:///hub\"\n[times]\nwrong = 1\n";
  const auto read = load_store_settings(file);
  ASSERT_TRUE(read) << read.error().explain();
  EXPECT_EQ(read->url, "postgresql:///hub");
  std::ofstream(file) << "[state]\nname = \"hub\"\n";
  EXPECT_EQ(load_store_settings(file).value(), StoreSettings{});
  std::filesystem::remove(file);
}

TEST(ReadConfiguration, SameConnectionTwice_NamesBothLines) {
  std::string text(kFull);
  const auto begin = text.find("[[connection]]");
  const auto end = text.find("[times]");
  text.insert(end, text.substr(begin, end - begin));
  const Error error = refusal_of(text);
  EXPECT_TRUE(error.is(kDuplicateConnection));
  EXPECT_EQ(error.fact("first"), "3");
}

TEST(LoadConfiguration, MissingFile_IsRefusedByName) {
  const auto read = load_configuration("no/such/ml-connector.toml");
  ASSERT_FALSE(read.has_value());
  EXPECT_TRUE(read.error().is(kUnreadable));
}

TEST(ReadSecret, FileAndVariable_GiveTheSecretWithoutLineEnd) {
  const auto directory = std::filesystem::temp_directory_path() / "mlc_configuration_test";
  std::filesystem::create_directories(directory);
  std::ofstream(directory / "secret") << "s3cret\n";
  const auto environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "TOKEN") return "t0ken";
    return std::nullopt;
  };
  const auto from_file =
      read_secret({SecretReference::Kind::kFile, "secret"}, directory, environment);
  ASSERT_TRUE(from_file.has_value());
  EXPECT_EQ(from_file->reveal(), "s3cret");
  const auto from_variable =
      read_secret({SecretReference::Kind::kEnvironment, "TOKEN"}, directory, environment);
  ASSERT_TRUE(from_variable.has_value());
  EXPECT_EQ(from_variable->reveal(), "t0ken");
  const auto missing =
      read_secret({SecretReference::Kind::kEnvironment, "OTHER"}, directory, environment);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().fact("reference"), "env:OTHER");
  std::filesystem::remove_all(directory);
}

TEST(ParseDuration, WordsOfPeople_AreReadAndWrittenBack) {
  for (const char* text : {"250 ms", "45 s", "5 min", "1 h", "40 d"}) {
    const auto duration = parse_duration(text);
    ASSERT_TRUE(duration.has_value()) << text;
    EXPECT_EQ(format_duration(*duration), text);
  }
  EXPECT_EQ(parse_duration("5min"), Duration(std::chrono::minutes(5)));
  EXPECT_EQ(format_duration(std::chrono::minutes(90)), "90 min");
  for (const char* text : {"", "5", "min", "-5 min", "5 minutes", "5  min",
                           "99999999999999999999 d", "9223372036854775807 d"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace mlc::configuration
