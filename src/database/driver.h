// What a database product has to offer to carry Database. Private to this module.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"
#include "database/database.h"

namespace mlc::database {

using UseRow = std::function<Status(const Row&)>;

// One connection. Not thread-safe.
class Driver {
 public:
  virtual ~Driver() = default;
  [[nodiscard]] virtual Status begin(bool writing) = 0;
  [[nodiscard]] virtual Status commit() = 0;
  // Ends the transaction in any state; never fails to leave none open.
  virtual void rollback() = 0;
  // Returns the number of changed rows.
  [[nodiscard]] virtual Result<std::int64_t> run(const Sql& sql, const Values& values,
                                                 const UseRow& use) = 0;
  // The same for answers that may be too long for memory.
  [[nodiscard]] virtual Status walk(const Sql& sql, const Values& values, const UseRow& use) = 0;
  [[nodiscard]] virtual Status script(const Sql& sql) = 0;
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual Dialect dialect() const = 0;
  [[nodiscard]] virtual Status backup_to(const std::filesystem::path& target) = 0;
  [[nodiscard]] virtual Status check_integrity() = 0;
};

[[nodiscard]] Result<std::unique_ptr<Driver>> open_sqlite(const Settings& settings);
// `settings.server` must be there.
[[nodiscard]] Result<std::unique_ptr<Driver>> open_postgres(const Settings& settings);

}  // namespace mlc::database
