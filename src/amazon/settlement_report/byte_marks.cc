#include "amazon/settlement_report/byte_marks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/expect.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define MLC_TARGET_AVX2 __attribute__((target("avx2,bmi,popcnt")))
#define MLC_TARGET_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,bmi,popcnt")))
#endif
#define MLC_INLINE inline __attribute__((always_inline))

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::size_t kBlock = 64;

bool always() { return true; }

void mask_scalar(const char* bytes, std::span<ByteMasks> out) {
  for (ByteMasks& masks : out) {
    masks = {};
    for (std::size_t at = 0; at < kBlock; ++at) {
      const auto byte = static_cast<std::uint8_t>(bytes[at]);
      const std::uint64_t bit = std::uint64_t{1} << at;
      if (byte == '\t' || byte == '\n') masks.separators |= bit;
      if (byte == '\n') masks.line_ends |= bit;
      if (byte == 0 || byte > 0x7F) masks.unusual |= bit;
    }
    bytes += kBlock;
  }
}

MLC_INLINE void list_line_ends(const ByteMasks& masks, std::size_t before, ByteMarks& marks) {
  for (std::uint64_t ends = masks.line_ends; ends != 0; ends &= ends - 1) {
    const std::uint64_t lower = (ends & (~ends + 1)) - 1;
    marks.add_line_end(before + static_cast<std::size_t>(std::popcount(masks.separators & lower)));
  }
}

// Compiled once for every processor and once for those that count bits in one instruction. Four
// places are written at a time, needed or not: a branch for each would be guessed wrong too often.
MLC_INLINE void list_bits(std::span<const ByteMasks> all, std::uint32_t base, ByteMarks& marks) {
  constexpr std::size_t kAtATime = 4;
  std::uint32_t* out = marks.room(all.size() * kBlock + kAtATime);
  const std::size_t before = marks.separator_count();
  std::size_t total = 0;
  for (const ByteMasks& masks : all) {
    list_line_ends(masks, before + total, marks);
    const auto count = static_cast<std::size_t>(std::popcount(masks.separators));
    std::uint64_t bits = masks.separators;
    for (std::size_t done = 0; done < count; done += kAtATime) {
      for (std::size_t i = 0; i < kAtATime; ++i) {
        out[done + i] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
        bits &= bits - 1;
      }
    }
    out += count;
    total += count;
    base += kBlock;
  }
  marks.added(total);
}

void list_plain(std::span<const ByteMasks> masks, std::uint32_t base, ByteMarks& marks) {
  list_bits(masks, base, marks);
}

#if defined(__x86_64__)

std::uint64_t bits_of(__m128i bytes) {
  return static_cast<std::uint16_t>(_mm_movemask_epi8(bytes));
}

void mask_sse2(const char* bytes, std::span<ByteMasks> out) {
  constexpr std::size_t kWidth = sizeof(__m128i);
  const __m128i tab = _mm_set1_epi8('\t');
  const __m128i line_end = _mm_set1_epi8('\n');
  for (ByteMasks& masks : out) {
    masks = {};
    for (std::size_t at = 0; at < kBlock; at += kWidth, bytes += kWidth) {
      const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
      const __m128i ends = _mm_cmpeq_epi8(some, line_end);
      const __m128i both = _mm_or_si128(_mm_cmpeq_epi8(some, tab), ends);
      const __m128i zero = _mm_cmpeq_epi8(some, _mm_setzero_si128());
      masks.separators |= bits_of(both) << at;
      masks.line_ends |= bits_of(ends) << at;
      masks.unusual |= bits_of(_mm_or_si128(some, zero)) << at;  // the highest bit of each byte
    }
  }
}

// Everything that MLC_TARGET_AVX2 lets the compiler use.
bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
         __builtin_cpu_supports("popcnt") != 0;
}

MLC_TARGET_AVX2 std::uint64_t bits_of(__m256i bytes) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

MLC_TARGET_AVX2 void mask_avx2(const char* bytes, std::span<ByteMasks> out) {
  constexpr std::size_t kWidth = sizeof(__m256i);
  const __m256i tab = _mm256_set1_epi8('\t');
  const __m256i line_end = _mm256_set1_epi8('\n');
  for (ByteMasks& masks : out) {
    masks = {};
    for (std::size_t at = 0; at < kBlock; at += kWidth, bytes += kWidth) {
      const __m256i some = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
      const __m256i ends = _mm256_cmpeq_epi8(some, line_end);
      const __m256i both = _mm256_or_si256(_mm256_cmpeq_epi8(some, tab), ends);
      const __m256i zero = _mm256_cmpeq_epi8(some, _mm256_setzero_si256());
      masks.separators |= bits_of(both) << at;
      masks.line_ends |= bits_of(ends) << at;
      masks.unusual |= bits_of(_mm256_or_si256(some, zero)) << at;
    }
  }
}

MLC_TARGET_AVX2 void list_avx2(std::span<const ByteMasks> masks, std::uint32_t base,
                               ByteMarks& marks) {
  list_bits(masks, base, marks);
}

#if !defined(__clang__)
// GCC 12 takes the parts of a register that its own header leaves open for a fault of ours.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

