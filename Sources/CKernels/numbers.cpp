#include "ckernels.h"
#include "levels.hpp"
#include "words.hpp"

#include <fast_float/fast_float.h>
#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace {

constexpr uint64_t powers[] = {1, 10, 100, 1000, 10000};
constexpr double exact_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9, 1e10,
                                   1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};

// Whether a number may begin like this: most texts that are none do not.
inline bool may_begin_number(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || (c | 0x20) == 'n' || (c | 0x20) == 'i';
}

// What a fast look at a text says; `unsure` leaves it to fast_float.
enum class Look { number, none, unsure };

// A number of at most 19 digits: all digits as an integer, and how many of them follow the point.
struct Decimal {
  uint64_t digits;
  int32_t fraction;

  // The nearest double. Integers and powers of ten that are doubles exactly divide with one rounding (Clinger, "How to
  // read floating point numbers accurately"); the others are rounded by fast_float (Lemire 2021).
  __attribute__((always_inline)) Look value(double &value) const {
    if (fraction == 0 || digits <= uint64_t(1) << 53) {
      value = static_cast<double>(digits) / exact_powers[fraction];
      return Look::number;
    }
    auto rounded = fast_float::compute_float<fast_float::binary_format<double>>(-fraction, digits);
    if (rounded.power2 < 0) return Look::unsure;
    uint64_t bits = rounded.mantissa | uint64_t(rounded.power2) << 52;
    std::memcpy(&value, &bits, sizeof value);
    return Look::number;
  }
};

// Whether what stands where a digit or the point was awaited may still be part of a number.
inline Look look_at(char c) { return c == '.' || (c | 0x20) == 'e' ? Look::unsure : Look::none; }

// Digits with at most one point, 1 to 20 bytes, one by one.
struct Scalar {
  static Look parse(const char *first, const char *last, const char *, Decimal &decimal) {
    const char *point = nullptr;
    uint64_t digits = 0;
    for (const char *p = first; p < last; p++) {
      unsigned digit = static_cast<unsigned char>(*p) - '0';
      if (digit < 10) {
        digits = digits * 10 + digit;
      } else if (*p == '.' && !point) {
        point = p;
      } else {
        return look_at(*p);
      }
    }
    if (last - first - (point ? 1 : 0) < 1 || (!point && last - first > 19)) return Look::unsure;
    decimal = {digits, point ? static_cast<int32_t>(last - point - 1) : 0};
    return Look::number;
  }
};

// The same, 16 bytes at once: the digits are moved to the end of a vector, without the point, and then added up in
// pairs, pairs of pairs and so on.
struct SSE4 {
  CK_SSE4 static Look parse(const char *first, const char *last, const char *end, Decimal &decimal) {
    const int length = static_cast<int>(last - first), head = std::min(length, 16);
    __m128i text;
    if (__builtin_expect(end - first >= 16, 1)) {
      text = _mm_loadu_si128(reinterpret_cast<const __m128i *>(first));
    } else {
      char copy[16] = {0};
      std::memcpy(copy, first, size_t(head));
      text = _mm_loadu_si128(reinterpret_cast<const __m128i *>(copy));
    }
    __m128i values = _mm_sub_epi8(text, _mm_set1_epi8('0'));
    __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values);
    unsigned others = ~static_cast<unsigned>(_mm_movemask_epi8(is_digit)) & ((1u << head) - 1);
    int point = head;
    if (others) {
      point = __builtin_ctz(others);
      if (first[point] != '.') return look_at(first[point]);
      unsigned more = others & (others - 1);
      if (more) return look_at(first[__builtin_ctz(more)]) == Look::none ? Look::none : Look::unsure;
    }
    int count = head - (others ? 1 : 0);
    if (count == 0) return Look::unsure;
    __m128i place = _mm_add_epi8(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                                 _mm_set1_epi8(static_cast<char>(count - 16)));
    __m128i behind = _mm_cmpgt_epi8(place, _mm_set1_epi8(static_cast<char>(point - 1)));
    // A place below zero gives zero.
    __m128i digits = _mm_shuffle_epi8(values, _mm_sub_epi8(place, behind));
    __m128i pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(0x010A));
    __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00010064));
    __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(0x00012710));
    uint64_t halves = static_cast<uint64_t>(_mm_cvtsi128_si64(eights));
    uint64_t number = (halves & 0xFFFFFFFF) * 100000000 + (halves >> 32);
    if (length > 16) {
      uint32_t tail = 0;
      const unsigned bits = 8 * unsigned(20 - length);
      std::memcpy(&tail, last - 4, 4);
      // The last bytes, with zeros in front of them.
      tail = (tail >> bits << bits | (0x30303030u & ~(~0u << bits))) ^ 0x30303030;
      if ((tail | (tail + 0x76767676)) & 0x80808080) return Look::unsure;
      number = number * powers[length - 16] + (tail & 15) * 1000 + (tail >> 8 & 15) * 100 + (tail >> 16 & 15) * 10 +
               (tail >> 24);
    }
    if (!others && length > 19) return Look::unsure;
    decimal = {number, others ? length - point - 1 : 0};
    return Look::number;
  }
};

