// Numbers of at most 19 digits with at most one point, several at once.
#ifndef CKERNELS_MANY_NUMBERS_HPP
#define CKERNELS_MANY_NUMBERS_HPP

#include "ckernels.h"
#include "levels.hpp"
#include "words.hpp"

#include <immintrin.h>

#include <algorithm>
#include <cstring>

namespace numbers {

constexpr double exact_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9, 1e10,
                                   1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};

// The digits of each number, one in a byte, at the end of so many bytes, and zeros before them.
constexpr size_t width = 32;
typedef uint8_t Digits[width];

// What is known of such a text before its bytes are looked at.
struct Shape {
  bool is_negative;
  // How many bytes there are behind the sign.
  uint32_t length;

  __attribute__((always_inline)) Shape(const char *text, int32_t start, int32_t end)
      : is_negative(text[start] == '-'), length(uint32_t(end - start) - is_negative) {}

  // The bytes that are the text, of the last `width`.
  uint32_t bytes() const { return ~0u << (width - length); }

  // Whether these digits and points are all of it, and no more than a double may be made of.
  bool fits(uint32_t digits, uint32_t points) const {
    return (digits | points) == bytes() && (points & (points - 1)) == 0 && length - (points != 0) - 1 < 19;
  }

  // What the digits are to be divided by: a power of ten with the sign of the number.
  double power(uint32_t fraction) const { return is_negative ? -exact_powers[fraction] : exact_powers[fraction]; }
};

struct EightNumbers {
  static constexpr size_t lanes = 8;

  // Notes the digits of a text; false when it is no such number.
  CK_AVX512 static inline bool gather(const char *text, int32_t start, int32_t end, Digits &digits, double &power) {
    // Of a null only the end means something.
    if (end < 0 || end <= start) return false;
    const char *last = text + end;
    const Shape shape(text, start, end);
    if (shape.length - 1 >= 20) return false;
    // Nothing but the text is read.
    const __mmask32 all = shape.bytes();
    __m256i bytes = _mm256_maskz_loadu_epi8(all, last - width);
    const __m256i values = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    const __mmask32 is_digit = _mm256_mask_cmplt_epu8_mask(all, values, _mm256_set1_epi8(10));
    const __mmask32 point = _mm256_cmpeq_epi8_mask(bytes, _mm256_set1_epi8('.'));
    if (!shape.fits(is_digit, point)) return false;
    // The digits before the point move up to those behind it.
    const __mmask32 kept = all << (point != 0), before = point | (point - (point != 0));
    bytes = _mm256_mask_loadu_epi8(bytes, before & kept, last - width - 1);
    bytes = _mm256_maskz_sub_epi8(kept, bytes, _mm256_set1_epi8('0'));
    _mm256_store_si256(reinterpret_cast<__m256i *>(digits), bytes);
    power = shape.power(_lzcnt_u32(point) & (width - 1));
    return true;
  }

