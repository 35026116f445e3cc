// Which vector instructions kernels use: for tests, which compare all ways of a kernel with its oracle.
#ifndef CKERNELS_LEVELS_H
#define CKERNELS_LEVELS_H

#ifdef __cplusplus
extern "C" {
#endif

// What every machine has (SSE2), then more and more.
typedef enum { CK_LEVEL_BASE = 0, CK_LEVEL_SSE4 = 1, CK_LEVEL_AVX2 = 2, CK_LEVEL_AVX512 = 3 } ck_level;

// Limits the kernels that this thread calls to a level; what the machine lacks is not used in any case. Returns the
// limit before.
ck_level ck_limit_level(ck_level level);

#ifdef __cplusplus
}
#endif

#endif
