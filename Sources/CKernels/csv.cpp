#include "csv.h"
#include "csvmasks.hpp"
#include "csvplain.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <vector>

// The grammar is RFC 4180 as Python's csv reads it: a quote opens a quoted field only where a field begins, and is text
// elsewhere; a lone CR ends a line as LF and CRLF do. A blank line is no record, but in a table of one column, where it
// is an empty field: a null.

namespace {

using csv::AVX2;
using csv::SSE2;
using csv::is_null;

// The bytes that may end a field or open a quoted one.
template <typename Vector>
__attribute__((always_inline)) inline uint64_t special_bytes(const uint8_t *p, uint8_t delimiter) {
  return Vector::equal(p, delimiter) | Vector::equal(p, '\n') | Vector::equal(p, '\r') | Vector::equal(p, '"');
}

// Walks over the special bytes of a buffer in order.
template <typename Vector>
struct Specials {
  const uint8_t *bytes;
  size_t end;
  uint8_t delimiter;
  size_t group;
  uint64_t mask = 0;

  Specials(const uint8_t *bytes, size_t begin, size_t end, uint8_t delimiter)
      : bytes(bytes), end(end), delimiter(delimiter), group(begin) {
    load();
  }

  __attribute__((always_inline)) void load() {
    if (group + 64 <= end) {
      mask = special_bytes<Vector>(bytes + group, delimiter);
    } else if (group < end) {
      alignas(64) uint8_t rest[64] = {0};
      std::memcpy(rest, bytes + group, end - group);
      mask = special_bytes<Vector>(rest, delimiter);
      mask &= ~uint64_t(0) >> (64 - (end - group));
    } else {
      mask = 0;
    }
  }

  // The next special byte, or `end`.
  __attribute__((always_inline)) size_t next() {
    while (mask == 0) {
      group += 64;
      if (group >= end) return end;
      load();
    }
    size_t position = group + __builtin_ctzll(mask);
    mask &= mask - 1;
    return position;
  }

