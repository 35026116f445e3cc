#include "makeup.h"

#include <array>

namespace {

// By class a count of eight bits; the eighth is of bytes that continue a character.
constexpr int continuing = CK_MAKEUP_CLASSES;

constexpr int class_of(size_t byte) {
  if (byte >= 'a' && byte <= 'z') return 0;
  if (byte >= 'A' && byte <= 'Z') return 6;
  if (byte >= '0' && byte <= '9') return 1;
  if (byte == ' ' || (byte >= 9 && byte <= 13)) return 2;
  if (byte < 32 || byte == 127) return 4;
  if (byte < 128) return 3;
  return byte < 0xC0 ? continuing : 5;
}

constexpr auto increments = [] {
  std::array<uint64_t, 256> words{};
  for (size_t byte = 0; byte < 256; byte++) words[byte] = uint64_t(1) << (8 * class_of(byte));
  return words;
}();

// What a byte is in a word, and 0 where there is none.
constexpr auto letters = [] {
  std::array<uint8_t, 256> bytes{};
  for (size_t byte = 0; byte < 256; byte++) {
    const int kind = class_of(byte);
    const bool is_capital = byte >= 'A' && byte <= 'Z';
    bytes[byte] = kind <= 1 || kind >= 5 ? uint8_t(is_capital ? byte + 32 : byte) : 0;
  }
  return bytes;
}();

constexpr uint64_t fnv_offset = 0xcbf29ce484222325, fnv_prime = 0x100000001b3, golden = 0x9e3779b97f4a7c15;

struct Text {
  uint64_t classes[CK_MAKEUP_CLASSES + 1] = {0};
  uint64_t buckets[CK_MAKEUP_BUCKETS / 64] = {0};
  uint64_t hashes[CK_MAKEUP_WORDS];
  int words = 0, different = 0;

  void end(uint64_t hash) {
    const uint64_t bucket = (hash * golden) >> 56;
    buckets[bucket / 64] |= uint64_t(1) << (bucket % 64);
    words++;
    for (int i = 0; i < different; i++) {
      if (hashes[i] == hash) return;
    }
    hashes[different++] = hash;
  }

  void look(const uint8_t *text, size_t length) {
    uint64_t hash = fnv_offset;
    bool is_word = false;
    while (length > 0) {
      // As many as a count of eight bits holds.
      const size_t part = length < 255 ? length : 255;
      uint64_t tally = 0;
      for (size_t i = 0; i < part; i++) {
        tally += increments[text[i]];
        const uint8_t letter = letters[text[i]];
        if (letter != 0) {
          hash = (hash ^ letter) * fnv_prime;
          is_word = true;
        } else if (is_word) {
          if (words < CK_MAKEUP_WORDS) end(hash);
          hash = fnv_offset;
          is_word = false;
        }
      }
      for (int kind = 0; kind <= CK_MAKEUP_CLASSES; kind++) classes[kind] += (tally >> (8 * kind)) & 0xFF;
      text += part;
      length -= part;
    }
    if (is_word && words < CK_MAKEUP_WORDS) end(hash);
  }
};

// The last step of SplitMix64: which words are least has nothing to do with their buckets.
constexpr uint64_t mix(uint64_t hash) {
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
  return hash ^ (hash >> 31);
}

}  // namespace

size_t ck_add_makeup(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, const int64_t *counts,
                     const uint8_t *states, uint8_t number, size_t first, size_t count, int64_t *totals,
                     int64_t *classes, int64_t *buckets, uint64_t bound, uint64_t *words, int64_t *word_rows,
                     size_t capacity, size_t *found) {
  for (size_t i = first; i < count; i++) {
    if (capacity - *found < CK_MAKEUP_WORDS) return i;
    const int64_t rows = counts ? counts[i] : 1;
    if (ends[i] < 0 || rows == 0) continue;
    if (states[i] == number) {
      totals[0] += rows;
      continue;
    }
    Text text;
    text.look(bytes + starts[i], size_t(ends[i] - starts[i]));
    uint64_t characters = 0;
    for (int kind = 0; kind < CK_MAKEUP_CLASSES; kind++) characters += text.classes[kind];
    if (characters == 0) continue;
    totals[1] += rows;
    for (int kind = 0; kind < CK_MAKEUP_CLASSES; kind++) {
      if (text.classes[kind]) classes[kind] += rows * int64_t(text.classes[kind] * CK_MAKEUP_UNIT / characters);
    }
    if (text.words == 0) continue;
    totals[2] += rows;
    totals[3] += rows * text.different;
    for (int word = 0; word < text.different; word++) {
      const uint64_t hash = mix(text.hashes[word]);
      if (hash >= bound) continue;
      words[*found] = hash;
      word_rows[(*found)++] = rows;
    }
    int different = 0;
    for (uint64_t word : text.buckets) different += __builtin_popcountll(word);
    const int64_t weight = rows * (CK_MAKEUP_UNIT / different);
    for (int part = 0; part < CK_MAKEUP_BUCKETS / 64; part++) {
      for (uint64_t word = text.buckets[part]; word; word &= word - 1) {
        buckets[64 * part + __builtin_ctzll(word)] += weight;
      }
    }
  }
  return count;
}
