#include "texts.h"
#include "words.hpp"

#include <algorithm>
#include <cstring>

namespace {

using texts::Words;
using texts::load;
using texts::low_bytes;

// Assigns numbers to different keys: open addressing over at most CK_CODE_LIMIT of them.
class Coder {
  static constexpr int bits = 10;
  static_assert(CK_CODE_LIMIT < 1 << (bits - 1), "half of the slots stay free");
  int16_t slots[1 << bits];

 public:
  int32_t count = 0;

  Coder() { std::memset(slots, -1, sizeof slots); }

  // The number of a key, or `count` when it is new: then it has been given that number.
  template <typename Equals>
  __attribute__((always_inline)) int32_t number(uint64_t key, const Equals &equals) {
    size_t slot = (key * 0x9E3779B97F4A7C15) >> (64 - bits);
    for (;;) {
      int32_t known = slots[slot];
      if (known < 0) break;
      if (equals(known)) return known;
      slot = (slot + 1) & ((1 << bits) - 1);
    }
    slots[slot] = int16_t(count);
    return count;
  }
};

}  // namespace

int32_t ck_code_texts(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                      int32_t limit, int32_t *codes, int32_t *entries) {
  // Up to seven bytes and their number are a word, and up to 16 two; of longer texts these have the first bytes and
  // the last.
  struct Key {
    uint64_t low, high, length;
  } keys[CK_CODE_LIMIT];
  Coder coder;
  limit = std::min<int32_t>(limit, CK_CODE_LIMIT);
  size_t i = 0;
  auto add = [&](int32_t number, const Key &key) {
    if (number == coder.count) {
      if (coder.count == limit) return false;
      keys[number] = key;
      entries[coder.count++] = int32_t(i);
    }
    codes[i] = number;
    return true;
  };
  // As long as all are that short, a word is all there is to look at.
  for (; i < count; i++) {
    size_t begin = size_t(starts[i]), length = size_t(ends[i] - starts[i]);
    if (ends[i] < 0) {
      codes[i] = -1;
      continue;
    }
    if (length > 7 || begin + 8 > size) break;
    uint64_t low = (load(bytes + begin) & low_bytes[length]) | uint64_t(length) << 56;
    if (!add(coder.number(low, [&](int32_t known) { return keys[known].low == low; }), {low, 0, length})) return -1;
  }
  // Nothing here branches on a length up to 16, which is hard to guess.
  for (; i < count; i++) {
    size_t begin = size_t(starts[i]), length = size_t(ends[i] - starts[i]);
    if (ends[i] < 0) {
      codes[i] = -1;
      continue;
    }
    Words words(bytes, size, begin, std::min<size_t>(length, 16));
    if (length > 16) words.high = load(bytes + begin + length - 8);
    Key key = {words.low | (length > 7 ? 0 : uint64_t(length) << 56), words.high, length};
    int32_t number = coder.number(key.low ^ key.high * 0x87c37b91114253d5, [&](int32_t known) {
      const Key &other = keys[known];
      if (((key.low ^ other.low) | (key.high ^ other.high) | (key.length ^ other.length)) != 0) return false;
      return length <= 16 || std::memcmp(bytes + begin, bytes + starts[entries[known]], length) == 0;
    });
    if (!add(number, key)) return -1;
  }
  return coder.count;
}

int32_t ck_code_words(const uint64_t *words, size_t count, int32_t limit, int32_t *codes, int32_t *entries) {
  uint64_t keys[CK_CODE_LIMIT + 1];
  Coder coder;
  limit = std::min<int32_t>(limit, CK_CODE_LIMIT);
  for (size_t i = 0; i < count; i++) {
    uint64_t word = words[i];
    int32_t number = coder.number(word ^ word >> 32, [&](int32_t known) { return keys[known] == word; });
    if (number == coder.count) {
      if (coder.count == limit) return -1;
      keys[number] = word;
      entries[coder.count++] = int32_t(i);
    }
    codes[i] = number;
  }
  return coder.count;
}

void ck_count_codes(const int32_t *codes, size_t count, size_t entries, int64_t *counts) {
  if (entries > CK_CODE_LIMIT) {
    for (size_t i = 0; i < count; i++) {
      if (codes[i] >= 0) counts[codes[i]]++;
    }
    return;
  }
  // Several tables in turn, because equal codes follow each other, and their counter is still being written. With the
  // nulls before the entries there is no branch.
  constexpr size_t tables = 4;
  uint32_t found[tables][1 + CK_CODE_LIMIT] = {};
  size_t i = 0;
  for (; i + tables <= count; i += tables) {
    for (size_t table = 0; table < tables; table++) found[table][codes[i + table] < 0 ? 0 : codes[i + table] + 1]++;
  }
  for (; i < count; i++) found[0][codes[i] < 0 ? 0 : codes[i] + 1]++;
  for (size_t code = 0; code < entries; code++) {
    for (const auto &table : found) counts[code] += table[code + 1];
  }
}

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
