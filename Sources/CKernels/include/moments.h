// The sums that moments are made of, in eight lanes: a value's lane is its place modulo eight. Every operation is that of
// IEEE 754, none is fused, so that all machines give the same bits.
#ifndef CKERNELS_MOMENTS_H
#define CKERNELS_MOMENTS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CK_MOMENT_LANES = 8 };

typedef struct {
  // The sums, and what their roundings have lost (Knuth's TwoSum).
  double sums[CK_MOMENT_LANES], rests[CK_MOMENT_LANES];
  double least, greatest;
  int64_t zeros, negatives;
} ck_sums;

typedef struct {
  // Of the deviations from the center: squares, cubes and fourth powers.
  double second[CK_MOMENT_LANES], third[CK_MOMENT_LANES], fourth[CK_MOMENT_LANES];
} ck_powers;

// Of finite values, at least one. O(count).
void ck_sum_doubles(const double *values, size_t count, ck_sums *sums);
void ck_sum_powers(const double *values, size_t count, double center, ck_powers *powers);

#ifdef __cplusplus
}
#endif

#endif
