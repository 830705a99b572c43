#pragma once

#include "base/error.h"

namespace mlc::daemon {

inline constexpr ErrorKind kDemoDirectoryInUse{
    "daemon.demo_directory_in_use", "{directory} exists and holds something else than a demo.",
    "Name another folder with --state, or empty this one.", ExitCode::kRefused};
inline constexpr ErrorKind kStateInUse{
    "daemon.state_in_use", "{directory} exists and holds something already.",
    "Name another folder with --state, or empty this one; nothing is overwritten.",
    ExitCode::kRefused};
inline constexpr ErrorKind kEngineElsewhere{
    "daemon.engine_elsewhere", "Another ml-connector is working on {directory}.",
    "Nothing to do if it goes on: it carries out what was asked. To run here, stop it first.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kLockFailed{
    "daemon.lock_failed", "The lock {file} cannot be taken: {detail}",
    "See that the state directory is on a local disk and writable.", ExitCode::kUnavailable};
inline constexpr ErrorKind kNoMarketplace{
    "daemon.no_marketplace",
    "The seller sells in no marketplace of region {region} that settles in {currencies} "
    "(found: {marketplaces}).",
    "Correct `currencies` or `region` of the connection, or the refresh token: it may be another "
    "seller's.",
    ExitCode::kAttention};
inline constexpr ErrorKind kControlNotFound{
    "daemon.control_not_found",
    "SAP does not show the document that must be there: the last that was read back, or "
    "first_control.",
    "Look for it in SAP (FB03). If it is there, the user may not read it (F_BKPF_BUK, S_TABU_NAM); "
    "if not, ask SAP Basis whether the system was restored.",
    ExitCode::kRefused};
inline constexpr ErrorKind kUpdatesUnreadable{
    "daemon.updates_unreadable", "User {user} may not read SAP's update records (VBHDR).",
    "Let SAP Basis allow table VBHDR (S_TABU_NAM); until then a person must look in SM13 whenever "
    "a "
    "document is in doubt.",
    ExitCode::kAttention};
inline constexpr ErrorKind kUnknownRegion{
    "daemon.unknown_region", "Connection {connection}: region '{region}' is none of na, eu, fe.",
    "Correct `region` in ml-connector.toml.", ExitCode::kBadInput};
inline constexpr ErrorKind kUnknownMarket{
    "daemon.unknown_market", "The demo cannot play the market '{market}'.",
    "Name some of {known}, separated by commas.", ExitCode::kUsage};
inline constexpr ErrorKind kMarketsElsewhere{
    "daemon.markets_elsewhere",
    "Connection {connection} is of region {region}, and its simulator's market {market} of "
    "{found}.",
    "Correct `region`, or `markets` in [connection.amazon.simulator] of ml-connector.toml.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kUnknownTransport{
    "daemon.unknown_transport",
    "Connection {connection}: this program has no SAP transport '{transport}'.",
    "Use \"simulator\" or \"simulator-socket\"; a connection to a real SAP system is not built "
    "yet.",
    ExitCode::kBadInput};

}  // namespace mlc::daemon
