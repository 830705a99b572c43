// ABAP values as bytes, for the Unix socket between sap-simulator and its clients.
//
// A frame is a length (4 bytes, big endian) and one structure. A structure is a count and so many
// pairs of name and value; a name is a length and bytes. A value begins with a letter: N initial,
// T text (length, bytes), I integer (8 bytes), S structure, L table (count of rows, each a
// structure). All lengths and counts are 4 bytes, big endian.
//
// Requests:  {REQUEST: "LOGON", USER, PASSWORD, CLIENT} then any number of
//            {REQUEST: "CALL", FUNCTION, ARGUMENTS: structure}
// Answers:   {KIND: "ok", VALUES: structure} or {KIND: error id, WRITTEN, FACTS: table of NAME,
//            VALUE}. Closing the connection ends the session.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "abap/value.h"
#include "base/error.h"
#include "base/result.h"

namespace mlc::simulators::sap {

inline constexpr std::size_t kLargestFrame = std::size_t{64} << 20U;

[[nodiscard]] std::string encode(const abap::Structure& structure);
// Nothing when the bytes are not exactly one structure.
[[nodiscard]] std::optional<abap::Structure> decode(std::string_view bytes);

[[nodiscard]] abap::Structure encode_answer(const Result<abap::Structure>& answer);
// Kinds that are none of abap's become abap.communication_failure.
[[nodiscard]] Result<abap::Structure> decode_answer(const abap::Structure& frame);

// Whole frames over a file descriptor; interrupted calls go on. False and nothing when the other
// side is gone (or the frame is too large).
[[nodiscard]] bool write_frame(int descriptor, const abap::Structure& structure);
[[nodiscard]] std::optional<abap::Structure> read_frame(int descriptor);

}  // namespace mlc::simulators::sap
