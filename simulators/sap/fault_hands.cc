#include "simulators/sap/fault_hands.h"

namespace mlc::simulators::sap {
namespace {

std::optional<BookKey> target(Hands& hands, const FaultOrder& order) {
  const auto bukrs = order.parameter("bukrs", "1000");
  const auto xblnr = order.parameter("xblnr");
  if (!xblnr.empty()) return hands.find_by_reference(bukrs, xblnr);
  return BookKey{bukrs, order.parameter("belnr"), order.parameter("gjahr")};
}

bool move_accountant(Hands& hands, const FaultOrder& order, Instant now) {
  if (order.kind == "key_by_hand") {
    HandKeyed document;
    document.bukrs = order.parameter("bukrs", "1000");
    document.xblnr = order.parameter("xblnr");
    document.budat = order.parameter("budat", format_dats(utc_date(now)));
    document.debit = order.parameter("debit", "0000140100");
    document.credit = order.parameter("credit", "0000400000");
    document.amount = order.number("amount", 100);
    (void)hands.key_by_hand(document);
    return true;
  }
  const bool known = order.kind == "reverse" || order.kind == "park" ||
                     order.kind == "post_parked" || order.kind == "delete_parked";
  if (!known) return false;
  const auto key = target(hands, order);
  if (!key) return true;
  if (order.kind == "reverse") (void)hands.reverse(*key);
  if (order.kind == "park") (void)hands.park(*key);
  if (order.kind == "delete_parked") (void)hands.delete_parked(*key);
  if (order.kind == "post_parked") {
    (void)hands.post_parked(
        *key, {order.parameter("from"), order.parameter("to"), order.parameter("budat")});
  }
  return true;
}

}  // namespace

bool move_hand(Hands& hands, const FaultOrder& order, Instant now) {
  const auto bukrs = order.parameter("bukrs", "1000");
  const auto year = order.parameter("year");
  const auto period = order.parameter("period");
  const auto user = order.parameter("user", "CONNECTOR");
  if (order.kind == "close_period") {
    hands.close_period(bukrs, order.parameter("koart", "+"), year, period);
  } else if (order.kind == "lock_co") {
    hands.lock_co(order.parameter("kokrs", "1000"), year, period);
  } else if (order.kind == "revoke_read") {
    hands.revoke_read(user, order.parameter("table", "BKPF"), order.parameter("effect", "denied"));
  } else if (order.kind == "grant_read") {
    hands.grant_read(user, order.parameter("table", "BKPF"));
  } else if (order.kind == "set_rate") {
    hands.set_rate({order.parameter("kurst", "M"), order.parameter("from"), order.parameter("to")},
                   order.parameter("day"), order.number("rate"));
  } else if (order.kind == "snapshot") {
    hands.snapshot(order.parameter("name", "yesterday"));
  } else if (order.kind == "restore") {
    (void)hands.restore(order.parameter("name", "yesterday"));
  } else if (order.kind == "repeat_stopped_updates") {
    (void)hands.repeat_stopped_updates();
  } else {
    return move_accountant(hands, order, now);
  }
  return true;
}

}  // namespace mlc::simulators::sap
