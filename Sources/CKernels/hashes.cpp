// MurmurHash3, x64, 128 bits (Austin Appleby, public domain).
#include "texts.h"
#include "levels.hpp"
#include "words.hpp"

#include <immintrin.h>

namespace {

using texts::Words;
using texts::load;

// MurmurHash3 of one text in words, or of several texts in vectors of them. All is changed in place: a function that is
// compiled for every processor can neither take nor return such a vector.
typedef uint64_t Four __attribute__((vector_size(32)));
typedef uint64_t Eight __attribute__((vector_size(64)));

constexpr uint64_t high_bits = 0x8080808080808080;

template <typename Word>
__attribute__((always_inline)) inline void rotate(Word &word, int bits) {
  word = word << bits | word >> (64 - bits);
}

constexpr uint64_t c1 = 0x87c37b91114253d5, c2 = 0x4cf5ad432745937f;

template <typename Word>
__attribute__((always_inline)) inline void scramble1(Word &word) {
  word *= c1;
  rotate(word, 31);
  word *= c2;
}

template <typename Word>
__attribute__((always_inline)) inline void scramble2(Word &word) {
  word *= c2;
  rotate(word, 33);
  word *= c1;
}

template <typename Word>
__attribute__((always_inline)) inline void avalanche(Word &word) {
  word = (word ^ word >> 33) * 0xff51afd7ed558ccd;
  word = (word ^ word >> 33) * 0xc4ceb9fe1a85ec53;
  word ^= word >> 33;
}

template <typename Word>
struct State {
  Word h1, h2;

  explicit State(uint64_t seed) : h1(Word{} + seed), h2(h1) {}

  // Takes in a block of 16 bytes.
  __attribute__((always_inline)) void add(const Word &first, const Word &second) {
    Word low = first, high = second;
    scramble1(low);
    h1 ^= low;
    rotate(h1, 27);
    h1 = (h1 + h2) * 5 + 0x52dce729;
    scramble2(high);
    h2 ^= high;
    rotate(h2, 31);
    h2 = (h2 + h1) * 5 + 0x38495ab5;
  }

  // Takes in the bytes behind the blocks and the length of the whole. Nothing to scramble changes nothing: the
  // scrambled zero is zero.
  __attribute__((always_inline)) void finish(const Word &first, const Word &second, const Word &length) {
    Word low = first, high = second;
    scramble1(low);
    scramble2(high);
    h1 ^= low ^ length;
    h2 ^= high ^ length;
    h1 += h2;
    h2 += h1;
    avalanche(h1);
    avalanche(h2);
    h1 += h2;
    h2 += h1;
  }
};

// Hashes a text of any length; returns its bytes in a word, to see whether all are ASCII.
uint64_t hash_text(const uint8_t *bytes, size_t size, size_t begin, size_t length, uint64_t seed, uint64_t *hash) {
  State<uint64_t> state(seed);
  uint64_t seen = 0;
  size_t end = begin + length;
  for (; begin + 16 <= end; begin += 16) {
    uint64_t low = load(bytes + begin), high = load(bytes + begin + 8);
    seen |= low | high;
    state.add(low, high);
  }
  Words rest(bytes, size, begin, end - begin);
  state.finish(rest.low, rest.high, length);
  hash[0] = state.h1;
  hash[1] = state.h2;
  return seen | rest.low | rest.high;
}

// Vectors of eight words, out of texts of which each has four.
struct Eights {
  typedef Eight Word;
  static constexpr size_t lanes = 8;

  CK_AVX512 static inline void take(const uint8_t *bytes, size_t, size_t begin, size_t length, uint64_t *words) {
    // What is not of the text is not read, and zero.
    _mm256_store_si256(reinterpret_cast<__m256i *>(words),
                       _mm256_maskz_loadu_epi8((uint32_t(1) << length) - 1, bytes + begin));
  }

  __attribute__((always_inline)) static inline void transpose(const uint64_t (*texts)[4], Word (&columns)[4]) {
    Word pairs[4];
    std::memcpy(pairs, texts, sizeof pairs);
    // The first words of four texts and then their second ones; the third and the fourth.
    const Word front = __builtin_shufflevector(pairs[0], pairs[1], 0, 4, 8, 12, 1, 5, 9, 13);
    const Word back = __builtin_shufflevector(pairs[0], pairs[1], 2, 6, 10, 14, 3, 7, 11, 15);
    const Word other_front = __builtin_shufflevector(pairs[2], pairs[3], 0, 4, 8, 12, 1, 5, 9, 13);
    const Word other_back = __builtin_shufflevector(pairs[2], pairs[3], 2, 6, 10, 14, 3, 7, 11, 15);
    columns[0] = __builtin_shufflevector(front, other_front, 0, 1, 2, 3, 8, 9, 10, 11);
    columns[1] = __builtin_shufflevector(front, other_front, 4, 5, 6, 7, 12, 13, 14, 15);
    columns[2] = __builtin_shufflevector(back, other_back, 0, 1, 2, 3, 8, 9, 10, 11);
    columns[3] = __builtin_shufflevector(back, other_back, 4, 5, 6, 7, 12, 13, 14, 15);
  }