template <typename Kernel>
__attribute__((always_inline)) inline uint8_t parse(const char *first, const char *last, const char *end,
                                                    double &value) {
  if (first == last || !may_begin_number(*first)) return CK_MALFORMED;
  bool negative = *first == '-';
  ptrdiff_t length = last - first - negative;
  if (length > 0 && length <= 20) {
    Decimal decimal;
    Look look = first[negative] <= '9' ? Kernel::parse(first + negative, last, end, decimal) : Look::unsure;
    if (look == Look::number) look = decimal.value(value);
    if (look == Look::number) {
      // Whether a number is negative is hard to guess.
      uint64_t bits;
      std::memcpy(&bits, &value, sizeof bits);
      bits ^= uint64_t(negative) << 63;
      std::memcpy(&value, &bits, sizeof bits);
      return CK_VALID;
    }
    // A plus sign ends the fast look too.
    if (look == Look::none && *first != '+') return CK_MALFORMED;
  }
  // from_chars knows no plus sign; integers have it, and every integer is a number.
  if (last - first > 1 && *first == '+' && first[1] != '-') first++;
  auto result = fast_float::from_chars(first, last, value);
  bool is_number = result.ec == std::errc() && result.ptr == last && first != last;
  // A number too large for a double reads as infinity there; for a gate it is a value that cannot be read.
  bool overflowed = std::isinf(value) && std::any_of(first, last, [](char c) { return c >= '0' && c <= '9'; });
  if (is_number && !overflowed) return CK_VALID;
  value = 0;
  return CK_MALFORMED;
}

template <typename Kernel>
__attribute__((always_inline)) inline void parse_each(const char *text, size_t size, const int32_t *starts,
                                                      const int32_t *ends, size_t count, double *values,
                                                      uint8_t *states) {
  for (size_t i = 0; i < count; i++) {
    texts::prefetch(reinterpret_cast<const uint8_t *>(text), starts, i, count);
    values[i] = 0;
    const char *first = text + starts[i], *last = text + ends[i];
    states[i] = ends[i] < 0 ? uint8_t(CK_NULL) : parse<Kernel>(first, last, text + size, values[i]);
  }
}

CK_SSE4 void parse_each_sse4(const char *text, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                             double *values, uint8_t *states) {
  parse_each<SSE4>(text, size, starts, ends, count, values, states);
}

// Numbers of at most 19 digits with at most one point, eight at once. Only the places of their digits are looked at one
// by one.
class EightNumbers {
  static constexpr size_t capacity = 128, width = 32;
  // The digits of each, one in a byte, at the end of its bytes, and zeros before them.
  alignas(64) uint8_t digits[capacity][width] = {};
  // What each is to be divided by: a power of ten with the sign of the number.
  alignas(64) double powers[capacity] = {};

 public:
  static bool possible() { return levels::best() >= CK_LEVEL_AVX512; }

  CK_AVX512 void parse(const char *text, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                       double *values, uint8_t *states) {
    // Where no text was a number the next ones are none either, as a rule.
    bool expected = true;
    for (size_t from = 0; from < count; from += capacity) {
      size_t part = std::min(count - from, capacity);
      if (expected) {
        expected = parse_part(text, size, starts + from, ends + from, part, count - from, values + from, states + from);
      } else {
        parse_each_sse4(text, size, starts + from, ends + from, part, values + from, states + from);
        expected = std::memchr(states + from, CK_VALID, part);
      }
    }
  }

