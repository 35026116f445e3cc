// As which types texts read, as far as a short look tells.
#ifndef CKERNELS_CENSUS_H
#define CKERNELS_CENSUS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  int64_t fractions;   // numbers that are not whole
  int64_t integers;    // two to eight digits
  int64_t timestamps;  // YYYY-MM-DDTHH:MM:SS with Z or nothing after it, on a day that every month has
  int64_t words;       // neither a number nor a boolean, date or timestamp
} ck_text_kinds;

// Counts the texts of which that much is plain, nulls left out, and writes the places of all others; returns how many
// these are. `values` and `states` are what the texts are as numbers. O(count).
size_t ck_count_kinds(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends,
                      const double *values, const uint8_t *states, size_t count, ck_text_kinds *kinds, int32_t *others);

#ifdef __cplusplus
}
#endif

#endif