  // The two halves of each hash beside each other.
  __attribute__((always_inline)) static inline void interleave(const State<Word> &state, Word (&halves)[2]) {
    halves[0] = __builtin_shufflevector(state.h1, state.h2, 0, 8, 1, 9, 2, 10, 3, 11);
    halves[1] = __builtin_shufflevector(state.h1, state.h2, 4, 12, 5, 13, 6, 14, 7, 15);
  }
};

// The same of four.
struct Fours {
  typedef Four Word;
  static constexpr size_t lanes = 4;

  CK_AVX2 static inline void take(const uint8_t *bytes, size_t size, size_t begin, size_t length, uint64_t *words) {
    alignas(32) static constexpr uint8_t kept[64] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    alignas(32) uint8_t copy[32];
    const uint8_t *text = bytes + begin;
    if (__builtin_expect(begin + 32 > size, 0)) {
      if (length > 0) std::memcpy(copy, text, length);
      text = copy;
    }
    const __m256i mask = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(kept + 32 - length));
    const __m256i read = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(text));
    _mm256_store_si256(reinterpret_cast<__m256i *>(words), _mm256_and_si256(read, mask));
  }

  __attribute__((always_inline)) static inline void transpose(const uint64_t (*texts)[4], Word (&columns)[4]) {
    Word rows[4];
    std::memcpy(rows, texts, sizeof rows);
    const Word even = __builtin_shufflevector(rows[0], rows[1], 0, 4, 2, 6);
    const Word odd = __builtin_shufflevector(rows[0], rows[1], 1, 5, 3, 7);
    const Word other_even = __builtin_shufflevector(rows[2], rows[3], 0, 4, 2, 6);
    const Word other_odd = __builtin_shufflevector(rows[2], rows[3], 1, 5, 3, 7);
    columns[0] = __builtin_shufflevector(even, other_even, 0, 1, 4, 5);
    columns[1] = __builtin_shufflevector(odd, other_odd, 0, 1, 4, 5);
    columns[2] = __builtin_shufflevector(even, other_even, 2, 3, 6, 7);
    columns[3] = __builtin_shufflevector(odd, other_odd, 2, 3, 6, 7);
  }

  __attribute__((always_inline)) static inline void interleave(const State<Word> &state, Word (&halves)[2]) {
    halves[0] = __builtin_shufflevector(state.h1, state.h2, 0, 4, 1, 5);
    halves[1] = __builtin_shufflevector(state.h1, state.h2, 2, 6, 3, 7);
  }
};

// What is found out of texts of fewer than 32 bytes beside their hashes.
struct ShortTexts {
  static constexpr uint32_t longest = 31;
  // Whether they are ASCII.
  bool are_ascii = true;
  // How many have each length, in two tables in turn, because texts of one length follow each other, and their counter
  // is still being written. The last place has the others: nulls and longer texts.
  uint32_t counts[2][longest + 2] = {};

  // Hashes as many at once as a vector has lanes. What is written of the others means nothing.
  template <typename Vectors>
  __attribute__((always_inline)) inline void hash(const uint8_t *bytes, size_t size, const int32_t *starts,
                                                  const int32_t *ends, size_t count, uint64_t seed, uint64_t *hashes) {
    typedef typename Vectors::Word Word;
    // How many texts are gathered before they are hashed.
    constexpr size_t capacity = 128;
    alignas(64) uint64_t words[capacity][4], lengths[capacity];
    Word seen = {};
    for (size_t from = 0; from < count; from += capacity) {
      const size_t part = std::min(count - from, capacity);
      bool have_blocks = false;
      for (size_t i = 0; i < part; i++) {
        texts::prefetch(bytes, starts, from + i, count);
        const int32_t start = starts[from + i], end = ends[from + i];
        const uint32_t place = end < 0 ? longest + 1 : std::min(uint32_t(end - start), longest + 1);
        const uint32_t length = place <= longest ? place : 0;
        counts[i % 2][place]++;
        Vectors::take(bytes, size, length > 0 ? size_t(start) : 0, length, words[i]);
        lengths[i] = length;
        have_blocks |= length >= 16;
      }
      for (size_t i = part; i % Vectors::lanes != 0; i++) {
        std::memset(words[i], 0, sizeof words[i]);
        lengths[i] = 0;
      }
      for (size_t i = 0; i < part; i += Vectors::lanes) {
        Word text[4], length;
        Vectors::transpose(words + i, text);
        std::memcpy(&length, lengths + i, sizeof length);
        seen |= text[0] | text[1] | text[2] | text[3];
        State<Word> state(seed);
        if (have_blocks) {
          State<Word> block = state;
          block.add(text[0], text[1]);
          const auto has_block = length > 15;
          state.h1 = has_block ? block.h1 : state.h1;
          state.h2 = has_block ? block.h2 : state.h2;
          text[0] = has_block ? text[2] : text[0];
          text[1] = has_block ? text[3] : text[1];
        }
        state.finish(text[0], text[1], length);
        write<Vectors>(state, std::min(part - i, Vectors::lanes), hashes + 2 * (from + i));
      }
    }
    for (size_t lane = 0; lane < Vectors::lanes; lane++) are_ascii &= (seen[lane] & high_bits) == 0;
  }

