#include "bench/measured.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/errors.h"

namespace mlc::bench {
namespace {

double seconds(const timeval& time) {
  constexpr double kMicro = 1e-6;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * kMicro;
}

std::uint64_t peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t value = 0;
    if (word == "VmHWM:" && status >> value) return value;
  }
  return 0;
}

// The child's side: one line of figures, then the answer.
void report(int pipe, const std::function<Result<std::string>()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  const auto answer = work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  std::ostringstream out;
  out << wall.count() << ' ' << seconds(used.ru_utime) << ' ' << seconds(used.ru_stime) << ' '
      << peak_kib() << '\n'
      << (answer ? *answer : answer.error().explain());
  const std::string text = out.str();
  const bool told = ::write(pipe, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::_exit(told && answer ? EXIT_SUCCESS : EXIT_FAILURE);
}

std::string read_all(int pipe) {
  std::string out;
  std::array<char, 4096> piece{};
  while (true) {
    const auto got = ::read(pipe, piece.data(), piece.size());
    if (got <= 0) return out;
    out.append(piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

Result<Measured> measure(const std::string& name,
                         const std::function<Result<std::string>()>& work) {
  const auto failed = [&name](const std::string& detail) {
    return failure(kRunFailed, {{"run", name}, {"detail", detail}});
  };
  std::array<int, 2> pipes{};
  if (::pipe(pipes.data()) != 0) return failed("no pipe");
  const pid_t child = ::fork();
  if (child < 0) return failed("no process");
  if (child == 0) {
    ::close(pipes[0]);
    report(pipes[1], work);
  }
  ::close(pipes[1]);
  const std::string text = read_all(pipes[0]);
  ::close(pipes[0]);
  int state = 0;
  ::waitpid(child, &state, 0);
  const auto line_end = text.find('\n');
  if (line_end == std::string::npos) return failed("it ended without an answer");
  if (state != 0) return failed(text.substr(line_end + 1));
  Measured out;
  std::istringstream(text) >> out.wall >> out.user >> out.kernel >> out.peak_kib;
  out.answer = text.substr(line_end + 1);
  return out;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

}  // namespace mlc::bench
