#include "automaton.h"
#include "levels.hpp"
#include "words.hpp"

#include <immintrin.h>

#include <algorithm>

namespace {

inline uint8_t run(const uint8_t *next, uint8_t state, const uint8_t *text, const uint8_t *end) {
  while (text < end) state = next[size_t(state) * 256 + *text++];
  return state;
}

// A machine of few states: of each byte the states that follow are one vector, from which the state chooses. So a byte
// waits for one instruction, and not for a look-up in memory.
class SmallMachine {
  static constexpr size_t capacity = 16;
  alignas(16) uint8_t following[256][capacity] = {};
  alignas(16) uint8_t accepting[capacity] = {};

 public:
  static bool fits(size_t states) {
    return states <= capacity && levels::best() >= CK_LEVEL_SSE4;
  }

  SmallMachine(const uint8_t *next, const uint8_t *accepts, size_t states) {
    for (size_t state = 0; state < states; state++) {
      for (size_t byte = 0; byte < 256; byte++) following[byte][state] = next[state * 256 + byte];
      accepting[state] = accepts[state];
    }
  }

  CK_SSE4 uint8_t matches(const uint8_t *text, const uint8_t *end) const {
    __m128i state = _mm_set1_epi8(1);
    while (text < end) state = _mm_shuffle_epi8(vector(following[*text++]), state);
    return uint8_t(_mm_cvtsi128_si32(_mm_shuffle_epi8(vector(accepting), state)));
  }

 private:
  static __m128i vector(const uint8_t *states) { return _mm_load_si128(reinterpret_cast<const __m128i *>(states)); }
};

// A class of ASCII characters: bit h of byte l says whether h << 4 | l is one of them.
typedef uint8_t Class[16];

// Looks at 64 bytes at once.
struct AVX512 {
  CK_AVX512 static inline bool holds_all(const Class &members, const uint8_t *bytes, size_t count) {
    const __m512i halves = _mm512_broadcast_i32x4(_mm_loadu_si128(reinterpret_cast<const __m128i *>(members)));
    const __m512i bits =
        _mm512_broadcast_i32x4(_mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, char(128), 0, 0, 0, 0, 0, 0, 0, 0));
    for (size_t at = 0; at < count; at += 64) {
      const __mmask64 rest = _bzhi_u64(~uint64_t(0), unsigned(std::min<size_t>(count - at, 64)));
      const __m512i block = _mm512_maskz_loadu_epi8(rest, bytes + at);
      const __m512i low = _mm512_and_si512(block, _mm512_set1_epi8(15));
      const __m512i high = _mm512_and_si512(_mm512_srli_epi16(block, 4), _mm512_set1_epi8(15));
      const __mmask64 found = _mm512_mask_test_epi8_mask(rest, _mm512_shuffle_epi8(halves, low),
                                                         _mm512_shuffle_epi8(bits, high));
      if (found != rest) return false;
    }
    return true;
  }
};

// Looks at 16 bytes at once, at some of the last ones twice, and at the bytes of a shorter text one by one.
struct SSE4 {
  CK_SSE4 static inline bool holds_all(const Class &members, const uint8_t *bytes, size_t count) {
    if (count < 16) {
      unsigned holds = 1;
      for (size_t at = 0; at < count; at++) holds &= unsigned(members[bytes[at] & 15]) >> (bytes[at] >> 4);
      return holds;
    }
    const __m128i halves = _mm_loadu_si128(reinterpret_cast<const __m128i *>(members));
    __m128i missing = lacking(halves, bytes + count - 16);
    for (size_t at = 0; at + 16 <= count; at += 16) missing = _mm_or_si128(missing, lacking(halves, bytes + at));
    return _mm_movemask_epi8(missing) == 0;
  }

 private:
  // Which of 16 bytes are not of the class.
  CK_SSE4 static inline __m128i lacking(__m128i halves, const uint8_t *bytes) {
    const __m128i bits = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, char(128), 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes));
    const __m128i low = _mm_and_si128(block, _mm_set1_epi8(15));
    const __m128i high = _mm_and_si128(_mm_srli_epi16(block, 4), _mm_set1_epi8(15));
    const __m128i found = _mm_and_si128(_mm_shuffle_epi8(halves, low), _mm_shuffle_epi8(bits, high));
    return _mm_cmpeq_epi8(found, _mm_setzero_si128());
  }
};

// A machine that matches every text made of the characters of one class, as of the patterns `.*` and `[A-Z0-9]+`. Such
// a text is seen to be one by vectors; whatever is not, is left to the machine.
class ClassMachine {
  Class members = {};
  bool exists = false;

 public:

  ClassMachine(const uint8_t *next, const uint8_t *accepts) {
    uint8_t inside = 0;
    for (size_t byte = 0; byte < 128 && inside == 0; byte++) inside = next[256 + byte];
    exists = inside != 0 && accepts[inside];
    for (size_t byte = 0; byte < 128; byte++) {
      exists &= next[256 + byte] == 0 || next[256 + byte] == inside;
      if (next[256 + byte] != inside || next[size_t(inside) * 256 + byte] != inside) continue;
      members[byte & 15] |= uint8_t(1 << (byte >> 4));
    }
  }