 private:
  // Returns whether any of at most `capacity` texts, of those that are left, is such a number.
  CK_AVX512 bool parse_part(const char *text, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                            size_t left, double *values, uint8_t *states) {
    // Those that are left to the other kernel.
    uint8_t others[2 * capacity];
    size_t other_count = 0;
    for (size_t i = 0; i < count; i++) {
      texts::prefetch(reinterpret_cast<const uint8_t *>(text), starts, i, left);
      others[other_count] = uint8_t(i);
      other_count += !gather(text, starts[i], ends[i], i);
    }
    bool found = other_count < count;
    for (size_t i = 0; found && i < count; i += 8) {
      for (unsigned unsure = divide(i, std::min<size_t>(count - i, 8), values + i); unsure; unsure &= unsure - 1) {
        others[other_count++] = uint8_t(i + size_t(__builtin_ctz(unsure)));
      }
    }
    std::memset(states, CK_VALID, count);
    for (size_t k = 0; k < other_count; k++) {
      size_t i = others[k];
      parse_each_sse4(text, size, starts + i, ends + i, 1, values + i, states + i);
    }
    return found;
  }

  // Notes the digits of a text; false when it is no such number.
  CK_AVX512 inline bool gather(const char *text, int32_t start, int32_t end, size_t i) {
    // Of a null only the end means something.
    if (end < 0 || end <= start) return false;
    const char *last = text + end;
    const bool negative = text[start] == '-';
    const uint32_t length = uint32_t(end - start) - negative;
    if (length - 1 >= 20) return false;
    // Nothing but the text is read.
    const __mmask32 all = ~0u << (width - length);
    __m256i bytes = _mm256_maskz_loadu_epi8(all, last - width);
    __m256i values = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    const __mmask32 is_digit = _mm256_mask_cmplt_epu8_mask(all, values, _mm256_set1_epi8(10));
    const __mmask32 point = _mm256_cmpeq_epi8_mask(bytes, _mm256_set1_epi8('.'));
    if ((is_digit | point) != all || (point & (point - 1)) != 0 || length - (point != 0) - 1 >= 19) return false;
    // The digits before the point move up to those behind it.
    const uint32_t fraction = _lzcnt_u32(point) & (width - 1);
    const __mmask32 kept = all << (point != 0), before = point | (point - (point != 0));
    bytes = _mm256_mask_loadu_epi8(bytes, before & kept, last - width - 1);
    bytes = _mm256_maskz_sub_epi8(kept, bytes, _mm256_set1_epi8('0'));
    _mm256_store_si256(reinterpret_cast<__m256i *>(digits[i]), bytes);
    powers[i] = negative ? -exact_powers[fraction] : exact_powers[fraction];
    return true;
  }

  // Writes the numbers from a place on; returns those that may not be the nearest doubles.
  CK_AVX512 inline unsigned divide(size_t from, size_t count, double *values) {
    const auto *pairs = reinterpret_cast<const __m512i *>(digits[from]);
    const __m512i first = sixteens(pairs[0], pairs[1]), second = sixteens(pairs[2], pairs[3]);
    const __m512i upper = _mm512_permutex2var_epi64(first, _mm512_setr_epi64(0, 4, 1, 5, 8, 12, 9, 13), second);
    const __m512i lower = _mm512_permutex2var_epi64(first, _mm512_setr_epi64(2, 6, 3, 7, 10, 14, 11, 15), second);
    const __m512i whole =
        _mm512_add_epi64(lower, _mm512_mullo_epi64(upper, _mm512_set1_epi64(10000000000000000)));
    const __m512d power = _mm512_load_pd(powers + from), number = _mm512_cvtepu64_pd(whole);
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

  // The upper and the lower 16 digits of four numbers: digits are added up in pairs, pairs of pairs and so on.
  CK_AVX512 static inline __m512i sixteens(__m512i one, __m512i two) {
    const __m512i tens = _mm512_set1_epi16(0x010A), hundreds = _mm512_set1_epi32(0x00010064);
    const __m512i fours = _mm512_packus_epi32(_mm512_madd_epi16(_mm512_maddubs_epi16(one, tens), hundreds),
                                              _mm512_madd_epi16(_mm512_maddubs_epi16(two, tens), hundreds));
    const __m512i eights = _mm512_madd_epi16(fours, _mm512_set1_epi32(0x00012710));
    return _mm512_add_epi64(_mm512_mul_epu32(eights, _mm512_set1_epi64(100000000)), _mm512_srli_epi64(eights, 32));
  }
};

}  // namespace

void ck_parse_doubles(const uint8_t *base, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                      double *values, uint8_t *states) {
  auto *text = reinterpret_cast<const char *>(base);
  if (EightNumbers::possible()) {
    EightNumbers().parse(text, size, starts, ends, count, values, states);
  } else {
    auto parse = levels::best() >= CK_LEVEL_SSE4 ? parse_each_sse4 : parse_each<Scalar>;
    parse(text, size, starts, ends, count, values, states);
  }
}
