#include "texts.h"
#include "words.hpp"

#include <algorithm>
#include <cstring>

size_t ck_may_repeat(const uint64_t *hashes, size_t count, int32_t *places) {
  constexpr int bits = 16;
  constexpr size_t buckets = size_t(1) << bits;
  for (size_t i = 0; i < count; i++) places[i] = int32_t(i);
  // What shared a bucket by chance does not share one by other bits too.
  for (int shift : {0, bits}) {
    auto bucket = [&](size_t i) { return (hashes[2 * size_t(places[i])] >> shift) % buckets; };
    // One bit more for each hash, as long as there is room.
    uint8_t seen[buckets] = {0};
    for (size_t i = 0; i < count; i++) seen[bucket(i)] = uint8_t(seen[bucket(i)] << 1 | 1);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
      const size_t of_place = bucket(i);
      places[found] = places[i];
      found += seen[of_place] > 1;
    }
    count = found;
  }
  return count;
}

size_t ck_raising_hashes(const uint64_t *hashes, size_t count, const uint8_t *registers, size_t register_count,
                         int32_t *places) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    const int zeros = __builtin_clzll(hashes[2 * i + 1] | 3);
    places[found] = int32_t(i);
    found += zeros >= registers[hashes[2 * i] & (register_count - 1)];
  }
  return found;
}

void ck_raise_registers(const uint64_t *hashes, size_t count, uint8_t *registers, size_t register_count) {
  for (size_t i = 0; i < count; i++) {
    const uint64_t address = hashes[2 * i], other = hashes[2 * i + 1];
    const uint8_t value = (address | other) == 0 ? 0 : uint8_t(__builtin_clzll(other | 3) + 1);
    uint8_t &known = registers[address & (register_count - 1)];
    known = std::max(known, value);
  }
}

void ck_count_buckets(const uint64_t *hashes, size_t count, int64_t counts[256]) {
  // No value counts in a place of its own, so that nothing branches.
  int64_t found[2][257] = {};
  for (size_t i = 0; i < count; i++) {
    const bool is_value = (hashes[2 * i] | hashes[2 * i + 1]) != 0;
    found[i % 2][is_value ? hashes[2 * i + 1] >> 56 : 256]++;
  }
  for (size_t bucket = 0; bucket < 256; bucket++) counts[bucket] += found[0][bucket] + found[1][bucket];
}

size_t ck_present_texts(const int32_t *starts, const int32_t *ends, size_t count, int32_t *longest) {
  int32_t most = 0;
  size_t present = 0;
  // Blocks whose count fits in the lanes of a vector of lengths.
  for (size_t start = 0; start < count; start += 4096) {
    int32_t found = 0;
    for (size_t i = start, end = std::min(count, start + 4096); i < end; i++) {
      found += ends[i] >= 0;
      most = std::max(most, ends[i] - starts[i]);
    }
    present += size_t(found);
  }
  *longest = most;
  return present;
}

bool ck_ascending_integers(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, size_t count,
                           int64_t *values) {
  for (size_t i = 0; i < count; i++) {
    texts::prefetch(bytes, starts, i, count);
    const uint8_t *text = bytes + starts[i];
    bool negative = ends[i] > starts[i] && *text == '-';
    text += negative;
    int64_t length = ends[i] - starts[i] - negative;
    if (length < 1 || length > 18) return false;
    // The shortest form has no zero in front, and zero no sign.
    if (*text == '0' && (length > 1 || negative)) return false;
    int64_t value = 0;
    for (int64_t j = 0; j < length; j++) {
      unsigned digit = unsigned(text[j]) - '0';
      if (digit > 9) return false;
      value = value * 10 + digit;
    }
    values[i] = negative ? -value : value;
    if (i > 0 && values[i] <= values[i - 1]) return false;
  }
  return true;
}

ptrdiff_t ck_text_place(const uint8_t *text, size_t length, size_t from, const uint8_t *sought, size_t sought_length) {
  if (from >= length) return -1;
  const void *place = memmem(text + from, length - from, sought, sought_length);
  return place ? static_cast<const uint8_t *>(place) - text : -1;
}
