// Sorting of doubles in vectors. NaN is not among them.
#ifndef CKERNELS_SORTING_H
#define CKERNELS_SORTING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A block is CK_SORT_LANES groups of CK_SORT_ROWS values; value i belongs to group i % CK_SORT_LANES.
enum { CK_SORT_LANES = 8, CK_SORT_ROWS = 64, CK_SORT_BLOCK = CK_SORT_LANES * CK_SORT_ROWS };

// Sorts in place. O(count log² count), and linear up to a block.
void ck_sort_doubles(double *values, size_t count);

// Merges two sorted runs; of equal values those of the first come first. O(count).
void ck_merge_doubles(const double *first, size_t first_count, const double *second, size_t second_count,
                      double *merged);

// Writes of each sorted group of the block `values` every stride-th value, from the place on that the lowest bits of
// the group's own byte of `draws` say: CK_SORT_BLOCK / stride values. The stride is a power of two up to CK_SORT_ROWS.
void ck_thin_doubles(const double *values, size_t stride, uint64_t draws, double *kept);

#ifdef __cplusplus
}
#endif

#endif
