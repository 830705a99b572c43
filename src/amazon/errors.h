// What can go wrong with Amazon's Selling Partner API. `code`, `message` and `request_id` are
// Amazon's own words, cleaned of anything secret. What to click: SP-API documentation, "Rotate
// your Application's LWA Credentials", "Self-authorization", "Renew Authorizations", "Roles in the
// Selling Partner API".
#pragma once

#include "base/error.h"

namespace mlc::amazon {

// Login with Amazon. Codes: RFC 6749 section 5.2.
inline constexpr ErrorKind kInvalidClient{
    "amazon.invalid_client", "Login with Amazon refuses the client id or its secret ({message}).",
    "In Seller Central (Apps and Services > Develop Apps) or the Solution Provider Portal, choose "
    "View in the column LWA credentials and compare the client id; if the secret is older than "
    "180 days or unknown, the primary account user chooses Rotate secret there. Put the new one "
    "first in client_secret. Nothing is asked for five minutes after each refusal.",
    ExitCode::kRefused};
inline constexpr ErrorKind kSecretExpired{
    "amazon.secret_expired",
    "The client secret has expired ({message}); Amazon ends it 180 days after a rotation.",
    "In Seller Central (Apps and Services > Develop Apps) or the Solution Provider Portal, choose "
    "View in the column LWA credentials, then Rotate secret (primary account user only). Put the "
    "new secret first in client_secret; refresh tokens stay valid. Within an hour after a "
    "rotation this may pass by itself: `retry`.",
    ExitCode::kRefused};
inline constexpr ErrorKind kInvalidGrant{
    "amazon.invalid_grant", "The seller's authorisation is no longer valid ({message}).",
    "An application of your own: Seller Central, Apps and Services > Develop Apps, the arrow "
    "beside Edit App > Authorize, and enter the new refresh token. A public application: the "
    "seller renews it in Apps and Services > Manage Your Apps. The token must belong to this "
    "client id.",
    ExitCode::kRefused};
inline constexpr ErrorKind kUnauthorizedClient{
    "amazon.unauthorized_client", "The application may not log in this way ({message}).",
    "In Seller Central, Apps and Services > Develop Apps: the application must be published or "
    "self-authorised (not a draft) and be an SP-API application; check Edit App > Roles.",
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
                                      ExitCode::kUnavailable,
                                      Again::kLater,
                                      Tried::kPutOff};
inline constexpr ErrorKind kQuotaExceeded{
    "amazon.quota_exceeded", "Amazon says that {operation} was called too often ({code}).",
    "Nothing to do; calls slow down by themselves. If it stays so, look for another program that "
    "uses the same application.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kQuotaExhausted{
    "amazon.quota_exhausted",
    "Amazon has refused every {operation} for {minutes} minutes for its quota ({code}).",
    "Find the other program that uses this application for this seller, and stop or slow it down; "
    "if there is none, open a case with Amazon's developer support, with request {request_id}. "
    "Calls go on, at most every 22 minutes.",
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
    "amazon.page_repeated", "{operation} goes in circles: page {page} names a page read before.",
    "Nothing to do; the listing begins again at its first page.", ExitCode::kUnavailable,
    Again::kLater};
inline constexpr ErrorKind kRoleMissing{
    "amazon.role_missing",
    "Amazon denies {operation}, but lets the seller's marketplaces be read: a role is missing.",
    "In Seller Central, Apps and Services > Develop Apps > Edit App, tick the role Finance and "
    "Accounting; then let the seller authorise the application again, because roles count from "
    "the next authorisation on, and enter the new refresh token. Request {request_id}.",
    ExitCode::kRefused};
inline constexpr ErrorKind kWrongRegion{
    "amazon.wrong_region",
    "Amazon denies {operation} in region {region}; the seller's authorisation is one of region "
    "{other_region}.",
    "Set region = \"{other_region}\" for this connection, or enter a refresh token that was given "
    "in region {region}: one authorisation is valid in one region only.",
    ExitCode::kRefused};
inline constexpr ErrorKind kAccessDenied{
    "amazon.access_denied", "Amazon denies {operation} in region {region}: {message}.",
    "In Seller Central, Apps and Services > Develop Apps > Edit App, tick the role Finance and "
    "Accounting and let the seller authorise again; check that the region is the seller's. "
    "`doctor` tries both. Request {request_id}.",
    ExitCode::kRefused};
inline constexpr ErrorKind kTokenExpired{
    "amazon.token_expired", "Amazon refuses a fresh access token in {operation}: {message}.",
    "Let the seller authorise the application again (Seller Central, Apps and Services > Manage "
    "Your Apps) and enter the new refresh token. Request {request_id}.",
    ExitCode::kRefused};
inline constexpr ErrorKind kClockWrong{
    "amazon.clock_wrong",
    "This machine's clock is {minutes} minutes {direction} Amazon's, and {operation} was refused: "
    "{message}.",
    "Set the clock and keep it set (timedatectl set-ntp true), then `retry`.", ExitCode::kRefused};
inline constexpr ErrorKind kWebPage{
    "amazon.web_page",
    "{operation} was answered with a web page instead of data (status {status}).",
    "Something between here and Amazon answers in Amazon's place, usually a proxy or the log-in "
    "page of a network: let {host} through unchanged. It is tried again later.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kNotFound{
    "amazon.not_found", "Amazon does not know what {operation} asked for: {message}.",
    "Reports older than 90 days are gone: download the flat file V2 in Seller Central (Payments > "
    "Reports Repository) and `import` it. Request {request_id}.",
    ExitCode::kNotFound};
inline constexpr ErrorKind kRefused{
    "amazon.refused", "{operation} was refused with status {status}: {code}, {message}.",
    "Show this to the maintainers, with request {request_id}.", ExitCode::kRefused};
inline constexpr ErrorKind kUnreadableAnswer{
    "amazon.unreadable_answer", "The answer of {operation} cannot be read: {reason}.",
    "Amazon's format may have changed: show this to the maintainers, with request {request_id}.",
    ExitCode::kBadInput};

// Documents.
inline constexpr ErrorKind kDocumentGone{
    "amazon.document_gone", "Amazon no longer gives out the document ({message}).",
    "Documents end after 90 days: download the flat file V2 in Seller Central (Payments > Reports "
    "Repository) and `import` it. Request {request_id}.",
    ExitCode::kNotFound};
inline constexpr ErrorKind kAddressExpired{
    "amazon.address_expired", "The address of document {document} has expired.",
    "Nothing to do; a fresh address is asked for.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kStorageUnavailable{
    "amazon.storage_unavailable", "Amazon's document storage answered with status {status}.",
    "Nothing to do; the download is tried again later.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kStorageDenied{
    "amazon.storage_denied", "Document {document} is denied at {host} ({message}).",
    "A proxy or firewall must let {host} through and change nothing in the address. A fresh "
    "address is asked for later.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kStorageRefused{
    "amazon.storage_refused",
    "Amazon's document storage refused document {document} with status {status}.",
    "If the document is older than 90 days, download the flat file V2 in Seller Central (Payments "
    "> Reports Repository) and `import` it.",
    ExitCode::kRefused};
inline constexpr ErrorKind kDocumentDamaged{
    "amazon.document_damaged", "Document {document} arrived damaged: {reason}, at byte {offset}.",
    "Nothing to do; it is downloaded again. If it stays so, download the file in Seller Central "
    "(Payments > Reports Repository) and `import` it.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kDocumentTooLarge{
    "amazon.document_too_large",
    "Document {document} is larger than the {limit} bytes that the connection allows.",
    "If this seller's settlements are really so large, raise largest_report of the connection in "
    "ml-connector.toml, then `retry`. If not, open a case with Amazon about this document, with "
    "request {request_id}: it may be a small file that was packed to grow.",
    ExitCode::kRefused};

// Notices: nothing has failed yet.
inline constexpr ErrorKind kOldSecretInUse{
    "amazon.old_secret_in_use",
    "Login with Amazon refuses secret 1 of client_secret and accepts secret {number}.",
    "Right after a rotation this passes within hours. If it stays, secret 1 was entered wrongly: "
    "compare it (Develop Apps > LWA credentials > View) before Amazon ends the older one.",
    ExitCode::kAttention};
inline constexpr ErrorKind kSecretEndsSoon{
    "amazon.secret_ends_soon", "The client secret ends on {date}, in {days} days.",
    "In Seller Central (Apps and Services > Develop Apps), LWA credentials > View > Rotate secret "
    "(primary account user only); put the new secret first in client_secret, keep the older one "
    "second, and correct secret_rotated_on.",
    ExitCode::kAttention};
inline constexpr ErrorKind kSecretOverdue{
    "amazon.secret_overdue", "The client secret should have been rotated by {date}.",
    "In Seller Central (Apps and Services > Develop Apps), LWA credentials > View > Rotate secret "
    "(primary account user only). If that was done, correct secret_rotated_on.",
    ExitCode::kAttention};
inline constexpr ErrorKind kAuthorisationEndsSoon{
    "amazon.authorisation_ends_soon",
    "The seller's authorisation of the public application ends on {date}, in {days} days.",
    "The seller chooses Renew in Seller Central, Apps and Services > Manage Your Apps; then "
    "correct "
    "authorised_on.",
    ExitCode::kAttention};
inline constexpr ErrorKind kAuthorisationOverdue{
    "amazon.authorisation_overdue",
    "The seller's authorisation of the public application should have been renewed by {date}.",
    "The seller chooses Renew in Seller Central, Apps and Services > Manage Your Apps. If that was "
    "done, correct authorised_on.",
    ExitCode::kAttention};
inline constexpr ErrorKind kClockDiffers{
    "amazon.clock_differs", "This machine's clock is {minutes} minutes {direction} Amazon's.",
    "Set the clock and keep it set: timedatectl set-ntp true.", ExitCode::kAttention};

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
