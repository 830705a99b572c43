// An error is a value: what happened (a row of its module's table), with which facts, whether
// anything may have been written to the outside, and what caused it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exit_code.h"

namespace mlc {

// Whether the outside world (SAP above all) may have been changed by what failed.
enum class Written { kNo, kPerhaps, kYes };

// Whether the same request can succeed later without anybody changing anything.
enum class Again { kNo, kLater };

// Whether what failed was tried at all: a call that our own count of the other side's limits puts
// off was not, so that nothing has failed; `wait` says when it may be made.
enum class Tried { kYes, kPutOff };

// One row of a module's error table. `text` and `cure` may hold `{name}`, replaced by the fact of
// that name. Rows are constants with static storage: an Error points to its row.
struct ErrorKind {
  std::string_view id;    // "module.what_happened", stable for ever
  std::string_view text;  // one sentence for the person who reads it
  std::string_view cure;  // what that person does next
  ExitCode exit_code = ExitCode::kBadInput;
  Again again = Again::kNo;
  Tried tried = Tried::kYes;
};

struct Fact {
  std::string name;
  std::string value;
  friend bool operator==(const Fact&, const Fact&) = default;
};

// Immutable and cheap to copy; safe to read from several threads.
class Error {
 public:
  // `kind` must outlive the error (use a namespace-scope constant).
  explicit Error(const ErrorKind& kind, std::vector<Fact> facts = {});

  // Copies with one part changed; the receiver stays as it is.
  [[nodiscard]] Error with(std::string name, std::string value) const;
  [[nodiscard]] Error with_written(Written written) const;
  [[nodiscard]] Error with_wait(std::chrono::milliseconds wait) const;
  [[nodiscard]] Error caused_by(Error cause) const;

  [[nodiscard]] const ErrorKind& kind() const;
  [[nodiscard]] std::string_view id() const { return kind().id; }
  [[nodiscard]] bool is(const ErrorKind& kind) const { return id() == kind.id; }
  [[nodiscard]] ExitCode exit_code() const { return kind().exit_code; }
  [[nodiscard]] Again again() const { return kind().again; }
  [[nodiscard]] Tried tried() const { return kind().tried; }
  [[nodiscard]] Written written() const;
  // How long the other side asked to wait, where it said so.
  [[nodiscard]] std::optional<std::chrono::milliseconds> wait() const;
  [[nodiscard]] const std::vector<Fact>& facts() const;
  // The value of the first fact of that name, empty when there is none.
  [[nodiscard]] std::string_view fact(std::string_view name) const;
  [[nodiscard]] const Error* cause() const;  // nullptr when there is none

  // Text and cure with facts filled in. Facts that the text does not name are not repeated here.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string cure() const;
  // For a terminal: id, text, remaining facts, causes and cure, several lines without a final LF.
  [[nodiscard]] std::string explain() const;

 private:
  struct Body;
  explicit Error(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

[[nodiscard]] std::string_view to_word(Written written);  // "no", "perhaps", "yes"

}  // namespace mlc
