// A fresh SAP for one test, in a folder of its own.
#pragma once

#include <filesystem>
#include <string>

#include "ports/unit.h"

namespace mlc::support {

// Books of the sample landscape with its opening document, removed at the end. They are made once
// per program and copied. `name` is unique among the living ones of the program.
class BooksFolder {
 public:
  explicit BooksFolder(const std::string& name);
  ~BooksFolder();
  BooksFolder(const BooksFolder&) = delete;
  BooksFolder& operator=(const BooksFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The document that an administrator named at onboarding: every look-up must find it.
[[nodiscard]] ports::PositiveControl opening_document();

}  // namespace mlc::support
