// Batch-grained kernels behind a C interface. A field i of a batch is the bytes [starts[i], ends[i]) of `base`;
// ends[i] < 0 marks a null. No function keeps a pointer after it returns, and none lets a C++ exception out.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "automaton.h"
#include "census.h"
#include "codecs.h"
#include "csv.h"
#include "csvrows.h"
#include "instants.h"
#include "jsonlines.h"
#include "levels.h"
#include "magnitudes.h"
#include "makeup.h"
#include "memory.h"
#include "moments.h"
#include "ranges.h"
#include "sorting.h"
#include "streams.h"
#include "textfacts.h"
#include "texts.h"
#include "valuetexts.h"
#include "verdicts.h"

#ifdef __cplusplus
extern "C" {
#endif

// What a field turned out to be; the values of Swift's `CellState`.
enum { CK_NULL = 0, CK_VALID = 1, CK_MALFORMED = 2 };

// Decimal numbers, `nan` and `inf` to the nearest double; `base` is `size` bytes long. O(bytes).
void ck_parse_doubles(const uint8_t *base, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                      double *values, uint8_t *states);

// A compiled RE2 pattern: matching is linear in the text for every pattern.
typedef struct ck_regex ck_regex;

// Returns NULL when the pattern is not valid RE2 and writes a NUL-terminated reason into `error`.
ck_regex *ck_regex_compile(const char *pattern, size_t length, char *error, size_t error_capacity);
void ck_regex_free(ck_regex *regex);

// What is said of a text that could not be matched, for want of memory.
#define CK_REGEX_UNDECIDED 2

// 1: matches (the whole text when `full`, else anywhere); 0: does not; or CK_REGEX_UNDECIDED.
int ck_regex_match(const ck_regex *regex, const uint8_t *text, size_t length, bool full);

// matched[i] = what ck_regex_match says of field i; untouched for nulls.
void ck_regex_match_fields(const ck_regex *regex, const uint8_t *base, const int32_t *starts, const int32_t *ends,
                           size_t count, bool full, uint8_t *matched);


#ifdef __cplusplus
}
#endif

#endif
