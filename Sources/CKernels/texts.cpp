#include "texts.h"

#include <algorithm>
#include <cstring>

namespace {

// The lower bytes of a word, by their number.
constexpr uint64_t low_bytes[] = {0,
                                  0xFF,
                                  0xFFFF,
                                  0xFFFFFF,
                                  0xFFFFFFFF,
                                  0xFFFFFFFFFF,
                                  0xFFFFFFFFFFFF,
                                  0xFFFFFFFFFFFFFF,
                                  ~uint64_t(0)};

inline uint64_t load(const uint8_t *p) {
  uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

// Up to 16 bytes as two words, zero where there are none. Without a branch on the length, which is hard to guess.
struct Words {
  uint64_t low, high;

  __attribute__((always_inline)) Words(const uint8_t *bytes, size_t size, size_t begin, size_t length) {
    const uint8_t *p = bytes + begin;
    uint8_t copy[16] = {0};
    if (__builtin_expect(begin + 16 > size, 0)) {
      std::memcpy(copy, p, length);
      p = copy;
    }
    low = load(p) & low_bytes[std::min<size_t>(length, 8)];
    high = load(p + 8) & low_bytes[length > 8 ? length - 8 : 0];
  }
};

__attribute__((always_inline)) inline uint64_t rotate(uint64_t word, int bits) { return word << bits | word >> (64 - bits); }

constexpr uint64_t c1 = 0x87c37b91114253d5, c2 = 0x4cf5ad432745937f;

__attribute__((always_inline)) inline uint64_t scramble1(uint64_t word) { return rotate(word * c1, 31) * c2; }
__attribute__((always_inline)) inline uint64_t scramble2(uint64_t word) { return rotate(word * c2, 33) * c1; }

__attribute__((always_inline)) inline uint64_t avalanche(uint64_t word) {
  word = (word ^ word >> 33) * 0xff51afd7ed558ccd;
  word = (word ^ word >> 33) * 0xc4ceb9fe1a85ec53;
  return word ^ word >> 33;
}

__attribute__((always_inline)) inline void finish(uint64_t h1, uint64_t h2, uint64_t length, uint64_t *hash) {
  h1 ^= length;
  h2 ^= length;
  h1 += h2;
  h2 += h1;
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h1 += h2;
  hash[0] = h1;
  hash[1] = h2 + h1;
}

// Texts of fewer than 32 bytes, many at once: nothing but arithmetic is left, which the compiler puts into vectors.
struct Shorts {
  static constexpr size_t capacity = 256;
  // The bytes behind the block of 16, and the length of the whole.
  alignas(64) uint64_t low[capacity], high[capacity], length[capacity];
  // The state before these bytes: the seed, or what a block has made of it.
  alignas(64) uint64_t h1[capacity], h2[capacity];
  // The blocks of 16 bytes of the texts that have one, and whose they are.
  alignas(64) uint64_t block_low[capacity], block_high[capacity], block_h1[capacity], block_h2[capacity];
  uint16_t block_of[capacity];
  size_t blocks = 0;

  explicit Shorts(uint64_t seed) : seed(seed) {}

  void clear(size_t count) {
    std::fill_n(h1, count, seed);
    std::fill_n(h2, count, seed);
    blocks = 0;
  }

  // Writes the two halves of each hash.
  void hash(size_t count, uint64_t *hashes) {
    static const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
    if (has_avx512) {
      hash_avx512(count, hashes);
    } else {
      hash_each(count, hashes);
    }
  }

 private:
  const uint64_t seed;

  __attribute__((target("avx512f,avx512dq"))) void hash_avx512(size_t count, uint64_t *hashes) {
    hash_each(count, hashes);
  }

  __attribute__((always_inline)) void hash_each(size_t count, uint64_t *hashes) {
#pragma clang loop vectorize(enable)
    for (size_t i = 0; i < blocks; i++) {
      uint64_t first = (rotate(seed ^ scramble1(block_low[i]), 27) + seed) * 5 + 0x52dce729;
      block_h1[i] = first;
      block_h2[i] = (rotate(seed ^ scramble2(block_high[i]), 31) + first) * 5 + 0x38495ab5;
    }
    for (size_t i = 0; i < blocks; i++) {
      h1[block_of[i]] = block_h1[i];
      h2[block_of[i]] = block_h2[i];
    }
#pragma clang loop vectorize(enable)
    for (size_t i = 0; i < count; i++) {
      // Nothing to scramble changes nothing: the scrambled zero is zero.
      finish(h1[i] ^ scramble1(low[i]), h2[i] ^ scramble2(high[i]), length[i], hashes + 2 * i);
    }
  }
};

// Hashes a text of any length; returns its bytes in a word, to see whether all are ASCII.
uint64_t hash_long(const uint8_t *bytes, size_t size, size_t begin, size_t length, uint64_t seed, uint64_t *hash) {
  uint64_t h1 = seed, h2 = seed, seen = 0;
  size_t end = begin + length;
  for (; begin + 16 <= end; begin += 16) {
    uint64_t low = load(bytes + begin), high = load(bytes + begin + 8);
    seen |= low | high;
    h1 = (rotate(h1 ^ scramble1(low), 27) + h2) * 5 + 0x52dce729;
    h2 = (rotate(h2 ^ scramble2(high), 31) + h1) * 5 + 0x38495ab5;
  }
  Words rest(bytes, size, begin, end - begin);
  finish(h1 ^ scramble1(rest.low), h2 ^ scramble2(rest.high), length, hash);
  return seen | rest.low | rest.high;
}

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

bool ck_hash_texts(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                   uint64_t seed, uint64_t *hashes) {
  Shorts shorts(seed);
  uint64_t seen = 0;
  for (size_t from = 0; from < count; from += Shorts::capacity) {
    size_t part = std::min(count - from, Shorts::capacity);
    bool all_short = true;
    shorts.clear(part);
    for (size_t i = 0; i < part; i++) {
      bool is_short = ends[from + i] >= 0 && ends[from + i] - starts[from + i] < 32;
      size_t begin = is_short ? size_t(starts[from + i]) : 0;
      size_t length = is_short ? size_t(ends[from + i] - starts[from + i]) : 0;
      all_short &= is_short;
      shorts.length[i] = length;
      if (length >= 16) {
        size_t block = shorts.blocks++;
        shorts.block_low[block] = load(bytes + begin);
        shorts.block_high[block] = load(bytes + begin + 8);
        shorts.block_of[block] = uint16_t(i);
        seen |= shorts.block_low[block] | shorts.block_high[block];
        begin += 16;
        length -= 16;
      }
      Words words(bytes, size, begin, length);
      shorts.low[i] = words.low;
      shorts.high[i] = words.high;
      seen |= words.low | words.high;
    }
    shorts.hash(part, hashes + 2 * from);
    for (size_t i = from; !all_short && i < from + part; i++) {
      if (ends[i] < 0) {
        hashes[2 * i] = hashes[2 * i + 1] = 0;
      } else if (ends[i] - starts[i] >= 32) {
        seen |= hash_long(bytes, size, size_t(starts[i]), size_t(ends[i] - starts[i]), seed, hashes + 2 * i);
      }
    }
  }
  return (seen & 0x8080808080808080) == 0;
}

void ck_hash_words(const uint64_t *words, size_t count, uint64_t seed, uint64_t *hashes) {
  Shorts shorts(seed);
  shorts.clear(Shorts::capacity);
  std::memset(shorts.high, 0, sizeof shorts.high);
  std::fill_n(shorts.length, Shorts::capacity, 8);
  for (size_t from = 0; from < count; from += Shorts::capacity) {
    size_t part = std::min(count - from, Shorts::capacity);
    std::memcpy(shorts.low, words + from, 8 * part);
    shorts.hash(part, hashes + 2 * from);
  }
}

int32_t ck_code_texts(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                      int32_t limit, int32_t *codes, int32_t *entries) {
  // Up to seven bytes and their number are a word, which is all there is to compare. The word of a longer text has its
  // highest bit set and is a hash of its first and its last bytes.
  uint64_t keys[CK_CODE_LIMIT + 1];
  Coder coder;
  limit = std::min<int32_t>(limit, CK_CODE_LIMIT);
  for (size_t i = 0; i < count; i++) {
    if (ends[i] < 0) {
      codes[i] = -1;
      continue;
    }
    size_t begin = size_t(starts[i]), length = size_t(ends[i] - starts[i]);
    int32_t number;
    uint64_t key;
    if (length < 8 && begin + 8 <= size) {
      key = (load(bytes + begin) & low_bytes[length]) | uint64_t(length) << 56;
      number = coder.number(key, [&](int32_t known) { return keys[known] == key; });
    } else {
      Words words(bytes, size, begin, std::min<size_t>(length, 16));
      if (length > 16) words.high = load(bytes + begin + length - 8);
      key = words.low | uint64_t(length) << 56;
      if (length >= 8) key = (words.low ^ rotate(words.high, 29) * c1 ^ length * c2) | uint64_t(1) << 63;
      number = coder.number(key, [&](int32_t known) {
        int32_t first = entries[known];
        return keys[known] == key && size_t(ends[first] - starts[first]) == length &&
               std::memcmp(bytes + begin, bytes + starts[first], length) == 0;
      });
    }
    if (number == coder.count) {
      if (coder.count == limit) return -1;
      keys[number] = key;
      entries[coder.count++] = int32_t(i);
    }
    codes[i] = number;
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

void ck_count_codes(const int32_t *codes, size_t count, int64_t *counts) {
  for (size_t i = 0; i < count; i++) {
    if (codes[i] >= 0) counts[codes[i]]++;
  }
}

size_t ck_may_repeat(const uint64_t *hashes, size_t count, int32_t *places) {
  constexpr int buckets = 1 << 17;
  uint64_t once[buckets / 64] = {0}, again[buckets / 64] = {0};
  for (size_t i = 0; i < count; i++) {
    uint64_t bucket = hashes[2 * i] % buckets, bit = uint64_t(1) << bucket % 64;
    again[bucket / 64] |= once[bucket / 64] & bit;
    once[bucket / 64] |= bit;
  }
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t bucket = hashes[2 * i] % buckets;
    places[found] = int32_t(i);
    found += again[bucket / 64] >> bucket % 64 & 1;
  }
  return found;
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

void ck_count_lengths(const int32_t *starts, const int32_t *ends, size_t count, int64_t *counts) {
  // Two tables in turn: texts of one length follow each other, and their counter is still being written.
  uint32_t tables[2][CK_LENGTHS + 3] = {{0}};
  for (size_t i = 0; i < count; i++) {
    int32_t length = std::min(ends[i] - starts[i], int32_t(CK_LENGTHS + 1));
    tables[i % 2][ends[i] < 0 ? CK_LENGTHS + 2 : length]++;
  }
  for (int length = 0; length <= CK_LENGTHS; length++) counts[length] += tables[0][length] + tables[1][length];
}
