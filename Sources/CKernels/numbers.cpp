#include "ckernels.h"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cmath>

namespace {

constexpr double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

// Whether a number may begin like this: most texts that are none do not.
inline bool may_begin_number(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || (c | 0x20) == 'n' || (c | 0x20) == 'i';
}

// Up to 15 digits with at most one point: the digits and the power of ten are doubles exactly, so one division rounds
// once and correctly (Clinger, "How to read floating point numbers accurately"). False for every other text.
inline bool parse_short(const char *first, const char *last, double &value) {
  bool negative = first < last && *first == '-';
  first += negative;
  if (first == last || last - first > 16) return false;
  uint64_t digits = 0;
  const char *point = nullptr;
  for (const char *p = first; p < last; p++) {
    unsigned digit = static_cast<unsigned char>(*p) - '0';
    if (digit < 10) {
      digits = digits * 10 + digit;
    } else if (*p == '.' && !point) {
      point = p;
    } else {
      return false;
    }
  }
  ptrdiff_t count = last - first - (point ? 1 : 0);
  if (count < 1 || count > 15) return false;
  double number = static_cast<double>(digits);
  if (point) number /= powers[last - point - 1];
  value = negative ? -number : number;
  return true;
}

}  // namespace

void ck_parse_doubles(const uint8_t *base, const int32_t *starts, const int32_t *ends, size_t count, double *values,
                      uint8_t *states) {
  const char *text = reinterpret_cast<const char *>(base);
  for (size_t i = 0; i < count; i++) {
    values[i] = 0;
    if (ends[i] < 0) {
      states[i] = CK_NULL;
      continue;
    }
    const char *first = text + starts[i];
    const char *last = text + ends[i];
    if (first == last || !may_begin_number(*first)) {
      states[i] = CK_MALFORMED;
      continue;
    }
    if (parse_short(first, last, values[i])) {
      states[i] = CK_VALID;
      continue;
    }
    // from_chars knows no plus sign; integers have it, and every integer is a number.
    if (last - first > 1 && *first == '+' && first[1] != '-') first++;
    auto result = fast_float::from_chars(first, last, values[i]);
    bool isNumber = result.ec == std::errc() && result.ptr == last && first != last;
    // A number too large for a double reads as infinity there; for a gate it is a value that cannot be read.
    bool overflowed = std::isinf(values[i]) && std::any_of(first, last, [](char c) { return c >= '0' && c <= '9'; });
    states[i] = isNumber && !overflowed ? CK_VALID : CK_MALFORMED;
    if (states[i] == CK_MALFORMED) values[i] = 0;
  }
}
