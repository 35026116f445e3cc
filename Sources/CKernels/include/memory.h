// Settings of the allocator.
#ifndef CKERNELS_MEMORY_H
#define CKERNELS_MEMORY_H

#ifdef __cplusplus
extern "C" {
#endif

// Blocks of up to block_bytes are kept when they are freed, up to kept_bytes at the end of a pool; threads share so many
// pools.
void ck_keep_freed_memory(int block_bytes, int kept_bytes, int pools);

#ifdef __cplusplus
}
#endif

#endif
