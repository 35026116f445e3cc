#include "automaton.h"

#include <tmmintrin.h>

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
  static bool fits(size_t states) { return states <= capacity && __builtin_cpu_supports("ssse3"); }

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

}  // namespace

void ck_automaton_full_match_fields(const uint8_t *next, const uint8_t *accepts, size_t states, const uint8_t *base,
                                    const int32_t *starts, const int32_t *ends, size_t count, uint8_t *matched) {
  if (SmallMachine::fits(states)) {
    const SmallMachine machine(next, accepts, states);
    for (size_t i = 0; i < count; i++) {
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