  // The same for words of eight bytes.
  template <typename Vectors>
  __attribute__((always_inline)) static inline void hash(const uint64_t *words, size_t count, uint64_t seed,
                                                         uint64_t *hashes) {
    typedef typename Vectors::Word Word;
    for (size_t i = 0; i < count; i += Vectors::lanes) {
      const size_t part = std::min(count - i, Vectors::lanes);
      Word low = {};
      std::memcpy(&low, words + i, part == Vectors::lanes ? sizeof low : 8 * part);
      State<Word> state(seed);
      state.finish(low, Word{}, Word{} + 8);
      write<Vectors>(state, part, hashes + 2 * i);
    }
  }

 private:
  // Writes the two halves of each of the first hashes.
  template <typename Vectors>
  __attribute__((always_inline)) static inline void write(const State<typename Vectors::Word> &state, size_t count,
                                                          uint64_t *hashes) {
    typename Vectors::Word halves[2];
    Vectors::interleave(state, halves);
    std::memcpy(hashes, halves, count == Vectors::lanes ? sizeof halves : 16 * count);
  }
};

typedef void HashTexts(ShortTexts &shorts, const uint8_t *bytes, size_t size, const int32_t *starts,
                       const int32_t *ends, size_t count, uint64_t seed, uint64_t *hashes);

CK_AVX2 void hash_fours(ShortTexts &shorts, const uint8_t *bytes, size_t size, const int32_t *starts,
                        const int32_t *ends, size_t count, uint64_t seed, uint64_t *hashes) {
  shorts.hash<Fours>(bytes, size, starts, ends, count, seed, hashes);
}

CK_AVX512 void hash_eights(ShortTexts &shorts, const uint8_t *bytes, size_t size, const int32_t *starts,
                           const int32_t *ends, size_t count, uint64_t seed, uint64_t *hashes) {
  shorts.hash<Eights>(bytes, size, starts, ends, count, seed, hashes);
}

void hash_words(const uint64_t *words, size_t count, uint64_t seed, uint64_t *hashes) {
  for (size_t i = 0; i < count; i++) {
    State<uint64_t> state(seed);
    state.finish(words[i], 0, 8);
    hashes[2 * i] = state.h1;
    hashes[2 * i + 1] = state.h2;
  }
}

CK_AVX2 void hash_word_fours(const uint64_t *words, size_t count, uint64_t seed, uint64_t *hashes) {
  ShortTexts::hash<Fours>(words, count, seed, hashes);
}

CK_AVX512 void hash_word_eights(const uint64_t *words, size_t count, uint64_t seed, uint64_t *hashes) {
  ShortTexts::hash<Eights>(words, count, seed, hashes);
}

}  // namespace

bool ck_hash_texts(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                   uint64_t seed, uint64_t *hashes, int64_t *lengths) {
  int32_t shortest = 0;
  bool are_ascii = true;
  if (HashTexts *hash = levels::choose<HashTexts>(nullptr, hash_fours, hash_eights)) {
    ShortTexts shorts;
    hash(shorts, bytes, size, starts, ends, count, seed, hashes);
    are_ascii = shorts.are_ascii;
    shortest = ShortTexts::longest + 1;
    for (const auto &counts : shorts.counts) {
      for (int32_t length = 0; length < shortest; length++) lengths[length] += counts[length];
    }
    if (shorts.counts[0][shortest] + shorts.counts[1][shortest] == 0) return are_ascii;
  }
  uint64_t seen = 0;
  for (size_t i = 0; i < count; i++) {
    if (ends[i] < 0) {
      hashes[2 * i] = hashes[2 * i + 1] = 0;
    } else if (int32_t length = ends[i] - starts[i]; length >= shortest) {
      seen |= hash_text(bytes, size, size_t(starts[i]), size_t(length), seed, hashes + 2 * i);
      lengths[std::min<int32_t>(length, CK_LENGTHS + 1)]++;
    }
  }
  return are_ascii && (seen & high_bits) == 0;
}

void ck_hash_words(const uint64_t *words, size_t count, uint64_t seed, uint64_t *hashes) {
  levels::choose(hash_words, hash_word_fours, hash_word_eights)(words, count, seed, hashes);
}
