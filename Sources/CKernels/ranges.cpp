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

#define CK_AVX512 __attribute__((target("avx512bw,avx512vl,avx512dq")))

template <typename Value>
CK_AVX512 bool range_of_avx512(const Value *values, const uint8_t *states, size_t count, Value *low, Value *high) {
  return range_of(values, states, count, low, high);
}

template <typename Value>
CK_AVX512 void judge_avx512(const Value *values, const uint8_t *states, size_t count, Value low, Value high,
                            ck_verdicts verdicts, uint8_t *judged) {
  judge(values, states, count, low, high, verdicts, judged);
}

bool has_avx512() {
  static const bool has = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                          __builtin_cpu_supports("avx512dq");
  return has && levels::allow(CK_LEVEL_AVX512);
}

}  // namespace

bool ck_range_of_doubles(const double *values, const uint8_t *states, size_t count, double *low, double *high) {
  return (has_avx512() ? range_of_avx512<double> : range_of<double>)(values, states, count, low, high);
}

bool ck_range_of_integers(const int64_t *values, const uint8_t *states, size_t count, int64_t *low, int64_t *high) {
  return (has_avx512() ? range_of_avx512<int64_t> : range_of<int64_t>)(values, states, count, low, high);
}

void ck_judge_doubles(const double *values, const uint8_t *states, size_t count, double low, double high,
                      ck_verdicts verdicts, uint8_t *judged) {
  (has_avx512() ? judge_avx512<double> : judge<double>)(values, states, count, low, high, verdicts, judged);
}

void ck_judge_integers(const int64_t *values, const uint8_t *states, size_t count, int64_t low, int64_t high,
                       ck_verdicts verdicts, uint8_t *judged) {
  (has_avx512() ? judge_avx512<int64_t> : judge<int64_t>)(values, states, count, low, high, verdicts, judged);
}