  // Writes so many numbers; returns those that may not be the nearest doubles.
  CK_AVX512 static inline unsigned divide(const Digits *digits, const double *powers, size_t count, double *values) {
    const auto *pairs = reinterpret_cast<const __m512i *>(digits);
    const __m512i first = sixteens(pairs[0], pairs[1]), second = sixteens(pairs[2], pairs[3]);
    const __m512i upper = _mm512_permutex2var_epi64(first, _mm512_setr_epi64(0, 4, 1, 5, 8, 12, 9, 13), second);
    const __m512i lower = _mm512_permutex2var_epi64(first, _mm512_setr_epi64(2, 6, 3, 7, 10, 14, 11, 15), second);
    const __m512i whole =
        _mm512_add_epi64(lower, _mm512_mullo_epi64(upper, _mm512_set1_epi64(10000000000000000)));
    const __m512d power = _mm512_load_pd(powers), number = _mm512_cvtepu64_pd(whole);
    __m512d value = _mm512_div_pd(number, power);
    const __mmask8 lanes = __mmask8((1u << count) - 1);
    // One rounding is the right one (Clinger, "How to read floating point numbers accurately").
    const __mmask8 inexact = _mm512_mask_cmpgt_epu64_mask(lanes, whole, _mm512_set1_epi64(int64_t(1) << 53));
    __mmask8 unsure = 0;
    if (inexact) {
      // What the rounding of the number and the division left over is divided too. The sum of both quotients is the
      // nearest double, unless it is nearly as far from the next.
      const __m512d lost = _mm512_cvtepi64_pd(_mm512_sub_epi64(whole, _mm512_cvtpd_epu64(number)));
      const __m512d rest = _mm512_div_pd(_mm512_add_pd(_mm512_fnmadd_pd(value, power, number), lost), power);
      const __m512d sum = _mm512_add_pd(value, rest);
      const __m512d error = _mm512_abs_pd(_mm512_add_pd(_mm512_sub_pd(value, sum), rest));
      const __m512i exponent = _mm512_and_epi64(_mm512_castpd_si512(sum), _mm512_set1_epi64(0x7FF0000000000000));
      const __m512d half = _mm512_castsi512_pd(_mm512_sub_epi64(exponent, _mm512_set1_epi64(int64_t(53) << 52)));
      const __m512d distance = _mm512_sub_pd(half, error);
      unsure = _mm512_mask_cmp_pd_mask(inexact, distance, _mm512_mul_pd(half, _mm512_set1_pd(0x1p-30)), _CMP_LE_OQ);
      // Below a power of two the next double is nearer.
      unsure |= _mm512_mask_testn_epi64_mask(inexact, _mm512_castpd_si512(sum), _mm512_set1_epi64(0xFFFFFFFFFFFFF));
      value = _mm512_mask_mov_pd(value, inexact, sum);
    }
    _mm512_mask_storeu_pd(values, lanes, value);
    return unsure;
  }

 private:
  // The upper and the lower 16 digits of four numbers: digits are added up in pairs, pairs of pairs and so on.
  CK_AVX512 static inline __m512i sixteens(__m512i one, __m512i two) {
    const __m512i tens = _mm512_set1_epi16(0x010A), hundreds = _mm512_set1_epi32(0x00010064);
    const __m512i fours = _mm512_packus_epi32(_mm512_madd_epi16(_mm512_maddubs_epi16(one, tens), hundreds),
                                              _mm512_madd_epi16(_mm512_maddubs_epi16(two, tens), hundreds));
    const __m512i eights = _mm512_madd_epi16(fours, _mm512_set1_epi32(0x00012710));
    return _mm512_add_epi64(_mm512_mul_epu32(eights, _mm512_set1_epi64(100000000)), _mm512_srli_epi64(eights, 32));
  }
};

// The same with what AVX2 has: no masks, no products of whole words, no integers of 64 bits as doubles.
struct FourNumbers {
  static constexpr size_t lanes = 4;

