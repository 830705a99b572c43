#include "base/error.h"

#include <algorithm>

namespace mlc {

struct Error::Body {
  const ErrorKind* kind;
  std::vector<Fact> facts;
  Written written = Written::kNo;
  std::optional<std::chrono::milliseconds> wait;
  std::optional<Error> cause;
};

namespace {

std::string filled(std::string_view pattern, const Error& error) {
  std::string out;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    out += pattern.substr(0, open);
    out += error.fact(pattern.substr(open + 1, close - open - 1));
    pattern.remove_prefix(close + 1);
  }
  out += pattern;
  return out;
}

bool names(std::string_view pattern, std::string_view fact) {
  return pattern.find("{" + std::string(fact) + "}") != std::string_view::npos;
}

}  // namespace

Error::Error(const ErrorKind& kind, std::vector<Fact> facts)
    : body_(std::make_shared<const Body>(Body{&kind, std::move(facts), Written::kNo, {}, {}})) {}

Error Error::with(std::string name, std::string value) const {
  Body body = *body_;
  body.facts.push_back({std::move(name), std::move(value)});
  return Error(std::make_shared<const Body>(std::move(body)));
}

Error Error::with_written(Written written) const {
  Body body = *body_;
  body.written = written;
  return Error(std::make_shared<const Body>(std::move(body)));
}

Error Error::with_wait(std::chrono::milliseconds wait) const {
  Body body = *body_;
  body.wait = wait;
  return Error(std::make_shared<const Body>(std::move(body)));
}

Error Error::caused_by(Error cause) const {
  Body body = *body_;
  body.cause = std::move(cause);
  return Error(std::make_shared<const Body>(std::move(body)));
}

const ErrorKind& Error::kind() const { return *body_->kind; }
Written Error::written() const { return body_->written; }
std::optional<std::chrono::milliseconds> Error::wait() const { return body_->wait; }
const std::vector<Fact>& Error::facts() const { return body_->facts; }
const Error* Error::cause() const { return body_->cause ? &*body_->cause : nullptr; }

std::string_view Error::fact(std::string_view name) const {
  const auto at = std::ranges::find(body_->facts, name, &Fact::name);
  return at == body_->facts.end() ? std::string_view{} : std::string_view(at->value);
}

std::string Error::text() const { return filled(kind().text, *this); }
std::string Error::cure() const { return filled(kind().cure, *this); }

std::string Error::explain() const {
  std::string out = std::string(id()) + ": " + text();
  for (const Fact& fact : facts()) {
    if (names(kind().text, fact.name) || names(kind().cure, fact.name)) continue;
    out += "\n  " + fact.name + ": " + fact.value;
  }
  for (const Error* why = cause(); why != nullptr; why = why->cause()) {
    out += "\n  because " + std::string(why->id()) + ": " + why->text();
  }
  if (written() != Written::kNo) out += "\n  written: " + std::string(to_word(written()));
  if (!kind().cure.empty()) out += "\n  do next: " + cure();
  return out;
}

std::string_view to_word(Written written) {
  switch (written) {
    case Written::kNo: return "no";
    case Written::kPerhaps: return "perhaps";
    case Written::kYes: return "yes";
  }
  return "perhaps";
}

}  // namespace mlc
