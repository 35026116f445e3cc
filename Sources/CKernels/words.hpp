// Words of eight bytes out of texts.
#ifndef CKERNELS_WORDS_HPP
#define CKERNELS_WORDS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace texts {

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

// Asks for the bytes of a text further on: those of a column lie a row apart, at distances that no processor foresees.
inline void prefetch(const uint8_t *bytes, const int32_t *starts, size_t i, size_t count) {
  constexpr size_t ahead = 32;
  if (i + ahead < count) __builtin_prefetch(bytes + starts[i + ahead]);
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

}  // namespace texts

#endif
