// A folder for one test.
#pragma once

#include <filesystem>
#include <string>

#include "base/digest.h"

namespace mlc::store {

class TemporaryFolder {
 public:
  TemporaryFolder()
      : path_(std::filesystem::temp_directory_path() / ("mlc-store-" + to_hex(random_bytes(8)))) {
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace mlc::store
