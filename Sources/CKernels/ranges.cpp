#include "ranges.h"
#include "levels.hpp"

#include <algorithm>
#include <limits>

#include "ckernels.h"

namespace {

// Several values side by side, without a branch, so that the compiler makes vectors of them.
template <typename Value>
__attribute__((always_inline)) inline bool range_of(const Value *values, const uint8_t *states, size_t count,
                                                    Value *low, Value *high) {
  using Limits = std::numeric_limits<Value>;
  constexpr Value highest = Limits::has_infinity ? Limits::infinity() : Limits::max();
  constexpr Value lowest = Limits::has_infinity ? -Limits::infinity() : Limits::lowest();
  constexpr size_t lanes = 16;
  Value least[lanes], greatest[lanes], unordered[lanes] = {};
  std::fill_n(least, lanes, highest);
  std::fill_n(greatest, lanes, lowest);
  auto look = [&](size_t i, size_t lane) __attribute__((always_inline)) {
    const Value below = states[i] == CK_VALID ? values[i] : highest;
    const Value above = states[i] == CK_VALID ? values[i] : lowest;
    least[lane] = below < least[lane] ? below : least[lane];
    greatest[lane] = above > greatest[lane] ? above : greatest[lane];
    unordered[lane] += above != above;
  };
  size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    for (size_t lane = 0; lane < lanes; lane++) look(i + lane, lane);
  }
  for (; i < count; i++) look(i, i % lanes);
  uint8_t found = 0;
  for (i = 0; i < count; i++) found |= uint8_t(1 << states[i]);
  const bool is_ordered = std::count(unordered, unordered + lanes, Value(0)) == lanes;
  if ((found >> CK_MALFORMED & 1) || !(found >> CK_VALID & 1) || !is_ordered) return false;
  *low = *std::min_element(least, least + lanes);
  *high = *std::max_element(greatest, greatest + lanes);
  return true;
}

template <typename Value>
__attribute__((always_inline)) inline void judge(const Value *values, const uint8_t *states, size_t count, Value low,
                                                 Value high, ck_verdicts verdicts, uint8_t *judged) {
  for (size_t i = 0; i < count; i++) {
    // What stands in the place of no value is compared for nothing, so that there is no branch.
    const uint8_t verdict = values[i] >= low && values[i] <= high ? verdicts.holds : verdicts.violated;
    judged[i] = states[i] == CK_VALID ? verdict : states[i] == CK_NULL ? verdicts.null : verdicts.malformed;
  }
}

template <typename Value>
bool range_of_base(const Value *values, const uint8_t *states, size_t count, Value *low, Value *high) {
  return range_of(values, states, count, low, high);
}

template <typename Value>
CK_AVX2 bool range_of_avx2(const Value *values, const uint8_t *states, size_t count, Value *low, Value *high) {
  return range_of(values, states, count, low, high);
}

template <typename Value>
CK_AVX512 bool range_of_avx512(const Value *values, const uint8_t *states, size_t count, Value *low, Value *high) {
  return range_of(values, states, count, low, high);
}

template <typename Value>
void judge_base(const Value *values, const uint8_t *states, size_t count, Value low, Value high, ck_verdicts verdicts,
                uint8_t *judged) {
  judge(values, states, count, low, high, verdicts, judged);
}

template <typename Value>
CK_AVX2 void judge_avx2(const Value *values, const uint8_t *states, size_t count, Value low, Value high,
                        ck_verdicts verdicts, uint8_t *judged) {
  judge(values, states, count, low, high, verdicts, judged);
}

template <typename Value>
CK_AVX512 void judge_avx512(const Value *values, const uint8_t *states, size_t count, Value low, Value high,
                            ck_verdicts verdicts, uint8_t *judged) {
  judge(values, states, count, low, high, verdicts, judged);
}

// The kernels of the level that is best here.
template <typename Value>
bool best_range_of(const Value *values, const uint8_t *states, size_t count, Value *low, Value *high) {
  auto kernel = levels::choose(range_of_base<Value>, range_of_avx2<Value>, range_of_avx512<Value>);
  return kernel(values, states, count, low, high);
}

template <typename Value>
void best_judge(const Value *values, const uint8_t *states, size_t count, Value low, Value high,
                ck_verdicts verdicts, uint8_t *judged) {
  auto kernel = levels::choose(judge_base<Value>, judge_avx2<Value>, judge_avx512<Value>);
  kernel(values, states, count, low, high, verdicts, judged);
}

}  // namespace

bool ck_range_of_doubles(const double *values, const uint8_t *states, size_t count, double *low, double *high) {
  return best_range_of(values, states, count, low, high);
}

bool ck_range_of_integers(const int64_t *values, const uint8_t *states, size_t count, int64_t *low, int64_t *high) {
  return best_range_of(values, states, count, low, high);
}

void ck_judge_doubles(const double *values, const uint8_t *states, size_t count, double low, double high,
                      ck_verdicts verdicts, uint8_t *judged) {
  best_judge(values, states, count, low, high, verdicts, judged);
}

void ck_judge_integers(const int64_t *values, const uint8_t *states, size_t count, int64_t low, int64_t high,
                       ck_verdicts verdicts, uint8_t *judged) {
  best_judge(values, states, count, low, high, verdicts, judged);
}
