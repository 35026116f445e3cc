// MurmurHash3, x64, 128 bits (Austin Appleby, public domain).
#include "texts.h"
#include "levels.hpp"
#include "words.hpp"

#include <immintrin.h>

#define CK_AVX512 __attribute__((target("avx512bw,avx512vl,avx512dq")))

namespace {

using texts::Words;
using texts::load;

// MurmurHash3 of one text in words, or of eight texts in vectors of them. All is changed in place: a function that is
// compiled for every processor can neither take nor return such a vector.
typedef uint64_t Eight __attribute__((vector_size(64)));

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

// Hashes the texts of fewer than 32 bytes, eight at once.
class EightTexts {
  // How many texts are gathered before they are hashed.
  static constexpr size_t capacity = 128;
  alignas(64) uint64_t words[capacity][4];
  alignas(64) uint64_t lengths[capacity];

 public:
  static constexpr uint32_t longest = 31;
  // Whether these texts are ASCII.
  bool are_ascii = true;
  // How many have each length, in two tables in turn, because texts of one length follow each other, and their counter
  // is still being written. The last place has the others: nulls and longer texts.
  uint32_t counts[2][longest + 2] = {};

  static bool possible() {
    static const bool has = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                            __builtin_cpu_supports("avx512dq");
    return has && levels::allow(CK_LEVEL_AVX512);
  }

  CK_AVX512 void hash(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, size_t count, uint64_t seed,
                      uint64_t *hashes) {
    __m256i seen = _mm256_setzero_si256();
    for (size_t from = 0; from < count; from += capacity) {
      size_t part = std::min(count - from, capacity);
      for (size_t i = 0; i < part; i++) {
        texts::prefetch(bytes, starts, from + i, count);
        int32_t start = starts[from + i], end = ends[from + i];
        uint32_t place = end < 0 ? longest + 1 : std::min(uint32_t(end - start), longest + 1);
        uint32_t length = place <= longest ? place : 0;
        counts[i % 2][place]++;
        // What is not of the text is not read, and zero.
        __m256i text = _mm256_maskz_loadu_epi8((uint32_t(1) << length) - 1, bytes + start);
        _mm256_store_si256(reinterpret_cast<__m256i *>(words[i]), text);
        lengths[i] = length;
        seen = _mm256_or_si256(seen, text);
      }
      for (size_t i = 0; i < part; i += 8) {
        write(hashed(i, seed), std::min<size_t>(part - i, 8), hashes + 2 * (from + i));
      }
    }
    are_ascii = _mm256_movemask_epi8(seen) == 0;
  }

  // The same for words of eight bytes.
  CK_AVX512 static void hash(const uint64_t *words, size_t count, uint64_t seed, uint64_t *hashes) {
    for (size_t i = 0; i < count; i += 8) {
      size_t part = std::min<size_t>(count - i, 8);
      State<Eight> state(seed);
      Eight low = Eight(_mm512_maskz_loadu_epi64(__mmask8((1u << part) - 1), words + i));
      state.finish(low, Eight{}, Eight{} + 8);
      write(state, part, hashes + 2 * i);
    }
  }

 private:
  // The hashes of the eight texts from a place on.
  CK_AVX512 inline State<Eight> hashed(size_t from, uint64_t seed) {
    const auto *pairs = reinterpret_cast<const __m512i *>(words[from]);
    // The first words of four texts and then their second ones; the third and the fourth.
    const __m512i front = _mm512_setr_epi64(0, 4, 8, 12, 1, 5, 9, 13);
    const __m512i back = _mm512_setr_epi64(2, 6, 10, 14, 3, 7, 11, 15);
    __m512i one = _mm512_permutex2var_epi64(pairs[0], front, pairs[1]);
    __m512i other = _mm512_permutex2var_epi64(pairs[2], front, pairs[3]);
    Eight low = Eight(_mm512_shuffle_i64x2(one, other, 0x44)), high = Eight(_mm512_shuffle_i64x2(one, other, 0xEE));
    Eight length = Eight(_mm512_load_si512(lengths + from));
    State<Eight> state(seed);
    __mmask8 has_block = _mm512_cmpge_epu64_mask(__m512i(length), _mm512_set1_epi64(16));
    if (has_block) {
      State<Eight> block = state;
      block.add(low, high);
      state.h1 = choose(has_block, block.h1, state.h1);
      state.h2 = choose(has_block, block.h2, state.h2);
      one = _mm512_permutex2var_epi64(pairs[0], back, pairs[1]);
      other = _mm512_permutex2var_epi64(pairs[2], back, pairs[3]);
      low = choose(has_block, Eight(_mm512_shuffle_i64x2(one, other, 0x44)), low);
      high = choose(has_block, Eight(_mm512_shuffle_i64x2(one, other, 0xEE)), high);
    }
    state.finish(low, high, length);
    return state;
  }

  CK_AVX512 static inline Eight choose(__mmask8 lanes, const Eight &one, const Eight &other) {
    return Eight(_mm512_mask_mov_epi64(__m512i(other), lanes, __m512i(one)));
  }

  // Writes the two halves of each of the first hashes.
  CK_AVX512 static inline void write(const State<Eight> &state, size_t count, uint64_t *hashes) {
    const __m512i first = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11), h1 = __m512i(state.h1);
    const __m512i second = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15), h2 = __m512i(state.h2);
    const uint32_t lanes = (1u << 2 * count) - 1;
    _mm512_mask_storeu_epi64(hashes, __mmask8(lanes), _mm512_permutex2var_epi64(h1, first, h2));
    _mm512_mask_storeu_epi64(hashes + 8, __mmask8(lanes >> 8), _mm512_permutex2var_epi64(h1, second, h2));
  }
};

}  // namespace

bool ck_hash_texts(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                   uint64_t seed, uint64_t *hashes, int64_t *lengths) {
  int32_t shortest = 0;
  bool are_ascii = true;
  if (EightTexts::possible()) {
    EightTexts shorts;
    shorts.hash(bytes, starts, ends, count, seed, hashes);
    are_ascii = shorts.are_ascii;
    shortest = EightTexts::longest + 1;
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
  return are_ascii && (seen & 0x8080808080808080) == 0;
}

void ck_hash_words(const uint64_t *words, size_t count, uint64_t seed, uint64_t *hashes) {
  if (EightTexts::possible()) return EightTexts::hash(words, count, seed, hashes);
  for (size_t i = 0; i < count; i++) {
    State<uint64_t> state(seed);
    state.finish(words[i], 0, 8);
    hashes[2 * i] = state.h1;
    hashes[2 * i + 1] = state.h2;
  }
}
