#include "memory.h"

#include <malloc.h>

void ck_keep_freed_memory(int block_bytes, int kept_bytes) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, block_bytes);
  mallopt(M_TRIM_THRESHOLD, kept_bytes);
#endif
}
