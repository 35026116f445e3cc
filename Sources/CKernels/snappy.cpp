#include "snappy.hpp"

#include "levels.hpp"

#include <immintrin.h>

#include <algorithm>
#include <cstring>

namespace {

// What the first byte of a copy says: its length, the bytes of the distance behind it, and the upper bits of that.
struct Copies {
  struct Form {
    uint8_t length, distance_bytes;
    uint16_t high;
  } forms[256] = {};

  constexpr Copies() {
    for (unsigned tag = 0; tag < 256; tag++) {
      const unsigned kind = tag & 3;
      if (kind == 0) continue;
      forms[tag].length = uint8_t(kind == 1 ? 4 + (tag >> 2 & 7) : 1 + (tag >> 2));
      forms[tag].distance_bytes = uint8_t(kind == 3 ? 4 : kind);
      forms[tag].high = uint16_t(kind == 1 ? tag >> 5 << 8 : 0);
    }
  }
};

constexpr Copies copies;

// For every distance below 16 the places of the bytes that repeat, and how many of 16 are whole repetitions.
struct Patterns {
  alignas(16) uint8_t places[16][16] = {};
  uint8_t steps[16] = {};

  constexpr Patterns() {
    for (unsigned distance = 1; distance < 16; distance++) {
      steps[distance] = uint8_t(16 - 16 % distance);
      for (unsigned i = 0; i < 16; i++) places[distance][i] = uint8_t(i % distance);
    }
  }
};

constexpr Patterns patterns;
constexpr uint32_t distance_masks[] = {0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF};

CK_SSE4 inline __m128i load(const uint8_t *from) { return _mm_loadu_si128(reinterpret_cast<const __m128i *>(from)); }
CK_SSE4 inline void store(uint8_t *to, __m128i bytes) { _mm_storeu_si128(reinterpret_cast<__m128i *>(to), bytes); }

struct Block {
  const uint8_t *source, *const source_end;
  uint8_t *target;
  uint8_t *const begin, *const end;

  size_t left() const { return size_t(source_end - source); }
  size_t room() const { return size_t(end - target); }

  // A little-endian number in 1 to 4 bytes; false when the block ends before.
  __attribute__((always_inline)) inline bool next(unsigned count, uint32_t &number) {
    number = 0;
    if (__builtin_expect(left() >= 4, 1)) {
      std::memcpy(&number, source, 4);
      number &= distance_masks[count];
    } else if (left() >= count) {
      std::memcpy(&number, source, count);
    } else {
      return false;
    }
    source += count;
    return true;
  }

  // The size in front: seven bits a byte.
  bool size(uint64_t &size) {
    size = 0;
    for (unsigned shift = 0; shift < 35 && source < source_end; shift += 7) {
      const uint8_t byte = *source++;
      size |= uint64_t(byte & 127) << shift;
      if (byte < 128) return true;
    }
    return false;
  }

  CK_SSE4 __attribute__((always_inline)) inline bool literal(uint8_t tag) {
    size_t length = (tag >> 2) + 1u;
    if (length <= 16 && left() >= 16 && room() >= 16) {
      store(target, load(source));
      source += length;
      target += length;
      return true;
    }
    if (length > 60) {
      uint32_t more = 0;
      if (!next(unsigned(length - 60), more)) return false;
      length = size_t(more) + 1;
    }
    if (length > left() || length > room()) return false;
    std::memcpy(target, source, length);
    source += length;
    target += length;
    return true;
  }

  CK_SSE4 __attribute__((always_inline)) inline bool copy(uint8_t tag) {
    const Copies::Form form = copies.forms[tag];
    uint32_t low = 0;
    if (!next(form.distance_bytes, low)) return false;
    const size_t distance = size_t(low) + form.high, length = form.length;
    if (distance == 0 || distance > size_t(target - begin) || length > room()) return false;
    const uint8_t *from = target - distance;
    if (__builtin_expect(room() < 64 + 16, 0)) {
      for (size_t i = 0; i < length; i++) target[i] = from[i];
    } else if (distance >= 16) {
      // No step reads what it writes.
      store(target, load(from));
      store(target + 16, load(from + 16));
      for (size_t i = 32; i < length; i += 16) store(target + i, load(from + i));
    } else {
      // What reaches into itself is the same few bytes over and over.
      const __m128i pattern = _mm_shuffle_epi8(load(from), load(patterns.places[distance]));
      store(target, pattern);
      for (size_t i = patterns.steps[distance]; i < length; i += patterns.steps[distance]) store(target + i, pattern);
    }
    target += length;
    return true;
  }
};

}  // namespace

namespace snappy_block {

bool possible() {
  return levels::best() >= CK_LEVEL_SSE4;
}

CK_SSE4 bool decompress(const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
  Block block = {source, source + length, target, target, target + capacity};
  uint64_t size = 0;
  if (!block.size(size) || size != capacity) return false;
  while (block.source < block.source_end) {
    const uint8_t tag = *block.source++;
    if (!((tag & 3) == 0 ? block.literal(tag) : block.copy(tag))) return false;
  }
  return block.target == block.end;
}

}  // namespace snappy_block
