// Which vectors a kernel may use. Every kernel asks here once for a batch, so that a test can reach each way of it on one
// machine.
#ifndef CKERNELS_LEVELS_HPP
#define CKERNELS_LEVELS_HPP

#include "levels.h"

namespace levels {

// The limit that a test has set for this thread.
extern thread_local ck_level limit;

inline bool allow(ck_level level) { return level <= limit; }

}  // namespace levels

#endif