// Everything that MLC_TARGET_AVX512 lets the compiler use.
bool has_avx512() {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512vbmi2") != 0 &&
         __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("popcnt") != 0;
}

MLC_TARGET_AVX512 void mask_avx512(const char* bytes, std::span<ByteMasks> out) {
  const __m512i tab = _mm512_set1_epi8('\t');
  const __m512i line_end = _mm512_set1_epi8('\n');
  for (ByteMasks& masks : out) {
    const __m512i some = _mm512_loadu_si512(bytes);
    masks.line_ends = _mm512_cmpeq_epi8_mask(some, line_end);
    masks.separators = masks.line_ends | _mm512_cmpeq_epi8_mask(some, tab);
    masks.unusual = _mm512_movepi8_mask(some) | _mm512_testn_epi8_mask(some, some);
    bytes += kBlock;
  }
}

// Brings the places of a block's separators together in one instruction, and writes sixteen at a
// time.
MLC_TARGET_AVX512 void list_avx512(std::span<const ByteMasks> all, std::uint32_t base,
                                   ByteMarks& marks) {
  constexpr std::size_t kAtATime = 16;
  alignas(64) std::array<std::uint8_t, kBlock> places{};
  for (std::size_t at = 0; at < kBlock; ++at) places[at] = static_cast<std::uint8_t>(at);
  const __m512i every = _mm512_load_si512(places.data());
  std::uint32_t* out = marks.room(all.size() * kBlock + kBlock);
  const std::size_t before = marks.separator_count();
  std::size_t total = 0;
  for (const ByteMasks& masks : all) {
    list_line_ends(masks, before + total, marks);
    const auto count = static_cast<std::size_t>(std::popcount(masks.separators));
    __m512i found = _mm512_maskz_compress_epi8(masks.separators, every);
    const __m512i offset = _mm512_set1_epi32(static_cast<int>(base));
    for (std::size_t done = 0; done < count; done += kAtATime) {
      const __m512i wide = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found));
      _mm512_storeu_si512(out + done, _mm512_add_epi32(wide, offset));
      found = _mm512_alignr_epi32(found, found, 4);
    }
    out += count;
    total += count;
    base += kBlock;
  }
  marks.added(total);
}

#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif

constexpr std::array kScanners{ByteScanner{"AVX-512", has_avx512, mask_avx512, list_avx512},
                               ByteScanner{"AVX2", has_avx2, mask_avx2, list_avx2},
                               ByteScanner{"SSE2", always, mask_sse2, list_plain},
                               ByteScanner{"scalar", always, mask_scalar, list_plain}};

#else

constexpr std::array kScanners{ByteScanner{"scalar", always, mask_scalar, list_plain}};

#endif

}  // namespace

std::span<const ByteScanner> byte_scanners() { return kScanners; }

const ByteScanner& best_byte_scanner() {
  static const ByteScanner& best =
      *std::ranges::find_if(kScanners, [](const ByteScanner& one) { return one.possible(); });
  return best;
}

void ByteMarks::clear() {
  count_ = 0;
  line_ends_.clear();
  from_ = to_ = 0;
  any_unusual_ = false;
}

std::uint32_t* ByteMarks::room(std::size_t more) {
  if (separators_.size() < count_ + more) separators_.resize(count_ + more);
  return separators_.data() + count_;
}

void ByteMarks::look(std::string_view bytes, std::size_t from, std::size_t to, std::size_t kept) {
  MLC_EXPECT(from <= to && to <= bytes.size() && to - from <= kStretch && kept <= count_);
  std::copy(separators_.begin() + static_cast<std::ptrdiff_t>(kept),
            separators_.begin() + static_cast<std::ptrdiff_t>(count_), separators_.begin());
  count_ -= kept;
  line_ends_.clear();
  from_ = from;
  to_ = to;
  const std::size_t whole = (to - from) / kBlock;
  const std::size_t rest = (to - from) % kBlock;
  masks_.resize(whole + (rest > 0 ? 1 : 0));
  scanner_->mask(bytes.data() + from, std::span(masks_).first(whole));
  if (rest > 0) {
    std::array<char, kBlock> padded{};
    padded.fill(' ');
    std::memcpy(padded.data(), bytes.data() + from + whole * kBlock, rest);
    scanner_->mask(padded.data(), std::span(masks_).subspan(whole));
  }
  std::uint64_t unusual = 0;
  for (const ByteMasks& masks : masks_) unusual |= masks.unusual;
  any_unusual_ = unusual != 0;
  scanner_->list(masks_, static_cast<std::uint32_t>(from), *this);
}

bool ByteMarks::find_unusual(std::size_t from, std::size_t to) const {
  from = std::max(from, from_) - from_;
  to = std::min(to, to_);
  to = to > from_ ? to - from_ : 0;
  if (from >= to) return false;
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  const std::size_t first = from / kBlock;
  const std::size_t last = (to - 1) / kBlock;
  for (std::size_t at = first; at <= last; ++at) {
    std::uint64_t bits = masks_[at].unusual;
    if (at == first) bits &= kAll << (from % kBlock);
    if (at == last) bits &= kAll >> (kBlock - 1 - (to - 1) % kBlock);
    if (bits != 0) return true;
  }
  return false;
}

}  // namespace mlc::amazon::settlement_report
