#include "tests/simulation/mishaps.h"

namespace mlc::simulation {

void Mishaps::note(const std::string& line) {
  diary_ += format_instant(clock_.now()) + " " + scheduler_.turn() + " " + line;
  diary_ += '\n';
}

void Mishaps::maybe_die(const char* when, const char* what) {
  if (!strikes(odds_.crash)) return;
  ++crashes_;
  note(std::string("crash ") + when + " " + what);
  throw Crash{};
}

void Mishaps::freeze(const char* what) {
  ++freezes_;
  const auto most = static_cast<std::uint64_t>(odds_.longest_freeze.count());
  const auto minutes = std::chrono::minutes(1 + static_cast<int>(random_.below(most)));
  note("freeze " + std::to_string(minutes.count()) + " min before " + what);
  scheduler_.freeze(minutes);
}

void Mishaps::before(const char* what) {
  scheduler_.point();
  if (strikes(odds_.freeze)) freeze(what);
  maybe_die("before", what);
}

void Mishaps::before_commit_work() {
  if (strikes(odds_.freeze_commit)) freeze("COMMIT");
}

void Mishaps::after(const char* what) { maybe_die("after", what); }

}  // namespace mlc::simulation
