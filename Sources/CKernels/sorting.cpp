#include "sorting.h"
#include "levels.hpp"

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

  // Orders what rises and then falls, or falls and then rises, over all groups.
  __attribute__((always_inline)) void sort_bitonic() {
    exchange_rows<4>();
    exchange_rows<2>();
    exchange_rows<1>();
    order_rows();
  }

  // Splits two sorted blocks into the smaller values and the greater ones; both are bitonic then.
  __attribute__((always_inline)) static void split(Block &first, Block &second) {
    for (size_t row = 0; row < rows; row++) {
      const Row other = second.at[rows - 1 - row], one = first.at[row];
      const Row backwards = __builtin_shufflevector(other, other, 7, 6, 5, 4, 3, 2, 1, 0);
      first.at[row] = backwards < one ? backwards : one;
      second.at[rows - 1 - row] = backwards < one ? one : backwards;
    }
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
    order_rows();
  }

 private:
  // Orders the bitonic rows of each group.
  __attribute__((always_inline)) void order_rows() {
    for (size_t step = rows / 2; step > 0; step /= 2) {
      for (size_t first = 0; first < rows; first += 2 * step) {
        for (size_t row = first; row < first + step; row++) order(at[row], at[row + step]);
      }
    }
  }

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

__attribute__((always_inline)) inline void load_sorted(const double *values, Block &block) {
  std::memcpy(block.at, values, sizeof block);
  block.sort_groups();
  block.merge_runs<1>();
  block.merge_runs<2>();
  block.merge_runs<4>();
}

__attribute__((always_inline)) inline void store(const Block &block, double *values) {
  for (size_t row = 0; row < rows; row++) {
    for (size_t lane = 0; lane < lanes; lane++) values[lane * rows + row] = block.at[row][lane];
  }
}

// Sorts two blocks that follow each other.
__attribute__((always_inline)) inline void sort_blocks(double *values) {
  Block first, second;
  load_sorted(values, first);
  load_sorted(values + block_size, second);
  Block::split(first, second);
  first.sort_bitonic();
  second.sort_bitonic();
  store(first, values);
  store(second, values + block_size);
}

void sort_blocks_base(double *values) { sort_blocks(values); }
CK_AVX2 void sort_blocks_avx2(double *values) { sort_blocks(values); }
CK_AVX512 void sort_blocks_avx512(double *values) { sort_blocks(values); }

void sort_groups_base(Block &block) { block.sort_groups(); }
CK_AVX2 void sort_groups_avx2(Block &block) { block.sort_groups(); }
CK_AVX512 void sort_groups_avx512(Block &block) { block.sort_groups(); }

}  // namespace

void ck_merge_doubles(const double *first, size_t first_count, const double *second, size_t second_count,
                      double *merged) {
  const double *first_end = first + first_count, *second_end = second + second_count;
  // Which run goes on cannot be guessed: there is no branch on it.
  while (first < first_end && second < second_end) {
    const bool takes_second = *second < *first;
    const uint64_t mask = uint64_t(0) - uint64_t(takes_second);
    uint64_t one, other;
    std::memcpy(&one, first, 8);
    std::memcpy(&other, second, 8);
    one ^= (one ^ other) & mask;
    std::memcpy(merged++, &one, 8);
    second += takes_second;
    first += !takes_second;
  }
  merged = std::copy(first, first_end, merged);
  std::copy(second, second_end, merged);
}

void ck_sort_doubles(double *values, size_t count) {
  constexpr size_t run = 2 * block_size;
  auto sort = levels::choose(sort_blocks_base, sort_blocks_avx2, sort_blocks_avx512);
  size_t whole = count - count % run;
  for (size_t start = 0; start < whole; start += run) sort(values + start);
  if (whole < count) {
    // The rest with the greatest there is behind it.
    double rest[run];
    std::fill_n(rest, run, std::numeric_limits<double>::infinity());
    std::copy(values + whole, values + count, rest);
    sort(rest);
    std::copy(rest, rest + (count - whole), values + whole);
  }
  if (count <= run) return;
  std::vector<double> merged(count);
  for (size_t width = run; width < count; width *= 2) {
    for (size_t start = 0; start < count; start += 2 * width) {
      const size_t middle = std::min(start + width, count), end = std::min(start + 2 * width, count);
      ck_merge_doubles(values + start, middle - start, values + middle, end - middle, merged.data() + start);
    }
    std::copy(merged.begin(), merged.end(), values);
  }
}

void ck_thin_doubles(const double *values, size_t stride, uint64_t draws, double *kept) {
  Block block;
  std::memcpy(block.at, values, sizeof block);
  // One of all is any of them, sorted or not.
  if (stride < rows) levels::choose(sort_groups_base, sort_groups_avx2, sort_groups_avx512)(block);
  const auto *sorted = reinterpret_cast<const double *>(block.at);
  for (size_t lane = 0; lane < lanes; lane++) {
    for (size_t row = (draws >> (8 * lane)) & (stride - 1); row < rows; row += stride) {
      *kept++ = sorted[row * lanes + lane];
    }
  }
}
