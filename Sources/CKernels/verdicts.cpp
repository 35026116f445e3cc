#include "ckernels.h"

#include <emmintrin.h>

#include <algorithm>

void ck_count_marks(const uint8_t *marks, size_t count, int64_t *counts) {
  std::fill_n(counts, CK_MARK_KINDS, 0);
  // So few vectors at a time that a count of each lane is one byte.
  constexpr size_t lanes = 16, most = 255 * lanes;
  size_t whole = count - count % lanes;
  for (size_t start = 0; start < whole; start += most) {
    size_t end = std::min(whole, start + most);
    __m128i found[CK_MARK_KINDS] = {};
    for (size_t i = start; i < end; i += lanes) {
      __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(marks + i));
      for (int kind = 0; kind < CK_MARK_KINDS; kind++) {
        found[kind] = _mm_sub_epi8(found[kind], _mm_cmpeq_epi8(block, _mm_set1_epi8(char(kind))));
      }
    }
    for (int kind = 0; kind < CK_MARK_KINDS; kind++) {
      __m128i sums = _mm_sad_epu8(found[kind], _mm_setzero_si128());
      counts[kind] += _mm_cvtsi128_si64(sums) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums));
    }
  }
  for (size_t i = whole; i < count; i++) counts[marks[i]]++;
}

void ck_replace_marks(uint8_t *marks, size_t count, uint8_t kind, uint8_t other) {
  for (size_t i = 0; i < count; i++) marks[i] = marks[i] == kind ? other : marks[i];
}

void ck_judge_states(const uint8_t *states, size_t count, uint8_t null, uint8_t valid, uint8_t malformed,
                     uint8_t *verdicts) {
  for (size_t i = 0; i < count; i++) {
    verdicts[i] = states[i] == CK_NULL ? null : states[i] == CK_VALID ? valid : malformed;
  }
}

void ck_judge_matches(const uint8_t *found, uint8_t wanted, const int32_t *ends, size_t count, uint8_t null,
                      uint8_t holds, uint8_t violated, uint8_t *verdicts) {
  for (size_t i = 0; i < count; i++) verdicts[i] = ends[i] < 0 ? null : found[i] == wanted ? holds : violated;
}

void ck_spread_verdicts(const uint8_t *entries, size_t entry_count, const int32_t *codes, size_t count, uint8_t null,
                        uint8_t *verdicts) {
  // With the null before the entries there is no branch.
  uint8_t of_code[1 + CK_CODE_LIMIT] = {null};
  if (entry_count > CK_CODE_LIMIT) {
    for (size_t i = 0; i < count; i++) verdicts[i] = codes[i] < 0 ? null : entries[codes[i]];
    return;
  }
  std::copy_n(entries, entry_count, of_code + 1);
  for (size_t i = 0; i < count; i++) verdicts[i] = of_code[codes[i] < 0 ? 0 : codes[i] + 1];
}
