#include "moments.h"
#include "levels.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#pragma clang fp contract(off)

namespace {

constexpr size_t lanes = CK_MOMENT_LANES;
typedef double Row __attribute__((vector_size(8 * lanes)));
typedef int64_t Counts __attribute__((vector_size(8 * lanes)));

__attribute__((always_inline)) inline void sum(const double *values, size_t count, ck_sums *out) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Row sums = {}, rests = {}, least = sums + infinity, greatest = sums - infinity;
  Counts zeros = {}, negatives = {};
  for (size_t at = 0; at + lanes <= count; at += lanes) {
    Row value;
    std::memcpy(&value, values + at, sizeof value);
    const Row next = sums + value, added = next - sums;
    rests += (sums - (next - added)) + (value - added);
    sums = next;
    least = value < least ? value : least;
    greatest = value > greatest ? value : greatest;
    zeros -= value == 0;
    negatives -= value < 0;
  }
  *out = {{}, {}, infinity, -infinity, 0, 0};
  for (size_t lane = 0; lane < lanes; lane++) {
    out->sums[lane] = sums[lane];
    out->rests[lane] = rests[lane];
    out->least = std::min(out->least, least[lane]);
    out->greatest = std::max(out->greatest, greatest[lane]);
    out->zeros += zeros[lane];
    out->negatives += negatives[lane];
  }
  for (size_t at = count - count % lanes; at < count; at++) {
    const double value = values[at];
    double &sum = out->sums[at % lanes];
    const double next = sum + value, added = next - sum;
    out->rests[at % lanes] += (sum - (next - added)) + (value - added);
    sum = next;
    out->least = std::min(out->least, value);
    out->greatest = std::max(out->greatest, value);
    out->zeros += value == 0;
    out->negatives += value < 0;
  }
}

__attribute__((always_inline)) inline void power(const double *values, size_t count, double center, ck_powers *out) {
  Row second = {}, third = {}, fourth = {};
  for (size_t at = 0; at + lanes <= count; at += lanes) {
    Row value;
    std::memcpy(&value, values + at, sizeof value);
    const Row deviation = value - center, square = deviation * deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  std::memcpy(out->second, &second, sizeof second);
  std::memcpy(out->third, &third, sizeof third);
  std::memcpy(out->fourth, &fourth, sizeof fourth);
  for (size_t at = count - count % lanes; at < count; at++) {
    const double deviation = values[at] - center, square = deviation * deviation;
    out->second[at % lanes] += square;
    out->third[at % lanes] += square * deviation;
    out->fourth[at % lanes] += square * square;
  }
}

void sum_base(const double *values, size_t count, ck_sums *out) { sum(values, count, out); }
CK_AVX2 void sum_avx2(const double *values, size_t count, ck_sums *out) { sum(values, count, out); }
CK_AVX512 void sum_avx512(const double *values, size_t count, ck_sums *out) { sum(values, count, out); }

void power_base(const double *values, size_t count, double center, ck_powers *out) {
  power(values, count, center, out);
}
CK_AVX2 void power_avx2(const double *values, size_t count, double center, ck_powers *out) {
  power(values, count, center, out);
}
CK_AVX512 void power_avx512(const double *values, size_t count, double center, ck_powers *out) {
  power(values, count, center, out);
}

}  // namespace

void ck_sum_doubles(const double *values, size_t count, ck_sums *sums) {
  levels::choose(sum_base, sum_avx2, sum_avx512)(values, count, sums);
}

void ck_sum_powers(const double *values, size_t count, double center, ck_powers *powers) {
  levels::choose(power_base, power_avx2, power_avx512)(values, count, center, powers);
}
