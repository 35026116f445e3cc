#include "automaton.h"

namespace {

inline uint8_t run(const uint8_t *next, uint8_t state, const uint8_t *text, const uint8_t *end) {
  while (text < end) state = next[size_t(state) * 256 + *text++];
  return state;
}

}  // namespace

void ck_automaton_full_match_fields(const uint8_t *next, const uint8_t *accepts, const uint8_t *base,
                                    const int32_t *starts, const int32_t *ends, size_t count, uint8_t *matched) {
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
