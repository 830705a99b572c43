// ml-connector.toml as settings. Format: docs/formats/configuration.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/strong_id.h"
#include "base/time.h"

namespace mlc::configuration {

inline constexpr std::string_view kConfigurationFile = "ml-connector.toml";

// Where a secret is kept; never the secret.
struct SecretReference {
  enum class Kind { kNone, kFile, kEnvironment };
  Kind kind = Kind::kNone;
  std::string name;                        // path (relative: to the state directory) or variable
  [[nodiscard]] std::string text() const;  // "file:keys/x", "env:NAME", "" for none
  friend bool operator==(const SecretReference&, const SecretReference&) = default;
};

// How large something is.
struct ByteCount {
  std::uint64_t bytes = 0;
  friend bool operator==(const ByteCount&, const ByteCount&) = default;
};

enum class PostMode { kAuto, kApprove };

// What the site installed in SAP against a second holder (docs/formats/sap-fence.md).
enum class Fence { kNone, kSessionLock, kZWrapper };

// What the Amazon simulator plays. `anchor` is the day its story ends.
struct AmazonSimulatorSettings {
  std::uint64_t seed = 1;
  Instant anchor{};
  std::uint32_t settlements = 4;     // of each market
  std::uint32_t rows = 200;          // detail rows of a settlement, about
  std::vector<std::string> markets;  // "US", "DE"; empty: the first of the region
  std::string variety = "everyday";  // or "everything": also kinds of rows that are rare
  std::string fault_plan;            // file, relative to the state directory; empty: none
  friend bool operator==(const AmazonSimulatorSettings&, const AmazonSimulatorSettings&) = default;
};

inline constexpr std::string_view kSimulator = "simulator";
inline constexpr std::string_view kEnvironment = "environment";
inline constexpr std::string_view kSimulatorSocket = "simulator-socket";

struct AmazonSettings {
  std::string endpoint;        // "simulator", or an address; empty: that of the region
  std::string login_endpoint;  // empty: Amazon's own
  std::string proxy;           // "environment", or an address; empty: none
  std::string client_id;
  std::vector<SecretReference> client_secret;  // the newest first
  SecretReference refresh_token;
  std::optional<Date> secret_rotated_on;  // when the newest client secret was made
  std::optional<Date> authorised_on;      // by the seller; public applications only
  AmazonSimulatorSettings simulator;      // used when the endpoint is "simulator"
  friend bool operator==(const AmazonSettings&, const AmazonSettings&) = default;
};

// A message that people have seen on this system, and what it means there.
struct SapMessage {
  std::string id;       // message class, e.g. "KI"
  std::string number;   // 3 digits
  std::string outcome;  // "deferred" or "rejected"
  std::string note;     // who saw it when, or what to do about it; shown with the refusal
  friend bool operator==(const SapMessage&, const SapMessage&) = default;
};
inline constexpr std::string_view kDeferred = "deferred";
inline constexpr std::string_view kRejected = "rejected";

struct SapSettings {
  std::string transport;  // "simulator" (in this process) or "simulator-socket"
  std::string system_id;
  std::string client;
  std::string logical_system;
  std::string user;
  SecretReference password;
  std::string books;   // directory of the simulator's books
  std::string socket;  // path of the simulator's socket
  Fence fence = Fence::kNone;
  std::string lock_function = "Z_MLC_LOCK_POSTING";
  std::string key_function = "Z_MLC_RESERVE_KEYS";
  std::int64_t reader_rows = 5000;   // most rows of one answer; more is refused, never cut
  std::vector<SapMessage> messages;  // unique by class and number
  friend bool operator==(const SapSettings&, const SapSettings&) = default;
};

// A document that exists in SAP and must be found before absence of others counts.
struct FirstControl {
  std::string company_code;
  std::string number;
  std::string fiscal_year;
  std::string reference;
  friend bool operator==(const FirstControl&, const FirstControl&) = default;
};

// What a person entered for the cut-over of one currency; decimal texts.
struct OpeningBalances {
  std::string currency;
  std::string receivable = "0";
  std::string reserve = "0";
  friend bool operator==(const OpeningBalances&, const OpeningBalances&) = default;
};

struct ConnectionSettings {
  ConnectionId id;
  TenantId tenant{std::string("default")};
  std::string selling_account;
  std::string region;                   // "na", "eu", "fe"
  std::vector<std::string> currencies;  // ISO 4217, of the settlements it takes
  std::string marketplace_label;
  std::string home_zone;  // a time zone that exists on this machine
  Date cutover{};
  PostMode post = PostMode::kApprove;
  std::string posting_model =
      "A";  // "A": the settlement is the sales journal; "B": SD bills orders
  Duration poll_every = std::chrono::minutes(45);
  std::string schedule;       // as crontab writes it; empty: poll_every
  std::string schedule_zone;  // of schedule and quiet_hours; empty: home_zone
  std::vector<std::string> quiet_hours;
  std::string company_code;
  std::vector<std::string> company_codes;  // empty: company_code only
  std::string document_type;
  std::string receivable_account;
  std::string receivable_profit_center;
  std::int64_t sap_decimals = 2;
  std::int64_t item_limit = 900;
  std::int64_t document_limit = 20;
  ByteCount largest_report{8ULL << 30U};  // after gunzip; more is refused
  std::vector<std::string> rules;         // files, relative to the state directory
  std::string material_groups;            // a file, relative to the state directory; empty: none
  std::optional<AmazonSettings> amazon;   // none: files are imported by hand only
  SapSettings sap;
  std::optional<FirstControl> first_control;
  std::vector<OpeningBalances> openings;  // each of another currency of the connection
  friend bool operator==(const ConnectionSettings&, const ConnectionSettings&) = default;
};

struct TimeSettings {
  Duration step_lease = std::chrono::minutes(10);
  Duration holder_lease = std::chrono::minutes(5);
  Duration longest_call = std::chrono::minutes(2);
  Duration unit_deadline = std::chrono::minutes(4);
  Duration clock_skew = std::chrono::minutes(2);
  Duration longest_run = std::chrono::hours(1);
  Duration confirm_every = std::chrono::hours(24);
  Duration confirm_for = std::chrono::hours(24 * 40);
  friend bool operator==(const TimeSettings&, const TimeSettings&) = default;
};

// Where the hub's records are. All empty: hub.sqlite and evidence/ of the state directory.
struct StoreSettings {
  std::string url;           // "postgresql://user@host/database", never with a password
  SecretReference password;  // of that user
  std::string evidence;      // folder of the evidence, which all hubs of one database share
  friend bool operator==(const StoreSettings&, const StoreSettings&) = default;
};

inline constexpr std::string_view kTextLog = "text";
inline constexpr std::string_view kJsonLog = "json";

// What a running hub tells machines (docs/formats/observe.md).
struct ObserveSettings {
  std::string listen;         // "127.0.0.1:9464", of this machine only; empty: nothing listens
  std::string log{kTextLog};  // sentences for people, or lines of JSON
  friend bool operator==(const ObserveSettings&, const ObserveSettings&) = default;
};

struct ListenAddress {
  std::string host;        // "127.0.0.1" or "::1"
  std::uint16_t port = 0;  // 0: any free one
};
// "127.0.0.1:9464", "localhost:9464", "[::1]:9464"; nothing for anything else. Pure.
[[nodiscard]] std::optional<ListenAddress> parse_listen_address(std::string_view text);

struct HubConfiguration {
  std::string name = "ml-connector";  // of this installation, for people
  StoreSettings store;
  std::vector<ConnectionSettings> connections;
  TimeSettings times;
  ObserveSettings observe;
  friend bool operator==(const HubConfiguration&, const HubConfiguration&) = default;
};

// `file` names the text in messages. Pure but for the list of time zones; thread-safe.
// Errors: configuration.bad_toml, .unknown_key, .missing_key, .bad_value, .inline_secret,
// .duplicate_connection, .currency_twice.
[[nodiscard]] Result<HubConfiguration> read_configuration(std::string_view text,
                                                          const std::string& file);
// The same from a file. Errors: also configuration.unreadable.
[[nodiscard]] Result<HubConfiguration> load_configuration(const std::filesystem::path& file);
// The section [store] alone, whatever is wrong in the others: a store can be looked at by it.
// Errors: configuration.unreadable, .bad_toml, .unknown_key, .bad_value, .inline_secret.
[[nodiscard]] Result<StoreSettings> load_store_settings(const std::filesystem::path& file);

// Every key with a comment of one line; reading it gives the same settings.
[[nodiscard]] std::string write_commented_configuration(const HubConfiguration& configuration);

// Looks one environment variable up.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The secret itself, without a final line end. Relative files are those of `state_directory`.
// Errors: configuration.secret_missing (also for an empty secret and for a reference to none).
[[nodiscard]] Result<Secret> read_secret(const SecretReference& reference,
                                         const std::filesystem::path& state_directory,
                                         const Environment& environment);

// "5 min", "45 s", "250 ms", "1 h", "40 d"; nothing for anything else.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
[[nodiscard]] std::string format_duration(Duration duration);

// "8 GiB", "512 MiB", "100 KiB", "1 TiB", "80 B"; nothing for anything else.
[[nodiscard]] std::optional<ByteCount> parse_byte_count(std::string_view text);
[[nodiscard]] std::string format_byte_count(ByteCount size);

}  // namespace mlc::configuration
