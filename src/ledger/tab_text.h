// Lines of fields separated by tabs: the form of manifests and rule books
// (docs/formats/manifest.md). Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"

namespace mlc::ledger {

// TAB, LF, CR and backslash as `\t`, `\n`, `\r` and `\\`.
[[nodiscard]] std::string escaped(std::string_view text);

// Appends one line: fields separated by tabs, LF at its end.
template <class... Fields>
void add_line(std::string& out, std::string_view first, const Fields&... fields) {
  out += first;
  ((out += '\t', out += escaped(fields)), ...);
  out += '\n';
}

// Reads line by line and keeps the line's number for messages. Its text must outlive it.
class TabReader {
 public:
  // `kind` has the placeholders {line}, {found}, {expected}.
  TabReader(std::string_view text, const ErrorKind& kind) : rest_(text), kind_(kind) {}

  // The next line's fields. Errors: `kind`, for a line without its end or another escape.
  [[nodiscard]] Status next();
  // The next line must be exactly this one.
  [[nodiscard]] Status expect(std::string_view line);
  // The value of the next line, which must be `name` and one value.
  [[nodiscard]] Result<std::string> single(std::string_view name);

  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  // Whether the line read last begins with `name` and has `values` values.
  [[nodiscard]] bool is(std::string_view name, std::size_t values) const;
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  // The refusal of the line read last.
  [[nodiscard]] tl::unexpected<Error> refuse(std::string expected) const;

 private:
  [[nodiscard]] Status split();

  std::string_view rest_;
  const ErrorKind& kind_;
  std::string_view line_{};
  std::vector<std::string> fields_{};
  int number_ = 0;
};

}  // namespace mlc::ledger
