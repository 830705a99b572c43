#include "base/expect.h"

#include <cstdio>
#include <cstdlib>

namespace mlc {

void expectation_failed(const char* what, const char* file, int line) {
  std::fprintf(stderr, "internal.expectation_failed: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace mlc
