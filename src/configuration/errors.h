// Every refusal of ml-connector.toml and of rule files. Facts: file, line, column, key (with its
// section), found, expected.
#pragma once

#include "base/error.h"

namespace mlc::configuration {

inline constexpr ErrorKind kUnreadable{
    "configuration.unreadable", "{file} cannot be read: {detail}.",
    "Check the path and the rights. `demo` makes a state directory with a commented configuration.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kBadToml{
    "configuration.bad_toml", "{file}, line {line}, column {column}: {detail}.",
    "Correct the place; text values stand between quotes, dates do not.", ExitCode::kBadInput};
inline constexpr ErrorKind kUnknownKey{
    "configuration.unknown_key", "{file}, line {line}, column {column}: unknown key {key}{near}",
    "Correct or remove the key; docs/formats lists all (configuration.md, rules.md).",
    ExitCode::kBadInput};
inline constexpr ErrorKind kMissingKey{
    "configuration.missing_key",
    "{file}, line {line}, column {column}: {section} lacks the key {key}; expected {expected}.",
    "Add the key; docs/formats lists all (configuration.md, rules.md).", ExitCode::kBadInput};
inline constexpr ErrorKind kBadValue{
    "configuration.bad_value",
    "{file}, line {line}, column {column}: {key} is {found}; expected {expected}.",
    "Correct the value.", ExitCode::kBadInput};
inline constexpr ErrorKind kInlineSecret{
    "configuration.inline_secret",
    "{file}, line {line}, column {column}: {key} holds a secret itself; expected a reference.",
    "Put the secret into a file that only this user may read and write "
    "`{name} = \"file:keys/{suggestion}\"`, or \"env:NAME\" for an environment variable. Then "
    "change the secret, because it was written down here.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kDuplicateConnection{
    "configuration.duplicate_connection",
    "{file}, line {line}, column {column}: connection '{id}' is there twice; first on line "
    "{first}.",
    "Give one of them another id.", ExitCode::kBadInput};
inline constexpr ErrorKind kCurrencyTwice{
    "configuration.currency_twice",
    "{file}, line {line}, column {column}: connection '{id}' takes {currency} of selling account "
    "{account}, as connection '{first}' does already.",
    "Let one connection take the settlements of a currency; the other would post them elsewhere.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kSecretMissing{
    "configuration.secret_missing", "The secret {reference} cannot be read: {detail}.",
    "Put the secret there, or correct the reference in ml-connector.toml.", ExitCode::kBadInput};

}  // namespace mlc::configuration
