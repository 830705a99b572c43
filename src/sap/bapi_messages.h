// RETURN of a BAPI: parsed, shown, and mapped to an outcome by one table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "abap/value.h"
#include "base/error.h"
#include "ports/unit.h"

namespace mlc::sap {

// How well a row's number is known.
//   confirmed: wording or number was seen in a source about a live system.
//   weak: general knowledge with one weak source. Such a row may still choose between `deferred`
//   and
//     `rejected`, because both mean that surely nothing was written: a wrong choice costs a retry
//     or a person's look, never a document.
//   unconfirmed: kept so that it can be seen and rehearsed; it decides nothing until the site adds
//     the same message to its own rows.
enum class Basis { kConfirmed, kWeak, kUnconfirmed };

enum class Cause { kRejected, kPeriodClosed, kLocked, kControllingLocked, kSiteDeferred };

struct MessageRule {
  std::string_view id;
  std::string_view number;
  Cause cause;
  Basis basis;
  std::string_view source;
};

// The whole table. Every error message without a row is `rejected`.
[[nodiscard]] const std::vector<MessageRule>& message_rules();

// A message that a site has seen on its own system (during the rehearsal, say): decides like a
// confirmed row and goes before the table.
struct SiteMessage {
  std::string id;
  std::string number;
  Cause cause = Cause::kRejected;
  std::string note = {};  // what the site says about it; shown with the refusal
};

// All rows of RETURN, a table (accounting) or a structure (commit); an empty RETURN gives none.
[[nodiscard]] std::vector<ports::BapiMessage> read_messages(const abap::Structure& answer);
[[nodiscard]] bool any_error(const std::vector<ports::BapiMessage>& messages);
// What a person needs to read: the E and A rows without the leading RW 609, which says only that
// there is an error. All rows when nothing else is left.
[[nodiscard]] std::string causes_of(const std::vector<ports::BapiMessage>& messages);

struct Refusal {
  ports::Outcome outcome = ports::Outcome::kRejected;
  Error error;  // written: no
};
// The outcome of an answer with errors, for `document` (its key). Deferred only when every error
// is a temporary one: a document with a wrong account as well does not get better by waiting.
[[nodiscard]] Refusal refusal_of(const std::vector<ports::BapiMessage>& messages,
                                 const std::string& document,
                                 const std::vector<SiteMessage>& site_messages);

}  // namespace mlc::sap
