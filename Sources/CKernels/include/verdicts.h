// Counting the verdicts of a batch.
#ifndef CKERNELS_VERDICTS_H
#define CKERNELS_VERDICTS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CK_VERDICT_KINDS = 5 };

// counts[k] = how many of the verdicts are k. O(count).
void ck_count_verdicts(const uint8_t *verdicts, size_t count, int64_t *counts);

#ifdef __cplusplus
}
#endif

#endif
