// Field scanning of delimited text, many bytes at a time. The instructions are chosen when the program runs.
#ifndef CKERNELS_CSV_H
#define CKERNELS_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What a record can be besides a row.
enum { CK_CSV_WIDTH = 1, CK_CSV_TEXT_AFTER_QUOTE = 2, CK_CSV_BROKEN_TEXT = 3 };

typedef struct {
  int32_t line;    // where the record begins, counted like the lines of rows
  int32_t kind;    // CK_CSV_…
  int32_t fields;  // how many fields it has
} ck_csv_defect;

typedef struct {
  uint8_t delimiter;
  bool checks_text;           // whether to look for records that are not UTF-8
  int32_t field_count;        // how many fields a row has
  const int32_t *slots;       // for every field its slot, or -1 when it is not needed
  const uint8_t *nulls;       // the texts that mean null, one after another
  const int32_t *null_ends;   // where each of them ends
  int32_t null_count;
} ck_csv_format;

typedef struct {
  size_t position;       // in: where to begin; out: where the next record begins
  int32_t line;          // in: the line of `position`; out: the same of the new one
  int32_t rows;          // out: rows written
  int32_t defects;       // out: defects written
  bool open_quote;       // out: the bytes ended inside a quoted field
  int32_t quote_line;    // out: the line of that quote
} ck_csv_cursor;

// Cuts bytes[cursor->position, end) into fields. The bytes hold whole records; `end` ends the last one.
//
// The fields of slot s of row r go to starts[s * capacity + r] and ends[…]; a null's end is -1. Doubled quotes are
// made single where they stand. Stops at `end`, after `capacity` rows or after `defect_capacity` defects. O(bytes).
void ck_csv_fields(uint8_t *bytes, size_t end, const ck_csv_format *format, ck_csv_cursor *cursor, int32_t *starts,
                   int32_t *ends, int32_t *lines, int32_t capacity, ck_csv_defect *defects, int32_t defect_capacity);

// Where the last whole record of bytes[begin, end) ends; `begin` when none does. bytes[begin] begins a record.
// When the bytes end inside a quoted field, *open_quote says where that begins, else it is -1. *has_quotes says whether
// there is any quote, *is_ascii whether all bytes are ASCII.
size_t ck_csv_last_record_end(const uint8_t *bytes, size_t begin, size_t end, uint8_t delimiter, int64_t *open_quote,
                              bool *has_quotes, bool *is_ascii);

#ifdef __cplusplus
}
#endif

#endif
