// What texts are made of: classes of characters, and words.
#ifndef CKERNELS_MAKEUP_H
#define CKERNELS_MAKEUP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CK_MAKEUP_CLASSES = 7, CK_MAKEUP_BUCKETS = 256, CK_MAKEUP_WORDS = 64, CK_MAKEUP_UNIT = 1 << 24 };

// Adds the texts of a batch to what is known.
//
// Of every text that is no null and no number (its state is `number` then): its characters share a weight of
// CK_MAKEUP_UNIT among the classes (small letters, digits, spaces, punctuation, control, beyond ASCII, capital letters), and the different
// buckets of its first CK_MAKEUP_WORDS words share one among the buckets. A text counts as often as `counts` says, once
// where that is NULL. `totals`: numbers, texts with a character, texts with a word, and of all texts the different ones
// among their first words. O(bytes).
//
// Of these words the hashes below `bound` go to `words`, each with the number of its rows. A text is not begun unless
// there is room for CK_MAKEUP_WORDS of them: what is returned is the first text that was not looked at.
size_t ck_add_makeup(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, const int64_t *counts,
                     const uint8_t *states, uint8_t number, size_t first, size_t count, int64_t *totals,
                     int64_t *classes, int64_t *buckets, uint64_t bound, uint64_t *words, int64_t *word_rows,
                     size_t capacity, size_t *found);

#ifdef __cplusplus
}
#endif

#endif
