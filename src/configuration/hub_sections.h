// The sections of ml-connector.toml as tables of fields. Private to this module.
#pragma once

#include "configuration/field.h"

namespace mlc::configuration {

[[nodiscard]] const Fields<HubConfiguration>& state_fields();
[[nodiscard]] const Fields<StoreSettings>& store_fields();
[[nodiscard]] const Fields<ConnectionSettings>& connection_fields();
[[nodiscard]] const Fields<AmazonSettings>& amazon_fields();
[[nodiscard]] const Fields<AmazonSimulatorSettings>& amazon_simulator_fields();
[[nodiscard]] const Fields<SapSettings>& sap_fields();
[[nodiscard]] const Fields<SapMessage>& sap_message_fields();
[[nodiscard]] const Fields<FirstControl>& first_control_fields();
[[nodiscard]] const Fields<OpeningBalances>& opening_fields();
[[nodiscard]] const Fields<TimeSettings>& time_fields();
[[nodiscard]] const Fields<ObserveSettings>& observe_fields();

[[nodiscard]] Status expect_table(const Reading& reading, std::string_view key,
                                  const TomlValue& value);
[[nodiscard]] bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words);

// The tables of the file. Errors of all: configuration.unknown_key, .missing_key, .bad_value,
// .inline_secret; of the connections .duplicate_connection and .currency_twice as well.
[[nodiscard]] Status read_connections(const std::string& file, const TomlValue& list,
                                      HubConfiguration& out);
[[nodiscard]] Result<AmazonSettings> read_amazon(const Reading& outer, const TomlValue& table);
[[nodiscard]] Result<SapSettings> read_sap(const Reading& outer, const TomlValue& table);
// The table [observe]. Errors: configuration.unknown_key, .bad_value.
[[nodiscard]] Result<ObserveSettings> read_observe(const std::string& file, const TomlValue& table);

}  // namespace mlc::configuration
