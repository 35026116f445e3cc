// Records without a quote, of the expected width, each on a line of its own: nearly all of nearly every file. They are
// cut without a decision for each field.
#ifndef CKERNELS_CSV_PLAIN_HPP
#define CKERNELS_CSV_PLAIN_HPP

#include "csv.h"
#include "csvmasks.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace csv {

inline bool is_null(const ck_csv_format &format, const uint8_t *text, size_t length) {
  if (length == 0) return true;
  int32_t begin = 0;
  for (int32_t i = 0; i < format.null_count; i++) {
    int32_t end = format.null_ends[i];
    if (size_t(end - begin) == length && std::memcmp(format.nulls + begin, text, length) == 0) return true;
    begin = end;
  }
  return false;
}

class PlainRecords {
  // How many delimiters and line ends are looked ahead.
  static constexpr size_t window = 4096;

  const uint8_t *bytes;
  const size_t end;
  const ck_csv_format &format;
  struct Needed {
    int32_t field, slot;
  };
  std::vector<Needed> needed;
  bool possible;

  // Of the bytes from a record's beginning on: where its fields and the next ones end, and which of these end lines.
  uint32_t ends_at[window + 64];
  uint32_t line_ends[window + 64];

 public:
  PlainRecords(const uint8_t *bytes, size_t end, const ck_csv_format &format)
      : bytes(bytes), end(end), format(format), possible(!format.checks_text && format.field_count <= int(window) / 8) {
    for (int32_t field = 0; possible && field < format.field_count; field++) {
      if (format.slots[field] >= 0) needed.push_back({field, format.slots[field]});
    }
  }

  // Cuts records from the cursor on, up to the first that is not plain.
  void cut(ck_csv_cursor &cursor, int32_t *starts, int32_t *ends, int32_t *lines, int32_t capacity) {
    if (!possible) return;
    if (has_avx2()) {
      cut_avx2(cursor, starts, ends, lines, capacity);
    } else {
      cut<SSE2>(cursor, starts, ends, lines, capacity);
    }
  }

 private:
  __attribute__((target("avx2,bmi,popcnt"))) void cut_avx2(ck_csv_cursor &cursor, int32_t *starts, int32_t *ends,
                                                    int32_t *lines, int32_t capacity) {
    cut<AVX2>(cursor, starts, ends, lines, capacity);
  }

  template <typename Vector>
  __attribute__((always_inline)) inline void cut(ck_csv_cursor &cursor, int32_t *starts, int32_t *ends,
                                                 int32_t *lines, int32_t capacity) {
    // A window is of two records at first: few plain ones may follow.
    size_t scanned = cursor.position, limit = std::max<size_t>(64, 2 * size_t(format.field_count));
    while (cursor.position < end && cursor.rows < capacity) {
      size_t begin = cursor.position, line_count = 0;
      bool carriage_returns = false, is_plain = true;
      scanned = begin;
      size_t count = 0;
      while (count < limit && scanned < end && is_plain) {
        is_plain = scan<Vector>(scanned, count, line_count, carriage_returns);
        scanned += 64;
      }
      if (!rows(begin, line_count, carriage_returns, cursor, starts, ends, lines, capacity)) return;
      // What follows the last whole line is scanned again; without one there is nothing more to do here.
      if (!is_plain || line_count == 0) return;
      limit = window;
    }
  }

  // Notes where the next 64 bytes have delimiters and line ends; false at a quote, or at a carriage return without a
  // line feed.
  template <typename Vector>
  __attribute__((always_inline)) inline bool scan(size_t from, size_t &count, size_t &line_count,
                                                  bool &carriage_returns) {
    const uint8_t *p = bytes + from;
    uint8_t rest[64];
    size_t length = end - from;
    if (length < 64) {
      std::memset(rest, 0, sizeof rest);
      std::memcpy(rest, p, length);
      p = rest;
    }
    uint64_t feeds = Vector::equal(p, '\n'), returns = Vector::equal(p, '\r');
    uint64_t stops = feeds | Vector::equal(p, format.delimiter);
    uint64_t irregular = Vector::equal(p, '"') | (returns & ~(feeds >> 1));
    // A line feed may follow in the next 64 bytes.
    if (irregular >> 63 && p[63] == '\r' && length > 64 && p[64] == '\n') irregular &= ~(uint64_t(1) << 63);
    bool is_plain = irregular == 0;
    if (!is_plain) {
      uint64_t before = (irregular & -irregular) - 1;
      stops &= before;
      feeds &= before;
    }
    carriage_returns |= returns != 0;
    while (feeds) {
      uint64_t lower = (feeds & -feeds) - 1;
      line_ends[line_count++] = uint32_t(count + size_t(__builtin_popcountll(stops & lower)));
      feeds &= feeds - 1;
    }
    size_t found = size_t(__builtin_popcountll(stops));
    uint32_t *next = ends_at + count;
    for (size_t i = 0; i < found; i += 4) {
      // Up to three too many are written, and overwritten by the next.
      for (size_t j = 0; j < 4; j++) {
        next[i + j] = uint32_t(from) + uint32_t(__builtin_ctzll(stops | uint64_t(1) << 63));
        stops &= stops - 1;
      }
    }
    count += found;
    return is_plain;
  }

  // Writes the rows of the lines found; false at one that is no plain record.
  bool rows(size_t begin, size_t line_count, bool carriage_returns, ck_csv_cursor &cursor, int32_t *starts,
            int32_t *ends, int32_t *lines, int32_t capacity) {
    const uint32_t width = uint32_t(format.field_count);
    size_t position = begin;
    uint32_t first = 0;
    int32_t row = cursor.rows, line = cursor.line;
    size_t done = 0;
    for (; done < line_count && row < capacity; done++) {
      uint32_t last = line_ends[done];
      size_t line_end = ends_at[last];
      bool has_return = carriage_returns && line_end > position && bytes[line_end - 1] == '\r';
      // A blank line is no record.
      if (last - first + 1 != width || (width == 1 && line_end - has_return == position)) break;
      for (const Needed &column : needed) {
        uint32_t stop = first + uint32_t(column.field);
        int32_t text_begin = column.field == 0 ? int32_t(position) : int32_t(ends_at[stop - 1] + 1);
        int32_t text_end = int32_t(ends_at[stop]) - (has_return && stop == last);
        size_t index = size_t(column.slot) * size_t(capacity) + size_t(row);
        starts[index] = text_begin;
        ends[index] = text_begin == text_end ? -1 : text_end;
      }
      lines[row++] = line++;
      position = line_end + 1;
      first = last + 1;
    }
    if (format.null_count > 0) mark_nulls(starts, ends, cursor.rows, row, capacity);
    cursor.position = position;
    cursor.rows = row;
    cursor.line = line;
    return done == line_count;
  }

  void mark_nulls(const int32_t *starts, int32_t *ends, int32_t from, int32_t to, int32_t capacity) const {
    for (const Needed &column : needed) {
      size_t offset = size_t(column.slot) * size_t(capacity);
      for (size_t i = offset + size_t(from); i < offset + size_t(to); i++) {
        if (ends[i] >= 0 && is_null(format, bytes + starts[i], size_t(ends[i] - starts[i]))) ends[i] = -1;
      }
    }
  }
};

}  // namespace csv

#endif
