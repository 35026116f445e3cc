// JSON Lines: objects, one a line, to columns of tokens (RFC 8259; https://jsonlines.org). Nothing is converted: a
// value is the range of its text, and only strings with escapes are rewritten, into an area of their own.
#ifndef CKERNELS_JSONLINES_H
#define CKERNELS_JSONLINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// How many zero bytes must follow the text of a block.
enum { CK_JSON_PADDING = 64 };

// What a value is; the values of Swift's `TokenKind`.
enum { CK_JSON_NULL = 0, CK_JSON_STRING = 1, CK_JSON_NUMBER = 2, CK_JSON_BOOLEAN = 3, CK_JSON_NESTED = 4 };

// Why a line is no row; the values of Swift's `JSONLineProblem`.
enum {
  CK_JSON_OK = 0,
  CK_JSON_NOT_UTF8 = 1,
  CK_JSON_OPEN_STRING = 2,
  CK_JSON_CONTROL_CHARACTER = 3,
  CK_JSON_NO_OBJECT = 4,
  CK_JSON_NO_KEY = 5,
  CK_JSON_NO_COLON = 6,
  CK_JSON_NO_COMMA_IN_OBJECT = 7,
  CK_JSON_NO_COMMA_IN_ARRAY = 8,
  CK_JSON_NO_VALUE = 9,
  CK_JSON_BAD_NUMBER = 10,
  CK_JSON_BAD_ESCAPE = 11,
  CK_JSON_TOO_DEEP = 12,
  CK_JSON_TEXT_AFTER = 13,
  CK_JSON_UNFINISHED = 14,
  CK_JSON_NOT_FINITE = 15,
  CK_JSON_REPEATED_KEY = 16
};

// A decoder of blocks for one set of columns. It remembers the order of the keys from line to line and from block to
// block; it belongs to one thread.
typedef struct ck_json_lines ck_json_lines;

// Columns are paths (`a.b`), whose texts lie one after the other in `paths` and end at `path_ends`. The first
// `column_count` of them are the columns, the others only known. Of all paths that are not known and have values in
// rows, `note_capacity` are noted, or a few less. NULL when memory is short.
ck_json_lines *ck_json_lines_create(const uint8_t *paths, const size_t *path_ends, size_t path_count,
                                    size_t column_count, size_t note_capacity);
void ck_json_lines_free(ck_json_lines *decoder);

// The room for one batch. Column c has its values at [c * row_capacity ..]; ends < 0 marks a null.
typedef struct {
  size_t row_capacity;
  int32_t *starts;
  int32_t *ends;
  uint8_t *kinds;
  int32_t *lines;  // of each row, counted on from the `line` of the call
  size_t defect_capacity;
  int32_t *defect_lines;
  int32_t *defect_starts;   // of the line, in the block
  int32_t *defect_offsets;  // in the line
  uint8_t *defect_reasons;
} ck_json_batch;

typedef struct {
  size_t rows;
  size_t defects;
  size_t next;  // where to go on; the length of the block at its end
  size_t line;  // the line that begins there
  // Strings that had escapes: ranges at or after `length` point here. Valid until the next call.
  const uint8_t *unescaped;
  size_t unescaped_count;
} ck_json_result;

// Decodes whole lines of `bytes[from..<length]`, where line `line` begins at `from`, until the batch is full or the
// block ends. The block must be the same from its first call to its last. False when memory is short.
// O(bytes + rows * columns). A line feed ends a line; blank lines are counted and give no row. A line in which a path has
// two values gives none either, whichever columns are asked for, and neither does one with an object in an array, which
// has no path, that has a key twice.
bool ck_json_lines_decode(ck_json_lines *decoder, const uint8_t *bytes, size_t length, size_t from, size_t line,
                          const ck_json_batch *batch, ck_json_result *result);

// The paths that were noted, in the order in which they were first met: how many, and whether these are all there were;
// the text of one, and the line of its first value.
size_t ck_json_lines_noted_count(ck_json_lines *decoder, bool *are_all);
const uint8_t *ck_json_lines_noted(const ck_json_lines *decoder, size_t index, size_t *count, int64_t *line);

// Whether the bytes are UTF-8 throughout.
bool ck_is_utf8(const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
