#include "ckernels.h"
#include "levels.hpp"
#include "manynumbers.hpp"
#include "words.hpp"

#include <fast_float/fast_float.h>
#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace {

using numbers::EightNumbers;
using numbers::FourNumbers;
using numbers::ManyNumbers;
using numbers::exact_powers;

constexpr uint64_t powers[] = {1, 10, 100, 1000, 10000};

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

CK_AVX2 void parse_fours(const char *text, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                         double *values, uint8_t *states) {
  ManyNumbers<FourNumbers>().parse(text, size, starts, ends, count, values, states, parse_each_sse4);
}

CK_AVX512 void parse_eights(const char *text, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                            double *values, uint8_t *states) {
  ManyNumbers<EightNumbers>().parse(text, size, starts, ends, count, values, states, parse_each_sse4);
}

}  // namespace

void ck_parse_doubles(const uint8_t *base, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                      double *values, uint8_t *states) {
  auto *text = reinterpret_cast<const char *>(base);
  auto few = levels::best() >= CK_LEVEL_SSE4 ? parse_each_sse4 : parse_each<Scalar>;
  levels::choose(few, parse_fours, parse_eights)(text, size, starts, ends, count, values, states);
}
