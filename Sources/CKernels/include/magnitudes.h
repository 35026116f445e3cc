// Counting doubles by their magnitude.
#ifndef CKERNELS_MAGNITUDES_H
#define CKERNELS_MAGNITUDES_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// The bucket of a double is its exponent with the upper three bits of its mantissa. Adds the positive ones to
// above[bucket - above_first] and the negative ones to below[…], where each must have a place, and returns how many
// are zero. O(count).
size_t ck_count_magnitudes(const double *values, size_t count, size_t above_first, size_t above_count, size_t *above,
                           size_t below_first, size_t below_count, size_t *below);

#ifdef __cplusplus
}
#endif

#endif