  explicit operator bool() const { return exists; }

  // Marks what is known to match, and says how many fields are left open.
  template <typename Vectors>
  __attribute__((always_inline)) inline size_t mark(const uint8_t *base, const int32_t *starts, const int32_t *ends,
                                                    size_t count, uint8_t *matched) const {
    size_t open = 0;
    const Stretch stretch(starts, ends, count);
    if (stretch.is_close() && Vectors::holds_all(members, base + stretch.begin, size_t(stretch.size()))) {
      for (size_t i = 0; i < count; i++) matched[i] = ends[i] > starts[i];
      for (size_t i = 0; i < count; i++) open += ends[i] == starts[i];
      return open;
    }
    for (size_t i = 0; i < count; i++) {
      texts::prefetch(base, starts, i, count);
      matched[i] = ends[i] > starts[i] &&
                   Vectors::holds_all(members, base + starts[i], size_t(ends[i] - starts[i]));
      open += !matched[i] && ends[i] >= 0;
    }
    return open;
  }

 private:
  // The bytes from the first text to the last.
  struct Stretch {
    int32_t begin = INT32_MAX, end = 0;
    int64_t used = 0;

    __attribute__((always_inline)) Stretch(const int32_t *starts, const int32_t *ends, size_t count) {
      for (size_t i = 0; i < count; i++) {
        begin = std::min(begin, ends[i] < 0 ? INT32_MAX : starts[i]);
        end = std::max(end, ends[i]);
        used += ends[i] < 0 ? 0 : ends[i] - starts[i];
      }
    }

    int64_t size() const { return end - begin; }
    // Whether there is so little between the texts that it is less work to look at that, too.
    bool is_close() const { return used > 0 && size() / 2 <= used; }
  };
};

typedef size_t Mark(const ClassMachine &machine, const uint8_t *base, const int32_t *starts, const int32_t *ends,
                    size_t count, uint8_t *matched);

CK_SSE4 size_t mark_sse4(const ClassMachine &machine, const uint8_t *base, const int32_t *starts, const int32_t *ends,
                         size_t count, uint8_t *matched) {
  return machine.mark<SSE4>(base, starts, ends, count, matched);
}

CK_AVX512 size_t mark_avx512(const ClassMachine &machine, const uint8_t *base, const int32_t *starts,
                             const int32_t *ends, size_t count, uint8_t *matched) {
  return machine.mark<AVX512>(base, starts, ends, count, matched);
}

void match_each(const uint8_t *next, const uint8_t *accepts, size_t states, const uint8_t *base, const int32_t *starts,
                const int32_t *ends, size_t count, uint8_t *matched) {
  if (SmallMachine::fits(states)) {
    const SmallMachine machine(next, accepts, states);
    for (size_t i = 0; i < count; i++) {
      texts::prefetch(base, starts, i, count);
      matched[i] = ends[i] >= 0 && machine.matches(base + starts[i], base + ends[i]);
    }
    return;
  }
  size_t i = 0;
  // A text waits for one look-up after another; four texts at once wait together.
  for (; i + 4 <= count; i += 4) {
    const uint8_t *text[4];
    int32_t length[4];
    int32_t shared = INT32_MAX;
    uint8_t state[4] = {1, 1, 1, 1};
    for (int k = 0; k < 4; k++) {
      length[k] = ends[i + k] < 0 ? 0 : ends[i + k] - starts[i + k];
      text[k] = base + starts[i + k];
      if (length[k] < shared) shared = length[k];
    }
    for (int32_t j = 0; j < shared; j++) {
      for (int k = 0; k < 4; k++) state[k] = next[size_t(state[k]) * 256 + text[k][j]];
    }
    for (int k = 0; k < 4; k++) {
      matched[i + k] = ends[i + k] >= 0 && accepts[run(next, state[k], text[k] + shared, text[k] + length[k])];
    }
  }
  for (; i < count; i++) {
    int32_t length = ends[i] < 0 ? 0 : ends[i] - starts[i];
    matched[i] = ends[i] >= 0 && accepts[run(next, 1, base + starts[i], base + starts[i] + length)];
  }
}

}  // namespace

void ck_automaton_full_match_fields(const uint8_t *next, const uint8_t *accepts, size_t states, const uint8_t *base,
                                    const int32_t *starts, const int32_t *ends, size_t count, uint8_t *matched) {
  const ck_level level = levels::best();
  if (level >= CK_LEVEL_SSE4) {
    const ClassMachine machine(next, accepts);
    Mark *mark = level >= CK_LEVEL_AVX512 ? mark_avx512 : mark_sse4;
    if (machine && mark(machine, base, starts, ends, count, matched) == 0) return;
  }
  match_each(next, accepts, states, base, starts, ends, count, matched);
}
