// [connection.sap] and the messages in it.
#include <algorithm>

#include "configuration/hub_sections.h"

namespace mlc::configuration {
namespace {

Status check_message(const Reading& reading, const TomlValue& table, const SapMessage& message) {
  const auto digits = message.number.find_first_not_of("0123456789") == std::string::npos;
  if (message.number.size() != 3 || !digits) {
    return failure(bad_value(reading, "number", value_or_table(table, "number"),
                             "3 digits between quotes, such as \"138\""));
  }
  if (!is_one_of(message.outcome, {kDeferred, kRejected})) {
    return failure(bad_value(reading, "outcome", value_or_table(table, "outcome"),
                             "\"deferred\" or \"rejected\""));
  }
  // A semicolon parts the causes of a refusal, of which the note becomes one.
  if (message.note.find_first_of(";\n\r\t") != std::string::npos) {
    return failure(
        bad_value(reading, "note", value_or_table(table, "note"), "one line without semicolons"));
  }
  return {};
}

Status read_messages(const Reading& outer, const TomlValue& list, std::vector<SapMessage>& out) {
  if (list.kind != TomlValue::Kind::kArray) {
    return failure(
        bad_value(outer, "message", list, "[[connection.sap.message]] with two brackets"));
  }
  const Reading reading{outer.file, "message of " + outer.section};
  for (const TomlValue& table : list.items) {
    MLC_TRY_STATUS(expect_table(outer, "message", table));
    SapMessage message;
    MLC_TRY_STATUS(read_section(reading, table, sap_message_fields(), {}, message));
    MLC_TRY_STATUS(check_message(reading, table, message));
    const bool known = std::ranges::any_of(out, [&](const SapMessage& other) {
      return other.id == message.id && other.number == message.number;
    });
    if (known) {
      return failure(bad_value(reading, "number", value_or_table(table, "number"),
                               "each class and number once"));
    }
    out.push_back(std::move(message));
  }
  return {};
}

}  // namespace

Result<SapSettings> read_sap(const Reading& outer, const TomlValue& table) {
  MLC_TRY_STATUS(expect_table(outer, "sap", table));
  const Reading reading{outer.file, "sap of " + outer.section};
  SapSettings out;
  MLC_TRY_STATUS(read_section(reading, table, sap_fields(), {"message"}, out));
  if (out.reader_rows < 1) {
    return failure(bad_value(reading, "reader_rows", value_or_table(table, "reader_rows"),
                             "a whole number from 1 to 1000000"));
  }
  if (const TomlValue* messages = table.find("message")) {
    MLC_TRY_STATUS(read_messages(reading, *messages, out.messages));
  }
  if (out.transport == kSimulator) {
    if (out.books.empty()) return failure(missing_key(reading, table, "books", "a directory"));
    return out;
  }
  if (out.transport == kSimulatorSocket) {
    if (out.socket.empty()) return failure(missing_key(reading, table, "socket", "a path"));
    return out;
  }
  return failure(bad_value(reading, "transport", value_or_table(table, "transport"),
                           "\"simulator\" or \"simulator-socket\""));
}

}  // namespace mlc::configuration
