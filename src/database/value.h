// What goes into a statement and comes out of a row.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/expect.h"
#include "base/strong_id.h"
#include "base/time.h"

namespace mlc::database {

// Bytes, as opposed to text.
struct Blob {
  std::string bytes;
  friend bool operator==(const Blob&, const Blob&) = default;
};

// Null, integer, text or bytes. Owns its content. Converts from what records hold, so that
// bindings read as a list: {tenant, id, 3, nullptr, clock.now()}.
class Value {
 public:
  using Content = std::variant<std::nullptr_t, std::int64_t, std::string, Blob>;

  // NOLINTBEGIN(google-explicit-constructor): bindings read as a list of plain values.
  Value(std::nullptr_t) {}
  Value(std::nullopt_t) {}
  Value(bool flag) : content_(std::int64_t{flag ? 1 : 0}) {}
  // An integer above 2^63-1 is an impossibility.
  template <std::integral T>
  requires(!std::same_as<T, bool>) Value(T number) : content_(static_cast<std::int64_t>(number)) {
    MLC_EXPECT(std::in_range<std::int64_t>(number));
  }
  Value(std::string text) : content_(std::move(text)) {}
  Value(std::string_view text) : content_(std::string(text)) {}
  Value(const char* text) : content_(std::string(text)) {}
  Value(Blob blob) : content_(std::move(blob)) {}
  // As text in its one form, which sorts.
  Value(Instant instant) : content_(format_instant(instant)) {}
  Value(Date date) : content_(format_date(date)) {}
  template <class Tag>
  Value(const StrongId<Tag>& id) : content_(id.str()) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) content_ = Value(*maybe).content();
  }
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] const Content& content() const { return content_; }
  friend bool operator==(const Value&, const Value&) = default;

 private:
  Content content_{nullptr};
};

using Values = std::vector<Value>;

// One row of an answer. Columns are 0-based, in the order of the SELECT. Asking for a column that
// is not there, for a value of another type, or for the value of a null is an impossibility
// (tables are STRICT); use the optional forms where null is allowed.
class Row {
 public:
  explicit Row(Values values) : values_(std::move(values)) {}
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool is_null(std::size_t column) const {
    return std::holds_alternative<std::nullptr_t>(at(column));
  }
  [[nodiscard]] const std::string& text(std::size_t column) const {
    return get<std::string>(column);
  }
  [[nodiscard]] std::int64_t integer(std::size_t column) const { return get<std::int64_t>(column); }
  [[nodiscard]] bool flag(std::size_t column) const { return integer(column) != 0; }
  [[nodiscard]] const std::string& blob(std::size_t column) const {
    return get<Blob>(column).bytes;
  }
  [[nodiscard]] Instant instant(std::size_t column) const {
    const auto parsed = parse_instant(text(column));
    MLC_EXPECT(parsed.has_value());
    return *parsed;
  }
  [[nodiscard]] Date date(std::size_t column) const {
    const auto parsed = parse_date(text(column));
    MLC_EXPECT(parsed.has_value());
    return *parsed;
  }
  [[nodiscard]] std::optional<std::string> optional_text(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
  }
  [[nodiscard]] std::optional<std::int64_t> optional_integer(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
  }
  [[nodiscard]] std::optional<Instant> optional_instant(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return instant(column);
  }
  // The value whatever its type, for readers that must not trust the file.
  [[nodiscard]] const Value::Content& at(std::size_t column) const {
    MLC_EXPECT(column < values_.size());
    return values_[column].content();
  }

 private:
  template <class T>
  [[nodiscard]] const T& get(std::size_t column) const {
    const T* value = std::get_if<T>(&at(column));
    MLC_EXPECT(value != nullptr);
    return *value;
  }
  Values values_;
};

}  // namespace mlc::database
