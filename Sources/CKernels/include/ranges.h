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

// The verdict on each value, whether it lies between two others or is one of them; what is no value has one by its
// state. O(count).
typedef struct ck_verdicts {
  uint8_t null, holds, violated, malformed;
} ck_verdicts;
void ck_judge_doubles(const double *values, const uint8_t *states, size_t count, double low, double high,
                      ck_verdicts verdicts, uint8_t *judged);
void ck_judge_integers(const int64_t *values, const uint8_t *states, size_t count, int64_t low, int64_t high,
                       ck_verdicts verdicts, uint8_t *judged);

#ifdef __cplusplus
}
#endif

#endif
