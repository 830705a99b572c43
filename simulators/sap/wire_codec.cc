#include "simulators/sap/wire_codec.h"

#include <array>
#include <cerrno>
#include <sys/socket.h>

#include "abap/errors.h"

namespace mlc::simulators::sap {
namespace {

constexpr int kDeepest = 16;

void put_number(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<unsigned char>(value >> static_cast<unsigned>(shift)));
  }
}

void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size(), 4);
  out += text;
}

void put_structure(std::string& out, const abap::Structure& structure);

void put_value(std::string& out, const abap::Value& value) {
  if (value.is_text()) {
    out += 'T';
    put_text(out, value.text());
  } else if (value.is_integer()) {
    out += 'I';
    put_number(out, static_cast<std::uint64_t>(value.integer()), 8);
  } else if (value.is_structure()) {
    out += 'S';
    put_structure(out, value.structure());
  } else if (value.is_table()) {
    out += 'L';
    put_number(out, value.table().size(), 4);
    for (const auto& row : value.table()) put_structure(out, row);
  } else {
    out += 'N';
  }
}

void put_structure(std::string& out, const abap::Structure& structure) {
  put_number(out, structure.size(), 4);
  for (const auto& [name, value] : structure) {
    put_text(out, name);
    put_value(out, value);
  }
}

// Every read checks what is left; a count is never trusted for an allocation.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  bool structure(abap::Structure& out, int depth) {
    const auto count = number(4);
    if (!count || depth > kDeepest) return false;
    for (std::uint64_t i = 0; i < *count; ++i) {
      const auto name = text();
      if (!name || !value(out[std::string(*name)], depth + 1)) return false;
    }
    return true;
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  bool value(abap::Value& out, int depth) {
    const auto kind = take(1);
    if (!kind) return false;
    switch (kind->front()) {
      case 'N': return true;
      case 'T': {
        const auto bytes = text();
        if (bytes) out = abap::Value(*bytes);
        return bytes.has_value();
      }
      case 'I': {
        const auto bits = number(8);
        if (bits) out = abap::Value(static_cast<std::int64_t>(*bits));
        return bits.has_value();
      }
      case 'S': return structure(out.structure(), depth);
      case 'L': return table(out.table(), depth);
      default: return false;
    }
  }

  bool table(abap::Table& out, int depth) {
    const auto rows = number(4);
    if (!rows) return false;
    for (std::uint64_t i = 0; i < *rows; ++i) {
      if (!structure(out.emplace_back(), depth + 1)) return false;
    }
    return true;
  }

  std::optional<std::string_view> text() {
    const auto size = number(4);
    return size ? take(*size) : std::nullopt;
  }

  std::optional<std::uint64_t> number(std::size_t bytes) {
    const auto taken = take(bytes);
    if (!taken) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : *taken) value = (value << 8U) | static_cast<unsigned char>(c);
    return value;
  }

  std::optional<std::string_view> take(std::uint64_t size) {
    if (size > rest_.size()) return std::nullopt;
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

const ErrorKind* find_kind(std::string_view id) {
  static constexpr std::array<const ErrorKind*, 12> kKinds{
      &abap::kException,    &abap::kMessageAbort,  &abap::kRuntimeFailure,
      &abap::kTimeout,      &abap::kSessionClosed, &abap::kCommunicationFailure,
      &abap::kLogonFailed,  &abap::kNoSessionFree, &abap::kUnknownParameter,
      &abap::kUnknownField, &abap::kValueTooLong,  &abap::kBadValue};
  for (const auto* kind : kKinds) {
    if (kind->id == id) return kind;
  }
  return nullptr;
}

Written written_from(std::string_view word) {
  for (const auto written : {Written::kNo, Written::kYes}) {
    if (word == to_word(written)) return written;
  }
  return Written::kPerhaps;
}

bool receive_all(int descriptor, char* to, std::size_t size) {
  while (size > 0) {
    const auto got = ::recv(descriptor, to, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

std::string encode(const abap::Structure& structure) {
  std::string out;
  put_structure(out, structure);
  return out;
}

std::optional<abap::Structure> decode(std::string_view bytes) {
  Decoder decoder(bytes);
  abap::Structure structure;
  if (!decoder.structure(structure, 0) || !decoder.at_end()) return std::nullopt;
  return structure;
}

abap::Structure encode_answer(const Result<abap::Structure>& answer) {
  if (answer) return {{"KIND", "ok"}, {"VALUES", *answer}};
  const auto& error = answer.error();
  abap::Table facts;
  for (const auto& fact : error.facts()) {
    facts.push_back({{"NAME", fact.name}, {"VALUE", fact.value}});
  }
  return {{"KIND", std::string(error.id())},
          {"WRITTEN", std::string(to_word(error.written()))},
          {"FACTS", facts}};
}

Result<abap::Structure> decode_answer(const abap::Structure& frame) {
  const auto& id = abap::text_of(frame, "KIND");
  if (id == "ok") return abap::structure_of(frame, "VALUES");
  const auto* kind = find_kind(id);
  std::vector<Fact> facts;
  for (const auto& fact : abap::table_of(frame, "FACTS")) {
    facts.push_back({abap::text_of(fact, "NAME"), abap::text_of(fact, "VALUE")});
  }
  if (kind == nullptr) kind = &abap::kCommunicationFailure;
  return failure(
      Error(*kind, std::move(facts)).with_written(written_from(abap::text_of(frame, "WRITTEN"))));
}

bool write_frame(int descriptor, const abap::Structure& structure) {
  const auto body = encode(structure);
  if (body.size() > kLargestFrame) return false;
  std::string frame;
  put_number(frame, body.size(), 4);
  frame += body;
  std::string_view rest = frame;
  while (!rest.empty()) {
    const auto sent = ::send(descriptor, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::optional<abap::Structure> read_frame(int descriptor) {
  std::array<char, 4> header{};
  if (!receive_all(descriptor, header.data(), header.size())) return std::nullopt;
  std::size_t size = 0;
  for (const char c : header) size = (size << 8U) | static_cast<unsigned char>(c);
  if (size > kLargestFrame) return std::nullopt;
  std::string body(size, '\0');
  if (!receive_all(descriptor, body.data(), size)) return std::nullopt;
  return decode(body);
}

}  // namespace mlc::simulators::sap
