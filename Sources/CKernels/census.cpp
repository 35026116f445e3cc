#include "census.h"

#include "ckernels.h"
#include "levels.hpp"
#include "words.hpp"

#include <cmath>
#include <cstring>

namespace {

using texts::load;

constexpr uint64_t high_bits = 0x8080808080808080;

// Whether a byte of the word, xored with '0', was no digit: it differs from 0 by more than nine, and then what is added
// sets its highest bit.
inline bool has_others(uint64_t digits) { return ((digits | (digits + 0x7676767676767676)) & high_bits) != 0; }

// The form that nearly all timestamps have. A byte differs from that of a form of zeros by a digit, or by nothing;
// adding what is missing to 128 sets its highest bit when it differs by more.
inline bool is_timestamp(const uint8_t *text, size_t length) {
  if (length != 19 && (length != 20 || (text[19] | 0x20) != 'z')) return false;
  uint64_t date = load(text) ^ 0x2D30302D30303030;
  uint64_t time = load(text + 8) ^ 0x30303A3030543030;
  uint64_t rest = load(text + 11) ^ 0x30303A30303A3030;
  if ((time >> 16 & 0xFF) == ('T' ^ ' ')) time &= ~uint64_t(0xFF0000);
  uint64_t wrong = date | (date + 0x7F76767F76767676) | time | (time + 0x767A7F767D7F767C) | rest |
                   (rest + 0x767A7F767A7F767D);
  if (wrong & high_bits) return false;
  uint64_t month = (date >> 40 & 15) * 10 + (date >> 48 & 15), day = (time & 15) * 10 + (time >> 8 & 15);
  uint64_t hour = (time >> 24 & 15) * 10 + (time >> 32 & 15);
  return month - 1 < 12 && day - 1 < 28 && hour < 24;
}

// Adding and taking off this number leaves no room for a fraction.
constexpr double rounder = 0x1p52 * 1.5;

inline bool has_fraction(double number) {
  return std::fabs(number) < 0x1p51 && number + rounder - rounder != number;
}

// Of texts that are no numbers, booleans have four or five bytes, dates ten, timestamps 16 and more, and times of day
// five or at least eight, the third of which is a colon.
inline bool may_be_other_type(size_t length, const uint8_t *text) {
  return length == 4 || length == 5 || ((length == 10 || length >= 16) && *text >= '0' && *text <= '9') ||
         (length >= 8 && text[2] == ':');
}

typedef double Eight __attribute__((vector_size(64)));

// Whether eight texts are numbers with fractions, all of them.
__attribute__((always_inline)) inline bool are_fractions(const double *values, const uint8_t *states) {
  constexpr uint64_t valid = 0x0101010101010101 * uint64_t(CK_VALID);
  if (load(states) != valid) return false;
  Eight number;
  std::memcpy(&number, values, sizeof number);
  const Eight rounded = number + rounder - rounder;
  const auto are = (number < 0x1p51) & (number > -0x1p51) & (rounded != number);
  return __builtin_reduce_and(are) != 0;
}

bool are_fractions_base(const double *values, const uint8_t *states) { return are_fractions(values, states); }
CK_AVX2 bool are_fractions_avx2(const double *values, const uint8_t *states) { return are_fractions(values, states); }
CK_AVX512 bool are_fractions_avx512(const double *values, const uint8_t *states) {
  return are_fractions(values, states);
}

}  // namespace

size_t ck_count_kinds(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends,
                      const double *values, const uint8_t *states, size_t count, ck_text_kinds *kinds,
                      int32_t *others) {
  ck_text_kinds found = {0, 0, 0, 0};
  size_t other_count = 0;
  const auto are_all_fractions = levels::choose(are_fractions_base, are_fractions_avx2, are_fractions_avx512);
  for (size_t i = 0; i < count; i++) {
    // Where most are fractions no text needs to be looked at.
    while (i + 8 < count && are_all_fractions(values + i, states + i)) {
      found.fractions += 8;
      i += 8;
    }
    texts::prefetch(bytes, starts, i, count);
    if (ends[i] < 0) continue;
    const size_t begin = size_t(starts[i]), length = size_t(ends[i] - starts[i]);
    const uint8_t *text = bytes + begin;
    if (states[i] == CK_VALID && has_fraction(values[i])) {
      found.fractions++;
    } else if (states[i] == CK_VALID) {
      const bool is_plain = length - 2 <= 6 && begin + 8 <= size &&
                            !has_others((load(text) ^ 0x3030303030303030) << (64 - 8 * length));
      found.integers += is_plain;
      others[other_count] = int32_t(i);
      other_count += !is_plain;
    } else if (length == 0 || !may_be_other_type(length, text)) {
      found.words++;
    } else {
      const bool is_plain = is_timestamp(text, length);
      found.timestamps += is_plain;
      others[other_count] = int32_t(i);
      other_count += !is_plain;
    }
  }
  *kinds = found;
  return other_count;
}
