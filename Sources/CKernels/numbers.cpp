#include "ckernels.h"

#include <fast_float/fast_float.h>

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
    auto result = fast_float::from_chars(first, last, values[i]);
    // A number too large for a double reads as infinity there; for a gate it is a value that cannot be read.
    bool overflowed = result.ec != std::errc();
    states[i] = (!overflowed && result.ptr == last && first != last) ? CK_VALID : CK_MALFORMED;
    if (states[i] == CK_MALFORMED) values[i] = 0;
  }
}
