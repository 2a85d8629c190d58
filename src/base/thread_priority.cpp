#include "base/thread_priority.hpp"

#include <sys/resource.h>

namespace xiangtu {

namespace {

constexpr int background_nice = 5;  // about a third of the time of a thread at 0

}  // namespace

void work_in_background() {
#ifdef __linux__
  // Linux takes 0 for the calling thread; elsewhere it would be the whole process.
  (void)setpriority(PRIO_PROCESS, 0, background_nice);
#endif
}

}  // namespace xiangtu
