// Between which values the present ones of a batch lie. `states` are CK_NULL, CK_VALID or CK_MALFORMED.
#ifndef CKERNELS_RANGES_H
#define CKERNELS_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Writes the least and the greatest valid value; false when there is none, or one that is malformed or NaN. O(count).
bool ck_range_of_doubles(const double *values, const uint8_t *states, size_t count, double *low, double *high);
bool ck_range_of_integers(const int64_t *values, const uint8_t *states, size_t count, int64_t *low, int64_t *high);

#ifdef __cplusplus
}
#endif

#endif
