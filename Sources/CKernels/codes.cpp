// The different texts or words of a column by numbers.
#include "texts.h"
#include "levels.hpp"
#include "words.hpp"

#include <immintrin.h>

#include <algorithm>
#include <cstring>

namespace {

using texts::Words;
using texts::load;

// Up to seven bytes and their number are a word, and up to 15 two; of longer texts these have the first bytes and the
// last.
struct Key {
  uint64_t low, high;

  bool operator==(const Key &other) const { return ((low ^ other.low) | (high ^ other.high)) == 0; }
};

// Assigns numbers to different keys: open addressing over at most CK_CODE_LIMIT of them. What it looks at lies in
// arrays of their own, so that it can be looked at for eight texts at once.
struct Coder {
  // Most of the slots stay free, so that nearly every key is found at its first place.
  static constexpr int bits = 12;
  static constexpr uint64_t spread = 0x9E3779B97F4A7C15, spread_high = 0x87c37b91114253d5;
  alignas(64) int32_t slots[1 << bits];
  uint64_t lows[CK_CODE_LIMIT], highs[CK_CODE_LIMIT];
  int32_t count = 0;
  int32_t limit;
  int32_t *entries;

  Coder(int32_t limit, int32_t *entries) : limit(std::min<int32_t>(limit, CK_CODE_LIMIT)), entries(entries) {
    std::memset(slots, -1, sizeof slots);
  }

  // The number of a key that place i has; -1 when it would be one too many. `same` is asked about a known number whose
  // words are equal.
  template <typename Same>
  __attribute__((always_inline)) int32_t number(const Key &key, size_t i, const Same &same) {
    size_t slot = ((key.low ^ key.high * spread_high) * spread) >> (64 - bits);
    for (int32_t known; (known = slots[slot]) >= 0; slot = (slot + 1) & ((1 << bits) - 1)) {
      if (Key{lows[known], highs[known]} == key && same(known)) return known;
    }
    if (count == limit) return -1;
    lows[count] = key.low;
    highs[count] = key.high;
    entries[count] = int32_t(i);
    return slots[slot] = count++;
  }

  // The numbers of eight keys that are found at their first place, and which these are.
  CK_AVX512 __attribute__((always_inline)) inline __mmask8 numbers(__m512i low, __m512i high, bool has_high,
                                                                   __mmask8 lanes, __m256i *known) const {
    __m512i mixed = low;
    if (has_high) {
      mixed = _mm512_xor_si512(low, _mm512_mullo_epi64(high, _mm512_set1_epi64(int64_t(spread_high))));
    }
    __m512i slot = _mm512_srli_epi64(_mm512_mullo_epi64(mixed, _mm512_set1_epi64(int64_t(spread))), 64 - bits);
    const __m256i none = _mm256_set1_epi32(-1);
    *known = _mm512_mask_i64gather_epi32(none, lanes, slot, slots, 4);
    lanes &= _mm256_cmpge_epi32_mask(*known, _mm256_setzero_si256());
    const __m512i zero = _mm512_setzero_si512();
    __m512i other = _mm512_mask_i32gather_epi64(zero, lanes, *known, lows, 8);
    lanes = _mm512_mask_cmpeq_epi64_mask(lanes, other, low);
    if (!has_high) return lanes;
    other = _mm512_mask_i32gather_epi64(zero, lanes, *known, highs, 8);
    return _mm512_mask_cmpeq_epi64_mask(lanes, other, high);
  }
};

// The texts of a column, and the numbers of those before a place.
struct TextCodes {
  const uint8_t *bytes;
  size_t size;
  const int32_t *starts, *ends;
  int32_t *codes;
  Coder coder;
  // Whether an entry has more than seven bytes, and more than 15: their words do not tell all.
  bool has_high = false, has_long = false;

  // False when there are too many different ones.
  __attribute__((always_inline)) inline bool add(size_t i) {
    if (ends[i] < 0) {
      codes[i] = -1;
      return true;
    }
    const size_t begin = size_t(starts[i]), length = size_t(ends[i] - starts[i]);
    // Nothing here branches on a length up to 15, which is hard to guess.
    Words words(bytes, size, begin, std::min<size_t>(length, 16));
    const uint64_t tag = uint64_t(length) << 56;
    Key key = {words.low | (length > 7 ? 0 : tag), words.high | (length > 7 ? tag : 0)};
    if (length > 15) key.high = load(bytes + begin + length - 8);
    has_high |= length > 7;
    has_long |= length > 15;
    codes[i] = coder.number(key, i, [&](int32_t known) {
      if (!has_long) return true;
      const int32_t entry = coder.entries[known], other = ends[entry] - starts[entry];
      return std::max<size_t>(length, size_t(other)) <= 15 ||
             (size_t(other) == length && std::memcmp(bytes + begin, bytes + starts[entry], length) == 0);
    });
    return codes[i] >= 0;
  }

