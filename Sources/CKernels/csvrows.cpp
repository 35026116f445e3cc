#include "csvrows.h"

#include <algorithm>
#include <cstring>

#include "words.hpp"

namespace {

constexpr uint64_t ones = 0x0101010101010101;
constexpr uint64_t tops = 0x8080808080808080;

// Whether one of the bytes is zero.
inline bool has_zero(uint64_t word) { return ((word - ones) & ~word & tops) != 0; }

// Whether one of the bytes makes quotes necessary.
inline bool is_special(uint64_t word) {
  return has_zero(word ^ ones * ',') || has_zero(word ^ ones * '"') || has_zero(word ^ ones * '\n') ||
         has_zero(word ^ ones * '\r');
}

// The bytes of a text of 1 to 7, in any order and some of them twice.
inline uint64_t short_word(const uint8_t *text, size_t length) {
  if (length < 4) return text[0] | uint64_t(text[length / 2]) << 8 | uint64_t(text[length - 1]) << 16;
  uint32_t first, last;
  std::memcpy(&first, text, 4);
  std::memcpy(&last, text + length - 4, 4);
  return first | uint64_t(last) << 32;
}

inline bool holds_special(const uint8_t *text, size_t length) {
  if (length < 8) return is_special(short_word(text, length));
  for (size_t i = 0; i + 8 < length; i += 8) {
    if (is_special(texts::load(text + i))) return true;
  }
  return is_special(texts::load(text + length - 8));
}

inline bool is_quoted(const uint8_t *text, size_t length, const ck_csv_style &style) {
  if (length == 0 || holds_special(text, length)) return true;
  size_t begin = 0;
  for (size_t word = 0; word < style.quoted_count; word++) {
    size_t end = size_t(style.quoted_ends[word]);
    if (end - begin == length && std::memcmp(style.quoted + begin, text, length) == 0) return true;
    begin = end;
  }
  return false;
}

// A copy without a call, as most fields are short.
inline uint8_t *copy(const uint8_t *text, size_t length, uint8_t *out) {
  if (length >= 32) {
    std::memcpy(out, text, length);
  } else if (length >= 8) {
    for (size_t i = 0; i + 8 < length; i += 8) std::memcpy(out + i, text + i, 8);
    std::memcpy(out + length - 8, text + length - 8, 8);
  } else if (length >= 4) {
    std::memcpy(out, text, 4);
    std::memcpy(out + length - 4, text + length - 4, 4);
  } else {
    for (size_t i = 0; i < length; i++) out[i] = text[i];
  }
  return out + length;
}

uint8_t *copy_quoted(const uint8_t *text, size_t length, uint8_t *out) {
  *out++ = '"';
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '"') *out++ = '"';
    *out++ = text[i];
  }
  *out++ = '"';
  return out;
}

}  // namespace

extern "C" {

void ck_measure_csv_fields(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, const int32_t *places,
                           size_t count, const ck_csv_style *style, int64_t *sizes) {
  for (size_t i = 0; i < count; i++) {
    int32_t place = places[i];
    if (place < 0 || ends[place] < 0) {
      sizes[i] += int64_t(style->null_size) + 1;
      continue;
    }
    const uint8_t *text = bytes + starts[place];
    size_t length = size_t(ends[place] - starts[place]);
    sizes[i] += int64_t(length) + 1;
    if (is_quoted(text, length, *style)) sizes[i] += 2 + std::count(text, text + length, '"');
  }
}

void ck_write_csv_fields(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, const int32_t *places,
                         size_t count, const ck_csv_style *style, uint8_t separator, uint8_t *out, int64_t *cursors) {
  for (size_t i = 0; i < count; i++) {
    uint8_t *at = out + cursors[i];
    int32_t place = places[i];
    if (place < 0 || ends[place] < 0) {
      at = copy(style->null, style->null_size, at);
    } else {
      const uint8_t *text = bytes + starts[place];
      size_t length = size_t(ends[place] - starts[place]);
      at = is_quoted(text, length, *style) ? copy_quoted(text, length, at) : copy(text, length, at);
    }
    *at++ = separator;
    cursors[i] = at - out;
  }
}

}  // extern "C"
