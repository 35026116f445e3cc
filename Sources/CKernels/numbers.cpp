#include "ckernels.h"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cmath>

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
