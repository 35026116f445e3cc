// Which vectors a kernel may use. Every kernel asks here once for a batch, so that a test can reach each way of it on
// one machine.
#ifndef CKERNELS_LEVELS_HPP
#define CKERNELS_LEVELS_HPP

#include "levels.h"

// What functions of a level are compiled for. From AVX2 on products may be fused with sums: what has to be the same on
// every machine forbids that (`moments.cpp`).
#define CK_SSE4 __attribute__((target("sse4.1,ssse3")))
#define CK_AVX2 __attribute__((target("avx2,fma,bmi,bmi2,lzcnt,popcnt")))
#define CK_AVX512 __attribute__((target("avx512bw,avx512vl,avx512dq,bmi,bmi2,lzcnt,popcnt")))

namespace levels {

// The limit that a test has set for this thread.
extern thread_local ck_level limit;

// The highest level that the machine has and the limit allows.
ck_level best();

// The function of the highest level, of those for every machine, for AVX2 and for AVX-512.
template <typename Kernel>
Kernel *choose(Kernel *base, Kernel *avx2, Kernel *avx512) {
  const ck_level level = best();
  return level >= CK_LEVEL_AVX512 ? avx512 : level >= CK_LEVEL_AVX2 ? avx2 : base;
}

}  // namespace levels

#endif
