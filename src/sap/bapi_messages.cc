#include "sap/bapi_messages.h"

#include <algorithm>

#include "sap/errors.h"

namespace mlc::sap {
namespace {

using ports::BapiMessage;

bool is_leading_error(const BapiMessage& message) {
  return message.id == "RW" && message.number == "609";
}

BapiMessage read_message(const abap::Structure& row) {
  BapiMessage out;
  const std::string& type = abap::text_of(row, "TYPE");
  out.type = type.empty() ? 'E' : type.front();
  out.id = abap::text_of(row, "ID");
  out.number = abap::text_of(row, "NUMBER");
  out.text = abap::text_of(row, "MESSAGE");
  out.parameter = abap::text_of(row, "PARAMETER");
  out.field = abap::text_of(row, "FIELD");
  const auto at = row.find("ROW");
  if (at != row.end()) out.row = static_cast<int>(at->second.integer());
  return out;
}

bool is_blank(const abap::Structure& row) {
  return abap::text_of(row, "TYPE").empty() && abap::text_of(row, "ID").empty() &&
         abap::text_of(row, "MESSAGE").empty();
}

const SiteMessage* site_message(const BapiMessage& message,
                                const std::vector<SiteMessage>& site_messages) {
  const auto at = std::ranges::find_if(site_messages, [&](const SiteMessage& rule) {
    return rule.id == message.id && rule.number == message.number;
  });
  return at == site_messages.end() ? nullptr : &*at;
}

Cause cause_of(const BapiMessage& message, const SiteMessage* site) {
  if (site != nullptr) return site->cause;
  for (const MessageRule& rule : message_rules()) {
    if (rule.basis == Basis::kUnconfirmed) continue;
    if (rule.id == message.id && rule.number == message.number) return rule.cause;
  }
  return Cause::kRejected;
}

// The same message comes once per line of a document; its note is said once.
void add_note(std::string& causes, const std::string& note) {
  if (note.empty()) return;
  const std::string said = " (" + note + ")";
  if (causes.find(said) == std::string::npos) causes += said;
}

const ErrorKind& kind_of(Cause cause) {
  switch (cause) {
    case Cause::kRejected: return kRejected;
    case Cause::kPeriodClosed: return kPeriodClosed;
    case Cause::kLocked: return kLocked;
    case Cause::kControllingLocked: return kControllingLocked;
    case Cause::kSiteDeferred: return kDeferredBySite;
  }
  return kRejected;
}

}  // namespace

const std::vector<MessageRule>& message_rules() {
  static const std::vector<MessageRule> rules{
      {"F5", "201", Cause::kPeriodClosed, Basis::kWeak, "general knowledge and forum threads"},
      {"MC", "601", Cause::kLocked, Basis::kUnconfirmed, "general knowledge"},
      {"ME", "006", Cause::kLocked, Basis::kUnconfirmed, "purchase orders; general knowledge"},
      {"RW", "022", Cause::kRejected, Basis::kConfirmed, "measured: balance in currency"},
      {"GLT2", "201", Cause::kRejected, Basis::kConfirmed, "measured: balancing field not filled"},
      {"KI", "235", Cause::kRejected, Basis::kConfirmed, "measured: CO object missing"},
      {"KI", "100", Cause::kRejected, Basis::kConfirmed, "measured: CO object of another company"},
      {"FF", "747", Cause::kRejected, Basis::kConfirmed, "tax greater than base"},
      {"FF", "817", Cause::kRejected, Basis::kConfirmed, "ITEMNO_TAX filled although not active"},
      {"FF", "818", Cause::kRejected, Basis::kConfirmed, "ITEMNO_TAX missing"},
      {"F5", "117", Cause::kRejected, Basis::kConfirmed, "duplicate vendor invoice"},
  };
  return rules;
}

std::vector<BapiMessage> read_messages(const abap::Structure& answer) {
  std::vector<BapiMessage> out;
  for (const auto& row : abap::table_of(answer, "RETURN")) out.push_back(read_message(row));
  const auto& single = abap::structure_of(answer, "RETURN");
  if (!is_blank(single)) out.push_back(read_message(single));
  return out;
}

bool any_error(const std::vector<BapiMessage>& messages) {
  return std::ranges::any_of(messages, &BapiMessage::is_error);
}

std::string causes_of(const std::vector<BapiMessage>& messages) {
  std::string shown;
  std::string all;
  for (const BapiMessage& message : messages) {
    if (!message.is_error()) continue;
    const std::string text = message.id + " " + message.number + " " + message.text;
    all += (all.empty() ? "" : "; ") + text;
    if (!is_leading_error(message)) shown += (shown.empty() ? "" : "; ") + text;
  }
  return shown.empty() ? all : shown;
}

Refusal refusal_of(const std::vector<BapiMessage>& messages, const std::string& document,
                   const std::vector<SiteMessage>& site_messages) {
  std::optional<Cause> temporary;
  bool lasting = false;
  std::string causes = causes_of(messages);
  for (const BapiMessage& message : messages) {
    if (!message.is_error() || is_leading_error(message)) continue;
    const SiteMessage* site = site_message(message, site_messages);
    const Cause cause = cause_of(message, site);
    if (site != nullptr) add_note(causes, site->note);
    if (cause == Cause::kRejected)
      lasting = true;
    else if (!temporary)
      temporary = cause;
  }
  const Cause cause = lasting ? Cause::kRejected : temporary.value_or(Cause::kRejected);
  const auto outcome =
      cause == Cause::kRejected ? ports::Outcome::kRejected : ports::Outcome::kDeferred;
  return {outcome, Error(kind_of(cause), {{"document", document}, {"causes", std::move(causes)}})};
}

}  // namespace mlc::sap
