#include "tests/support/books_folder.h"

#include <unistd.h>

#include "base/expect.h"
#include "simulators/sap/landscape.h"
#include "simulators/sap/sap_system.h"

namespace mlc::support {
namespace {

namespace fs = std::filesystem;
namespace sap_side = simulators::sap;

fs::path fast_folder() {
  const fs::path memory = "/dev/shm";
  return fs::is_directory(memory) ? memory : fs::temp_directory_path();
}

fs::path folder_of(const std::string& name) {
  return fast_folder() / ("mlc-books-" + std::to_string(::getpid()) + "-" + name);
}

void clear_away(const fs::path& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

const fs::path& fresh_books() {
  struct Fresh {
    fs::path path = folder_of("fresh");
    Fresh() {
      clear_away(path);
      sap_side::Landscape landscape = sap_side::sample_landscape();
      sap_side::add_opening_document(landscape);
      MLC_EXPECT(sap_side::SapSystem::open({.books = path, .durable = false}, landscape, nullptr)
                     .has_value());
    }
    ~Fresh() { clear_away(path); }
  };
  static const Fresh fresh;
  return fresh.path;
}

}  // namespace

BooksFolder::BooksFolder(const std::string& name) : path_(folder_of(name)) {
  clear_away(path_);
  fs::copy(fresh_books(), path_, fs::copy_options::recursive);
}

BooksFolder::~BooksFolder() { clear_away(path_); }

ports::PositiveControl opening_document() {
  const auto& opening = sap_side::kOpeningDocument;
  return {{"1000", opening.belnr, opening.gjahr}, opening.xblnr};
}

}  // namespace mlc::support
