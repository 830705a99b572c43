#pragma once

#include "base/error.h"

namespace mlc::abap {

inline constexpr ErrorKind kException{
    "abap.exception", "SAP's function module {function} raised {key}.",
    "Look the exception up in transaction SE37.", ExitCode::kRefused};
inline constexpr ErrorKind kMessageAbort{
    "abap.message_abort", "SAP ended {function} with message {id} {number}: {message}",
    "Correct what the message says, then `retry`.", ExitCode::kRefused};
inline constexpr ErrorKind kRuntimeFailure{
    "abap.runtime_failure", "SAP's function module {function} ended with a short dump: {message}",
    "Ask SAP Basis for the dump in transaction ST22.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kCommunicationFailure{
    "abap.communication_failure", "The connection to SAP broke during {function}.",
    "Nothing to do if SAP comes back: the work resumes by itself and reads before it writes.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kTimeout{
    "abap.timeout", "SAP did not answer {function} in time.",
    "Nothing to do if SAP comes back: the work resumes by itself and reads before it writes.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kSessionClosed{
    "abap.session_closed", "The SAP session was closed before {function}; nothing was executed.",
    "Nothing to do: the work resumes with a new session.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kLogonFailed{
    "abap.logon_failed", "SAP refused the logon: {message}",
    "Check client, user and password; ask SAP Basis whether the user is locked (SU01).",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kNoSessionFree{
    "abap.no_session_free", "SAP has no free session for this user now.",
    "Nothing to do: the work tries again.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kUnknownParameter{
    "abap.unknown_parameter", "{function} has no parameter {parameter}.",
    "Report this: the program and its description of {function} disagree.", ExitCode::kInternal};
inline constexpr ErrorKind kUnknownField{
    "abap.unknown_field", "{parameter} of {function} has no field {field}.",
    "Report this: the program and its description of {function} disagree.", ExitCode::kInternal};
inline constexpr ErrorKind kValueTooLong{
    "abap.value_too_long",
    "{parameter}-{field} of {function} takes {expected} characters; found {found}.",
    "Shorten the value in the rule set or the configuration.", ExitCode::kBadInput};
inline constexpr ErrorKind kBadValue{
    "abap.bad_value", "{parameter}-{field} of {function}: found '{found}', expected {expected}.",
    "Correct the value in the rule set or the configuration.", ExitCode::kBadInput};

}  // namespace mlc::abap
