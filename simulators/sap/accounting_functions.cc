// BAPI_ACC_DOCUMENT_* and the transaction modules.
#include <utility>

#include "simulators/sap/exits.h"
#include "simulators/sap/session.h"
#include "simulators/sap/update_task.h"

namespace mlc::simulators::sap {
namespace {

using abap::Structure;
using abap::text_of;

// RETURN with the summary first and the real causes behind it.
abap::Table summary(const Call& call, const MessageKind& kind, const Row& header,
                    const std::string& key, const std::vector<Message>& messages) {
  const auto system = call.logical_system();
  const auto& type = at(header, "AWTYP");
  const auto& source = at(header, "AWSYS");
  std::vector<Message> all{
      {kind, {type.empty() ? "BKPFF" : type, key, source.empty() ? system : source}, "", 0, ""}};
  all.insert(all.end(), messages.begin(), messages.end());
  return bapiret2(all, system);
}

// The answer carries the caller's tables back, as RFC does.
Structure with_tables(const Structure& arguments, abap::Table messages) {
  Structure answer;
  for (const auto& [name, value] : arguments) {
    if (value.is_table()) answer[name] = value;
  }
  answer["RETURN"] = std::move(messages);
  return answer;
}

Structure refused(const Call& call, const Structure& arguments, const Row& header,
                  const std::vector<Message>& messages) {
  return with_tables(arguments, summary(call, kErrorInDocument, header, "$", messages));
}

std::optional<Message> collision(const Call& call) {
  const auto* order = call.fault("enqueue_collision");
  if (order == nullptr) return std::nullopt;
  return Message{kLocked, {order->parameter("user", "OTHERUSER")}, "", 0, ""};
}

// Numbers the document and puts its rows into the session's buffer.
std::vector<Message> buffer_document(const Call& call, Document& document) {
  const auto context = call.context();
  Books::Transaction transaction(call.books);
  auto messages = draw_number(context, document);
  if (!messages.empty()) return messages;
  transaction.commit();
  call.session.buffer.push_back(to_rows(context, document));
  return {};
}

Structure posted(const Call& call, const Structure& arguments, const Document& document,
                 const std::vector<Message>& messages) {
  const auto& key = at(document.header, "AWKEY");
  auto answer = with_tables(arguments, summary(call, kPosted, document.header, key, messages));
  answer["OBJ_TYPE"] = at(document.header, "AWTYP");
  answer["OBJ_KEY"] = key;
  answer["OBJ_SYS"] = at(document.header, "AWSYS");
  return answer;
}

std::optional<BookKey> find_original(const Call& call, const Structure& reversal) {
  const auto rows = call.books.query(
      "SELECT * FROM BKPF WHERE MANDT = ? AND AWTYP = ? AND AWKEY = ? AND AWSYS = ? AND "
      "XREVERSAL <> '2'",
      {call.session.client, text_of(reversal, "OBJ_TYPE"), text_of(reversal, "OBJ_KEY_R"),
       text_of(reversal, "OBJ_SYS")});
  const auto& bukrs = text_of(reversal, "COMP_CODE");
  if (rows.size() != 1 || (!bukrs.empty() && bukrs != at(rows[0], "BUKRS"))) return std::nullopt;
  return BookKey{at(rows[0], "BUKRS"), at(rows[0], "BELNR"), at(rows[0], "GJAHR")};
}

Checked check_reversal(const Call& call, const Structure& arguments) {
  const auto& reversal = abap::structure_of(arguments, "REVERSAL");
  Checked checked;
  if (auto locked = collision(call)) {
    checked.messages.push_back(*locked);
    return checked;
  }
  if (text_of(reversal, "OBJ_TYPE").empty() || text_of(reversal, "OBJ_SYS").empty()) {
    checked.messages.push_back({kBadObjectKey,
                                {text_of(reversal, "OBJ_TYPE"), text_of(reversal, "OBJ_KEY_R"),
                                 text_of(reversal, "OBJ_SYS")},
                                "REVERSAL",
                                0,
                                "OBJ_TYPE"});
    return checked;
  }
  const auto original = find_original(call, reversal);
  if (!original || text_of(arguments, "BUS_ACT") != "RFBU") {
    checked.messages.push_back(
        {kOriginalNotFound, {text_of(reversal, "OBJ_KEY_R")}, "REVERSAL", 0, "OBJ_KEY_R"});
    return checked;
  }
  const auto name = "BKPF/" + original->bukrs + original->belnr + original->gjahr;
  if (const auto holder = call.locks.take(name, call.session)) {
    checked.messages.push_back({kLocked, {*holder}, "", 0, ""});
    return checked;
  }
  return reversal_of(call.context(), *original, text_of(reversal, "PSTNG_DATE"),
                     text_of(reversal, "REASON_REV"));
}

std::optional<Instant> repeat_time(const Call& call, const FaultOrder& order) {
  const auto seconds = order.number("seconds");
  if (seconds <= 0) return std::nullopt;
  return call.now + std::chrono::seconds(seconds);
}

// Hands the buffer to the update task; false when the update was terminated before its end.
bool hand_over(const Call& call, bool wait) {
  PendingRows rows;
  for (auto& document : call.session.buffer)
    rows.insert(rows.end(), document.begin(), document.end());
  call.session.buffer.clear();
  if (rows.empty()) return true;
  const auto context = call.context();
  if (const auto* order = call.fault("commit_fails")) {
    keep_update(context, rows, kUpdateStopped, repeat_time(call, *order));
    return false;
  }
  if (const auto* order = call.fault("update_stopped")) {
    keep_update(context, rows, kUpdateStopped, repeat_time(call, *order));
    return true;
  }
  if (const auto* order = call.fault("update_late")) {
    const auto due = call.now + std::chrono::seconds(order->number("seconds", 60));
    keep_update(context, rows, kUpdateInitial, due);
    return true;
  }
  if (!wait) {
    // Without WAIT nobody may count on seeing the document at once.
    keep_update(context, rows, kUpdateInitial, call.now + std::chrono::seconds(1));
    return true;
  }
  if (update_now(call.books, rows)) return true;
  keep_update(context, rows, kUpdateStopped, std::nullopt);
  return false;
}

}  // namespace

Structure post_document(const Call& call, const Structure& arguments) {
  if (const auto locked = collision(call)) return refused(call, arguments, {}, {*locked});
  auto [document, messages] = check_document(call.context(), arguments, false);
  if (any_error(messages)) return refused(call, arguments, document.header, messages);
  run_exits(document, call.faults);
  const auto numbering = buffer_document(call, document);
  if (!numbering.empty()) return refused(call, arguments, document.header, numbering);
  return posted(call, arguments, document, messages);
}

Structure check_only(const Call& call, const Structure& arguments) {
  if (const auto locked = collision(call)) return refused(call, arguments, {}, {*locked});
  const auto [document, messages] = check_document(call.context(), arguments, true);
  const auto& kind = any_error(messages) ? kErrorInDocument : kChecked;
  return with_tables(arguments, summary(call, kind, document.header, "$", messages));
}

Structure post_reversal(const Call& call, const Structure& arguments) {
  auto [document, messages] = check_reversal(call, arguments);
  if (any_error(messages)) return refused(call, arguments, document.header, messages);
  const auto numbering = buffer_document(call, document);
  if (!numbering.empty()) return refused(call, arguments, document.header, numbering);
  return posted(call, arguments, document, messages);
}

Structure commit_work(const Call& call, const Structure& arguments) {
  const bool wait = text_of(arguments, "WAIT") == "X";
  const bool done = hand_over(call, wait);
  call.locks.end_unit(call.session.id);
  Structure answer{{"RETURN", Structure{}}};
  if (!done && wait) {
    answer["RETURN"] = bapiret2(Message{kCommitFailed, {}, "", 0, ""}, call.logical_system());
  }
  return answer;
}

Structure rollback_work(const Call& call) {
  call.session.buffer.clear();
  call.locks.end_unit(call.session.id);
  return {{"RETURN", Structure{}}};
}

}  // namespace mlc::simulators::sap
