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
    return states <= capacity && __builtin_cpu_supports("ssse3") && levels::allow(CK_LEVEL_SSE4);
  }

  SmallMachine(const uint8_t *next, const uint8_t *accepts, size_t states) {
    for (size_t state = 0; state < states; state++) {
      for (size_t byte = 0; byte < 256; byte++) following[byte][state] = next[state * 256 + byte];
      accepting[state] = accepts[state];
    }
  }

  __attribute__((target("ssse3"))) uint8_t matches(const uint8_t *text, const uint8_t *end) const {
    __m128i state = _mm_set1_epi8(1);
    while (text < end) state = _mm_shuffle_epi8(vector(following[*text++]), state);
    return uint8_t(_mm_cvtsi128_si32(_mm_shuffle_epi8(vector(accepting), state)));
  }

 private:
  static __m128i vector(const uint8_t *states) { return _mm_load_si128(reinterpret_cast<const __m128i *>(states)); }
};

#define CK_AVX512 __attribute__((target("avx512bw,bmi2")))

// A machine that matches every text made of the characters of one class, as of the patterns `.*` and `[A-Z0-9]+`. Such a
// text is seen to be one 64 bytes at a time; whatever is not, is left to the machine.
class ClassMachine {
  // Bit h of classes[l]: the byte h << 4 | l is of the class.
  uint8_t classes[16] = {};
  bool exists = false;

 public:
  static bool runs() {
    static const bool has = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2");
    return has && levels::allow(CK_LEVEL_AVX512);
  }

  ClassMachine(const uint8_t *next, const uint8_t *accepts) {
    uint8_t inside = 0;
    for (size_t byte = 0; byte < 128 && inside == 0; byte++) inside = next[256 + byte];
    exists = inside != 0 && accepts[inside];
    for (size_t byte = 0; byte < 128; byte++) {
      exists &= next[256 + byte] == 0 || next[256 + byte] == inside;
      if (next[256 + byte] != inside || next[size_t(inside) * 256 + byte] != inside) continue;
      classes[byte & 15] |= uint8_t(1 << (byte >> 4));
    }
  }

  explicit operator bool() const { return exists; }

  // Marks what is known to match, and says how many fields are left open.
  CK_AVX512 size_t mark(const uint8_t *base, const int32_t *starts, const int32_t *ends, size_t count,
                        uint8_t *matched) const {
    size_t open = 0;
    const Stretch stretch(starts, ends, count);
    if (stretch.is_close() && holds_all(base + stretch.begin, size_t(stretch.size()))) {
      for (size_t i = 0; i < count; i++) matched[i] = ends[i] > starts[i];
      for (size_t i = 0; i < count; i++) open += ends[i] == starts[i];
      return open;
    }
    for (size_t i = 0; i < count; i++) {
      texts::prefetch(base, starts, i, count);
      matched[i] = ends[i] > starts[i] && holds_all(base + starts[i], size_t(ends[i] - starts[i]));
      open += !matched[i] && ends[i] >= 0;
    }
    return open;
  }

 private:
  // The bytes from the first text to the last.
  struct Stretch {
    int32_t begin = INT32_MAX, end = 0;
    int64_t used = 0;

    CK_AVX512 Stretch(const int32_t *starts, const int32_t *ends, size_t count) {
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

  // Whether all bytes are of the class.
  CK_AVX512 inline bool holds_all(const uint8_t *bytes, size_t count) const {
    const __m512i members = _mm512_broadcast_i32x4(_mm_loadu_si128(reinterpret_cast<const __m128i *>(classes)));
    const __m512i bits =
        _mm512_broadcast_i32x4(_mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, char(128), 0, 0, 0, 0, 0, 0, 0, 0));
    for (size_t at = 0; at < count; at += 64) {
      const __mmask64 rest = _bzhi_u64(~uint64_t(0), unsigned(std::min<size_t>(count - at, 64)));
      const __m512i block = _mm512_maskz_loadu_epi8(rest, bytes + at);
      const __m512i low = _mm512_and_si512(block, _mm512_set1_epi8(15));
      const __m512i high = _mm512_and_si512(_mm512_srli_epi16(block, 4), _mm512_set1_epi8(15));
      const __mmask64 found = _mm512_mask_test_epi8_mask(rest, _mm512_shuffle_epi8(members, low),
                                                         _mm512_shuffle_epi8(bits, high));
      if (found != rest) return false;
    }
    return true;
  }
};

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
  if (ClassMachine::runs()) {
    const ClassMachine machine(next, accepts);
    if (machine && machine.mark(base, starts, ends, count, matched) == 0) return;
  }
  match_each(next, accepts, states, base, starts, ends, count, matched);
}
