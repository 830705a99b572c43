// A settlement report by hand, through the same path as one from Amazon.
#pragma once

#include <functional>
#include <istream>
#include <string>

#include "operations/hub.h"

namespace mlc::operations {

struct Imported {
  WorkId work;
  ObjectId object;
  std::uint64_t size = 0;
  bool known = false;  // the same bytes were imported for this connection before
};

// Streams `content`, inflated where it is gzip, into the vault and opens work for it, to be proved
// next. `file` is the name it is kept under; `connection` may be empty when there is only one.
// Repeatable: the same bytes are recognised. `progress` is called with the number of bytes read so
// far; it may be empty. Errors: operations.read_only, .which_connection, .empty_file, .file_failed,
// .file_too_large, .damaged_gzip, flow.unknown_connection, the store's and the vault's.
[[nodiscard]] Result<Imported> import_file(const Hub& hub, const std::string& connection,
                                           const std::string& file, std::istream& content,
                                           const std::function<void(std::uint64_t)>& progress);

}  // namespace mlc::operations
