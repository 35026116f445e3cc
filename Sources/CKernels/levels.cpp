#include "levels.hpp"

namespace levels {

thread_local ck_level limit = CK_LEVEL_AVX512;

}  // namespace levels

ck_level ck_limit_level(ck_level level) {
  ck_level before = levels::limit;
  levels::limit = level;
  return before;
}
