#include "sorting.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

// Batcher's odd-even merge sort of eight groups at once, and bitonic merges of the groups with each other (Knuth, The
// Art of Computer Programming 3, 5.3.4).

namespace {

constexpr size_t lanes = CK_SORT_LANES, rows = CK_SORT_ROWS, block_size = CK_SORT_BLOCK;

// One value of every group.
typedef double Row __attribute__((vector_size(8 * lanes)));
typedef int64_t Lanes __attribute__((vector_size(8 * lanes)));

// The pairs of rows that are compared, one after the other.
struct Comparators {
  static constexpr size_t capacity = 543;
  uint8_t pairs[capacity][2] = {};

  constexpr Comparators() {
    size_t count = 0;
    for (size_t size = 1; size < rows; size *= 2) {
      for (size_t step = size; step > 0; step /= 2) {
        for (size_t first = step % size; first + step < rows; first += 2 * step) {
          for (size_t row = first; row < std::min(first + step, rows - step); row++) {
            if (row / (2 * size) != (row + step) / (2 * size)) continue;
            pairs[count][0] = uint8_t(row);
            pairs[count++][1] = uint8_t(row + step);
          }
        }
      }
    }
  }
};

constexpr Comparators comparators;

__attribute__((always_inline)) inline void order(Row &first, Row &second) {
  const Row one = first, other = second;
  first = other < one ? other : one;
  second = other < one ? one : other;
}

struct Block {
  Row at[rows];

  __attribute__((always_inline)) void sort_groups() {
    for (const auto &pair : comparators.pairs) order(at[pair[0]], at[pair[1]]);
  }

  // Makes of every two sorted runs of so many groups one: the second is read backwards, so that both are bitonic.
  template <int groups>
  __attribute__((always_inline)) void merge_runs() {
    for (size_t row = 0; row < rows / 2; row++) {
      const Row upper = at[row], lower = at[rows - 1 - row];
      exchange<2 * groups - 1, groups>(at[row], lower);
      exchange<2 * groups - 1, groups>(at[rows - 1 - row], upper);
    }
    if (groups >= 4) exchange_rows<2>();
    if (groups >= 2) exchange_rows<1>();
    for (size_t step = rows / 2; step > 0; step /= 2) {
      for (size_t first = 0; first < rows; first += 2 * step) {
        for (size_t row = first; row < first + step; row++) order(at[row], at[row + step]);
      }
    }
  }

 private:
  template <int step>
  __attribute__((always_inline)) void exchange_rows() {
    for (Row &row : at) exchange<step, step>(row, row);
  }

  // Compares each lane with the lane of another row whose number differs by the bits of `distance`: the lane without
  // the bit `upper` keeps the smaller value, that with it the greater. Of two equal ones, zeros with and without a sign
  // perhaps, each keeps its own.
  template <int distance, int upper>
  __attribute__((always_inline)) static void exchange(Row &row, const Row &other) {
    const Row one = row;
    const Row partner = __builtin_shufflevector(other, other, 0 ^ distance, 1 ^ distance, 2 ^ distance, 3 ^ distance,
                                                4 ^ distance, 5 ^ distance, 6 ^ distance, 7 ^ distance);
    const Lanes number = {0, 1, 2, 3, 4, 5, 6, 7};
    row = ((number & upper) != 0 ? one < partner : partner < one) ? partner : one;
  }
};

__attribute__((always_inline)) inline void sort_block(double *values) {
  Block block;
  std::memcpy(block.at, values, sizeof block);
  block.sort_groups();
  block.merge_runs<1>();
  block.merge_runs<2>();
  block.merge_runs<4>();
  for (size_t row = 0; row < rows; row++) {
    for (size_t lane = 0; lane < lanes; lane++) values[lane * rows + row] = block.at[row][lane];
  }
}

__attribute__((target("avx512f"))) void sort_block_avx512(double *values) { sort_block(values); }
void sort_block_sse2(double *values) { sort_block(values); }

__attribute__((target("avx512f"))) void sort_groups_avx512(Block &block) { block.sort_groups(); }
void sort_groups_sse2(Block &block) { block.sort_groups(); }

bool has_avx512() {
  static const bool has = __builtin_cpu_supports("avx512f");
  return has;
}

}  // namespace

void ck_sort_doubles(double *values, size_t count) {
  auto sort = has_avx512() ? sort_block_avx512 : sort_block_sse2;
  size_t whole = count - count % block_size;
  for (size_t start = 0; start < whole; start += block_size) sort(values + start);
  if (whole < count) {
    // The rest with the greatest there is behind it.
    double rest[block_size];
    std::fill_n(rest, block_size, std::numeric_limits<double>::infinity());
    std::copy(values + whole, values + count, rest);
    sort(rest);
    std::copy(rest, rest + (count - whole), values + whole);
  }
  if (count <= block_size) return;
  std::vector<double> merged(count);
  for (size_t width = block_size; width < count; width *= 2) {
    for (size_t start = 0; start < count; start += 2 * width) {
      double *middle = values + std::min(start + width, count), *end = values + std::min(start + 2 * width, count);
      std::merge(values + start, middle, middle, end, merged.begin() + ptrdiff_t(start));
    }
    std::copy(merged.begin(), merged.end(), values);
  }
}

void ck_thin_doubles(const double *values, size_t stride, uint64_t draws, double *kept) {
  Block block;
  std::memcpy(block.at, values, sizeof block);
  // One of all is any of them, sorted or not.
  if (stride < rows) (has_avx512() ? sort_groups_avx512 : sort_groups_sse2)(block);
  const auto *sorted = reinterpret_cast<const double *>(block.at);
  for (size_t lane = 0; lane < lanes; lane++) {
    for (size_t row = (draws >> (8 * lane)) & (stride - 1); row < rows; row += stride) {
      *kept++ = sorted[row * lanes + lane];
    }
  }
}
