// 64 bytes of delimited text as masks, in the instructions of SSE2, of AVX2 and of AVX-512.
#ifndef CKERNELS_CSV_MASKS_HPP
#define CKERNELS_CSV_MASKS_HPP

#include "levels.hpp"

#include <immintrin.h>

#include <cstdint>

namespace csv {

// Writes `from` plus the place of each bit of a mask, and some numbers more: 64 have room.
struct OneByOne {
  __attribute__((always_inline)) static void places(uint64_t mask, uint32_t from, uint32_t *next) {
    size_t found = size_t(__builtin_popcountll(mask));
    for (size_t i = 0; i < found; i += 4) {
      for (size_t j = 0; j < 4; j++) {
        next[i + j] = from + uint32_t(__builtin_ctzll(mask | uint64_t(1) << 63));
        mask &= mask - 1;
      }
    }
  }
};

struct SSE2 : OneByOne {
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

struct AVX2 : OneByOne {
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

struct AVX512 {
  __attribute__((target("avx512bw"))) static uint64_t equal(const uint8_t *p, uint8_t byte) {
    return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(p), _mm512_set1_epi8(static_cast<char>(byte)));
  }

  // All places at once.
  __attribute__((target("avx512bw,avx512vbmi2,popcnt"))) static void places(uint64_t mask, uint32_t from,
                                                                             uint32_t *next) {
    alignas(64) static const uint8_t numbers[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i places = _mm512_maskz_compress_epi8(mask, _mm512_load_si512(numbers));
    const int found = __builtin_popcountll(mask);
    write(_mm512_castsi512_si128(places), from, next);
    if (__builtin_expect(found <= 16, 1)) return;
    write(_mm512_extracti32x4_epi32(places, 1), from, next + 16);
    write(_mm512_extracti32x4_epi32(places, 2), from, next + 32);
    write(_mm512_extracti32x4_epi32(places, 3), from, next + 48);
  }

 private:
  __attribute__((target("avx512bw"))) static void write(__m128i places, uint32_t from, uint32_t *next) {
    _mm512_storeu_si512(next, _mm512_add_epi32(_mm512_set1_epi32(int(from)), _mm512_cvtepu8_epi32(places)));
  }
};

inline bool has_avx512() {
  static const bool has_vbmi2 = __builtin_cpu_supports("avx512vbmi2");
  return has_vbmi2 && levels::best() >= CK_LEVEL_AVX512;
}

inline bool has_avx2() { return levels::best() >= CK_LEVEL_AVX2; }

}  // namespace csv

#endif
