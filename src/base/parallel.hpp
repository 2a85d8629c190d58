// Parallel loops over index ranges, on oneTBB.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_sort.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include "base/progress.hpp"

namespace xiangtu {

// Calls body(begin, end) for pieces of [0, count) of about grain items, on several threads. Pieces
// that have not begun when a stop is requested are left out; ask progress.stop_requested() after.
template <class Body>
void parallel_for(std::size_t count, std::size_t grain, const Progress& progress, const Body& body) {
  if (count <= grain) {
    if (count > 0 && !progress.stop_requested()) body(std::size_t{0}, count);
    return;
  }
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain),
                    [&](const tbb::blocked_range<std::size_t>& range) {
                      if (!progress.stop_requested()) body(range.begin(), range.end());
                    });
}

// Calls find(i, found) for each i of [0, count), per_task of them with one `found`; returns these in the
// order of i, whatever the threads did.
template <class Found, class Find>
std::vector<Found> parallel_collect(std::size_t count, std::size_t per_task, Progress& progress,
                                    const Find& find) {
  std::vector<Found> found((count + per_task - 1) / per_task);
  parallel_for(found.size(), 1, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t task = begin; task < end; ++task) {
      const std::size_t last = std::min((task + 1) * per_task, count);
      for (std::size_t i = task * per_task; i < last; ++i) find(i, found[task]);
      progress.advance(last - task * per_task);
    }
  });
  return found;
}

// How many threads a parallel loop has.
inline std::size_t thread_count() {
  return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
}

// Calls both, side by side.
template <class First, class Second>
void parallel_both(const First& first, const Second& second) {
  tbb::parallel_invoke(first, second);
}

// Sorts on several threads; the order of equal items is not kept. A requested stop ends it with the items in
// any order.
template <class Iterator, class Before = std::less<>>
void parallel_sort(Iterator begin, Iterator end, const Progress& progress, const Before& before = {}) {
  tbb::task_group_context context;
  const std::stop_callback on_stop(progress.stop_token(), [&] { context.cancel_group_execution(); });
  tbb::task_group group(context);
  group.run_and_wait([&] { tbb::parallel_sort(begin, end, before); });
}

// A T for each thread of a parallel loop that asks for it: local().
template <class T>
using PerThread = tbb::enumerable_thread_specific<T>;

// Holds the number of threads of all parallel loops at most at `threads` while it lives.
class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads)
      : control_(tbb::global_control::max_allowed_parallelism, std::max<std::size_t>(threads, 1)) {}

 private:
  tbb::global_control control_;
};

}  // namespace xiangtu
