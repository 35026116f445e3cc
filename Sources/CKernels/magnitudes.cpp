#include "magnitudes.h"

#include <cstdint>
#include <cstring>
#include <vector>

size_t ck_count_magnitudes(const double *values, size_t count, size_t above_first, size_t above_count, size_t *above,
                           size_t below_first, size_t below_count, size_t *below) {
  // All buckets in one table, zero at its end, so that there is no branch on the sign; and such tables in turn, because
  // values of one bucket follow each other, and its counter is still being written.
  constexpr size_t turns = 4;
  const size_t zero = above_count + below_count, size = zero + 1;
  std::vector<size_t> tables(turns * size);
  for (size_t i = 0; i < count; i++) {
    uint64_t bits;
    std::memcpy(&bits, values + i, 8);
    const size_t bucket = bits << 1 >> 50;
    size_t place = bits >> 63 ? bucket - below_first + above_count : bucket - above_first;
    if (bits << 1 == 0) place = zero;
    tables[i % turns * size + place]++;
  }
  for (size_t turn = 0; turn < turns; turn++) {
    const size_t *table = tables.data() + turn * size;
    for (size_t i = 0; i < above_count; i++) above[i] += table[i];
    for (size_t i = 0; i < below_count; i++) below[i] += table[above_count + i];
  }
  size_t zeros = 0;
  for (size_t turn = 0; turn < turns; turn++) zeros += tables[turn * size + zero];
  return zeros;
}
