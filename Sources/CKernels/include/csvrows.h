// Fields of CSV as they are written, by RFC 4180, a column at a time. Text i is that of entry places[i] of the column:
// the bytes [starts[p], ends[p]); a negative place or end is a null.
#ifndef CKERNELS_CSVROWS_H
#define CKERNELS_CSVROWS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// How fields are written. A text is quoted when it is empty, holds a comma, a quote or the end of a line, or is one of
// some words, which lie one after the other in `quoted` and end at `quoted_ends`. A null is the bytes of `null`.
typedef struct {
  const uint8_t *quoted;
  const int32_t *quoted_ends;
  size_t quoted_count;
  const uint8_t *null;
  size_t null_size;
} ck_csv_style;

// Adds to sizes[i] how many bytes field i takes with the separator behind it, and says in quoted[i] whether it is quoted.
// O(bytes).
void ck_measure_csv_fields(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, const int32_t *places,
                           size_t count, const ck_csv_style *style, uint8_t *quoted, int64_t *sizes);

// Writes field i and the separator to out[cursors[i]], and moves the cursor behind them; quoted as was measured. O(bytes).
void ck_write_csv_fields(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, const int32_t *places,
                         const uint8_t *quoted, size_t count, const ck_csv_style *style, uint8_t separator,
                         uint8_t *out, int64_t *cursors);

#ifdef __cplusplus
}
#endif

#endif