  // Goes on at a later byte.
  __attribute__((always_inline)) void skip_to(size_t position) {
    if (position < group + 64) {
      mask &= ~uint64_t(0) << (position - group);
    } else {
      group = position;
      load();
    }
  }
};

int32_t count_lines(const uint8_t *bytes, size_t begin, size_t end) {
  int32_t lines = 0;
  for (size_t i = begin; i < end; i++) {
    if (bytes[i] == '\n' || (bytes[i] == '\r' && !(i + 1 < end && bytes[i + 1] == '\n'))) lines++;
  }
  return lines;
}

// The quote that closes the field whose text begins at `begin`, or `end`; `doubled` when it has quotes inside.
size_t closing_quote(const uint8_t *bytes, size_t begin, size_t end, bool &doubled) {
  while (begin < end) {
    auto *found = static_cast<const uint8_t *>(std::memchr(bytes + begin, '"', end - begin));
    if (!found) return end;
    size_t position = found - bytes;
    if (position + 1 >= end || bytes[position + 1] != '"') return position;
    doubled = true;
    begin = position + 2;
  }
  return end;
}

// Whether there is a quote among some bytes, and whether all of them are ASCII.
__attribute__((always_inline)) inline void look_through(const uint8_t *bytes, size_t begin, size_t end,
                                                        bool *has_quotes, bool *is_ascii) {
  typedef uint8_t Block __attribute__((vector_size(64)));
  Block seen = {}, quotes = {};
  uint8_t rest = 0;
  bool rest_has_quotes = false;
  for (; begin + sizeof(Block) <= end; begin += sizeof(Block)) {
    Block block;
    std::memcpy(&block, bytes + begin, sizeof block);
    seen |= block;
    quotes |= Block(block == '"');
  }
  for (; begin < end; begin++) {
    rest |= bytes[begin];
    rest_has_quotes |= bytes[begin] == '"';
  }
  *has_quotes = rest_has_quotes || __builtin_reduce_or(quotes) != 0;
  *is_ascii = (rest | __builtin_reduce_or(seen)) < 0x80;
}

__attribute__((target("avx2"))) void look_through_avx2(const uint8_t *bytes, size_t begin, size_t end,
                                                       bool *has_quotes, bool *is_ascii) {
  look_through(bytes, begin, end, has_quotes, is_ascii);
}

struct Unescape {
  int32_t slot;
  size_t begin, end;
};

// Makes doubled quotes single; returns the new end.
size_t unescape(uint8_t *bytes, size_t begin, size_t end) {
  size_t to = begin;
  for (size_t from = begin; from < end; from++) {
    bytes[to++] = bytes[from];
    if (bytes[from] == '"' && from + 1 < end && bytes[from + 1] == '"') from++;
  }
  return to;
}

template <typename Vector>
__attribute__((always_inline)) inline void fields(uint8_t *bytes, size_t end, const ck_csv_format &format,
                                                  ck_csv_cursor &cursor, int32_t *starts, int32_t *ends,
                                                  int32_t *lines, int32_t capacity, ck_csv_defect *defects,
                                                  int32_t defect_capacity, int32_t records) {
  Specials<Vector> specials(bytes, cursor.position, end, format.delimiter);
  std::vector<Unescape> doubled_fields;
  const int32_t *slots = format.slots;
  const int32_t width = format.field_count;
  const uint8_t delimiter = format.delimiter;
  const bool plain_nulls = format.null_count == 0;
  int32_t line = cursor.line, row = cursor.rows, defect_count = cursor.defects;
  size_t record = cursor.position;

  while (record < end && row < capacity && defect_count < defect_capacity && records-- > 0) {
    int32_t field = 0, record_lines = 0;
    bool text_after_quote = false, blank = false;
    size_t start = record, next_record = end;
    doubled_fields.clear();
    for (;;) {
      size_t position = specials.next();
      bool quoted = false;
      size_t text_begin = start, text_end = position;
      if (position == start && position < end && bytes[position] == '"') {
        quoted = true;
        bool doubled = false;
        size_t close = closing_quote(bytes, start + 1, end, doubled);
        if (close == end) {
          cursor.open_quote = true;
          cursor.quote_line = line + record_lines;
          cursor.position = record;
          cursor.line = line;
          cursor.rows = row;
          cursor.defects = defect_count;
          return;
        }
        record_lines += count_lines(bytes, start + 1, close);
        text_begin = start + 1;
        text_end = close;
        specials.skip_to(close + 1);
        position = specials.next();
        // Text after the closing quote belongs to the field, quotes and all, and is a defect.
        while (position < end && bytes[position] == '"') position = specials.next();
        text_after_quote |= position != close + 1;
        if (doubled && field < width && slots[field] >= 0) {
          doubled_fields.push_back({slots[field], text_begin, text_end});
        }
      } else {
        // A quote inside an unquoted field is text.
        while (position < end && bytes[position] == '"') position = specials.next();
        text_end = position;
      }
      if (field < width) {
        int32_t slot = slots[field];
        if (slot >= 0) {
          size_t index = size_t(slot) * capacity + row;
          bool null = !quoted && (plain_nulls ? text_begin == text_end
                                              : is_null(format, bytes + text_begin, text_end - text_begin));
          starts[index] = int32_t(text_begin);
          ends[index] = null ? -1 : int32_t(text_end);
        }
      }
      field++;
      if (position < end && bytes[position] == delimiter) {
        start = position + 1;
        continue;
      }
      blank = width > 1 && field == 1 && !quoted && text_begin == text_end;
      if (position < end) {
        next_record = position + 1;
        record_lines++;
        if (bytes[position] == '\r' && next_record < end && bytes[next_record] == '\n') {
          next_record++;
          specials.skip_to(next_record);
        }
      }
      break;
    }
    if (!blank) {
      bool broken = format.checks_text && !simdjson::validate_utf8(
                                              reinterpret_cast<const char *>(bytes + record), next_record - record);
      if (broken || text_after_quote || field != width) {
        int32_t kind = broken ? CK_CSV_BROKEN_TEXT : text_after_quote ? CK_CSV_TEXT_AFTER_QUOTE : CK_CSV_WIDTH;
        defects[defect_count++] = {line, kind, field};
      } else {
        for (const Unescape &each : doubled_fields) {
          ends[size_t(each.slot) * capacity + row] = int32_t(unescape(bytes, each.begin, each.end));
        }
        lines[row++] = line;
      }
    }
    line += record_lines;
    record = next_record;
  }
  cursor.position = record;
  cursor.line = line;
  cursor.rows = row;
  cursor.defects = defect_count;
  cursor.open_quote = false;
}

__attribute__((target("avx2,bmi,popcnt"))) void fields_avx2(uint8_t *bytes, size_t end, const ck_csv_format &format,
                                                     ck_csv_cursor &cursor, int32_t *starts, int32_t *ends,
                                                     int32_t *lines, int32_t capacity, ck_csv_defect *defects,
                                                     int32_t defect_capacity, int32_t records) {
  fields<AVX2>(bytes, end, format, cursor, starts, ends, lines, capacity, defects, defect_capacity, records);
}

template <typename Vector>
__attribute__((always_inline)) inline size_t last_record_end(const uint8_t *bytes, size_t begin, size_t end,
                                                             uint8_t delimiter, int64_t *open_quote) {
  Specials<Vector> specials(bytes, begin, end, delimiter);
  size_t start = begin, last = begin;
  for (;;) {
    size_t position = specials.next();
    if (position == end) return last;
    if (bytes[position] == '"') {
      if (position != start) continue;
      bool doubled = false;
      size_t close = closing_quote(bytes, start + 1, end, doubled);
      // A quote that is the last byte may turn out to be the first of two.
      if (close + 1 >= end) {
        *open_quote = int64_t(start);
        return last;
      }
      specials.skip_to(close + 1);
      start = end;
      continue;
    }
    start = position + 1;
    if (bytes[position] == delimiter) continue;
    if (bytes[position] == '\r') {
      // A CR that is the last byte may turn out to be half of a CRLF.
      if (start == end) return last;
      if (bytes[start] == '\n') continue;
    }
    last = start;
  }
}

__attribute__((target("avx2,bmi,popcnt"))) size_t last_record_end_avx2(const uint8_t *bytes, size_t begin, size_t end,
                                                                uint8_t delimiter, int64_t *open_quote) {
  return last_record_end<AVX2>(bytes, begin, end, delimiter, open_quote);
}

}  // namespace

