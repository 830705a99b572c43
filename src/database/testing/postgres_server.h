// A PostgreSQL of this test program alone: started as an unprivileged user, on a socket in a
// temporary folder, gone with the program.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>

#include "database/database.h"

namespace mlc::database {

class PostgresServer {
 public:
  // The server of this program, started by the first call; nullptr where PostgreSQL 15 is not
  // installed (`scripts/setup check` installs it). Not thread-safe. Throws when it is installed
  // and does not start.
  [[nodiscard]] static PostgresServer* get();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // A new, empty schema: as good as a database of its own, and made in a moment.
  [[nodiscard]] Server make_schema();
  // The settings with which a test opens it.
  [[nodiscard]] static Settings settings(Server server);
  // Ends every connection but those that begin afterwards, as an administrator or a failing machine
  // does.
  void end_connections();
  // Ends the server as a failing machine does, without writing anything down, and starts it again.
  void crash();

 private:
  explicit PostgresServer(const std::filesystem::path& programs);
  void make_cluster();
  void start();
  void wait_until_ready();
  [[nodiscard]] std::string address(const std::string& schema) const;
  std::filesystem::path programs_;
  std::filesystem::path folder_;
  pid_t process_ = -1;
  int schemas_ = 0;
};

inline constexpr const char* kNoPostgres =
    "PostgreSQL 15 is not installed (`scripts/setup check` does it): not tested on it";

}  // namespace mlc::database
