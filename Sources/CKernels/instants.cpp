#include "instants.h"

#include "ckernels.h"
#include "words.hpp"

namespace {

using texts::load;

constexpr uint64_t high_bits = 0x8080808080808080;
constexpr int64_t second = 1000000, day = 86400 * second;

// The digit at a byte of a word that was xored with '0'.
inline uint32_t digit(uint64_t word, int place) { return uint32_t(word >> 8 * place & 15); }

inline uint32_t pair(uint64_t word, int place) { return digit(word, place) * 10 + digit(word, place + 1); }

inline bool is_digit(uint8_t byte) { return uint8_t(byte - '0') < 10; }

// YYYY-MM-DD at the beginning of ten bytes as days since 1970-01-01. A byte differs from that of a form of zeros by a
// digit, or by nothing; adding what is missing to 128 sets its highest bit when it differs by more.
inline bool read_date(const uint8_t *text, int64_t &days) {
  const uint64_t date = load(text) ^ 0x2D30302D30303030;
  if ((date | (date + 0x7F76767F76767676)) & high_bits || !is_digit(text[8]) || !is_digit(text[9])) return false;
  const uint32_t month = pair(date, 5), day = (text[8] - '0') * 10u + (text[9] - '0');
  if (month - 1 > 11 || day == 0) return false;
  // What not every year has is left to who asks for it.
  if (day > 28 && (month == 2 || day > 30 + ((month + month / 8) & 1))) return false;
  // Of the years that begin in March the leap day is the last: 306 days are left of the year 0 on its first of March.
  constexpr uint16_t before[] = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
  const uint32_t year = pair(date, 0) * 100 + pair(date, 2) + 400 - (month <= 2);
  days = int64_t(year * 365 + year / 4 - year / 100 + year / 400 + before[month - 1] + day) - 865566;
  return true;
}

// Up to nine digits after a point at the beginning, in microseconds; how many bytes that takes, 0 when it is none.
inline size_t read_fraction(const uint8_t *text, size_t length, int64_t &micros) {
  size_t i = 1;
  int64_t scale = 100000;
  for (micros = 0; i < length && i <= 9 && is_digit(text[i]); i++, scale /= 10) micros += (text[i] - '0') * scale;
  return i > 1 ? i : 0;
}

// Nothing, Z, or +HH:MM, in minutes.
inline bool read_zone(const uint8_t *text, size_t length, int64_t &minutes) {
  minutes = 0;
  if (length == 0) return true;
  if (length == 1) return (text[0] | 0x20) == 'z';
  if (length != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  if (!is_digit(text[1]) || !is_digit(text[2]) || !is_digit(text[4]) || !is_digit(text[5])) return false;
  const int64_t hour = (text[1] - '0') * 10 + (text[2] - '0'), minute = (text[4] - '0') * 10 + (text[5] - '0');
  minutes = (text[0] == '-' ? -1 : 1) * (hour * 60 + minute);
  return hour < 24 && minute < 60;
}

// The time of day and the zone after the ten bytes of a date; 19 bytes at least.
inline bool read_time(const uint8_t *text, size_t length, int64_t &micros) {
  const uint64_t time = load(text + 11) ^ 0x30303A30303A3030;
  if ((text[10] != 'T' && text[10] != ' ') || (time | (time + 0x767A7F767A7F767D)) & high_bits) return false;
  const uint32_t hour = pair(time, 0);
  if (hour > 23) return false;
  size_t end = 19;
  int64_t fraction = 0, minutes = 0;
  if (length > end && (text[end] == '.' || text[end] == ',')) {
    const size_t used = read_fraction(text + end, length - end, fraction);
    if (used == 0) return false;
    end += used;
  }
  if (!read_zone(text + end, length - end, minutes)) return false;
  micros = (int64_t(hour * 3600 + pair(time, 3) * 60 + pair(time, 6)) - minutes * 60) * second + fraction;
  return true;
}

}  // namespace

size_t ck_parse_instants(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, size_t first, size_t count,
                         double *values, uint8_t *states, int64_t *dates) {
  for (size_t i = first; i < count; i++) {
    texts::prefetch(bytes, starts, i, count);
    values[i] = 0;
    states[i] = CK_NULL;
    if (ends[i] < 0) continue;
    const uint8_t *text = bytes + starts[i];
    const size_t length = size_t(ends[i] - starts[i]);
    int64_t days, micros = 0;
    if ((length != 10 && length < 19) || !read_date(text, days)) return i;
    if (length > 10 && !read_time(text, length, micros)) return i;
    *dates += length == 10;
    values[i] = double(days * day + micros);
    states[i] = CK_VALID;
  }
  return count;
}
