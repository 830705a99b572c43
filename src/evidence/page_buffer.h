// Memory of our own that begins at a page: the kernel copies into it at full speed.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "base/expect.h"

namespace mlc::evidence {

// A fixed number of bytes, not initialised. Not thread-safe.
class PageBuffer {
 public:
  explicit PageBuffer(std::size_t size)
      : size_((size + kPage - 1) / kPage * kPage),
        bytes_(static_cast<char*>(std::aligned_alloc(kPage, size_))) {
    MLC_EXPECT(bytes_ != nullptr);
  }
  [[nodiscard]] char* data() { return bytes_.get(); }
  [[nodiscard]] const char* data() const { return bytes_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }  // at least what was asked for

 private:
  static constexpr std::size_t kPage = 4096;
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }  // NOLINT(*-no-malloc)
  };
  std::size_t size_;
  std::unique_ptr<char, Free> bytes_;
};

}  // namespace mlc::evidence
