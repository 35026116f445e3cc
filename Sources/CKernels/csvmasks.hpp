// 64 bytes of delimited text as masks, in the instructions of SSE2 and of AVX2.
#ifndef CKERNELS_CSV_MASKS_HPP
#define CKERNELS_CSV_MASKS_HPP

#include <immintrin.h>

#include <cstdint>

namespace csv {

struct SSE2 {
  // Where a byte stands.
  __attribute__((always_inline)) static uint64_t equal(const uint8_t *p, uint8_t byte) {
    uint64_t mask = 0;
    for (int i = 0; i < 4; i++) {
      __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i *>(p + 16 * i));
      __m128i m = _mm_cmpeq_epi8(v, _mm_set1_epi8(static_cast<char>(byte)));
      mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(m))) << (16 * i);
    }
    return mask;
  }
};

struct AVX2 {
  __attribute__((target("avx2"))) static uint64_t equal(const uint8_t *p, uint8_t byte) {
    uint64_t mask = 0;
    for (int i = 0; i < 2; i++) {
      __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(p + 32 * i));
      __m256i m = _mm256_cmpeq_epi8(v, _mm256_set1_epi8(static_cast<char>(byte)));
      mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm256_movemask_epi8(m))) << (32 * i);
    }
    return mask;
  }
};

inline bool has_avx2() {
  static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
  return has;
}

}  // namespace csv

#endif