  CK_AVX2 static inline bool gather(const char *text, int32_t start, int32_t end, Digits &digits, double &power) {
    // The bytes before the text are read too, so there have to be some.
    if (end <= int32_t(width) || end <= start) return false;
    const char *last = text + end;
    const Shape shape(text, start, end);
    if (shape.length - 1 >= 20) return false;
    const uint32_t all = shape.bytes();
    const __m256i zero = _mm256_set1_epi8('0');
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(last - width));
    const __m256i values = _mm256_sub_epi8(bytes, zero);
    const __m256i are_digits = _mm256_cmpeq_epi8(_mm256_min_epu8(values, _mm256_set1_epi8(9)), values);
    const uint32_t is_digit = uint32_t(_mm256_movemask_epi8(are_digits)) & all;
    const uint32_t point = uint32_t(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('.')))) & all;
    if (!shape.fits(is_digit, point)) return false;
    // The digits before the point move up to those behind it.
    const uint32_t fraction = _lzcnt_u32(point) & (width - 1), unused = width - shape.length + (point != 0);
    const __m256i place = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                           22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
    const __m256i before = _mm256_cmpgt_epi8(_mm256_set1_epi8(point ? char(width - fraction) : 0), place);
    const __m256i kept = _mm256_cmpgt_epi8(place, _mm256_set1_epi8(char(unused - 1)));
    const __m256i moved = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(last - width - 1));
    const __m256i merged = _mm256_blendv_epi8(bytes, moved, before);
    _mm256_store_si256(reinterpret_cast<__m256i *>(digits), _mm256_and_si256(_mm256_sub_epi8(merged, zero), kept));
    power = shape.power(fraction);
    return true;
  }

  CK_AVX2 static inline unsigned divide(const Digits *digits, const double *powers, size_t count, double *values) {
    const auto *rows = reinterpret_cast<const __m256i *>(digits);
    const __m256i first = sixteens(rows[0], rows[1]), second = sixteens(rows[2], rows[3]);
    const __m256i upper = _mm256_permute2x128_si256(first, second, 0x20);
    const __m256i lower = _mm256_permute2x128_si256(first, second, 0x31);
    // 10^16 in two halves.
    const __m256i low_part = _mm256_mul_epu32(upper, _mm256_set1_epi64x(10000000000000000 & 0xFFFFFFFF));
    const __m256i high_part = _mm256_mul_epu32(upper, _mm256_set1_epi64x(10000000000000000 >> 32));
    const __m256i whole =
        _mm256_add_epi64(lower, _mm256_add_epi64(low_part, _mm256_slli_epi64(high_part, 32)));
    // Each half of the bits, as the last bits of a double, is that double but for its first bit.
    const __m256d low = _mm256_sub_pd(
        _mm256_castsi256_pd(_mm256_blend_epi32(whole, _mm256_set1_epi64x(0x4330000000000000), 0xAA)),
        _mm256_set1_pd(0x1p52));
    const __m256d high = _mm256_sub_pd(
        _mm256_castsi256_pd(_mm256_or_si256(_mm256_srli_epi64(whole, 32), _mm256_set1_epi64x(0x4530000000000000))),
        _mm256_set1_pd(0x1p84));
    const __m256d power = _mm256_load_pd(powers), number = _mm256_add_pd(high, low);
    __m256d value = _mm256_div_pd(number, power);
    const __m256i is_inexact = _mm256_cmpgt_epi64(_mm256_srli_epi64(whole, 53), _mm256_setzero_si256());
    const unsigned lanes = (1u << count) - 1;
    const unsigned inexact = unsigned(_mm256_movemask_pd(_mm256_castsi256_pd(is_inexact))) & lanes;
    unsigned unsure = 0;
    if (inexact) {
      // As with eight. What is lost in the sum of the halves is found by Dekker's fast two-sum.
      const __m256d lost = _mm256_sub_pd(low, _mm256_sub_pd(number, high));
      const __m256d rest = _mm256_div_pd(_mm256_add_pd(_mm256_fnmadd_pd(value, power, number), lost), power);
      const __m256d sum = _mm256_add_pd(value, rest);
      const __m256d error =
          _mm256_andnot_pd(_mm256_set1_pd(-0.0), _mm256_add_pd(_mm256_sub_pd(value, sum), rest));
      const __m256i bits = _mm256_castpd_si256(sum);
      const __m256i exponent = _mm256_and_si256(bits, _mm256_set1_epi64x(0x7FF0000000000000));
      const __m256d half = _mm256_castsi256_pd(_mm256_sub_epi64(exponent, _mm256_set1_epi64x(int64_t(53) << 52)));
      const __m256d distance = _mm256_sub_pd(half, error);
      const __m256d is_unsure = _mm256_cmp_pd(distance, _mm256_mul_pd(half, _mm256_set1_pd(0x1p-30)), _CMP_LE_OQ);
      const __m256i mantissa = _mm256_and_si256(bits, _mm256_set1_epi64x(0xFFFFFFFFFFFFF));
      const __m256d is_power = _mm256_castsi256_pd(_mm256_cmpeq_epi64(mantissa, _mm256_setzero_si256()));
      unsure = unsigned(_mm256_movemask_pd(_mm256_or_pd(is_unsure, is_power))) & inexact;
      value = _mm256_blendv_pd(value, sum, _mm256_castsi256_pd(is_inexact));
    }
    if (count == FourNumbers::lanes) {
      _mm256_storeu_pd(values, value);
    } else {
      alignas(32) double few[FourNumbers::lanes];
      _mm256_store_pd(few, value);
      std::memcpy(values, few, count * sizeof few[0]);
    }
    return unsure;
  }

 private:
  // The upper 16 digits of two numbers, and then the lower ones.
  CK_AVX2 static inline __m256i sixteens(__m256i one, __m256i two) {
    const __m256i tens = _mm256_set1_epi16(0x010A), hundreds = _mm256_set1_epi32(0x00010064);
    const __m256i fours = _mm256_packus_epi32(_mm256_madd_epi16(_mm256_maddubs_epi16(one, tens), hundreds),
                                              _mm256_madd_epi16(_mm256_maddubs_epi16(two, tens), hundreds));
    const __m256i eights = _mm256_madd_epi16(fours, _mm256_set1_epi32(0x00012710));
    return _mm256_add_epi64(_mm256_mul_epu32(eights, _mm256_set1_epi64x(100000000)), _mm256_srli_epi64(eights, 32));
  }
};