void ck_csv_fields(uint8_t *bytes, size_t end, const ck_csv_format *format, ck_csv_cursor *cursor, int32_t *starts,
                   int32_t *ends, int32_t *lines, int32_t capacity, ck_csv_defect *defects, int32_t defect_capacity) {
  auto run = csv::has_avx2() ? fields_avx2 : fields<SSE2>;
  cursor->rows = cursor->defects = 0;
  csv::PlainRecords plain(bytes, end, *format);
  // Records that are not plain are cut one by one, and more of them at once the more there are.
  int32_t records = 1;
  while (cursor->position < end && cursor->rows < capacity && cursor->defects < defect_capacity) {
    int32_t before = cursor->rows;
    plain.cut(*cursor, starts, ends, lines, capacity);
    if (cursor->position >= end || cursor->rows >= capacity) break;
    records = cursor->rows - before > records ? 1 : std::min(2 * records, capacity);
    run(bytes, end, *format, *cursor, starts, ends, lines, capacity, defects, defect_capacity, records);
    if (cursor->open_quote) break;
  }
}

size_t ck_csv_last_record_end(const uint8_t *bytes, size_t begin, size_t end, uint8_t delimiter,
                              int64_t *open_quote, bool *has_quotes, bool *is_ascii) {
  *open_quote = -1;
  (csv::has_avx2() ? look_through_avx2 : look_through)(bytes, begin, end, has_quotes, is_ascii);
  // Without a quote the last line feed ends the last record.
  if (begin < end && !*has_quotes) {
    if (auto *found = static_cast<const uint8_t *>(memrchr(bytes + begin, '\n', end - begin))) {
      return size_t(found - bytes) + 1;
    }
  }
  auto run = csv::has_avx2() ? last_record_end_avx2 : last_record_end<SSE2>;
  return run(bytes, begin, end, delimiter, open_quote);
}
