// What is true of all texts of a batch together.
#ifndef CKERNELS_TEXTFACTS_H
#define CKERNELS_TEXTFACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  // How many are no nulls. The other facts are about these.
  size_t present;
  // The least and the greatest length in Unicode scalars; meaningless when none is present.
  size_t shortest, longest;
  // Bit n: one of them has n bytes; bit 63: one has 63 or more.
  uint64_t byte_lengths;
  // Whether no byte is above 127.
  bool is_ascii;
  // Whether no text begins or ends with white space of ASCII, or with a byte above 127.
  bool is_trimmed;
} ck_text_facts;

// Looks at the texts of a batch. O(bytes).
ck_text_facts ck_find_text_facts(const uint8_t *base, const int32_t *starts, const int32_t *ends, size_t count);

#ifdef __cplusplus
}
#endif

#endif
