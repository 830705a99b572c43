#include "bench/duckdb_process.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "bench/errors.h"

namespace mlc::bench {
namespace {

tl::unexpected<Error> silent(const std::string& detail) {
  return failure(kNoDuckDb, {{"detail", detail}});
}

std::string read_line(int from) {
  std::string out;
  for (char c = 0; ::read(from, &c, 1) == 1 && c != '\n';) out += c;
  return out;
}

}  // namespace

Result<DuckDbProcess> DuckDbProcess::start(const std::filesystem::path& script,
                                           const std::filesystem::path& modules) {
  std::array<int, 2> to{};
  std::array<int, 2> from{};
  if (::pipe(to.data()) != 0 || ::pipe(from.data()) != 0) return silent("no pipe");
  const std::string code = script.string();
  const std::string folder = modules.string();
  const pid_t child = ::fork();
  if (child < 0) return silent("no process");
  if (child == 0) {
    ::dup2(to[0], STDIN_FILENO);
    ::dup2(from[1], STDOUT_FILENO);
    for (const int end : {to[0], to[1], from[0], from[1]}) ::close(end);
    ::execlp("node", "node", code.c_str(), folder.c_str(), nullptr);
    ::_exit(EXIT_FAILURE);
  }
  ::close(to[0]);
  ::close(from[1]);
  return DuckDbProcess(child, to[1], from[0]);
}

DuckDbProcess::DuckDbProcess(DuckDbProcess&& other) noexcept
    : child_(std::exchange(other.child_, -1)), to_(other.to_), from_(other.from_) {}

DuckDbProcess::~DuckDbProcess() {
  if (child_ < 0) return;
  ::close(to_);  // its input ends, and so does it
  ::close(from_);
  ::waitpid(child_, nullptr, 0);
}

Result<DuckDbRun> DuckDbProcess::aggregate(int threads, const std::filesystem::path& file) {
  const std::string line = std::to_string(threads) + " " + file.string() + "\n";
  const auto old = std::signal(SIGPIPE, SIG_IGN);  // it may have ended: the read below tells
  const bool told = ::write(to_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  std::signal(SIGPIPE, old);
  std::istringstream answer(told ? read_line(from_) : std::string());
  DuckDbRun out;
  if (!(answer >> out.wall >> out.user)) return silent("it ended");
  std::getline(answer >> std::ws, out.answer);
  return out;
}

}  // namespace mlc::bench
