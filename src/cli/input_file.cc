#include "cli/input_file.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "cli/errors.h"

namespace mlc::cli {

Result<std::ifstream> open_input(const std::string& file) {
  std::error_code unknown;  // then opening says what is wrong
  if (std::filesystem::is_directory(file, unknown)) {
    return failure(kUnreadableFile, {{"file", file}, {"detail", "it is a folder"}});
  }
  std::ifstream in(file, std::ios::binary);
  if (in) return in;
  return failure(kUnreadableFile,
                 {{"file", file}, {"detail", std::generic_category().message(errno)}});
}

}  // namespace mlc::cli
