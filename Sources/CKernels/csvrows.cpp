#include "csvrows.h"

#include <immintrin.h>

#include <algorithm>
#include <cstring>

#include "words.hpp"

namespace {

// Whether one of the bytes makes quotes necessary.
inline bool is_special(__m128i text) {
  __m128i found = _mm_or_si128(
      _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8(',')), _mm_cmpeq_epi8(text, _mm_set1_epi8('"'))),
      _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(text, _mm_set1_epi8('\r'))));
  return _mm_movemask_epi8(found) != 0;
}

// The bytes of a text of 1 to 7, in any order and some of them twice.
inline uint64_t short_word(const uint8_t *text, size_t length) {
  if (length < 4) return text[0] | uint64_t(text[length / 2]) << 8 | uint64_t(text[length - 1]) << 16;
  uint32_t first, last;
  std::memcpy(&first, text, 4);
  std::memcpy(&last, text + length - 4, 4);
  return first | uint64_t(last) << 32;
}

inline __m128i vector(const uint8_t *text) { return _mm_loadu_si128(reinterpret_cast<const __m128i *>(text)); }

inline bool holds_special(const uint8_t *text, size_t length) {
  if (length < 8) return is_special(_mm_cvtsi64_si128(int64_t(short_word(text, length))));
  if (length < 16) {
    return is_special(_mm_set_epi64x(int64_t(texts::load(text)), int64_t(texts::load(text + length - 8))));
  }
  for (size_t i = 0; i + 16 < length; i += 16) {
    if (is_special(vector(text + i))) return true;
  }
  return is_special(vector(text + length - 16));
}

// The words that are quoted although they are plain.
struct QuotedWords {
  const ck_csv_style &style;
  // Which lengths they have, those of 63 and more as one.
  uint64_t lengths = 0;

  explicit QuotedWords(const ck_csv_style &style) : style(style) {
    int32_t begin = 0;
    for (size_t word = 0; word < style.quoted_count; word++) {
      lengths |= length_bit(size_t(style.quoted_ends[word] - begin));
      begin = style.quoted_ends[word];
    }
  }

  static uint64_t length_bit(size_t length) { return uint64_t(1) << std::min<size_t>(length, 63); }

  bool contain(const uint8_t *text, size_t length) const {
    if ((lengths & length_bit(length)) == 0) return false;
    size_t begin = 0;
    for (size_t word = 0; word < style.quoted_count; word++) {
      size_t end = size_t(style.quoted_ends[word]);
      if (end - begin == length && std::memcmp(style.quoted + begin, text, length) == 0) return true;
      begin = end;
    }
    return false;
  }
};

// A copy without a call, as most fields are short.
inline uint8_t *copy(const uint8_t *text, size_t length, uint8_t *out) {
  if (length >= 32) {
    std::memcpy(out, text, length);
  } else if (length >= 8) {
    for (size_t i = 0; i + 8 < length; i += 8) std::memcpy(out + i, text + i, 8);
    std::memcpy(out + length - 8, text + length - 8, 8);
  } else if (length >= 4) {
    std::memcpy(out, text, 4);
    std::memcpy(out + length - 4, text + length - 4, 4);
  } else {
    for (size_t i = 0; i < length; i++) out[i] = text[i];
  }
  return out + length;
}

uint8_t *copy_quoted(const uint8_t *text, size_t length, uint8_t *out) {
  *out++ = '"';
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '"') *out++ = '"';
    *out++ = text[i];
  }
  *out++ = '"';
  return out;
}

}  // namespace

extern "C" {

void ck_measure_csv_fields(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, const int32_t *places,
                           size_t count, const ck_csv_style *style, uint8_t *quoted, int64_t *sizes) {
  const QuotedWords words(*style);
  for (size_t i = 0; i < count; i++) {
    int32_t place = places[i];
    quoted[i] = 0;
    if (place < 0 || ends[place] < 0) {
      sizes[i] += int64_t(style->null_size) + 1;
      continue;
    }
    const uint8_t *text = bytes + starts[place];
    size_t length = size_t(ends[place] - starts[place]);
    sizes[i] += int64_t(length) + 1;
    if (length > 0 && !holds_special(text, length) && !words.contain(text, length)) continue;
    quoted[i] = 1;
    sizes[i] += 2 + std::count(text, text + length, '"');
  }
}

void ck_write_csv_fields(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, const int32_t *places,
                         const uint8_t *quoted, size_t count, const ck_csv_style *style, uint8_t separator,
                         uint8_t *out, int64_t *cursors) {
  for (size_t i = 0; i < count; i++) {
    uint8_t *at = out + cursors[i];
    int32_t place = places[i];
    if (place < 0 || ends[place] < 0) {
      at = copy(style->null, style->null_size, at);
    } else {
      const uint8_t *text = bytes + starts[place];
      size_t length = size_t(ends[place] - starts[place]);
      at = quoted[i] ? copy_quoted(text, length, at) : copy(text, length, at);
    }
    *at++ = separator;
    cursors[i] = at - out;
  }
}

}  // extern "C"
