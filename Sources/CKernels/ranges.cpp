#include "ranges.h"

#include <algorithm>
#include <limits>

#include "ckernels.h"

namespace {

// Several values side by side, without a branch, so that the compiler makes vectors of them.
template <typename Value>
bool range_of(const Value *values, const uint8_t *states, size_t count, Value lowest, Value highest, Value *low,
              Value *high) {
  constexpr size_t lanes = 8;
  Value least[lanes], greatest[lanes];
  uint8_t malformed = 0;
  size_t valid = 0;
  for (size_t lane = 0; lane < lanes; lane++) least[lane] = highest, greatest[lane] = lowest;
  Value unordered = 0;
  auto look = [&](size_t i, size_t lane) {
    const Value below = states[i] == CK_VALID ? values[i] : highest;
    const Value above = states[i] == CK_VALID ? values[i] : lowest;
    least[lane] = below < least[lane] ? below : least[lane];
    greatest[lane] = above > greatest[lane] ? above : greatest[lane];
    unordered += above != above;
  };
  size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    for (size_t lane = 0; lane < lanes; lane++) look(i + lane, lane);
  }
  for (; i < count; i++) look(i, i % lanes);
  for (i = 0; i < count; i++) malformed |= states[i] == CK_MALFORMED;
  for (i = 0; i < count; i++) valid += states[i] == CK_VALID;
  if (malformed || unordered != 0 || valid == 0) return false;
  *low = *std::min_element(least, least + lanes);
  *high = *std::max_element(greatest, greatest + lanes);
  return true;
}

}  // namespace

bool ck_range_of_doubles(const double *values, const uint8_t *states, size_t count, double *low, double *high) {
  const double infinity = std::numeric_limits<double>::infinity();
  return range_of(values, states, count, -infinity, infinity, low, high);
}

bool ck_range_of_integers(const int64_t *values, const uint8_t *states, size_t count, int64_t *low, int64_t *high) {
  return range_of<int64_t>(values, states, count, std::numeric_limits<int64_t>::min(),
                           std::numeric_limits<int64_t>::max(), low, high);
}
