#include "verdicts.h"

#include <emmintrin.h>

#include <algorithm>

void ck_count_verdicts(const uint8_t *verdicts, size_t count, int64_t *counts) {
  std::fill_n(counts, CK_VERDICT_KINDS, 0);
  // So few vectors at a time that a count of each lane is one byte.
  constexpr size_t lanes = 16, most = 255 * lanes;
  size_t whole = count - count % lanes;
  for (size_t start = 0; start < whole; start += most) {
    size_t end = std::min(whole, start + most);
    __m128i found[CK_VERDICT_KINDS] = {};
    for (size_t i = start; i < end; i += lanes) {
      __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(verdicts + i));
      for (int kind = 0; kind < CK_VERDICT_KINDS; kind++) {
        found[kind] = _mm_sub_epi8(found[kind], _mm_cmpeq_epi8(block, _mm_set1_epi8(char(kind))));
      }
    }
    for (int kind = 0; kind < CK_VERDICT_KINDS; kind++) {
      __m128i sums = _mm_sad_epu8(found[kind], _mm_setzero_si128());
      counts[kind] += _mm_cvtsi128_si64(sums) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums));
    }
  }
  for (size_t i = whole; i < count; i++) counts[verdicts[i]]++;
}
