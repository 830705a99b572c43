// What can go wrong between us and an HTTP server. The facts name method and host only: paths,
// queries and headers may carry secrets (presigned addresses, tokens).
#pragma once

#include "base/error.h"

namespace mlc::net {

inline constexpr ErrorKind kBadUrl{
    "net.bad_url", "The address of the {method} request to '{host}' is not an absolute HTTP URL.",
    "Correct the address in the configuration: https://host[:port]/path.", ExitCode::kBadInput};
inline constexpr ErrorKind kNotSecure{
    "net.not_secure", "The address of '{host}' is not https.",
    "Use https; plain http is allowed for this machine's own loopback address only.",
    ExitCode::kRefused};
inline constexpr ErrorKind kBadHeader{
    "net.bad_header",
    "The {method} request to '{host}' has a header '{header}' that is not allowed.",
    "Header names are tokens and values hold no control characters; correct the setting it "
    "came from.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kConnectFailed{
    "net.connect_failed", "No connection to {host}: {reason}.",
    "Check name resolution, firewall and proxy settings; the work is repeated later.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kTimeout{
    "net.timeout", "{host} did not answer the {method} request in {limit}.",
    "Check the network; the work is repeated later.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kTlsFailed{
    "net.tls_failed", "The TLS connection to {host} was refused: {reason}.",
    "Check the machine's clock, its certificate store (ca-certificates) and whether a proxy "
    "inspects TLS; name the proxy's certificate in the configuration.",
    ExitCode::kUnavailable};
inline constexpr ErrorKind kBodyTooLarge{
    "net.body_too_large", "The answer of {host} is larger than the limit of {limit} bytes.",
    "Raise the limit if an answer of that size is expected.", ExitCode::kRefused};
inline constexpr ErrorKind kBroken{
    "net.broken", "The connection to {host} broke during the {method} request: {reason}.",
    "Check the network; the work is repeated later.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kListenFailed{
    "net.listen_failed", "Cannot listen on {host}, port {port}.",
    "Choose another port, or find the program that holds it (ss -ltnp).", ExitCode::kUnavailable};

}  // namespace mlc::net
