// Gzip (RFC 1952) inflated as it arrives: one member or several, in constant memory.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mlc::runtime {

// Every gzip begins with these two bytes, and no text in an admitted character set does.
inline constexpr std::string_view kGzipMagic = "\x1f\x8b";

// Not thread-safe.
class Gunzip {
 public:
  Gunzip();
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  // Given inflated pieces of at most 64 KiB; an error ends the inflating.
  using Take = std::function<Status(std::string_view piece)>;
  // The next bytes of the gzip, less than 4 GiB. An empty answer: all is well so far; else the
  // reason why this is no gzip. Errors: those of `take`.
  [[nodiscard]] Result<std::string> inflate(std::string_view bytes, const Take& take);
  // Whether what came so far is whole.
  [[nodiscard]] bool complete() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlc::runtime
