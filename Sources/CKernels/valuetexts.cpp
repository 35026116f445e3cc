#include "ckernels.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace {

constexpr int64_t seconds_per_day = 86400;
// 0000-01-01 and 9999-12-31.
constexpr int64_t first_day = -719528, last_day = 2932896;

// Writes the texts of values, or gives up when `write` returns NULL for one.
template <typename Value, typename Write>
size_t write_texts(const ck_values &column, const ck_value_texts &texts, Write write) {
  const Value *values = static_cast<const Value *>(column.values);
  char *const begin = reinterpret_cast<char *>(texts.bytes);
  char *out = begin;
  for (size_t i = 0; i < column.count; i++) {
    const size_t row = column.rows ? size_t(column.rows[i]) : i;
    texts.starts[i] = int32_t(out - begin);
    texts.ends[i] = -1;
    if (column.states[row] != CK_VALID) continue;
    out = write(values[row], out);
    if (!out) return SIZE_MAX;
    texts.ends[i] = int32_t(out - begin);
  }
  return size_t(out - begin);
}

inline char *write_digits(uint64_t value, int width, char *out) {
  for (int i = width - 1; i >= 0; i--) {
    out[i] = char('0' + value % 10);
    value /= 10;
  }
  return out + width;
}

inline char *write_bytes(const char *bytes, size_t count, char *out) {
  std::memcpy(out, bytes, count);
  return out + count;
}

// A number whose digits are found: `text` is d[.ddd]e±xx, and the number has no exponent when it is written.
char *write_plain(const char *text, const char *end, char *out) {
  char digits[32];
  size_t count = 0;
  const char *at = text;
  for (; at < end && *at != 'e'; at++) {
    if (*at != '.') digits[count++] = *at;
  }
  int exponent = 0;
  std::from_chars(at + (at[1] == '+' ? 2 : 1), end, exponent);
  if (exponent < 0) {
    out = write_bytes("0.", 2, out);
    for (int i = -1; i > exponent; i--) *out++ = '0';
    return write_bytes(digits, count, out);
  }
  const size_t whole = size_t(exponent) + 1;
  if (count > whole) {
    out = write_bytes(digits, whole, out);
    *out++ = '.';
    return write_bytes(digits + whole, count - whole, out);
  }
  out = write_bytes(digits, count, out);
  for (size_t i = count; i < whole; i++) *out++ = '0';
  return write_bytes(".0", 2, out);
}

// `limit`: numbers beyond it have an exponent.
template <typename Float>
char *write_float(Float value, Float limit, char *out) {
  if (std::isnan(value)) return write_bytes("nan", 3, out);
  if (std::signbit(value)) {
    *out++ = '-';
    value = -value;
  }
  if (std::isinf(value)) return write_bytes("inf", 3, out);
  char text[40];
  auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
  if (value > limit || (value < Float(1e-4) && value > 0)) return write_bytes(text, size_t(end - text), out);
  return write_plain(text, end, out);
}

// Most numbers that people write have two decimals at most. Of 15 digits no two numbers are the same double, so that a
// number of these digits has no shorter ones.
inline char *write_double(double value, char *out) {
  const double magnitude = std::fabs(value);
  if (magnitude < 1e13) {
    const int64_t hundredths = int64_t(magnitude * 100 + 0.5);
    if (double(hundredths) / 100 == magnitude) {
      if (std::signbit(value)) *out++ = '-';
      out = std::to_chars(out, out + 20, hundredths / 100).ptr;
      *out++ = '.';
      *out++ = char('0' + hundredths / 10 % 10);
      if (hundredths % 10) *out++ = char('0' + hundredths % 10);
      return out;
    }
  }
  // Beyond these, what Swift's and the library's algorithms choose among equally short digits differs.
  if (std::isfinite(value) && (magnitude < 1e-15 || magnitude > 0x1p52)) return nullptr;
  return write_float(value, 0x1p54, out);
}

// Days as texts; neighbours are often of one day.
class DateWriter {
 public:
  char *write(int64_t days, char *out) {
    if (days < first_day || days > last_day) return nullptr;
    if (days != known_) set(days);
    return write_bytes(text_, sizeof text_, out);
  }

 private:
  int64_t known_ = INT64_MIN;
  char text_[10];

  // Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  void set(int64_t days) {
    const int64_t shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int64_t day_of_era = shifted - era * 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    char *out = write_digits(uint64_t(year_of_era + era * 400 + (month <= 2)), 4, text_);
    *out++ = '-';
    out = write_digits(uint64_t(month), 2, out);
    *out++ = '-';
    write_digits(uint64_t(day_of_year - (153 * month_from_march + 2) / 5 + 1), 2, out);
    known_ = days;
  }
};

}  // namespace

extern "C" {

size_t ck_write_integers(const ck_values *values, const ck_value_texts *texts) {
  return write_texts<int64_t>(*values, *texts,
                              [](int64_t value, char *out) { return std::to_chars(out, out + 20, value).ptr; });
}

size_t ck_write_doubles(const ck_values *values, bool is_narrow, const ck_value_texts *texts) {
  if (!is_narrow) return write_texts<double>(*values, *texts, write_double);
  return write_texts<double>(*values, *texts,
                             [](double value, char *out) { return write_float(float(value), 0x1p24f, out); });
}

size_t ck_write_dates(const ck_values *values, const ck_value_texts *texts) {
  DateWriter dates;
  return write_texts<int64_t>(*values, *texts, [&](int64_t days, char *out) { return dates.write(days, out); });
}

size_t ck_write_timestamps(const ck_values *values, int64_t per_second, int digits, bool is_utc,
                           const ck_value_texts *texts) {
  DateWriter dates;
  const int64_t per_day = per_second * seconds_per_day;
  return write_texts<int64_t>(*values, *texts, [&](int64_t value, char *out) -> char * {
    int64_t days = value / per_day, rest = value % per_day;
    if (rest < 0) {
      rest += per_day;
      days--;
    }
    out = dates.write(days, out);
    if (!out) return nullptr;
    const uint64_t seconds = uint64_t(rest / per_second), fraction = uint64_t(rest % per_second);
    *out++ = 'T';
    out = write_digits(seconds / 3600, 2, out);
    *out++ = ':';
    out = write_digits(seconds / 60 % 60, 2, out);
    *out++ = ':';
    out = write_digits(seconds % 60, 2, out);
    if (fraction > 0) {
      *out++ = '.';
      out = write_digits(fraction, digits, out);
    }
    if (is_utc) *out++ = 'Z';
    return out;
  });
}

}  // extern "C"
