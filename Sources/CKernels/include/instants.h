// Dates and points in time as texts write them.
#ifndef CKERNELS_INSTANTS_H
#define CKERNELS_INSTANTS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Reads texts as points in time, in microseconds since 1970-01-01T00:00:00Z, from `first` on up to the first that has
// not one of the forms that nearly all have: YYYY-MM-DD, which is midnight in UTC, or that, T or a space, HH:MM:SS,
// perhaps up to nine digits of a fraction, of which six are read, and perhaps Z or a zone +HH:MM. Returns the place of
// that text, or `count`. Nulls have their state; `dates` grows by the texts without a time. O(count).
size_t ck_parse_instants(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, size_t first, size_t count,
                         double *values, uint8_t *states, int64_t *dates);

#ifdef __cplusplus
}
#endif

#endif
