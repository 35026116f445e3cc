// Marks of the rows of a batch, a byte for each: verdicts, or the states of cells.
#ifndef CKERNELS_VERDICTS_H
#define CKERNELS_VERDICTS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CK_MARK_KINDS = 5 };

// counts[k] = how many of the marks are k. O(count).
void ck_count_marks(const uint8_t *marks, size_t count, int64_t *counts);

// Makes every mark of one kind another. O(count).
void ck_replace_marks(uint8_t *marks, size_t count, uint8_t kind, uint8_t other);

// The verdict on each row by its cell's state. O(count).
void ck_judge_states(const uint8_t *states, size_t count, uint8_t null, uint8_t valid, uint8_t malformed,
                     uint8_t *verdicts);

// The verdict on each text: `null` where it has a negative end, and else by whether what was found of it is wanted.
// O(count).
void ck_judge_matches(const uint8_t *found, uint8_t wanted, const int32_t *ends, size_t count, uint8_t null,
                      uint8_t holds, uint8_t violated, uint8_t *verdicts);

// The verdict on each row by that on the entry its code names; `null` where the code is negative. O(count).
void ck_spread_verdicts(const uint8_t *entries, size_t entry_count, const int32_t *codes, size_t count, uint8_t null,
                        uint8_t *verdicts);

#ifdef __cplusplus
}
#endif

#endif
