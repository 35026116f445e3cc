// Matching by a table of states.
#ifndef CKERNELS_AUTOMATON_H
#define CKERNELS_AUTOMATON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// matched[i] = 1 when field i as a whole leads from state 1 to one that accepts; 0 for the others and for nulls.
// next[state * 256 + byte] is the state that follows, of so many states. Linear in the bytes.
void ck_automaton_full_match_fields(const uint8_t *next, const uint8_t *accepts, size_t states, const uint8_t *base,
                                    const int32_t *starts, const int32_t *ends, size_t count, uint8_t *matched);

#ifdef __cplusplus
}
#endif

#endif
