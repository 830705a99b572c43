// What can go wrong with Amazon's Selling Partner API. `code`, `message` and `request_id` are
// Amazon's own words, cleaned of anything secret.
#pragma once

#include "base/error.h"

namespace mlc::amazon {

// Login with Amazon. Codes: RFC 6749 section 5.2.
inline constexpr ErrorKind kInvalidClient{
    "amazon.invalid_client", "Login with Amazon refuses the client id or its secret ({message}).",
    "Amazon's client secrets end after 180 days: rotate the secret in the developer console and "
    "enter the new one; check the client id. Nothing is asked again until then.",
    ExitCode::kRefused};
inline constexpr ErrorKind kInvalidGrant{
    "amazon.invalid_grant", "The seller's authorisation is no longer valid ({message}).",
    "Have the seller authorise the application again and enter the new refresh token; it must "
    "belong to this client id.",
    ExitCode::kRefused};
inline constexpr ErrorKind kUnauthorizedClient{
    "amazon.unauthorized_client", "The application may not log in this way ({message}).",
    "Check in the developer console that the application is published or self-authorised and has "
    "the roles it needs.",
    ExitCode::kRefused};
inline constexpr ErrorKind kLoginRefused{
    "amazon.login_refused", "Login with Amazon refused the request: {code} ({message}).",
    "Check client id, secret and refresh token; show this to the maintainers if they are right.",
    ExitCode::kRefused};
inline constexpr ErrorKind kLoginUnavailable{
    "amazon.login_unavailable",
    "Login with Amazon cannot be reached or is out of order ({message}).",
    "Nothing to do; it is tried again later.", ExitCode::kUnavailable, Again::kLater};

// Calls.
inline constexpr ErrorKind kQuotaWait{"amazon.quota_wait",
                                      "{operation} has no call left in its quota.",
                                      "Nothing to do; the call is made when the quota allows it.",
                                      ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kQuotaExceeded{
    "amazon.quota_exceeded", "Amazon says that {operation} was called too often ({code}).",
    "Nothing to do; calls slow down by themselves. If it stays so, look for another program that "
    "uses the same application.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kUnavailable{
    "amazon.unavailable", "{operation} failed on Amazon's side: status {status} ({code}).",
    "Nothing to do; it is tried again later. For Amazon's support: request {request_id}.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kInvalidInput{
    "amazon.invalid_input", "Amazon refuses the input of {operation}: {code}, {message}.",
    "Repeating does not help. Show this to the maintainers, with request {request_id}.",
    ExitCode::kRefused};
inline constexpr ErrorKind kPageTokenRefused{
    "amazon.page_token_refused", "The page token of {operation} is no longer accepted ({message}).",
    "Nothing to do; the listing begins again at its first page.", ExitCode::kUnavailable,
    Again::kLater};
inline constexpr ErrorKind kPageRepeated{
    "amazon.page_repeated", "{operation} answered with the page token it was asked with.",
    "Nothing to do; the listing begins again at its first page.", ExitCode::kUnavailable,
    Again::kLater};
inline constexpr ErrorKind kAccessDenied{
    "amazon.access_denied", "Amazon denies {operation} in region {region}: {message}.",
    "Check that the application has the role Finance and Accounting, that the seller authorised "
    "it after the role was added, and that the region is the seller's. Request {request_id}.",
    ExitCode::kRefused};
inline constexpr ErrorKind kTokenExpired{
    "amazon.token_expired", "Amazon calls a fresh access token expired in {operation}.",
    "Check this machine's clock (timedatectl). Request {request_id}.", ExitCode::kRefused};
inline constexpr ErrorKind kNotFound{
    "amazon.not_found", "Amazon does not know what {operation} asked for: {message}.",
    "Reports and documents older than 90 days are gone: import the file from Seller Central. "
    "Request {request_id}.",
    ExitCode::kNotFound};
inline constexpr ErrorKind kRefused{
    "amazon.refused", "{operation} was refused with status {status}: {code}, {message}.",
    "Show this to the maintainers, with request {request_id}.", ExitCode::kRefused};
inline constexpr ErrorKind kUnreadableAnswer{
    "amazon.unreadable_answer", "The answer of {operation} cannot be read: {reason}.",
    "Amazon's format may have changed: show this to the maintainers, with request {request_id}.",
    ExitCode::kBadInput};

// Documents.
inline constexpr ErrorKind kAddressExpired{
    "amazon.address_expired", "The address of document {document} has expired.",
    "Nothing to do; a fresh address is asked for.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kStorageUnavailable{
    "amazon.storage_unavailable", "Amazon's document storage answered with status {status}.",
    "Nothing to do; the download is tried again later.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kStorageRefused{
    "amazon.storage_refused",
    "Amazon's document storage refused document {document} with status {status}.",
    "Import the file from Seller Central if the document is older than 90 days.",
    ExitCode::kRefused};
inline constexpr ErrorKind kDocumentDamaged{
    "amazon.document_damaged", "Document {document} arrived damaged: {reason}, at byte {offset}.",
    "Nothing to do; it is downloaded again. If it stays so, import the file from Seller Central.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kDocumentTooLarge{
    "amazon.document_too_large", "Document {document} is larger than the limit of {limit} bytes.",
    "Raise the limit in the configuration if a settlement of that size is expected.",
    ExitCode::kRefused};

// Settings.
inline constexpr ErrorKind kUnknownMarketplace{
    "amazon.unknown_marketplace", "There is no marketplace '{marketplace}'.",
    "Use a marketplace id such as ATVPDKIKX0DER, or its country code such as US.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kMixedRegions{
    "amazon.mixed_regions",
    "Marketplace {marketplace} belongs to region {found}, the connection to {expected}.",
    "Make one connection per region; a seller's authorisation is valid in one region only.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kBadUserAgent{
    "amazon.bad_user_agent", "The user agent is {found} characters long; Amazon allows {limit}.",
    "Shorten the application's name in the configuration.", ExitCode::kBadInput};

}  // namespace mlc::amazon
