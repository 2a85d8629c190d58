#include "base/memory.hpp"

#include <malloc.h>

namespace xiangtu {

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int megabyte = 1 << 20;
  ::mallopt(M_MMAP_THRESHOLD, 4 * megabyte);  // what is larger lies on large pages: base/large_vector.hpp
  ::mallopt(M_TRIM_THRESHOLD, 64 * megabyte);
  ::mallopt(M_TOP_PAD, megabyte);
#endif
}

}  // namespace xiangtu
