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
  // Before the first end stands where one would be that ends before the record.
  uint32_t places[1 + window + 64];
  uint32_t *const ends_at = places + 1;
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
    if (has_avx512()) {
      cut_avx512(cursor, starts, ends, lines, capacity);
    } else if (has_avx2()) {
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

  __attribute__((target("avx512bw,avx512vbmi2,bmi,popcnt"))) void cut_avx512(ck_csv_cursor &cursor, int32_t *starts,
                                                                            int32_t *ends, int32_t *lines,
                                                                            int32_t capacity) {
    cut<AVX512>(cursor, starts, ends, lines, capacity);
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
    // Whether a line ends here is hard to guess, and that two do is rare.
    do {
      uint64_t lower = (feeds & -feeds) - 1;
      line_ends[line_count] = uint32_t(count + size_t(__builtin_popcountll(stops & lower)));
      line_count += feeds != 0;
      feeds &= feeds - 1;
    } while (feeds);
    Vector::places(stops, uint32_t(from), ends_at + count);
    count += size_t(__builtin_popcountll(stops));
    return is_plain;
  }

  // Writes the rows of the lines found; false at one that is no plain record.
  bool rows(size_t begin, size_t line_count, bool carriage_returns, ck_csv_cursor &cursor, int32_t *starts,
            int32_t *ends, int32_t *lines, int32_t capacity) {
    const uint32_t width = uint32_t(format.field_count);
    size_t done = 0;
    if (!carriage_returns) {
      size_t most = std::min(line_count, size_t(capacity - cursor.rows));
      while (done < most && line_ends[done] == (done + 1) * width - 1) done++;
    }
    ends_at[-1] = uint32_t(begin) - 1;
    for (const Needed &column : needed) {
      size_t offset = size_t(column.slot) * size_t(capacity) + size_t(cursor.rows);
      columns(column.field, done, starts + offset, ends + offset);
    }
    for (size_t i = 0; i < done; i++) lines[size_t(cursor.rows) + i] = cursor.line + int32_t(i);
    uint32_t first = uint32_t(done) * width;
    size_t position = size_t(ends_at[int64_t(first) - 1] + 1);
    int32_t row = cursor.rows + int32_t(done), line = cursor.line + int32_t(done);
    for (; done < line_count && row < capacity; done++) {
      uint32_t last = line_ends[done];
      size_t line_end = ends_at[last];
      bool has_return = carriage_returns && line_end > position && bytes[line_end - 1] == '\r';
      if (last - first + 1 != width) break;
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

  // Writes a field of the first records, which all have the same number of fields.
  void columns(int32_t field, size_t count, int32_t *__restrict starts, int32_t *__restrict ends) const {
    const uint32_t *stop = ends_at + field;
    for (size_t i = 0; i < count; i++, stop += format.field_count) {
      int32_t text_begin = int32_t(stop[-1] + 1), text_end = int32_t(*stop);
      starts[i] = text_begin;
      ends[i] = text_begin == text_end ? -1 : text_end;
    }
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
