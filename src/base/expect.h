// MLC_EXPECT: an impossibility. Stays on in release builds; prints the place and aborts.
#pragma once

namespace mlc {
[[noreturn]] void expectation_failed(const char* what, const char* file, int line);
}

#define MLC_EXPECT(condition) \
  ((condition) ? static_cast<void>(0) : ::mlc::expectation_failed(#condition, __FILE__, __LINE__))
