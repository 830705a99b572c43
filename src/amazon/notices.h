// What a person should know although nothing has failed yet.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.h"

namespace mlc::amazon {

// One notice per kind; the last one counts. Thread-safe.
class Notices {
 public:
  void put(Error notice) {
    const std::lock_guard lock(mutex_);
    std::string id(notice.id());
    held_.insert_or_assign(std::move(id), std::move(notice));
  }
  void clear(const ErrorKind& kind) {
    const std::lock_guard lock(mutex_);
    held_.erase(std::string(kind.id));
  }
  [[nodiscard]] std::vector<Error> all() const {
    const std::lock_guard lock(mutex_);
    std::vector<Error> out;
    for (const auto& [id, notice] : held_) out.push_back(notice);
    return out;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Error> held_;
};

}  // namespace mlc::amazon
