#include "memory.h"

#include <malloc.h>

void ck_keep_freed_memory(int block_bytes, int kept_bytes, int pools) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, block_bytes);
  mallopt(M_TRIM_THRESHOLD, kept_bytes);
  mallopt(M_ARENA_MAX, pools);
#endif
}
