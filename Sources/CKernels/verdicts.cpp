#include "verdicts.h"

#include <algorithm>

void ck_count_verdicts(const uint8_t *verdicts, size_t count, int64_t *counts) {
  for (int kind = 0; kind < CK_VERDICT_KINDS; kind++) counts[kind] = 0;
  // Blocks that stay in the first cache, and one kind at a time, so that each loop is done many bytes at a time.
  for (size_t start = 0; start < count; start += 4096) {
    size_t end = std::min(count, start + 4096);
    for (int kind = 0; kind < CK_VERDICT_KINDS; kind++) {
      uint32_t found = 0;
      for (size_t i = start; i < end; i++) found += verdicts[i] == kind;
      counts[kind] += found;
    }
  }
}