  // The same for eight texts, of which nearly all are known. False when they are not of the lengths for it.
  CK_AVX512 __attribute__((always_inline)) inline bool add_eight(size_t i, __mmask8 *others) {
    const __m256i start = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(starts + i));
    const __m256i end = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(ends + i));
    const __mmask8 present = _mm256_cmpge_epi32_mask(end, _mm256_setzero_si256());
    const __m256i length = _mm256_sub_epi32(end, start);
    // A word is read whole, so none may begin at the last bytes.
    const __mmask8 unfit = _mm256_mask_cmpgt_epi32_mask(present, length, _mm256_set1_epi32(15)) |
                           _mm256_mask_cmpgt_epi32_mask(present, start, _mm256_set1_epi32(int32_t(size) - 16));
    if (unfit) return false;
    const __mmask8 longer = _mm256_mask_cmpgt_epi32_mask(present, length, _mm256_set1_epi32(7));
    const __m512i zero = _mm512_setzero_si512(), ones = _mm512_set1_epi64(-1);
    const __m512i lengths = _mm512_cvtepi32_epi64(length), used = _mm512_slli_epi64(lengths, 3);
    const __m512i tag = _mm512_slli_epi64(lengths, 56);
    // What is not of the text is cut off: a shift by 64 and more leaves nothing.
    __m512i low = _mm512_mask_i32gather_epi64(zero, present, start, bytes, 1);
    low = _mm512_andnot_si512(_mm512_sllv_epi64(ones, used), low);
    low = _mm512_mask_or_epi64(low, __mmask8(~longer), low, tag);
    __m512i high = zero;
    if (longer) {
      high = _mm512_mask_i32gather_epi64(zero, longer, start, bytes + 8, 1);
      const __m512i rest = _mm512_sub_epi64(used, _mm512_set1_epi64(64));
      high = _mm512_andnot_si512(_mm512_sllv_epi64(ones, rest), high);
      high = _mm512_mask_or_epi64(zero, longer, high, tag);
    }
    __m256i known;
    const __mmask8 found = coder.numbers(low, high, longer != 0 || has_high, present, &known);
    known = _mm256_mask_mov_epi32(_mm256_set1_epi32(-1), found, known);
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(codes + i), known);
    *others = present & __mmask8(~found);
    return true;
  }

  CK_AVX512 bool add_eights(size_t *place, size_t count) {
    for (; *place + 8 <= count && !has_long; *place += 8) {
      for (size_t lane = 0; lane < 8; lane++) texts::prefetch(bytes, starts, *place + lane, count);
      __mmask8 others = 0;
      if (!add_eight(*place, &others)) others = 0xFF;
      for (; others; others &= __mmask8(others - 1)) {
        if (!add(*place + size_t(__builtin_ctz(others)))) return false;
      }
    }
    return true;
  }

  bool add_all(size_t count) {
    size_t place = 0;
    const bool by_eight = levels::best() >= CK_LEVEL_AVX512 && size >= 16 && size <= INT32_MAX;
    if (by_eight && !add_eights(&place, count)) return false;
    for (; place < count; place++) {
      texts::prefetch(bytes, starts, place, count);
      if (!add(place)) return false;
    }
    return true;
  }
};

CK_AVX512 bool code_eights(Coder &coder, const uint64_t *words, size_t *place, size_t count, int32_t *codes) {
  const auto same = [](int32_t) { return true; };
  for (; *place + 8 <= count; *place += 8) {
    const __m512i low = _mm512_loadu_si512(words + *place);
    __m256i known;
    __mmask8 others = __mmask8(~coder.numbers(low, low, false, 0xFF, &known));
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(codes + *place), known);
    for (; others; others &= __mmask8(others - 1)) {
      const size_t i = *place + size_t(__builtin_ctz(others));
      if ((codes[i] = coder.number({words[i], 0}, i, same)) < 0) return false;
    }
  }
  return true;
}

}  // namespace

int32_t ck_code_texts(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                      int32_t limit, int32_t *codes, int32_t *entries) {
  TextCodes texts = {bytes, size, starts, ends, codes, Coder(limit, entries)};
  return texts.add_all(count) ? texts.coder.count : -1;
}

int32_t ck_code_words(const uint64_t *words, size_t count, int32_t limit, int32_t *codes, int32_t *entries) {
  Coder coder(limit, entries);
  size_t place = 0;
  if (levels::best() >= CK_LEVEL_AVX512 && !code_eights(coder, words, &place, count, codes)) return -1;
  for (; place < count; place++) {
    codes[place] = coder.number({words[place], 0}, place, [](int32_t) { return true; });
    if (codes[place] < 0) return -1;
  }
  return coder.count;
}

void ck_count_codes(const int32_t *codes, size_t count, size_t entries, int64_t *counts) {
  if (entries > CK_CODE_LIMIT) {
    for (size_t i = 0; i < count; i++) {
      if (codes[i] >= 0) counts[codes[i]]++;
    }
    return;
  }
  // Several tables in turn, because equal codes follow each other, and their counter is still being written. With the
  // nulls before the entries there is no branch.
  constexpr size_t tables = 4;
  uint32_t found[tables][1 + CK_CODE_LIMIT] = {};
  size_t i = 0;
  for (; i + tables <= count; i += tables) {
    for (size_t table = 0; table < tables; table++) found[table][codes[i + table] < 0 ? 0 : codes[i + table] + 1]++;
  }
  for (; i < count; i++) found[0][codes[i] < 0 ? 0 : codes[i] + 1]++;
  for (size_t code = 0; code < entries; code++) {
    for (const auto &table : found) counts[code] += table[code + 1];
  }
}
