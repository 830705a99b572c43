#include <array>

#include "tests/scenarios/steps.h"

namespace mlc::scenarios {
namespace {

using simulators::FaultOrder;
using simulators::sap::BookKey;
using simulators::sap::Hands;
using simulators::sap::Message;

constexpr const char* kUser = "CONNECTOR";
constexpr const char* kCopy = "copy";

void by_hand(Play& play, const std::function<void(Hands&)>& work) {
  play.world->sap().by_hand(play.world->now(), work);
}

// Does something with the newest document of a reference; SAP's refusal fails the step.
template <class Work>
void with_document(Play& play, const std::string& reference, const Work& work) {
  std::string refusal;
  by_hand(play, [&](Hands& hands) {
    const auto key = hands.find_by_reference(kCompanyCode, reference);
    if (!key) {
      refusal = "SAP has no document " + reference;
      return;
    }
    const std::vector<Message> messages = work(hands, *key);
    if (simulators::sap::any_error(messages)) refusal = text_of(messages.front());
  });
  if (!refusal.empty()) fail(refusal);
}

std::string account_type(const std::string& word) {
  if (word == "vendors") return "K";
  if (word == "customers") return "D";
  if (word == "G/L") return "S";
  if (word == "all") return "+";
  fail("'" + word + "' is none of vendors, customers, G/L, all");
}

std::string period_of(const std::string& two_digits) { return "0" + two_digits; }

void closes(Play& play, const Words& said, const Step&) {
  by_hand(play, [&](Hands& hands) {
    hands.close_period(kCompanyCode, account_type(said[2]), said[1], period_of(said[0]));
  });
}

void opens(Play& play, const Words& said, const Step&) {
  by_hand(play, [&](Hands& hands) {
    hands.open_period(kCompanyCode, account_type(said[1]), said[0], "001", said[0], "012");
  });
}

void locks(Play& play, const Words& said, const Step&) {
  by_hand(play, [&](Hands& hands) { hands.lock_co(kCompanyCode, said[1], period_of(said[0])); });
}

void unlocks(Play& play, const Words& said, const Step&) {
  by_hand(play, [&](Hands& hands) { hands.unlock_co(kCompanyCode, said[1], period_of(said[0])); });
}

void range_ends(Play& play, const Words& said, const Step&) {
  bool known = false;
  by_hand(play,
          [&](Hands& hands) { known = hands.end_number_range(kCompanyCode, said[0], said[1]); });
  if (!known) fail("no such number range reaches beyond " + said[1]);
}

void range_begins(Play& play, const Words& said, const Step&) {
  bool known = false;
  by_hand(play,
          [&](Hands& hands) { known = hands.add_number_range(kCompanyCode, said[0], said[1]); });
  if (!known) fail("number range " + said[0] + " cannot be made for " + said[1]);
}

void splits(Play& play, const Words&, const Step&) {
  by_hand(play, [](Hands& hands) { hands.set_splitting(kCompanyCode, true); });
}

void derives_object(Play& play, const Words& said, const Step&) {
  by_hand(play, [&](Hands& hands) { hands.set_default_object(kCompanyCode, said[0], true); });
}

void clears(Play& play, const Words& said, const Step&) {
  with_document(play, said[1], [&](Hands& hands, const BookKey& key) {
    hands.clear(key, said[0], "9900000001");
    return std::vector<Message>{};
  });
}

void reverses(Play& play, const Words& said, const Step&) {
  with_document(play, said[0], [](Hands& hands, const BookKey& key) { return hands.reverse(key); });
}

void posts_parked(Play& play, const Words& said, const Step&) {
  with_document(play, said[0],
                [](Hands& hands, const BookKey& key) { return hands.post_parked(key); });
}

void changes_and_posts(Play& play, const Words& said, const Step&) {
  const auto date = parse_date(said[3]);
  if (!date) fail("'" + said[3] + "' is no date");
  with_document(play, said[0], [&](Hands& hands, const BookKey& key) {
    return hands.post_parked(key, {said[2], said[1], format_dats(*date)});
  });
}

void deletes(Play& play, const Words& said, const Step&) {
  with_document(play, said[0],
                [](Hands& hands, const BookKey& key) { return hands.delete_parked(key); });
}

void keys(Play& play, const Words& said, const Step&) {
  std::vector<Message> messages;
  by_hand(play, [&](Hands& hands) {
    messages = hands.key_by_hand({.budat = format_dats(utc_date(play.world->now())),
                                  .xblnr = said[0],
                                  .bktxt = "",
                                  .waers = "",
                                  .debit = "0000140100",
                                  .credit = "0000400000",
                                  .amount = 1000});
  });
  if (simulators::sap::any_error(messages)) fail(text_of(messages.front()));
}

std::int64_t cents(std::string amount) {
  const auto point = amount.find('.');
  if (point == std::string::npos || amount.size() != point + 3)
    fail("'" + amount + "' is no amount");
  return std::stoll(amount.erase(point, 1));
}

void keys_entry(Play& play, const Words& said, const Step&) {
  const auto day = parse_date(said[4]);
  if (!day) fail("'" + said[4] + "' is no date");
  std::vector<Message> messages;
  by_hand(play, [&](Hands& hands) {
    messages = hands.key_by_hand({.budat = format_dats(*day),
                                  .xblnr = said[3],
                                  .bktxt = "",
                                  .waers = "",
                                  .debit = said[1],
                                  .credit = said[2],
                                  .amount = cents(said[0])});
  });
  if (simulators::sap::any_error(messages)) fail(text_of(messages.front()));
}

// A billing document of SD, as it arrives in FI: the order stands in the assignment.
void bills(Play& play, const Words& said, const Step&) {
  const auto day = parse_date(said[4]);
  if (!day) fail("'" + said[4] + "' is no date");
  std::vector<Message> messages;
  by_hand(play, [&](Hands& hands) {
    messages = hands.key_by_hand({.budat = format_dats(*day),
                                  .xblnr = "SD",
                                  .bktxt = "",
                                  .waers = "",
                                  .debit = said[1],
                                  .credit = said[2],
                                  .amount = cents(said[0]),
                                  .zuonr = said[3]});
  });
  if (simulators::sap::any_error(messages)) fail(text_of(messages.front()));
}

void changes_reference(Play& play, const Words& said, const Step&) {
  const int changed = play.world->books().execute(
      "UPDATE BKPF SET XBLNR = ? WHERE MANDT = '100' AND BUKRS = ? AND BELNR = ?",
      {said[1], kCompanyCode, said[0]});
  if (changed == 0) fail("SAP has no document " + said[0]);
}

void copies(Play& play, const Words&, const Step&) {
  by_hand(play, [](Hands& hands) { hands.snapshot(kCopy); });
}

void restores(Play& play, const Words&, const Step&) {
  bool done = false;
  by_hand(play, [&](Hands& hands) { done = hands.restore(kCopy); });
  if (!done) fail("no copy of SAP was made before");
}

void denies(Play& play, const Words& said, const Step&) {
  by_hand(play, [&](Hands& hands) { hands.revoke_read(kUser, said[0], "denied"); });
}

void hides(Play& play, const Words& said, const Step&) {
  by_hand(play, [&](Hands& hands) { hands.revoke_read(kUser, said[0], "empty"); });
}

void grants(Play& play, const Words& said, const Step&) {
  by_hand(play, [&](Hands& hands) { hands.grant_read(kUser, said[0]); });
}

void repeats_updates(Play& play, const Words&, const Step&) {
  int repeated = 0;
  by_hand(play, [&](Hands& hands) { repeated = hands.repeat_stopped_updates(); });
  if (repeated == 0) fail("SAP has no stopped update");
}

void deletes_updates(Play& play, const Words&, const Step&) {
  by_hand(play, [](Hands& hands) { hands.delete_stopped_updates(); });
}

void parks_next(Play& play, const Words& said, const Step&) {
  for (int i = 1; i <= std::stoi(said[0]); ++i) {
    play.world->faults().add(
        {"BAPI_ACC_DOCUMENT_POST", static_cast<std::uint64_t>(i), "park_instead", {}});
  }
}

void holds_lock(Play& play, const Words& said, const Step&) {
  play.world->faults().add({said[1],
                            static_cast<std::uint64_t>(std::stoi(said[0])),
                            "enqueue_collision",
                            {{"user", "ACCOUNTANT"}}});
}

FaultOrder substitution(const std::string& field, const std::string& value,
                        const std::string& from) {
  FaultOrder order{"BAPI_ACC_DOCUMENT_POST", 0, "substitute", {{"field", field}, {"value", value}}};
  if (!from.empty()) order.parameters["from"] = from;
  return order;
}

void substitutes(Play& play, const Words& said, const Step&) {
  play.world->faults().add(substitution(said[0], said[1], ""));
}

void substitutes_where(Play& play, const Words& said, const Step&) {
  play.world->faults().add(substitution(said[0], said[1], said[2]));
}

// "0.73125" -> 73125, "-1.08500" (indirect) -> -108500.
std::int64_t scaled(std::string rate) {
  const auto point = rate.find('.');
  if (point == std::string::npos || rate.size() != point + 6) {
    fail("'" + rate + "' is no rate with five decimals");
  }
  return std::stoll(rate.erase(point, 1));
}

void enters_rate(Play& play, const Words& said, const Step&) {
  const auto day = parse_date(said[3]);
  if (!day) fail("'" + said[3] + "' is no date");
  by_hand(play, [&](Hands& hands) {
    hands.set_rate({"M", said[1], said[2]}, format_dats(*day), scaled(said[0]));
  });
}

void moves_local(Play& play, const Words& said, const Step&) {
  FaultOrder order{"BAPI_ACC_DOCUMENT_POST", 0, "change_local", {}};
  order.parameters = {{"by", said[0]}, {"against", said[1]}, {"account", said[2]}};
  play.world->faults().add(order);
}

void translates(Play& play, const Words& said, const Step&) {
  play.world->faults().add(
      {"BAPI_ACC_DOCUMENT_POST", 1, "translate_at", {{"rate", std::to_string(scaled(said[0]))}}});
}

void states_tax(Play& play, const Words& said, const Step&) {
  play.world->faults().add(
      {"BAPI_ACC_DOCUMENT_POST", 1, "add_tax_line", {{"code", said[0]}, {"base", said[1]}}});
}

void commits_late(Play& play, const Words& said, const Step&) {
  const auto seconds = std::to_string(60 * std::stoi(said[0]));
  play.world->faults().add({"BAPI_TRANSACTION_COMMIT", 1, "execute_late", {{"seconds", seconds}}});
}

void loses_answer(Play& play, const Words&, const Step&) {
  play.world->faults().add({"BAPI_TRANSACTION_COMMIT", 1, "drop_after", {}});
}

void loses_commit(Play& play, const Words&, const Step&) {
  play.world->faults().add({"BAPI_TRANSACTION_COMMIT", 1, "drop_before", {}});
}

void hides_from_commit(Play& play, const Words& said, const Step&) {
  play.world->faults().add({"BAPI_TRANSACTION_COMMIT",
                            1,
                            "revoke_read",
                            {{"user", kUser}, {"table", said[0]}, {"effect", "empty"}}});
}

void stops_update(Play& play, const Words&, const Step&) {
  play.world->faults().add({"commit", 1, "update_stopped", {{"seconds", "0"}}});
}

void dies(Play& play, const Words&, const Step&) { play.world->die_at_next_break(); }

constexpr std::array kSentences{
    Sentence{"When", "somebody keys {} to {} from {} under {} on {}", &keys_entry},
    Sentence{"When", "somebody clears account {} of document {}", &clears},
    Sentence{"When", "SD bills {} to {} from {} for order {} on {}", &bills},
    Sentence{"When", "SAP splits documents by profit centre", &splits},
    Sentence{"When", "SAP derives a CO object for account {}", &derives_object},
    Sentence{"When", "number range {} of SAP ends with {}", &range_ends},
    Sentence{"When", "number range {} of SAP is made for {}", &range_begins},
    Sentence{"When", "Basis closes period {} {} for {} accounts", &closes},
    Sentence{"When", "Basis opens all periods of {} for {} accounts", &opens},
    Sentence{"When", "Controlling locks period {} {}", &locks},
    Sentence{"When", "Controlling unlocks period {} {}", &unlocks},
    Sentence{"When", "somebody reverses document {} in FB08", &reverses},
    Sentence{"When", "somebody keys 10.00 under the reference {}", &keys},
    Sentence{"When", "somebody changes the reference of document {} to {} in FB02",
             &changes_reference},
    Sentence{"When", "SAP parks the next {} documents", &parks_next},
    Sentence{"When", "the approver posts document {}", &posts_parked},
    Sentence{"When", "the approver posts document {} with account {} instead of {} on {}",
             &changes_and_posts},
    Sentence{"When", "the approver deletes document {}", &deletes},
    Sentence{"When", "somebody holds a lock at call {} of {}", &holds_lock},
    Sentence{"When", "a substitution in SAP fills {} with {}", &substitutes},
    Sentence{"When", "a substitution in SAP fills {} with {} where it is {}", &substitutes_where},
    Sentence{"When", "somebody enters the rate {} for {} into {} from {} in OB08", &enters_rate},
    Sentence{"When", "an exit in SAP moves {} cents of local currency from {} to {}", &moves_local},
    Sentence{"When", "an exit in SAP translates the next document at {}", &translates},
    Sentence{"When", "an exit in SAP states tax code {} over {} cents in the next document",
             &states_tax},
    Sentence{"When", "Basis copies SAP", &copies},
    Sentence{"When", "Basis restores SAP from that copy", &restores},
    Sentence{"When", "the connector may not read {} any more", &denies},
    Sentence{"When", "the connector finds nothing in {} any more", &hides},
    Sentence{"When", "the connector may read {} again", &grants},
    Sentence{"When", "the next commit is cut off and the old session commits {} minutes later",
             &commits_late},
    Sentence{"When", "the next commit does not reach SAP", &loses_commit},
    Sentence{"When", "the connector finds nothing in {} from the commit on", &hides_from_commit},
    Sentence{"When", "the answer to the next commit is lost", &loses_answer},
    Sentence{"When", "SAP stops the update of the next commit", &stops_update},
    Sentence{"When", "Basis repeats the stopped updates", &repeats_updates},
    Sentence{"When", "Basis deletes the stopped updates", &deletes_updates},
    Sentence{"When", "the hub dies at the next break", &dies},
};

}  // namespace

std::span<const Sentence> hand_sentences() { return kSentences; }

}  // namespace mlc::scenarios
