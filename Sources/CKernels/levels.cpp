#include "levels.hpp"

#include <algorithm>

namespace levels {

thread_local ck_level limit = CK_LEVEL_AVX512;

namespace {

ck_level of_machine() {
  if (!__builtin_cpu_supports("sse4.1") || !__builtin_cpu_supports("ssse3")) return CK_LEVEL_BASE;
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi") ||
      !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("lzcnt") || !__builtin_cpu_supports("popcnt")) {
    return CK_LEVEL_SSE4;
  }
  const bool has_avx512 = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                          __builtin_cpu_supports("avx512dq");
  return has_avx512 ? CK_LEVEL_AVX512 : CK_LEVEL_AVX2;
}

}  // namespace

ck_level best() {
  static const ck_level machine = of_machine();
  return std::min(machine, limit);
}

}  // namespace levels

ck_level ck_limit_level(ck_level level) {
  ck_level before = levels::limit;
  levels::limit = level;
  return before;
}