// Parses a column by vectors. Only the places of the digits of each text are looked at one by one.
template <typename Vectors>
class ManyNumbers {
  static constexpr size_t capacity = 128;
  alignas(64) Digits digits[capacity] = {};
  alignas(64) double powers[capacity] = {};

 public:
  // `others` parses what is no such number.
  template <typename Others>
  __attribute__((always_inline)) inline void parse(const char *text, size_t size, const int32_t *starts,
                                                   const int32_t *ends, size_t count, double *values, uint8_t *states,
                                                   Others others) {
    // Where no text was a number the next ones are none either, as a rule.
    bool expected = true;
    for (size_t from = 0; from < count; from += capacity) {
      const size_t part = std::min(count - from, capacity);
      if (expected) {
        expected = parse_part(text, size, starts + from, ends + from, part, count - from, values + from,
                              states + from, others);
      } else {
        others(text, size, starts + from, ends + from, part, values + from, states + from);
        expected = std::memchr(states + from, CK_VALID, part);
      }
    }
  }

 private:
  // Returns whether any of at most `capacity` texts, of those that are left, is such a number.
  template <typename Others>
  __attribute__((always_inline)) inline bool parse_part(const char *text, size_t size, const int32_t *starts,
                                                        const int32_t *ends, size_t count, size_t left, double *values,
                                                        uint8_t *states, Others parse_others) {
    // Those that are left to the other kernel.
    uint8_t others[2 * capacity];
    size_t other_count = 0;
    for (size_t i = 0; i < count; i++) {
      texts::prefetch(reinterpret_cast<const uint8_t *>(text), starts, i, left);
      others[other_count] = uint8_t(i);
      other_count += !Vectors::gather(text, starts[i], ends[i], digits[i], powers[i]);
    }
    const bool found = other_count < count;
    for (size_t i = 0; found && i < count; i += Vectors::lanes) {
      const size_t part = std::min(count - i, Vectors::lanes);
      for (unsigned unsure = Vectors::divide(digits + i, powers + i, part, values + i); unsure; unsure &= unsure - 1) {
        others[other_count++] = uint8_t(i + size_t(__builtin_ctz(unsure)));
      }
    }
    std::memset(states, CK_VALID, count);
    for (size_t k = 0; k < other_count; k++) {
      const size_t i = others[k];
      parse_others(text, size, starts + i, ends + i, 1, values + i, states + i);
    }
    return found;
  }
};

}  // namespace numbers

#endif
