#include "database/testing/postgres_server.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <grp.h>
#include <memory>
#include <pwd.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace mlc::database {
namespace {

namespace fs = std::filesystem;

// Where Debian puts it, then wherever the shell would find it.
fs::path find_programs() {
  std::vector<fs::path> folders{"/usr/lib/postgresql/15/bin"};
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): set by nobody
  std::string rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const auto end = rest.find(':');
    folders.emplace_back(rest.substr(0, end));
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / "initdb") && fs::exists(folder / "postgres")) return folder;
  }
  return {};
}

// PostgreSQL refuses root. Nothing when this is somebody else already.
const passwd* unprivileged() {
  if (::geteuid() != 0) return nullptr;
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* user = ::getpwnam(name)) return user;  // NOLINT(concurrency-mt-unsafe)
  }
  throw std::runtime_error("no unprivileged user");
}

// Runs a program as the unprivileged user; it ends with this process.
pid_t spawn(const std::vector<std::string>& words, const fs::path& log) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  const passwd* user = unprivileged();
  const pid_t child = ::fork();
  if (child != 0) return child;
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  const bool dropped =
      user == nullptr ||
      (::setgroups(0, nullptr) == 0 && ::setgid(user->pw_gid) == 0 && ::setuid(user->pw_uid) == 0);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (dropped) ::execv(pointers.front(), pointers.data());
  ::_exit(127);
}

}  // namespace

PostgresServer* PostgresServer::get() {
  static const fs::path programs = find_programs();
  if (programs.empty()) return nullptr;
  static PostgresServer server(programs);
  return &server;
}

PostgresServer::PostgresServer(const fs::path& programs) : programs_(programs) {
  std::string name = (fs::temp_directory_path() / "mlc-postgres-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  fs::permissions(folder_, fs::perms::all);
  make_cluster();
  start();
}

void PostgresServer::make_cluster() {
  const pid_t made = spawn({programs_ / "initdb", "-D", folder_ / "data", "-U", "app", "-A",
                            "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
                           folder_ / "log");
  int status = 0;
  if (::waitpid(made, &status, 0) != made || status != 0) {
    throw std::runtime_error("initdb failed; see " + (folder_ / "log").string());
  }
}

void PostgresServer::start() {
  process_ = spawn({programs_ / "postgres", "-D", folder_ / "data", "-c", "listen_addresses=", "-c",
                    "unix_socket_directories=" + folder_.string(), "-c", "fsync=off", "-c",
                    "full_page_writes=off", "-c", "shared_buffers=16MB", "-c", "max_wal_size=64MB"},
                   folder_ / "log");
  wait_until_ready();
}

void PostgresServer::crash() {
  ::kill(process_, SIGQUIT);
  ::waitpid(process_, nullptr, 0);
  start();
}

void PostgresServer::wait_until_ready() {
  for (int i = 0; i < 600; ++i) {
    if (Database::open(settings({address("public"), Secret()}))) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("postgres did not start; see " + (folder_ / "log").string());
}

PostgresServer::~PostgresServer() {
  if (process_ > 0) {
    ::kill(process_, SIGQUIT);
    ::waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string PostgresServer::address(const std::string& schema) const {
  return "postgresql:///postgres?host=" + folder_.string() + "&user=app&options=-csearch_path%3D" +
         schema;
}

Server PostgresServer::make_schema() {
  const std::string name = "test" + std::to_string(++schemas_);
  const auto database = Database::open(settings({address("public"), Secret()}));
  auto transaction = (*database)->begin();
  const std::string text = "CREATE SCHEMA " + name;
  if (!transaction->script({"make schema", text}) || !transaction->commit()) {
    throw std::runtime_error("no schema");
  }
  return {address(name), Secret()};
}

Settings PostgresServer::settings(Server server) {
  Settings out;
  out.server = std::move(server);
  return out;
}

void PostgresServer::end_connections() {
  const auto database = Database::open(settings({address("public"), Secret()}));
  auto transaction = (*database)->read();
  const auto ended =
      transaction->query({"end connections",
                          "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                          " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"});
  if (!ended) throw std::runtime_error(ended.error().explain());
}

}  // namespace mlc::database
