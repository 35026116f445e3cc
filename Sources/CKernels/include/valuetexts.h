// Values as texts.
#ifndef CKERNELS_VALUETEXTS_H
#define CKERNELS_VALUETEXTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// As many bytes a value takes at most, in any of the functions below.
enum { CK_LONGEST_VALUE = 40 };

// Some values of a column: those of `rows`, in that order, or the first `count` when it is NULL.
typedef struct {
  const void *values;     // eight bytes each
  const uint8_t *states;  // those that are not CK_VALID have no text
  const int32_t *rows;
  size_t count;
} ck_values;

// Where the texts go, one after the other: text i is bytes[starts[i], ends[i]), and where there is none the end is -1.
// The bytes have room for CK_LONGEST_VALUE of each.
typedef struct {
  uint8_t *bytes;
  int32_t *starts;
  int32_t *ends;
} ck_value_texts;

// Each returns how many bytes it has written. O(values).

// 64-bit integers in decimal digits.
size_t ck_write_integers(const ck_values *values, const ck_value_texts *texts);

// Doubles as Swift describes them, by the fewest digits that tell them apart: 0.1, 5.0, 1e-05, nan. When `is_narrow`
// they were floats, and are described as such; else SIZE_MAX when one is beyond 2^52, or nearer to 0 than
// 1e-15 and not 0.
size_t ck_write_doubles(const ck_values *values, bool is_narrow, const ck_value_texts *texts);

// Days since 1970-01-01, as YYYY-MM-DD; SIZE_MAX when one is not in the years 0 to 9999.
size_t ck_write_dates(const ck_values *values, const ck_value_texts *texts);

// Moments in units of a second since 1970-01-01, as YYYY-MM-DDTHH:MM:SS[.fraction][Z]: `digits` is how many a fraction
// has, unless it is zero. SIZE_MAX when one is not in the years 0 to 9999.
size_t ck_write_timestamps(const ck_values *values, int64_t per_second, int digits, bool is_utc,
                           const ck_value_texts *texts);

#ifdef __cplusplus
}
#endif

#endif
